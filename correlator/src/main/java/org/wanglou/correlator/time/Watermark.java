package org.wanglou.correlator.time;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.wanglou.model.Tick;

/**
 * The event time up to which a stage has heard everything: the minimum over its upstreams, never falling.
 *
 * <p>Two sorts of upstream. A <em>required</em> one (a partition of the stage before) always holds the minimum, and until
 * all have been heard the clock stands at {@link #NONE}: a stage may lag, but nobody may run ahead of its records. A
 * <em>publisher</em> (a sensors process, not known beforehand) stops holding it when it has been silent for 30 s of
 * receive time, as told by the other publishers' ticks and by no local timer. Confined to its task's thread.
 */
public final class Watermark {
    /** What {@link #now()} is before anything was heard. */
    public static final long NONE = Long.MIN_VALUE / 4;

    /** How long, in receive time, a silent publisher holds the minimum. */
    public static final long SILENCE_MILLIS = 30_000;

    /** One upstream's last word. */
    public record Heard(long receive, long lowWater) {}

    private final Map<String, Heard> upstreams = new LinkedHashMap<>();
    private final List<String> required;
    private long latestReceive = NONE;
    private long now = NONE;

    /** @param required names of the upstreams without which the clock does not start; empty for a stage of publishers */
    public Watermark(List<String> required) {
        this.required = List.copyOf(required);
    }

    /** The upstream name of a stage's partition. */
    public static String partition(String stage, int partition) {
        return stage + '/' + partition;
    }

    /** The upstream name of a tick read from a topic. */
    public static String upstream(String topic, Tick tick) {
        return tick.partition() < 0 ? topic + '/' + tick.publisher() : partition(tick.stage(), tick.partition());
    }

    /**
     * Takes an upstream's word; a lower one than before is ignored.
     *
     * @return true if the clock rose
     */
    public boolean hear(String upstream, long receive, long lowWater) {
        Heard before = upstreams.get(upstream);
        upstreams.put(
                upstream,
                before == null
                        ? new Heard(receive, lowWater)
                        : new Heard(Math.max(receive, before.receive), Math.max(lowWater, before.lowWater)));
        latestReceive = Math.max(latestReceive, receive);
        long minimum = minimum();
        if (minimum <= now) {
            return false;
        }
        now = minimum;
        return true;
    }

    private long minimum() {
        for (String name : required) {
            if (!upstreams.containsKey(name)) {
                return NONE;
            }
        }
        long minimum = Long.MAX_VALUE;
        for (Map.Entry<String, Heard> upstream : upstreams.entrySet()) {
            boolean silent = upstream.getValue().receive < latestReceive - SILENCE_MILLIS;
            if (!silent || required.contains(upstream.getKey())) {
                minimum = Math.min(minimum, upstream.getValue().lowWater);
            }
        }
        return minimum == Long.MAX_VALUE ? NONE : minimum;
    }

    /** The clock, milliseconds UTC; {@link #NONE} before it started. */
    public long now() {
        return now;
    }

    /** The last word of an upstream, as kept after {@link #hear}. */
    public Heard heard(String upstream) {
        return upstreams.getOrDefault(upstream, new Heard(NONE, NONE));
    }
}
