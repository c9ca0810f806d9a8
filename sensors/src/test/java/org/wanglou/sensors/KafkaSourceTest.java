package org.wanglou.sensors;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.security.plain.internals.PlainServerCallbackHandler;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wanglou.bus.embedded.EmbeddedBroker;
import org.wanglou.model.Ecs;
import org.wanglou.model.Event;
import org.wanglou.model.Meters;
import org.wanglou.sensors.listen.kafka.KafkaInput;

class KafkaSourceTest {
    @TempDir
    static Path directory;

    private static EmbeddedBroker broker;
    private static Map<String, Object> properties;

    @BeforeAll
    static void start() {
        broker = EmbeddedBroker.start(
                directory,
                Duration.ofSeconds(60),
                reason -> {},
                Map.of(
                        "listener.name.client.plain.sasl.server.callback.handler.class",
                        PlainServerCallbackHandler.class.getName(),
                        "listener.name.client.plain.sasl.jaas.config",
                        JAAS + " user_foreign=\"of \\\"this\\\" test\";",
                        "super.users",
                        "User:wanglou;User:ANONYMOUS;User:foreign"));
        properties = new HashMap<>(input("any").connection());
    }

    @AfterAll
    static void stop() {
        broker.close();
    }

    private static final String JAAS = "org.apache.kafka.common.security.plain.PlainLoginModule required";

    /** The foreign cluster as its operator would describe it. */
    private static KafkaInput input(String topic) {
        return new KafkaInput(
                "127.0.0.1:" + broker.port(),
                List.of(topic),
                "group-" + topic,
                "sasl_plaintext",
                "PLAIN",
                "foreign",
                "of \"this\" test",
                "");
    }

    private static void create(String topic) throws Exception {
        try (Admin admin = Admin.create(properties)) {
            admin.createTopics(List.of(new NewTopic(topic, 2, (short) 1))).all().get(60, TimeUnit.SECONDS);
        }
    }

    private static void write(String topic, int from, int to) throws Exception {
        Map<String, Object> own = new HashMap<>(properties);
        own.put("key.serializer", ByteArraySerializer.class);
        own.put("value.serializer", ByteArraySerializer.class);
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(own)) {
            for (int i = from; i < to; i++) {
                byte[] value = ("{\"event\":{\"id\":\"same\"},\"message\":\"number " + i + "\"}")
                        .getBytes(StandardCharsets.UTF_8);
                producer.send(new ProducerRecord<>(topic, i % 2, null, value));
            }
            producer.flush();
        }
    }

    private static Map<TopicPartition, OffsetAndMetadata> committed(String topic) throws Exception {
        try (Admin admin = Admin.create(properties)) {
            return admin.listConsumerGroupOffsets("group-" + topic)
                    .partitionsToOffsetAndMetadata()
                    .get(60, TimeUnit.SECONDS);
        }
    }

    private static Sensors sensors(KafkaInput input, Shelf shelf, Meters meters) throws Exception {
        SensorConfig config = SensorConfig.kafka("foreign", input, Bench.format("auto"), SensorConfig.DEFAULT_ZONE, "");
        Sensors sensors = Bench.sensors(List.of(config), shelf, meters, Durable.NONE, "epoch");
        sensors.start();
        return sensors;
    }

    private static void await(Shelf shelf, int count) {
        Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> shelf.events.size() >= count);
    }

    private static Set<String> ids(Shelf shelf) {
        return shelf.events.stream().map(Event::id).collect(Collectors.toSet());
    }

    @Test
    void offsets_are_committed_only_after_our_kafka_has_the_records_and_ids_stay_over_restarts() throws Exception {
        create("logs");
        Shelf shelf = new Shelf();
        shelf.away = true;
        write("logs", 0, 100);
        Sensors first = sensors(input("logs"), shelf, new Meters());
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(() -> first.sources().get(0).counts().received() > 0);
        assertThat(first.sources().get(0).counts().published()).isZero();
        first.close();
        assertThat(committed("logs")).isEmpty();
        SourceCounts stopped = first.sources().get(0).counts();
        assertThat(stopped.published()).isZero();
        assertThat(stopped.pending() + stopped.dropped().getOrDefault("handed_back", 0L))
                .isEqualTo(stopped.received());

        shelf.away = false;
        Sensors second = sensors(input("logs"), shelf, new Meters());
        await(shelf, 100);
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(() -> committed("logs").values().stream()
                                .mapToLong(OffsetAndMetadata::offset)
                                .sum()
                        == 100);
        second.close();
        assertThat(ids(shelf)).hasSize(100);

        Shelf again = new Shelf();
        KafkaInput input = input("logs");
        KafkaInput other = new KafkaInput(
                input.servers(),
                input.topics(),
                "another-group",
                input.protocol(),
                input.mechanism(),
                input.user(),
                input.password(),
                "");
        Sensors third = sensors(other, again, new Meters());
        await(again, 100);
        third.close();
        assertThat(ids(again)).isEqualTo(ids(shelf));
    }

    @Test
    void paused_it_takes_nothing_and_goes_on_where_it_was() throws Exception {
        create("paused");
        Shelf shelf = new Shelf();
        try (Sensors sensors = sensors(input("paused"), shelf, new Meters())) {
            write("paused", 0, 10);
            await(shelf, 10);
            sensors.pause(true);
            sensors.pause(false);
            write("paused", 10, 20);
            await(shelf, 20);
            assertThat(shelf.events.stream()
                            .map(event -> event.text(Ecs.MESSAGE).orElse(""))
                            .collect(Collectors.toSet()))
                    .hasSize(20);
            SourceCounts counts = sensors.sources().get(0).counts();
            assertThat(counts.received()).isEqualTo(counts.published() + counts.pending());
        }
    }

    @Test
    void a_cluster_that_is_away_is_shown_and_tried_again() throws Exception {
        Meters meters = new Meters();
        KafkaInput nowhere = KafkaInput.plain("127.0.0.1:1", List.of("logs"), "group");
        try (Sensors sensors = sensors(nowhere, new Shelf(), meters)) {
            Awaitility.await()
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> meters.counter("wanglou_sensors_kafka_failures_total", "source", "foreign")
                                    .sum()
                            > 0);
            assertThat(sensors.sources()).hasSize(1);
        }
    }

    @Test
    void the_password_is_never_shown() {
        assertThat(input("logs").toString())
                .doesNotContain(input("logs").password())
                .contains("***");
    }
}
