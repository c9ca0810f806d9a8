package org.wanglou.bus.embedded;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Exit;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A single-node Kafka (KRaft, broker and controller in one) inside this JVM, bound to loopback.
 *
 * <p>Every connection authenticates with a secret that is new at each start ({@link BrokerSecret}) and the authorizer
 * denies by default, so another local user or a forged request reaches nothing. Session and election times are short
 * because there is no second node to be confused: after kill -9 it serves again in 4–5 s instead of 15.
 *
 * <p>If Kafka halts the process (a failed log directory, that is a full disk), {@code emergency} gets up to a second for
 * short work that does not touch Kafka; then the JVM is halted. Keeping a half-dead broker alive leaves hanging
 * transactions behind. One per JVM and directory. Thread-safe.
 */
public final class EmbeddedBroker implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedBroker.class);
    private static final String JAAS = "org.apache.kafka.common.security.plain.PlainLoginModule required;";

    /** Exit status when the broker could not go on, most often because the disk is full. */
    public static final int HALTED = 74;

    private final KafkaRaftServer server;
    private final int port;
    private final int controllerPort;

    private EmbeddedBroker(KafkaRaftServer server, int port, int controllerPort) {
        this.server = server;
        this.port = port;
        this.controllerPort = controllerPort;
    }

    /**
     * Formats the directory if it is new and starts the broker.
     *
     * @param emergency told why, just before the JVM is halted
     * @throws IllegalStateException when it is not up after {@code limit}, naming the directory
     */
    public static EmbeddedBroker start(Path directory, Duration limit, Consumer<String> emergency) {
        return start(directory, limit, emergency, Map.of());
    }

    /**
     * As {@link #start(Path, Duration, Consumer)}.
     *
     * @param more broker properties laid over ours
     */
    public static EmbeddedBroker start(
            Path directory, Duration limit, Consumer<String> emergency, Map<String, String> more) {
        try {
            Files.createDirectories(directory);
            int port = freePort();
            int controllerPort = freePort();
            if (!Files.exists(directory.resolve("meta.properties"))) {
                format(directory);
            }
            haltOnFailure(emergency);
            Map<String, Object> properties = properties(directory, port, controllerPort);
            properties.putAll(more);
            KafkaRaftServer server = new KafkaRaftServer(new KafkaConfig(properties), Time.SYSTEM);
            startWithin(server, limit, directory);
            LOG.info("embedded broker started port={} directory={}", port, directory);
            return new EmbeddedBroker(server, port, controllerPort);
        } catch (IOException e) {
            throw new UncheckedIOException("embedded broker cannot use directory " + directory, e);
        }
    }

    private static void startWithin(KafkaRaftServer server, Duration limit, Path directory) {
        ExecutorService starter = Executors.newSingleThreadExecutor(r -> new Thread(r, "bus-broker-start"));
        try {
            starter.submit(server::startup).get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new IllegalStateException("embedded broker not up after " + limit + " in " + directory, e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("embedded broker failed to start in " + directory, e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the embedded broker started", e);
        } finally {
            starter.shutdown();
        }
    }

    private static void format(Path directory) throws IOException {
        Formatter formatter = new Formatter()
                .setNodeId(1)
                .setClusterId(Uuid.randomUuid().toString())
                .addDirectory(directory.toString())
                .setMetadataLogDirectory(directory.toString())
                .setControllerListenerName("CONTROLLER")
                .setIgnoreFormatted(true)
                .setReleaseVersion(MetadataVersion.latestProduction())
                .setPrintStream(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8));
        try {
            formatter.run();
        } catch (Exception e) {
            throw new IOException("cannot format broker directory " + directory, e);
        }
    }

    private static void haltOnFailure(Consumer<String> emergency) {
        Exit.Procedure halt = (status, message) -> {
            Thread last = new Thread(
                    () -> emergency.accept("kafka stopped itself, status=" + status + " message=" + message),
                    "bus-emergency");
            last.setDaemon(true);
            last.start();
            try {
                last.join(1_000);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            Runtime.getRuntime().halt(HALTED);
        };
        Exit.setHaltProcedure(halt);
        Exit.setExitProcedure(halt);
    }

    private static Map<String, Object> properties(Path directory, int port, int controllerPort) {
        Map<String, Object> p = new HashMap<>();
        p.put("process.roles", "broker,controller");
        p.put("node.id", "1");
        p.put("controller.quorum.voters", "1@127.0.0.1:" + controllerPort);
        p.put("listeners", "CLIENT://127.0.0.1:" + port + ",CONTROLLER://127.0.0.1:" + controllerPort);
        p.put("advertised.listeners", "CLIENT://127.0.0.1:" + port);
        p.put("controller.listener.names", "CONTROLLER");
        p.put("inter.broker.listener.name", "CLIENT");
        p.put("listener.security.protocol.map", "CLIENT:SASL_PLAINTEXT,CONTROLLER:SASL_PLAINTEXT");
        p.put("sasl.enabled.mechanisms", "PLAIN");
        p.put("sasl.mechanism.inter.broker.protocol", "PLAIN");
        p.put("sasl.mechanism.controller.protocol", "PLAIN");
        for (String listener : new String[] {"client", "controller"}) {
            p.put("listener.name." + listener + ".plain.sasl.jaas.config", JAAS);
            p.put(
                    "listener.name." + listener + ".plain.sasl.server.callback.handler.class",
                    BrokerSecret.Server.class.getName());
        }
        p.put("sasl.client.callback.handler.class", BrokerSecret.Client.class.getName());
        p.put("authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer");
        p.put("super.users", "User:" + BrokerSecret.USER);
        p.put("allow.everyone.if.no.acl.found", "false");
        p.put("connection.failed.authentication.delay.ms", "100");
        p.put("log.dirs", directory.toString());
        p.put("auto.create.topics.enable", "false");
        p.put("offsets.topic.replication.factor", "1");
        p.put("offsets.topic.num.partitions", "1");
        p.put("transaction.state.log.replication.factor", "1");
        p.put("transaction.state.log.min.isr", "1");
        p.put("transaction.state.log.num.partitions", "1");
        p.put("share.coordinator.state.topic.replication.factor", "1");
        p.put("share.coordinator.state.topic.min.isr", "1");
        p.put("group.initial.rebalance.delay.ms", "0");
        p.put("group.streams.initial.rebalance.delay.ms", "0");
        p.put("group.min.session.timeout.ms", "1000");
        p.put("transaction.abort.timed.out.transaction.cleanup.interval.ms", "500");
        p.put("broker.session.timeout.ms", "3000");
        p.put("broker.heartbeat.interval.ms", "200");
        p.put("controller.quorum.election.timeout.ms", "200");
        p.put("controller.quorum.fetch.timeout.ms", "500");
        p.put("num.network.threads", "2");
        p.put("num.io.threads", "4");
        p.put("log.cleaner.dedupe.buffer.size", "2097152");
        p.put("log.segment.bytes", "67108864");
        p.put("log.index.size.max.bytes", "1048576");
        p.put("log.flush.interval.ms", "1000");
        p.put("log.flush.scheduler.interval.ms", "500");
        p.put("log.retention.check.interval.ms", "30000");
        p.put("log.segment.delete.delay.ms", "1000");
        return p;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            return socket.getLocalPort();
        }
    }

    /** Port of the client listener on 127.0.0.1. */
    public int port() {
        return port;
    }

    /** Port of the controller listener on 127.0.0.1. */
    public int controllerPort() {
        return controllerPort;
    }

    /** What a client in this JVM needs to connect. Holds no secret: the callback handler presents it. */
    public Map<String, Object> clientProperties() {
        return Map.of(
                "bootstrap.servers",
                "127.0.0.1:" + port,
                "security.protocol",
                "SASL_PLAINTEXT",
                "sasl.mechanism",
                "PLAIN",
                "sasl.jaas.config",
                JAAS,
                "sasl.client.callback.handler.class",
                BrokerSecret.Client.class.getName());
    }

    /** Orderly stop; clients must be closed before. */
    @Override
    public void close() {
        server.shutdown();
        server.awaitShutdown();
        LOG.info("embedded broker stopped");
    }
}
