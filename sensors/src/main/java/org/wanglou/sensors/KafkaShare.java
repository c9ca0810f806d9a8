package org.wanglou.sensors;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How many bytes of one source may be under way to Kafka at once. The publisher's buffer is one for all sources: without a
 * share of its own, whoever floods would fill it and make every other source wait. Thread-safe.
 */
final class KafkaShare {
    /** Three quarters of the publisher's 32 MiB, for all sources together. */
    private static final long ALL = 24L << 20;

    private static final long LEAST = 2L << 20;
    private static final long MOST = 8L << 20;

    private final long most;
    private final AtomicLong taken = new AtomicLong();
    private volatile int waiting;

    private KafkaShare(long most) {
        this.most = most;
    }

    /** The share of each of so many sources: 2 to 8 MiB. */
    static KafkaShare among(int sources) {
        return new KafkaShare(Math.max(LEAST, Math.min(MOST, ALL / Math.max(1, sources))));
    }

    /** Takes room, waiting for it at most so long; false when there is none. One event always has room alone. */
    boolean take(int bytes, long waitMillis) {
        return taken(bytes) || await(bytes, waitMillis);
    }

    private boolean taken(int bytes) {
        long before = taken.get();
        while (before <= 0 || before + bytes <= most) {
            if (taken.compareAndSet(before, before + bytes)) {
                return true;
            }
            before = taken.get();
        }
        return false;
    }

    private synchronized boolean await(int bytes, long waitMillis) {
        long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(waitMillis);
        waiting++;
        try {
            while (!taken(bytes)) {
                long left = TimeUnit.NANOSECONDS.toMillis(until - System.nanoTime());
                if (left <= 0) {
                    return false;
                }
                wait(left);
            }
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            waiting--;
        }
    }

    /** Who waits is woken when a quarter is free again, not for every event: it would be asleep again at once. */
    void give(int bytes) {
        long left = taken.addAndGet(-bytes);
        if (waiting > 0 && left <= most - most / 4) {
            synchronized (this) {
                notifyAll();
            }
        }
    }

    long taken() {
        return taken.get();
    }
}
