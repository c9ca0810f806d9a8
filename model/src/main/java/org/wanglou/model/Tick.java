package org.wanglou.model;

import java.util.Map;

/**
 * Time as part of the input: one publisher's or stage's word on how far it has come.
 *
 * <p>Wire form: header {@code wl-type: tick/1}, null key, JSON of these fields.
 *
 * @param stage {@code sensors}, {@code detect}, {@code windows} or {@code stories}
 * @param publisher stable name (node/role), never the process epoch; for a stage its name
 * @param partition upstream partition the tick speaks for; -1 for a sensor
 * @param level chain level: 0 for base signals, n for correlation hits of level n
 * @param receive receive time, milliseconds UTC
 * @param lowWater low-water event time, milliseconds UTC; {@link #END} ends a replay
 * @param counts cumulative counts per source, such as {@code syslog/received}
 */
public record Tick(
        String stage,
        String publisher,
        int partition,
        int level,
        long receive,
        long lowWater,
        Map<String, Long> counts) {
    /** The low water after which nothing more comes. */
    public static final long END = Long.MAX_VALUE / 4;

    public Tick {
        counts = Map.copyOf(counts);
    }
}
