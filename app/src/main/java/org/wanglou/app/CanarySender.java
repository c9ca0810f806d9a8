package org.wanglou.app;

import java.time.Clock;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.wanglou.bus.Publisher;
import org.wanglou.bus.Topic;
import org.wanglou.bus.Wire;
import org.wanglou.bus.codec.EventCodec;
import org.wanglou.correlator.CanaryWatch;
import org.wanglou.crypto.sm.Sm3;
import org.wanglou.model.Canary;
import org.wanglou.model.Meters;

/**
 * Sends a canary at the start, until the first has come out as a signal, and then every five minutes. One that is not
 * back after a minute is trouble. Thread {@code app-canary-0}.
 */
final class CanarySender implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(CanarySender.class);
    private static final long PERIOD_MILLIS = 300_000;
    private static final long FIRST_AGAIN_MILLIS = 10_000;
    private static final long LIMIT_MILLIS = 60_000;

    private final Publisher publisher;
    private final CanaryWatch watch;
    private final Clock clock;
    private final Meters meters;
    private final String epoch;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "app-canary-0");
        thread.setDaemon(true);
        return thread;
    });
    private volatile long sent = Long.MIN_VALUE;
    private volatile long first = Long.MAX_VALUE;
    private volatile long waiting = Long.MIN_VALUE;
    private volatile String trouble = "";

    /** @param epoch unique for each start of the process */
    CanarySender(Publisher publisher, CanaryWatch watch, Clock clock, Meters meters, String epoch) {
        this.publisher = publisher;
        this.watch = watch;
        this.clock = clock;
        this.meters = meters;
        this.epoch = epoch;
    }

    void start() {
        timer.scheduleWithFixedDelay(this::look, 0, 200, TimeUnit.MILLISECONDS);
    }

    private void look() {
        long now = clock.millis();
        boolean back = returned();
        if (back && waiting != Long.MIN_VALUE) {
            if (!trouble.isEmpty()) {
                LOG.info("canary is back");
                trouble = "";
            }
            meters.counter("wanglou_app_canaries_returned_total").increment();
            waiting = Long.MIN_VALUE;
        }
        if (waiting != Long.MIN_VALUE && now - waiting > LIMIT_MILLIS && trouble.isEmpty()) {
            trouble = "a canary did not come out as a signal within " + LIMIT_MILLIS / 1000 + " s";
            meters.counter("wanglou_app_canaries_missed_total").increment();
            LOG.warn("canary missed, the path from sensors to signals is closed or behind");
        }
        long pause = back ? PERIOD_MILLIS : FIRST_AGAIN_MILLIS;
        if (sent == Long.MIN_VALUE || now - sent >= pause) {
            send(now);
        }
    }

    private void send(long now) {
        sent = now;
        first = Math.min(first, now);
        if (waiting == Long.MIN_VALUE) {
            waiting = now;
        }
        String id = Sm3.id(Canary.NAME, epoch, Long.toString(now));
        meters.counter("wanglou_app_canaries_sent_total").increment();
        publisher
                .publish(Topic.EVENTS, -1, null, EventCodec.encode(Canary.event(id, now)), now, Wire.EVENT_1, id)
                .exceptionally(failure -> {
                    meters.counter("wanglou_app_canaries_failed_total").increment();
                    return null;
                });
    }

    /** Whether the canary that is waited for, or the first one, has come out. */
    private boolean returned() {
        return watch.latest() >= (waiting == Long.MIN_VALUE ? first : waiting);
    }

    /** Whether some canary of this process has come out as a signal. */
    boolean heard() {
        return watch.latest() >= first;
    }

    /** Why the path is not open, empty when well. */
    String trouble() {
        return trouble;
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
