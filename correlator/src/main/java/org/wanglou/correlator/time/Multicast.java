package org.wanglou.correlator.time;

import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.streams.processor.StreamPartitioner;
import org.jspecify.annotations.Nullable;
import org.wanglou.crypto.sm.Sm3;

/**
 * Ticks (null key) to all partitions, everything else to the one its key names; the same function in every sink.
 *
 * <p>A routed key is route ‖ hash of the group-by values, 32 bytes: its partition is the unsigned first four bytes of the
 * second half, modulo the count. Any other key (organisation, incident id) is hashed with SM3 first. Always within range:
 * a partition beyond the count would stall the producer and kill its thread. Thread-safe.
 */
public final class Multicast implements StreamPartitioner<byte[], byte[]> {
    /** Length of a routed key in bytes. */
    public static final int ROUTED = 32;

    private final Map<Integer, Set<Integer>> all = new ConcurrentHashMap<>();

    @Override
    public Optional<Set<Integer>> partitions(
            String topic, byte @Nullable [] key, byte @Nullable [] value, int numPartitions) {
        if (key == null) {
            return Optional.of(all.computeIfAbsent(numPartitions, Multicast::everyone));
        }
        return Optional.of(Set.of(partition(key, numPartitions)));
    }

    /** The partition of a key among {@code count}. */
    public static int partition(byte[] key, int count) {
        byte[] hash = key.length == ROUTED ? key : Sm3.digest(key);
        int from = key.length == ROUTED ? ROUTED / 2 : 0;
        return Integer.remainderUnsigned(ByteBuffer.wrap(hash).getInt(from), count);
    }

    private static Set<Integer> everyone(int count) {
        Set<Integer> partitions = new LinkedHashSet<>();
        for (int partition = 0; partition < count; partition++) {
            partitions.add(partition);
        }
        return Collections.unmodifiableSet(partitions);
    }
}
