package org.wanglou.sensors.fault;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.wanglou.bus.KafkaBus;
import org.wanglou.bus.Topic;
import org.wanglou.bus.codec.Jsons;
import org.wanglou.model.Ecs;
import org.wanglou.model.Event;
import org.wanglou.model.Meters;
import org.wanglou.sensors.Durable;
import org.wanglou.sensors.SensorConfig;
import org.wanglou.sensors.Sensors;
import org.wanglou.sensors.SourceCounts;
import org.wanglou.sensors.fault.Way.Lines;
import org.wanglou.sensors.format.Formats;
import org.wanglou.sensors.listen.kafka.KafkaInput;
import org.wanglou.sensors.privacy.Masking;

/** Another cluster with numbered lines in a topic, and sensors in a process of their own that read it. */
final class Foreign implements AutoCloseable {
    private static final String SOURCE = "foreign";
    /** Any topic that {@link Kafka} makes: here it holds lines. */
    private static final String TOPIC = Topic.EVENTS.topicName();

    final Kafka cluster;
    private final int ours;
    private final KafkaProducer<byte[], byte[]> producer;
    private Child process;
    private int sent;

    Foreign(Path folder, int ours) throws IOException {
        this.cluster = new Kafka(folder);
        this.ours = ours;
        this.producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", "127.0.0.1:" + cluster.port()),
                new ByteArraySerializer(),
                new ByteArraySerializer());
        start();
    }

    void start() throws IOException {
        process = Child.start("", 256, Foreign.class, Integer.toString(ours), Integer.toString(cluster.port()));
        counts();
    }

    /** kill -9 of the sensors. */
    void kill() {
        process.kill();
    }

    /** So many lines more are in the topic when this returns. */
    void send(int lines) {
        for (int i = 0; i < lines; i++) {
            producer.send(new ProducerRecord<>(TOPIC, sent % 2, null, Lines.utf8(Lines.syslog(sent))));
            sent++;
        }
        producer.flush();
    }

    int sent() {
        return sent;
    }

    SourceCounts counts() throws IOException {
        return Jsons.read(process.ask("counts").getBytes(StandardCharsets.UTF_8), SourceCounts.class);
    }

    /** The ids under which our Kafka has each number. */
    Map<Integer, Set<String>> found(Kafka kafka) throws Exception {
        Map<Integer, Set<String>> ids = new HashMap<>();
        for (Event event : kafka.events()) {
            if (event.text(Ecs.WL_SOURCE).orElse("").equals(SOURCE)) {
                int number = Lines.number(event.text(Ecs.MESSAGE).orElse(""));
                ids.computeIfAbsent(number, any -> new HashSet<>()).add(event.id());
            }
        }
        return ids;
    }

    /** The sensors' process: port of our Kafka, port of the other. It ends with its parent. */
    public static void main(String[] args) throws IOException {
        Child.quiet();
        Meters meters = new Meters();
        Map<String, Object> client = Map.of(
                "bootstrap.servers",
                "127.0.0.1:" + args[0],
                "delivery.timeout.ms",
                "2500",
                "request.timeout.ms",
                "1500");
        KafkaInput input = KafkaInput.plain("127.0.0.1:" + args[1], List.of(TOPIC), "group");
        Sensors sensors = new Sensors(
                List.of(SensorConfig.kafka(
                        SOURCE, input, Formats.named("syslog").orElseThrow(), SensorConfig.DEFAULT_ZONE, "")),
                new KafkaBus(client, meters).publisher("sensors"),
                Collector.nothingKnown(),
                new Masking(new byte[32]),
                meters,
                "node",
                UUID.randomUUID().toString(),
                300_000,
                Clock.systemUTC(),
                Durable.NONE);
        sensors.start();
        Child.answer(question -> new String(Jsons.bytes(sensors.sources().get(0).counts()), StandardCharsets.UTF_8));
    }

    @Override
    public void close() {
        process.kill();
        producer.close(java.time.Duration.ZERO);
        cluster.close();
    }
}
