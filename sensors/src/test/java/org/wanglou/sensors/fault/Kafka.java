package org.wanglou.sensors.fault;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.wanglou.bus.KafkaBus;
import org.wanglou.bus.Topic;
import org.wanglou.bus.Wire;
import org.wanglou.bus.codec.EventCodec;
import org.wanglou.bus.embedded.EmbeddedBroker;
import org.wanglou.model.Event;
import org.wanglou.model.Meters;

/** A broker in a process of its own, which can be ended suddenly and started again at the same port. */
final class Kafka implements AutoCloseable {
    private static final int PARTITIONS = 2;

    private final Path folder;
    private int port = freePort(0);
    private int controllerPort = freePort(1);
    private Child process;

    Kafka(Path folder) throws IOException {
        this.folder = folder;
        for (int others = 0; ; others++) {
            try {
                start();
                return;
            } catch (IOException e) {
                // Between drawing a port and binding it somebody else may take it: then another is drawn.
                if (others == 5 || !String.valueOf(e.getMessage()).matches("(?s).*(in use|BindException).*")) {
                    throw e;
                }
                port = freePort(0);
                controllerPort = freePort(1);
            }
        }
    }

    /** The broker's process: folder, port, port of the controller. It ends with its parent. */
    public static void main(String[] args) {
        Child.quiet();
        int port = Integer.parseInt(args[1]);
        EmbeddedBroker.start(
                Path.of(args[0]),
                Duration.ofSeconds(120),
                reason -> System.err.println(reason),
                Map.of(
                        "listeners", "CLIENT://127.0.0.1:" + port + ",CONTROLLER://127.0.0.1:" + args[2],
                        "advertised.listeners", "CLIENT://127.0.0.1:" + port,
                        "controller.quorum.voters", "1@127.0.0.1:" + args[2],
                        "listener.security.protocol.map", "CLIENT:PLAINTEXT,CONTROLLER:SASL_PLAINTEXT",
                        "super.users", "User:ANONYMOUS;User:wanglou"));
        new KafkaBus(client(port), new Meters()).createTopics(PARTITIONS, (short) 1);
        Child.answer(question -> "");
    }

    private static Map<String, Object> client(int port) {
        return Map.of("bootstrap.servers", "127.0.0.1:" + port);
    }

    int port() {
        return port;
    }

    /** Back again, with all it had; it takes records when this returns. */
    void start() throws IOException {
        process = Child.start(
                "", 512, Kafka.class, folder.toString(), Integer.toString(port), Integer.toString(controllerPort));
        process.ask("up");
    }

    /** kill -9. */
    void kill() {
        process.kill();
    }

    /** Every event there is, also those that are there twice, in no order. */
    List<Event> events() throws IOException, InterruptedException, ExecutionException {
        Map<TopicPartition, Long> ends = ends();
        Properties properties = new Properties();
        properties.putAll(client(port));
        List<Event> events = new ArrayList<>();
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            consumer.assign(ends.keySet());
            consumer.seekToBeginning(ends.keySet());
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(200))) {
                    Header type = record.headers().lastHeader(Wire.TYPE);
                    if (type != null
                            && new String(type.value(), java.nio.charset.StandardCharsets.UTF_8).equals(Wire.EVENT_1)) {
                        events.add(EventCodec.decode(record.value()));
                    }
                }
            }
        }
        return events;
    }

    private Map<TopicPartition, Long> ends() throws InterruptedException, ExecutionException {
        Map<TopicPartition, OffsetSpec> asked = new HashMap<>();
        for (Topic topic : List.of(Topic.EVENTS, Topic.FLOWS)) {
            for (int partition = 0; partition < PARTITIONS; partition++) {
                asked.put(new TopicPartition(topic.topicName(), partition), OffsetSpec.latest());
            }
        }
        try (Admin admin = Admin.create(client(port))) {
            return admin.listOffsets(asked).all().get().entrySet().stream()
                    .collect(Collectors.toMap(
                            Map.Entry::getKey, end -> end.getValue().offset()));
        }
    }

    /**
     * A port that is free and stays so while nobody listens there: none of those that the kernel hands out, or a client
     * that knocks while the broker is away might be given it, and even connect to itself.
     */
    private static int freePort(int odd) {
        for (int i = 0; i < 1_000; i++) {
            int port = ThreadLocalRandom.current().nextInt(10_000, lowestHandedOut()) & ~1 | odd;
            try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return socket.getLocalPort();
            } catch (IOException e) {
                // taken: another
            }
        }
        throw new IllegalStateException("no free port");
    }

    private static int lowestHandedOut() {
        try {
            return Math.max(
                    10_100,
                    Integer.parseInt(Files.readString(Path.of("/proc/sys/net/ipv4/ip_local_port_range"))
                            .strip()
                            .split("\\s+")[0]));
        } catch (IOException e) {
            return 32_768;
        }
    }

    @Override
    public void close() {
        process.kill();
    }
}
