package org.wanglou.bus.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wanglou.bus.KafkaBus;
import org.wanglou.bus.Topic;
import org.wanglou.bus.embedded.EmbeddedBroker;
import org.wanglou.model.Meters;

/** A real broker that looks for what it may delete every 200 ms. */
class RetentionGuardTest {
    private static final String GROUP = "slow";
    private static final int MEBI = 1 << 20;

    @TempDir
    Path directory;

    private final Meters meters = new Meters();
    private final AtomicLong usable = new AtomicLong(Long.MAX_VALUE);
    private final List<String> pushed = new ArrayList<>();
    private EmbeddedBroker broker;
    private KafkaBus bus;
    private Admin admin;

    @BeforeEach
    void start() {
        broker = EmbeddedBroker.start(
                directory,
                Duration.ofSeconds(60),
                reason -> {},
                Map.of(
                        "log.retention.check.interval.ms",
                        "200",
                        "log.initial.task.delay.ms",
                        "100",
                        "log.segment.delete.delay.ms",
                        "0"));
        bus = new KafkaBus(broker.clientProperties(), new Meters());
        bus.createTopics(1, (short) 1);
        admin = Admin.create(bus.clientProperties());
    }

    @AfterEach
    void stop() {
        admin.close();
        broker.close();
    }

    private RetentionGuard guard(TopicReader... readers) {
        PushBack pushBack = new PushBack() {
            @Override
            public long usableBytes() {
                return usable.get();
            }

            @Override
            public long lowBytes() {
                return 1000;
            }

            @Override
            public void pause(String reason) {
                pushed.add(reason);
            }

            @Override
            public void resume() {
                pushed.add("resume");
            }
        };
        return new RetentionGuard(bus.clientProperties(), List.of(readers), pushBack, Clock.systemUTC(), meters);
    }

    private void configure(Topic topic, String... settings) throws ExecutionException, InterruptedException {
        List<AlterConfigOp> ops = new ArrayList<>();
        for (int i = 0; i < settings.length; i += 2) {
            ops.add(new AlterConfigOp(new ConfigEntry(settings[i], settings[i + 1]), AlterConfigOp.OpType.SET));
        }
        admin.incrementalAlterConfigs(Map.of(new ConfigResource(ConfigResource.Type.TOPIC, topic.topicName()), ops))
                .all()
                .get();
        for (int i = 0; i < settings.length; i += 2) {
            awaitSetting(topic, settings[i], settings[i + 1]);
        }
    }

    /** What was altered is seen a moment later: the broker reads it out of the log that the controller writes. */
    private void awaitSetting(Topic topic, String name, String value) {
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(setting(topic, name)).isEqualTo(value));
    }

    private String setting(Topic topic, String name) throws ExecutionException, InterruptedException {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic.topicName());
        return admin.describeConfigs(List.of(resource))
                .all()
                .get()
                .get(resource)
                .get(name)
                .value();
    }

    private void publish(Topic topic, int records, long time) {
        Map<String, Object> properties = new HashMap<>(bus.clientProperties());
        properties.put("acks", "all");
        byte[] value = new byte[64 << 10];
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer())) {
            for (int i = 0; i < records; i++) {
                new Random(i).nextBytes(value);
                producer.send(new ProducerRecord<>(topic.topicName(), 0, time, null, value.clone()));
            }
        }
    }

    private static TopicPartition partition(Topic topic) {
        return new TopicPartition(topic.topicName(), 0);
    }

    private long offset(Topic topic, OffsetSpec which) throws ExecutionException, InterruptedException {
        return admin.listOffsets(Map.of(partition(topic), which))
                .partitionResult(partition(topic))
                .get()
                .offset();
    }

    private void readAll(Topic topic) throws ExecutionException, InterruptedException {
        OffsetAndMetadata end = new OffsetAndMetadata(offset(topic, OffsetSpec.latest()));
        admin.alterConsumerGroupOffsets(GROUP, Map.of(partition(topic), end))
                .all()
                .get();
    }

    private void awaitDeletion(Topic topic) {
        await().atMost(Duration.ofSeconds(60)).until(() -> offset(topic, OffsetSpec.earliest()) > 0);
    }

    @Test
    void by_bytes_nothing_unread_is_deleted_and_what_was_read_is() throws Exception {
        for (Topic topic : List.of(Topic.INCIDENTS, Topic.STORIES)) {
            configure(topic, "retention.bytes", Integer.toString(2 * MEBI), "segment.bytes", Integer.toString(MEBI));
        }
        try (RetentionGuard guard = guard(TopicReader.group(GROUP, Topic.INCIDENTS))) {
            guard.look();
            awaitSetting(Topic.INCIDENTS, "retention.bytes", Integer.toString(2 * MEBI));
            publish(Topic.INCIDENTS, 16, System.currentTimeMillis());
            guard.look();
            awaitSetting(Topic.INCIDENTS, "retention.bytes", "-1");
            publish(Topic.INCIDENTS, 112, System.currentTimeMillis());
            // The same on a topic that nobody needs shows that Kafka did look for what it may delete.
            publish(Topic.STORIES, 128, System.currentTimeMillis());
            awaitDeletion(Topic.STORIES);
            guard.look();
            assertThat(offset(Topic.INCIDENTS, OffsetSpec.earliest())).isZero();

            readAll(Topic.INCIDENTS);
            guard.look();
            awaitSetting(Topic.INCIDENTS, "retention.bytes", Integer.toString(2 * MEBI));
            awaitSetting(
                    Topic.INCIDENTS, "retention.ms", Topic.INCIDENTS.config().get("retention.ms"));
            awaitDeletion(Topic.INCIDENTS);
        }
        assertThat(meters.total("wanglou_bus_retention_changes_total")).isEqualTo(2);
        assertThat(meters.total("wanglou_bus_unread_deleted_total")).isZero();
    }

    @Test
    void by_age_nothing_unread_is_deleted_and_what_was_read_is() throws Exception {
        for (Topic topic : List.of(Topic.INCIDENTS, Topic.STORIES)) {
            configure(topic, "retention.ms", "40000", "segment.bytes", Integer.toString(MEBI));
        }
        AtomicLong position = new AtomicLong(-1);
        TopicReader keeping = TopicReader.keeping(
                "archive",
                Set.of(Topic.INCIDENTS),
                (topic, p) -> position.get() < 0 ? OptionalLong.empty() : OptionalLong.of(position.get()));
        try (RetentionGuard guard = guard(keeping)) {
            long old = System.currentTimeMillis() - 30_000;
            publish(Topic.INCIDENTS, 4, old);
            guard.look();
            awaitSetting(Topic.INCIDENTS, "retention.ms", "-1");
            publish(Topic.STORIES, 4, old);
            awaitDeletion(Topic.STORIES);
            assertThat(offset(Topic.INCIDENTS, OffsetSpec.earliest())).isZero();

            position.set(3);
            guard.look();
            awaitSetting(Topic.INCIDENTS, "retention.ms", "-1");
            position.set(4);
            guard.look();
            awaitSetting(Topic.INCIDENTS, "retention.ms", "40000");
            awaitDeletion(Topic.INCIDENTS);
        }
    }

    @Test
    void the_mark_of_a_transactions_end_is_nothing_unread() throws Exception {
        configure(Topic.INCIDENTS, "retention.ms", "40000");
        Map<String, Object> properties = new HashMap<>(bus.clientProperties());
        properties.put("transactional.id", "one");
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.initTransactions();
            producer.beginTransaction();
            producer.send(new ProducerRecord<>(
                    Topic.INCIDENTS.topicName(), 0, System.currentTimeMillis() - 30_000, null, new byte[10]));
            producer.commitTransaction();
        }
        AtomicLong position = new AtomicLong(0);
        try (RetentionGuard guard = guard(TopicReader.keeping(
                "archive", Set.of(Topic.INCIDENTS), (topic, p) -> OptionalLong.of(position.get())))) {
            guard.look();
            awaitSetting(Topic.INCIDENTS, "retention.ms", "-1");
            position.set(1);
            assertThat(offset(Topic.INCIDENTS, OffsetSpec.latest())).isEqualTo(2);
            guard.look();
            awaitSetting(Topic.INCIDENTS, "retention.ms", "40000");
        }
    }

    @Test
    void a_guard_that_starts_after_a_crash_puts_back_what_the_one_before_had_lifted() throws Exception {
        configure(Topic.EVENTS, "retention.ms", "-1", "retention.bytes", "-1");
        try (RetentionGuard guard = guard(TopicReader.group(GROUP, Topic.EVENTS))) {
            guard.start();
            await().atMost(Duration.ofSeconds(30)).until(() -> setting(Topic.EVENTS, "retention.ms")
                    .equals(Topic.EVENTS.config().get("retention.ms")));
            awaitSetting(Topic.EVENTS, "retention.bytes", Topic.EVENTS.config().get("retention.bytes"));
            assertThat(guard.trouble()).isEmpty();
        }
    }

    @Test
    void input_waits_while_a_reader_is_behind_and_the_disk_runs_low() throws Exception {
        configure(Topic.INCIDENTS, "retention.bytes", Integer.toString(2 * MEBI));
        try (RetentionGuard guard = guard(TopicReader.group(GROUP, Topic.INCIDENTS))) {
            usable.set(900);
            guard.look();
            assertThat(pushed).isEmpty();
            publish(Topic.INCIDENTS, 16, System.currentTimeMillis());
            guard.look();
            guard.look();
            assertThat(pushed)
                    .singleElement()
                    .asString()
                    .contains("wanglou.incidents")
                    .contains("900 bytes");
            usable.set(1_400);
            guard.look();
            assertThat(pushed).hasSize(1);
            readAll(Topic.INCIDENTS);
            guard.look();
            assertThat(pushed).hasSize(2).last().isEqualTo("resume");
        }
    }

    @Test
    void unread_records_that_are_gone_all_the_same_are_counted_once() throws Exception {
        publish(Topic.INCIDENTS, 4, System.currentTimeMillis());
        admin.deleteRecords(Map.of(
                        partition(Topic.INCIDENTS), org.apache.kafka.clients.admin.RecordsToDelete.beforeOffset(3)))
                .all()
                .get();
        try (RetentionGuard guard =
                guard(TopicReader.keeping("archive", Set.of(Topic.INCIDENTS), (topic, p) -> OptionalLong.of(1)))) {
            guard.look();
            guard.look();
        }
        assertThat(meters.counts())
                .containsEntry("wanglou_bus_unread_deleted_total{reader=\"archive\",topic=\"wanglou.incidents\"}", 2L);
    }

    @Test
    void input_goes_on_when_the_last_who_holds_it_lets_go() {
        List<Boolean> said = new ArrayList<>();
        InputHold hold = new InputHold(said::add);
        hold.hold("disk", "low");
        hold.hold("retention", "behind");
        hold.hold("disk", "lower");
        hold.release("disk");
        hold.release("disk");
        assertThat(hold.reasons()).containsOnlyKeys("retention");
        assertThat(said).containsExactly(true);
        hold.release("retention");
        assertThat(said).containsExactly(true, false);
    }
}
