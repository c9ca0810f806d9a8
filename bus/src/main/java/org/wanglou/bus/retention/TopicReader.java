package org.wanglou.bus.retention;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.wanglou.bus.Topic;

/** Somebody who must have read a record before it may go. Asked on the guard's thread. */
public interface TopicReader {
    /** What it is called in logs. */
    String name();

    /** What it reads. */
    Set<Topic> topics();

    /** The offset it goes on from, for those of the partitions where it has read anything. */
    Map<TopicPartition, Long> positions(Admin admin, Collection<TopicPartition> partitions)
            throws ExecutionException, InterruptedException, TimeoutException;

    /** Where a reader that keeps its offsets with its effect stands. */
    interface Position {
        /** The durable offset to go on from; empty when it has read nothing. */
        OptionalLong next(Topic topic, int partition);
    }

    /** A consumer group that commits its offsets to Kafka, such as a stage of the correlator. */
    static TopicReader group(String groupId, Topic... topics) {
        Set<Topic> read = Set.of(topics);
        return new TopicReader() {
            @Override
            public String name() {
                return groupId;
            }

            @Override
            public Set<Topic> topics() {
                return read;
            }

            @Override
            public Map<TopicPartition, Long> positions(Admin admin, Collection<TopicPartition> partitions)
                    throws ExecutionException, InterruptedException, TimeoutException {
                ListConsumerGroupOffsetsSpec all = new ListConsumerGroupOffsetsSpec().topicPartitions(partitions);
                Map<TopicPartition, Long> positions = new HashMap<>();
                Map<TopicPartition, OffsetAndMetadata> committed;
                try {
                    committed = admin.listConsumerGroupOffsets(Map.of(groupId, all))
                            .partitionsToOffsetAndMetadata(groupId)
                            .get(RetentionGuard.ADMIN_SECONDS, TimeUnit.SECONDS);
                } catch (ExecutionException e) {
                    if (e.getCause() instanceof org.apache.kafka.common.errors.GroupIdNotFoundException) {
                        return positions; // it has not begun
                    }
                    throw e;
                }
                committed.forEach((partition, offset) -> {
                    if (offset != null) {
                        positions.put(partition, offset.offset());
                    }
                });
                return positions;
            }
        };
    }

    /** A worker that keeps its offsets with its effect, such as the archiver. */
    static TopicReader keeping(String name, Set<Topic> topics, Position position) {
        Set<Topic> read = Set.copyOf(topics);
        return new TopicReader() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public Set<Topic> topics() {
                return read;
            }

            @Override
            public Map<TopicPartition, Long> positions(Admin admin, Collection<TopicPartition> partitions) {
                Map<TopicPartition, Long> positions = new HashMap<>();
                for (Topic topic : read) {
                    for (TopicPartition partition : partitions) {
                        if (partition.topic().equals(topic.topicName())) {
                            position.next(topic, partition.partition())
                                    .ifPresent(next -> positions.put(partition, next));
                        }
                    }
                }
                return positions;
            }
        };
    }
}
