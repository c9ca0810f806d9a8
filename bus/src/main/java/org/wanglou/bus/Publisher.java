package org.wanglou.bus;

import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Hands bytes to a topic, asynchronously and bounded. Thread-safe.
 */
public interface Publisher extends AutoCloseable {
    /**
     * Sends one record with {@code acks=all}, idempotent. The future completes when Kafka has it and fails when it
     * gave up; the caller then counts the loss or answers its sender. Blocks at most the configured time when the
     * buffer is full.
     *
     * @param partition target partition, or -1 to spread (sticky batches when the key is null)
     * @param receiveMillis record timestamp: receive time, milliseconds UTC
     * @param type value of {@code wl-type}
     * @param trace id of the causing event for {@code wl-trace}, empty for none
     */
    CompletableFuture<Void> publish(
            Topic topic,
            int partition,
            byte @Nullable [] key,
            byte[] value,
            long receiveMillis,
            String type,
            String trace);

    /** Number of partitions of a topic. */
    int partitions(Topic topic);

    /** Waits until all that was sent is acknowledged or failed. */
    void flush();

    @Override
    void close();
}
