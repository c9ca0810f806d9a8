package org.wanglou.sensors;

import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.wanglou.bus.Publisher;
import org.wanglou.bus.Topic;
import org.wanglou.bus.Wire;
import org.wanglou.bus.codec.TickCodec;
import org.wanglou.model.Meters;
import org.wanglou.model.Tick;

/**
 * Writes this process's tick to every partition of events and flows once a second (DESIGN 2.2).
 *
 * <p>Low water is the minimum over the sources heard in the last 30 s of the greatest event time seen from each, capped
 * at receive time + 60 s, not below receive time − grace, never falling; when none was heard it is receive time. While
 * events wait in the spool it stays before them, as far as the grace allows. Thread
 * {@code sensors-tick-0}; {@link #heard} is thread-safe.
 */
final class TickSource implements AutoCloseable {
    private static final long HEARD_MILLIS = 30_000;
    private static final long AHEAD_MILLIS = 60_000;

    private record Heard(long greatest, long at) {}

    private final Publisher publisher;
    private final String name;
    private final long graceMillis;
    private final Clock clock;
    private final Meters meters;
    private final LongSupplier waiting;
    private final Runnable eachSecond;
    private final Map<String, Heard> sources = new ConcurrentHashMap<>();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "sensors-tick-0");
        thread.setDaemon(true);
        return thread;
    });
    private long lowWater;

    /**
     * @param waiting no event that still waits in the spool is earlier than this; {@link Long#MAX_VALUE} when none does
     * @param eachSecond done before each tick
     */
    TickSource(
            Publisher publisher,
            String name,
            long graceMillis,
            Clock clock,
            Meters meters,
            LongSupplier waiting,
            Runnable eachSecond) {
        this.publisher = publisher;
        this.name = name;
        this.graceMillis = graceMillis;
        this.clock = clock;
        this.meters = meters;
        this.waiting = waiting;
        this.eachSecond = eachSecond;
    }

    void start() {
        timer.scheduleAtFixedRate(this::second, 0, 1, TimeUnit.SECONDS);
    }

    /** Notes an event of a source; one more than the allowed skew ahead says nothing about the source's clock. */
    void heard(String source, long eventMillis, long receivedMillis) {
        if (eventMillis > receivedMillis + AHEAD_MILLIS) {
            return;
        }
        Heard known = sources.get(source);
        if (known != null && known.greatest() >= eventMillis && known.at() >= receivedMillis) {
            return;
        }
        sources.merge(
                source,
                new Heard(eventMillis, receivedMillis),
                (old, fresh) -> new Heard(Math.max(old.greatest(), fresh.greatest()), Math.max(old.at(), fresh.at())));
    }

    /** When an event of that source last came, milliseconds UTC; 0 when none has. */
    long lastHeard(String source) {
        Heard heard = sources.get(source);
        return heard == null ? 0 : heard.at();
    }

    private void second() {
        try {
            eachSecond.run();
            publish();
        } catch (RuntimeException e) {
            // Thrown on, it would end the timer, and time with it.
            meters.counter("wanglou_sensors_ticks_failed_total").increment();
        }
    }

    private void publish() {
        long now = clock.millis();
        byte[] tick = TickCodec.encode(next(now));
        for (Topic topic : new Topic[] {Topic.EVENTS, Topic.FLOWS}) {
            for (int partition = 0; partition < publisher.partitions(topic); partition++) {
                publisher
                        .publish(topic, partition, null, tick, now, Wire.TICK_1, "")
                        .exceptionally(failure -> {
                            meters.counter("wanglou_sensors_ticks_failed_total").increment();
                            return null;
                        });
            }
        }
    }

    /** The tick of a moment; call in order of time. */
    synchronized Tick next(long now) {
        long least = Long.MAX_VALUE;
        for (Heard heard : sources.values()) {
            if (now - heard.at() <= HEARD_MILLIS) {
                least = Math.min(least, heard.greatest());
            }
        }
        long candidate =
                least == Long.MAX_VALUE ? now : Math.max(now - graceMillis, Math.min(least, now + AHEAD_MILLIS));
        lowWater = Math.max(lowWater, Math.min(candidate, Math.max(now - graceMillis, waiting.getAsLong())));
        Map<String, Long> counts = new HashMap<>();
        meters.counts().forEach((series, value) -> {
            if (series.startsWith("wanglou_sensors_received_total")
                    || series.startsWith("wanglou_sensors_published_total")
                    || series.startsWith("wanglou_sensors_dropped_total")
                    || series.startsWith("wanglou_sensors_kernel_dropped_total")) {
                counts.put(series, value);
            }
        });
        return new Tick("sensors", name, -1, 0, now, lowWater, counts);
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
