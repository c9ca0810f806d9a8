package org.wanglou.bus;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.wanglou.model.Meters;

/**
 * One idempotent producer. Its buffer is 32 MiB; when it is full, {@link #publish} blocks up to two seconds and then
 * fails, so that the caller pushes back or counts. What Kafka has not answered within 30 s fails; the client's properties may
 * name another {@code delivery.timeout.ms}. Thread-safe.
 */
final class KafkaPublisher implements Publisher {
    private final KafkaProducer<byte[], byte[]> producer;
    private final Map<Topic, Integer> partitions = new ConcurrentHashMap<>();
    /** Headers of the types of which there are many records. */
    private final Map<String, Header> types = Map.of(
            Wire.EVENT_1, new RecordHeader(Wire.TYPE, Wire.EVENT_1.getBytes(StandardCharsets.UTF_8)),
            Wire.SIGNAL_1, new RecordHeader(Wire.TYPE, Wire.SIGNAL_1.getBytes(StandardCharsets.UTF_8)));

    private final AtomicLong inFlight = new AtomicLong();
    private final Meters meters;
    private final String name;

    KafkaPublisher(String name, Map<String, Object> properties, Meters meters) {
        this.name = name;
        this.meters = meters;
        properties.put("client.id", name);
        properties.put("acks", "all");
        properties.put("enable.idempotence", "true");
        properties.put("linger.ms", "5");
        properties.put("batch.size", "131072");
        properties.put("compression.type", "lz4");
        properties.put("buffer.memory", Long.toString(32L << 20));
        properties.put("max.block.ms", "2000");
        properties.putIfAbsent("delivery.timeout.ms", "30000");
        properties.putIfAbsent("request.timeout.ms", "10000");
        this.producer = new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
        meters.gauge("wanglou_bus_in_flight", inFlight::get, "publisher", name);
    }

    @Override
    public CompletableFuture<Void> publish(
            Topic topic,
            int partition,
            byte @Nullable [] key,
            byte[] value,
            long receiveMillis,
            String type,
            String trace) {
        Header typeHeader = types.get(type);
        if (typeHeader == null) {
            typeHeader = new RecordHeader(Wire.TYPE, type.getBytes(StandardCharsets.UTF_8));
        }
        List<Header> headers = trace.isEmpty()
                ? List.of(typeHeader)
                : List.of(typeHeader, new RecordHeader(Wire.TRACE, trace.getBytes(StandardCharsets.UTF_8)));
        ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(
                topic.topicName(), partition < 0 ? null : (Integer) partition, receiveMillis, key, value, headers);
        CompletableFuture<Void> done = new CompletableFuture<>();
        inFlight.incrementAndGet();
        try {
            producer.send(record, (metadata, failure) -> {
                inFlight.decrementAndGet();
                if (failure == null) {
                    done.complete(null);
                } else {
                    fail(done, failure);
                }
            });
        } catch (KafkaException | IllegalStateException e) {
            inFlight.decrementAndGet();
            fail(done, e);
        }
        return done;
    }

    private void fail(CompletableFuture<Void> done, Exception failure) {
        meters.counter("wanglou_bus_publish_failed_total", "publisher", name).increment();
        done.completeExceptionally(failure);
    }

    @Override
    public int partitions(Topic topic) {
        return partitions.computeIfAbsent(
                topic, t -> producer.partitionsFor(t.topicName()).size());
    }

    @Override
    public void flush() {
        producer.flush();
    }

    @Override
    public void close() {
        producer.close(Duration.ofSeconds(10));
    }
}
