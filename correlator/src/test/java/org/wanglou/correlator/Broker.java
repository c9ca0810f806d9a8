package org.wanglou.correlator;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.awaitility.Awaitility;
import org.wanglou.bus.BatchHandler;
import org.wanglou.bus.KafkaBus;
import org.wanglou.bus.Publisher;
import org.wanglou.bus.Received;
import org.wanglou.bus.Topic;
import org.wanglou.bus.Wire;
import org.wanglou.bus.Worker;
import org.wanglou.bus.codec.EventCodec;
import org.wanglou.bus.codec.Jsons;
import org.wanglou.bus.codec.SignalCodec;
import org.wanglou.bus.codec.TickCodec;
import org.wanglou.bus.embedded.EmbeddedBroker;
import org.wanglou.correlator.wire.Outlet;
import org.wanglou.correlator.wire.Switch;
import org.wanglou.model.Event;
import org.wanglou.model.Meters;
import org.wanglou.model.Signal;
import org.wanglou.model.Tick;

/** A real broker with the topics, someone who publishes and someone who has read everything that was committed. */
final class Broker implements AutoCloseable, BatchHandler {
    static final int PARTITIONS = 4;
    static final Duration LIMIT = Duration.ofSeconds(90);

    final KafkaBus bus;
    final Publisher publisher;
    private final EmbeddedBroker broker;
    private final Worker reader;
    private final Queue<Received> seen = new ConcurrentLinkedQueue<>();
    private final Map<String, List<Signal>> told = new ConcurrentHashMap<>();

    Broker(Path directory) {
        broker = EmbeddedBroker.start(directory, Duration.ofSeconds(60), reason -> {});
        bus = new KafkaBus(broker.clientProperties(), new Meters());
        bus.createTopics(PARTITIONS, (short) 1);
        publisher = bus.publisher("test");
        reader = bus.worker("test-reader", Set.of(Topic.EVENTS, Topic.FLOWS, Topic.STORIES, Topic.SWITCHES), this);
        reader.start();
    }

    @Override
    public void handle(List<Received> batch) {
        for (Received record : batch) {
            if (record.topic() == Topic.STORIES && record.type().equals(Wire.SIGNAL_1)) {
                Signal signal = value(() -> SignalCodec.decode(record.value()));
                told.computeIfAbsent(signal.ruleId(), rule -> Collections.synchronizedList(new ArrayList<>()))
                        .add(signal);
            } else {
                seen.add(record);
            }
        }
    }

    @Override
    public OptionalLong position(Topic topic, int partition) {
        return OptionalLong.empty();
    }

    CompletableFuture<Void> publish(Topic topic, int partition, Event event) {
        return publish(topic, partition, EventCodec.encode(event));
    }

    CompletableFuture<Void> publish(Topic topic, int partition, byte[] event) {
        return publisher.publish(topic, partition, null, event, 1_795_000_000_000L, Wire.EVENT_1, "");
    }

    /** A sensor's tick to every partition of the events. */
    void tick(long receive) {
        byte[] tick = TickCodec.encode(new Tick("sensors", "test", -1, 0, receive, receive, Map.of()));
        for (int partition = 0; partition < PARTITIONS; partition++) {
            publisher
                    .publish(Topic.EVENTS, partition, null, tick, receive, Wire.TICK_1, "")
                    .join();
        }
    }

    List<Received> read(Topic topic, String type) {
        return seen.stream()
                .filter(record -> record.topic() == topic && record.type().equals(type))
                .toList();
    }

    /** Signals told to the stories by a rule, in no order. */
    List<Signal> told(String ruleId) {
        List<Signal> signals = told.getOrDefault(ruleId, List.of());
        synchronized (signals) {
            return List.copyOf(signals);
        }
    }

    List<Switch> switches(String stage) {
        return read(Topic.SWITCHES, Outlet.SWITCH_1).stream()
                .map(record -> value(() -> Jsons.read(record.value(), Switch.class)))
                .filter(one -> one.task().startsWith(stage + "/"))
                .toList();
    }

    /** A record's place, by the id of its event. */
    record Place(String topic, int partition, long offset) {}

    Map<String, Place> places() {
        Map<String, Place> places = new java.util.HashMap<>();
        List<Received> events = new ArrayList<>(read(Topic.EVENTS, Wire.EVENT_1));
        events.addAll(read(Topic.FLOWS, Wire.EVENT_1));
        for (Received record : events) {
            try {
                places.put(
                        EventCodec.decode(record.value()).id(),
                        new Place(record.topic().topicName(), record.partition(), record.offset()));
            } catch (java.io.IOException e) {
                // what the test made malformed has no event
                continue;
            }
        }
        return places;
    }

    /** What Kafka says of transactions and offsets, for a test that waits in vain. */
    String diagnosis() {
        try (Admin admin = Admin.create(bus.clientProperties())) {
            StringBuilder text = new StringBuilder(
                    "transactions " + admin.listTransactions().all().get());
            List<TopicPartition> all = new ArrayList<>();
            for (Topic topic : List.of(Topic.EVENTS, Topic.STORIES, Topic.SIGNALS)) {
                for (int partition = 0; partition < PARTITIONS; partition++) {
                    all.add(new TopicPartition(topic.topicName(), partition));
                }
            }
            Map<TopicPartition, OffsetSpec> latest = new java.util.HashMap<>();
            all.forEach(partition -> latest.put(partition, OffsetSpec.latest()));
            var ends = admin.listOffsets(latest).all().get();
            var stable = admin.listOffsets(latest, new ListOffsetsOptions(IsolationLevel.READ_COMMITTED))
                    .all()
                    .get();
            var producers = admin.describeProducers(all).all().get();
            for (TopicPartition partition : all) {
                text.append('\n')
                        .append(partition)
                        .append(" end ")
                        .append(ends.get(partition).offset())
                        .append(" stable ")
                        .append(stable.get(partition).offset());
                producers.get(partition).activeProducers().stream()
                        .filter(one -> one.currentTransactionStartOffset().isPresent())
                        .forEach(one -> text.append(" open ").append(one));
            }
            for (String group : Correlator.applicationIds()) {
                text.append('\n')
                        .append(group)
                        .append(' ')
                        .append(admin.listConsumerGroupOffsets(group)
                                .partitionsToOffsetAndMetadata()
                                .get());
            }
            Thread.getAllStackTraces().forEach((thread, stack) -> {
                if (thread.getName().startsWith("wanglou-detect-test-StreamThread")) {
                    text.append('\n').append(thread);
                    List.of(stack).forEach(frame -> text.append("\n  in ").append(frame));
                }
            });
            return text.toString();
        } catch (Exception e) {
            return "no diagnosis: " + e;
        }
    }

    static void await(String what, java.util.concurrent.Callable<Boolean> condition) {
        Awaitility.await(what)
                .atMost(LIMIT)
                .pollInterval(Duration.ofMillis(100))
                .until(condition);
    }

    private static <T> T value(java.util.concurrent.Callable<T> read) {
        try {
            return read.call();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        reader.close();
        publisher.close();
        broker.close();
    }
}
