package org.wanglou.correlator;

import java.util.concurrent.atomic.AtomicLong;

/** The latest canary that came out as a signal at the stories. Thread-safe. */
public final class CanaryWatch {
    private final AtomicLong latest = new AtomicLong(Long.MIN_VALUE);

    /** Notes a canary by its event time. */
    public void heard(long eventMillis) {
        latest.accumulateAndGet(eventMillis, Math::max);
    }

    /** Event time of the latest one, milliseconds UTC; {@code Long.MIN_VALUE} before the first. */
    public long latest() {
        return latest.get();
    }
}
