package org.wanglou.bus.retention;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;

/** The partitions' logs as they are at one look: first and next offset, bytes on disk. Immutable. */
record Logs(Map<TopicPartition, Long> starts, Map<TopicPartition, Long> ends, Map<TopicPartition, Long> sizes) {
    static Logs look(Admin admin, Collection<TopicPartition> partitions)
            throws ExecutionException, InterruptedException, TimeoutException {
        return new Logs(
                offsets(admin, partitions, OffsetSpec::earliest),
                offsets(admin, partitions, OffsetSpec::latest),
                sizes(admin));
    }

    private static Map<TopicPartition, Long> offsets(
            Admin admin, Collection<TopicPartition> partitions, Supplier<OffsetSpec> spec)
            throws ExecutionException, InterruptedException, TimeoutException {
        Map<TopicPartition, OffsetSpec> asked = new HashMap<>();
        partitions.forEach(partition -> asked.put(partition, spec.get()));
        Map<TopicPartition, Long> offsets = new HashMap<>();
        for (Map.Entry<TopicPartition, ListOffsetsResultInfo> one : admin.listOffsets(asked)
                .all()
                .get(RetentionGuard.ADMIN_SECONDS, TimeUnit.SECONDS)
                .entrySet()) {
            offsets.put(one.getKey(), one.getValue().offset());
        }
        return offsets;
    }

    /** The largest replica counts. */
    private static Map<TopicPartition, Long> sizes(Admin admin)
            throws ExecutionException, InterruptedException, TimeoutException {
        Collection<Integer> brokers =
                admin.describeCluster().nodes().get(RetentionGuard.ADMIN_SECONDS, TimeUnit.SECONDS).stream()
                        .map(node -> node.id())
                        .toList();
        Map<TopicPartition, Long> sizes = new HashMap<>();
        admin.describeLogDirs(brokers)
                .allDescriptions()
                .get(RetentionGuard.ADMIN_SECONDS, TimeUnit.SECONDS)
                .values()
                .forEach(directories -> directories.values().forEach(directory -> directory
                        .replicaInfos()
                        .forEach((partition, replica) -> sizes.merge(partition, replica.size(), Math::max))));
        return sizes;
    }

    /** The offset of the first record of a time or later; the log's end when there is none. */
    OptionalLong since(Admin admin, TopicPartition partition, long millis)
            throws ExecutionException, InterruptedException, TimeoutException {
        long offset = admin.listOffsets(Map.of(partition, OffsetSpec.forTimestamp(millis)))
                .partitionResult(partition)
                .get(RetentionGuard.ADMIN_SECONDS, TimeUnit.SECONDS)
                .offset();
        return offset < 0 ? OptionalLong.empty() : OptionalLong.of(offset);
    }

    long start(TopicPartition partition) {
        return starts.getOrDefault(partition, 0L);
    }

    long end(TopicPartition partition) {
        return ends.getOrDefault(partition, 0L);
    }

    /** Bytes from an offset on, as far as records are alike. */
    long bytesFrom(TopicPartition partition, long offset) {
        long all = end(partition) - start(partition);
        if (all <= 0) {
            return 0;
        }
        double share = (double) (end(partition) - offset) / all;
        return (long) (sizes.getOrDefault(partition, 0L) * share);
    }
}
