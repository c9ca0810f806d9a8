package org.wanglou.bus.retention;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads the one record that a reader would read next: what looks unread may be the mark of a transaction's end. */
final class FirstUnread {
    private static final Duration POLL = Duration.ofMillis(200);
    private static final int POLLS = 10;

    private FirstUnread() {}

    /**
     * Time of the first committed record from an offset on: {@link Long#MAX_VALUE} when there is none before {@code end},
     * {@link Long#MIN_VALUE} when it could not be read in time, so that doubt keeps.
     */
    static long time(Map<String, Object> client, TopicPartition partition, long position, long end) {
        Map<String, Object> properties = new HashMap<>(client);
        properties.put("client.id", "bus-retention");
        properties.put("isolation.level", "read_committed");
        properties.put("enable.auto.commit", "false");
        properties.put("max.poll.records", "1");
        properties.put("max.partition.fetch.bytes", "65536");
        properties.put("auto.offset.reset", "earliest");
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            consumer.assign(List.of(partition));
            consumer.seek(partition, position);
            for (int i = 0; i < POLLS; i++) {
                ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
                for (ConsumerRecord<byte[], byte[]> record : records) {
                    return record.timestamp();
                }
                if (consumer.position(partition) >= end) {
                    return Long.MAX_VALUE;
                }
            }
            return Long.MIN_VALUE;
        }
    }
}
