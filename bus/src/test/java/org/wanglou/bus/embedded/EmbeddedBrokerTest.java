package org.wanglou.bus.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wanglou.bus.BatchHandler;
import org.wanglou.bus.KafkaBus;
import org.wanglou.bus.Publisher;
import org.wanglou.bus.Received;
import org.wanglou.bus.Topic;
import org.wanglou.bus.Wire;
import org.wanglou.bus.Worker;
import org.wanglou.model.Meters;

class EmbeddedBrokerTest {
    @TempDir
    static Path directory;

    static EmbeddedBroker broker;
    static KafkaBus bus;

    @BeforeAll
    static void start() {
        broker = EmbeddedBroker.start(directory, Duration.ofSeconds(60), reason -> {});
        bus = new KafkaBus(broker.clientProperties(), new Meters());
        bus.createTopics(4, (short) 1);
    }

    @AfterAll
    static void stop() {
        broker.close();
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static final class Recorder implements BatchHandler {
        final List<Received> seen = new CopyOnWriteArrayList<>();
        final AtomicInteger failuresLeft = new AtomicInteger();

        @Override
        public void handle(List<Received> batch) throws IOException {
            if (failuresLeft.getAndDecrement() > 0) {
                throw new IOException("the neighbour is away");
            }
            seen.addAll(batch);
        }

        @Override
        public OptionalLong position(Topic topic, int partition) {
            return OptionalLong.empty();
        }
    }

    @Test
    void what_is_published_reaches_the_worker_with_type_trace_and_receive_time() {
        Recorder recorder = new Recorder();
        try (Publisher publisher = bus.publisher("test-publisher");
                Worker worker = bus.worker("test-worker", Set.of(Topic.EVENTS), recorder)) {
            publisher
                    .publish(Topic.EVENTS, 2, utf8("k"), utf8("v"), 1_700_000_000_000L, Wire.EVENT_1, "abc")
                    .join();
            worker.start();
            await().atMost(Duration.ofSeconds(30)).until(() -> !recorder.seen.isEmpty());
            Received received = recorder.seen.get(0);
            assertThat(received.partition()).isEqualTo(2);
            assertThat(received.timestamp()).isEqualTo(1_700_000_000_000L);
            assertThat(received.type()).isEqualTo("event/1");
            assertThat(received.trace()).isEqualTo("abc");
            assertThat(new String(received.value(), StandardCharsets.UTF_8)).isEqualTo("v");
            assertThat(publisher.partitions(Topic.EVENTS)).isEqualTo(4);
            await().atMost(Duration.ofSeconds(30)).until(() -> worker.lag() == 0);
        }
    }

    @Test
    void a_batch_whose_handling_fails_is_tried_again_and_lost_by_nobody() {
        Recorder recorder = new Recorder();
        recorder.failuresLeft.set(2);
        try (Publisher publisher = bus.publisher("test-retry");
                Worker worker = bus.worker("test-retry-worker", Set.of(Topic.INCIDENTS), recorder)) {
            publisher
                    .publish(Topic.INCIDENTS, 0, utf8("k"), utf8("once"), 1L, Wire.INCIDENT_1, "")
                    .join();
            worker.start();
            await().atMost(Duration.ofSeconds(30)).until(() -> !recorder.seen.isEmpty());
            assertThat(recorder.seen).hasSize(1);
            assertThat(worker.trouble()).isEmpty();
        }
    }

    @Test
    void an_aborted_transaction_is_invisible_to_a_worker_and_an_open_one_is_cleared_by_the_fence() throws Exception {
        Map<String, Object> properties = bus.clientProperties();
        properties.put("transactional.id", "left-open");
        properties.put("transaction.timeout.ms", "600000");
        KafkaProducer<byte[], byte[]> crashed =
                new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
        crashed.initTransactions();
        crashed.beginTransaction();
        crashed.send(new ProducerRecord<>(Topic.STORIES.topicName(), 0, utf8("k"), utf8("never committed")))
                .get();
        Recorder recorder = new Recorder();
        try (Admin admin = Admin.create(bus.clientProperties());
                Publisher publisher = bus.publisher("test-fence");
                Worker worker = bus.worker("test-fence-worker", Set.of(Topic.STORIES), recorder)) {
            assertThat(StartupFence.clear(admin, List.of("no-such-group"), Duration.ofSeconds(20)))
                    .isEqualTo(1);
            publisher
                    .publish(Topic.STORIES, 0, utf8("k"), utf8("after"), 1L, Wire.SIGNAL_1, "")
                    .join();
            worker.start();
            await().atMost(Duration.ofSeconds(30)).until(() -> !recorder.seen.isEmpty());
            assertThat(recorder.seen).hasSize(1);
            assertThat(new String(recorder.seen.get(0).value(), StandardCharsets.UTF_8))
                    .isEqualTo("after");
        } finally {
            crashed.close(Duration.ZERO);
        }
    }

    @Test
    void a_stranger_without_credentials_never_gets_in() {
        Map<String, Object> stranger = new HashMap<>(
                Map.of("bootstrap.servers", "127.0.0.1:" + broker.port(), "default.api.timeout.ms", "3000"));
        stranger.put("request.timeout.ms", "2000");
        try (Admin admin = Admin.create(stranger)) {
            assertThatThrownBy(() -> admin.listTopics().names().get(20, TimeUnit.SECONDS))
                    .isInstanceOf(ExecutionException.class);
        }
    }

    @Test
    void a_wrong_password_is_refused() {
        Map<String, Object> stranger = new HashMap<>(Map.of(
                "bootstrap.servers",
                "127.0.0.1:" + broker.port(),
                "security.protocol",
                "SASL_PLAINTEXT",
                "sasl.mechanism",
                "PLAIN",
                "sasl.jaas.config",
                "org.apache.kafka.common.security.plain.PlainLoginModule required"
                        + " username=\"wanglou\" password=\"guess\";"));
        try (Admin admin = Admin.create(stranger)) {
            assertThatThrownBy(() -> admin.listTopics().names().get(20, TimeUnit.SECONDS))
                    .hasCauseInstanceOf(SaslAuthenticationException.class);
        }
    }

    @Test
    void the_controller_port_refuses_a_stranger_too() {
        Map<String, Object> stranger = new HashMap<>(
                Map.of(
                        "bootstrap.controllers",
                        "127.0.0.1:" + broker.controllerPort(),
                        "security.protocol",
                        "SASL_PLAINTEXT",
                        "sasl.mechanism",
                        "PLAIN",
                        "sasl.jaas.config",
                        "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"wanglou\" password=\"x\";"));
        try (Admin admin = Admin.create(stranger)) {
            assertThatThrownBy(() -> admin.describeMetadataQuorum().quorumInfo().get(20, TimeUnit.SECONDS))
                    .hasCauseInstanceOf(SaslAuthenticationException.class);
        }
    }

    @Test
    void no_client_property_holds_the_secret_and_the_authorizer_denies_by_default() throws Exception {
        assertThat(broker.clientProperties().toString()).doesNotContain("password");
        try (Admin admin = Admin.create(bus.clientProperties())) {
            var resource = new org.apache.kafka.common.config.ConfigResource(
                    org.apache.kafka.common.config.ConfigResource.Type.BROKER, "1");
            var config = admin.describeConfigs(List.of(resource)).all().get().get(resource);
            assertThat(config.get("authorizer.class.name").value()).endsWith("StandardAuthorizer");
        }
    }

    @Test
    void another_partition_count_is_refused_by_name() {
        assertThatThrownBy(() -> bus.createTopics(8, (short) 1))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("has 4 partitions, configured are 8");
    }
}
