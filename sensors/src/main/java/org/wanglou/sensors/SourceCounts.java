package org.wanglou.sensors;

import java.util.Map;

/**
 * The accounts of a source at a moment: received = published + dropped + pending, exactly when nothing arrives while it
 * is read. Immutable.
 *
 * @param pending under way to Kafka or in the spool
 */
public record SourceCounts(String source, long received, long published, Map<String, Long> dropped, long pending) {
    public SourceCounts {
        dropped = Map.copyOf(dropped);
    }

    /** All that was given up, for whatever reason. */
    public long droppedInAll() {
        return dropped.values().stream().mapToLong(Long::longValue).sum();
    }

    /** Whether the equation holds. */
    public boolean closes() {
        return received == published + droppedInAll() + pending;
    }
}
