package org.wanglou.bench.ingest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.wanglou.bus.Wire;

/** One topic on the broker, looked at from outside. Used by one thread. */
public final class Shelf implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final List<TopicPartition> partitions;

    /**
     * What stands in the topic.
     *
     * @param records how many of the lines, once each
     * @param others records that are no line's: ticks
     * @param meanBytes of a record's value
     * @param fields by kind, the names of the sample's fields
     */
    public record Found(int records, int others, long meanBytes, Map<String, Set<String>> fields) {}

    /** Opens a topic that is there. */
    public Shelf(String broker, String topic) {
        consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", broker, "max.poll.records", "5000"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        partitions = consumer.partitionsFor(topic).stream()
                .map(part -> new TopicPartition(topic, part.partition()))
                .toList();
        consumer.assign(partitions);
    }

    /** Makes a topic of four partitions. */
    public static void create(String broker, String topic) throws ExecutionException, InterruptedException {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker))) {
            admin.createTopics(List.of(new NewTopic(topic, 4, (short) 1))).all().get();
        }
    }

    /** End offsets now. */
    public Map<TopicPartition, Long> ends() {
        return consumer.endOffsets(partitions);
    }

    /** Records behind these offsets. */
    public long since(Map<TopicPartition, Long> from) {
        long count = 0;
        for (var end : ends().entrySet()) {
            count += end.getValue() - from.getOrDefault(end.getKey(), 0L);
        }
        return count;
    }

    /**
     * Reads from these offsets until each line has come once.
     *
     * @throws IllegalStateException when some are missing after three minutes, one comes twice or unasked, or a sample lacks its mark
     */
    public Found read(Map<TopicPartition, Long> from, Lines lines) throws IOException {
        from.forEach(consumer::seek);
        Map<String, Lines.Sample> samples = new HashMap<>();
        lines.samples().forEach(sample -> samples.put(sample.text(), sample));
        Map<String, Set<String>> fields = new LinkedHashMap<>();
        Set<Long> found = new HashSet<>();
        int others = 0;
        long bytes = 0;
        long until = System.nanoTime() + 180_000_000_000L;
        while (found.size() < lines.prints().size()) {
            if (System.nanoTime() > until) {
                throw new IllegalStateException(lines.prints().size() - found.size() + " lines are missing");
            }
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(500))) {
                if (Wire.TICK_1.equals(Wire.header(record.headers(), Wire.TYPE))) {
                    others++;
                    continue;
                }
                JsonNode json = JSON.readTree(record.value());
                String line = (json.has("original")
                                ? json.get("original")
                                : json.path("event").path("original"))
                        .asText()
                        .stripTrailing();
                long print = Lines.print(line);
                if (!lines.prints().contains(print) || !found.add(print)) {
                    throw new IllegalStateException("not one of the lines, or twice: " + json);
                }
                bytes += record.value().length;
                Lines.Sample sample = samples.get(line);
                if (sample != null) {
                    fields.put(sample.kind(), fields(json, sample));
                }
            }
        }
        return new Found(found.size(), others, bytes / found.size(), fields);
    }

    private static Set<String> fields(JsonNode json, Lines.Sample sample) {
        Map<String, String> values = new HashMap<>();
        flatten("", json, values);
        if (!values.containsValue(sample.mark())) {
            throw new IllegalStateException(sample.mark() + " stands in no field of " + json);
        }
        return new TreeSet<>(values.keySet());
    }

    private static void flatten(String name, JsonNode node, Map<String, String> values) {
        if (node.isObject()) {
            node.fieldNames()
                    .forEachRemaining(key -> flatten(
                            name.isEmpty() ? key : name + '.' + key, Objects.requireNonNull(node.get(key)), values));
        } else {
            values.put(name, node.isArray() ? node.toString() : node.asText());
        }
    }

    @Override
    public void close() {
        consumer.close();
    }
}
