package org.wanglou.bus;

import java.util.List;
import java.util.OptionalLong;

/** What a room does with a batch. Called by one thread only. */
public interface BatchHandler {
    /**
     * Handles the records in order and makes the effect durable before it returns, together with the offsets if it
     * keeps them. A throw is retried with the same batch after a back-off, is counted and turns health red.
     */
    void handle(List<Received> batch) throws Exception;

    /** The offset to go on from, when this handler keeps offsets with its effect; empty: from the beginning. */
    OptionalLong position(Topic topic, int partition);

    /**
     * Told once for each partition before the first batch: where it ended when the worker began.
     *
     * @param end the offset that the next record to be written will get
     */
    default void began(Topic topic, int partition, long end) {}

    /** Told after the last {@link #began}, and before the first batch. */
    default void begun() {}
}
