package org.wanglou.bus;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.wanglou.model.Meters;

/**
 * The loop of a room that reads topics: poll (read_committed), hand over, go on. Offsets live with the handler's effect,
 * so nothing is committed to Kafka and no group exists; all partitions are assigned by hand.
 *
 * <p>A batch whose handling throws is tried again with growing pauses (100 ms to 5 s) until it succeeds or the worker is
 * closed: nothing is skipped, the trouble is shown. The consumer is confined to the worker's thread.
 */
final class KafkaWorker implements Worker {
    private static final Logger LOG = LoggerFactory.getLogger(KafkaWorker.class);
    private static final Duration POLL = Duration.ofMillis(200);

    private final String name;
    private final Map<String, Object> properties;
    private final Map<String, Topic> topics = new HashMap<>();
    private final BatchHandler handler;
    private final Meters meters;
    private final Thread thread;
    private volatile KafkaConsumer<byte[], byte[]> consumer;
    private volatile boolean running = true;
    private volatile long lag = -1;
    private volatile String trouble = "";

    @SuppressWarnings("NullAway") // the consumer is made by start(): a constructor does no I/O
    KafkaWorker(String name, Map<String, Object> properties, Set<Topic> topics, BatchHandler handler, Meters meters) {
        this.name = name;
        this.properties = properties;
        this.handler = handler;
        this.meters = meters;
        topics.forEach(topic -> this.topics.put(topic.topicName(), topic));
        this.thread = new Thread(this::run, name);
        meters.gauge("wanglou_bus_lag", () -> lag, "worker", name);
    }

    @Override
    public void start() {
        properties.put("client.id", name);
        properties.put("isolation.level", "read_committed");
        properties.put("enable.auto.commit", "false");
        properties.put("auto.offset.reset", "earliest");
        properties.put("max.poll.records", "2000");
        properties.put("fetch.max.wait.ms", "100");
        consumer = new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        thread.start();
    }

    private void run() {
        try {
            assign();
            long nextLag = 0;
            while (running) {
                ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
                if (!records.isEmpty()) {
                    handleUntilDone(convert(records));
                }
                if (System.nanoTime() > nextLag) {
                    measureLag();
                    nextLag = System.nanoTime() + 200_000_000L;
                }
            }
        } catch (WakeupException e) {
            LOG.debug("worker woken name={}", name);
        } catch (RuntimeException e) {
            trouble = "worker stopped: " + e;
            LOG.error("worker stopped name={}", name, e);
            meters.counter("wanglou_bus_worker_stopped_total", "worker", name).increment();
        } finally {
            consumer.close(org.apache.kafka.clients.consumer.CloseOptions.timeout(Duration.ofSeconds(2)));
        }
    }

    private void assign() {
        List<TopicPartition> partitions = new ArrayList<>();
        for (String topic : topics.keySet()) {
            for (PartitionInfo info : consumer.partitionsFor(topic)) {
                partitions.add(new TopicPartition(topic, info.partition()));
            }
        }
        consumer.assign(partitions);
        for (TopicPartition partition : partitions) {
            OptionalLong position = handler.position(topic(partition.topic()), partition.partition());
            if (position.isPresent()) {
                consumer.seek(partition, position.getAsLong());
            } else {
                consumer.seekToBeginning(List.of(partition));
            }
        }
        consumer.endOffsets(partitions)
                .forEach((partition, end) -> handler.began(topic(partition.topic()), partition.partition(), end));
        handler.begun();
    }

    private Topic topic(String topicName) {
        Topic topic = topics.get(topicName);
        if (topic == null) {
            throw new IllegalStateException("record of a topic that was not asked for: " + topicName);
        }
        return topic;
    }

    private List<Received> convert(ConsumerRecords<byte[], byte[]> records) {
        List<Received> batch = new ArrayList<>(records.count());
        for (ConsumerRecord<byte[], byte[]> record : records) {
            batch.add(new Received(
                    topic(record.topic()),
                    record.partition(),
                    record.offset(),
                    record.timestamp(),
                    record.key() == null ? new byte[0] : record.key(),
                    record.value() == null ? new byte[0] : record.value(),
                    Wire.header(record.headers(), Wire.TYPE),
                    Wire.header(record.headers(), Wire.TRACE)));
        }
        return batch;
    }

    private void handleUntilDone(List<Received> batch) {
        long pause = 100;
        while (running) {
            try {
                handler.handle(batch);
                trouble = "";
                return;
            } catch (Exception e) {
                trouble = e.toString();
                meters.counter("wanglou_bus_batch_failed_total", "worker", name).increment();
                LOG.warn("batch failed, trying again name={} records={} pauseMillis={}", name, batch.size(), pause, e);
                if (!pause(pause)) {
                    return;
                }
                pause = Math.min(pause * 2, 5_000);
            }
        }
    }

    private boolean pause(long millis) {
        try {
            Thread.sleep(millis);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            running = false;
            return false;
        }
    }

    private void measureLag() {
        long sum = 0;
        for (TopicPartition partition : consumer.assignment()) {
            OptionalLong behind = consumer.currentLag(partition);
            if (behind.isEmpty()) {
                return;
            }
            sum += behind.getAsLong();
        }
        lag = sum;
    }

    @Override
    public long lag() {
        return lag;
    }

    @Override
    public String trouble() {
        return trouble;
    }

    @Override
    public void close() {
        running = false;
        if (thread.getState() == Thread.State.NEW) {
            return;
        }
        consumer.wakeup();
        try {
            thread.join(10_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
