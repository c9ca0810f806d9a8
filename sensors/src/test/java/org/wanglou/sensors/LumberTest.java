package org.wanglou.sensors;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wanglou.bus.Topic;
import org.wanglou.model.Ecs;
import org.wanglou.model.Event;
import org.wanglou.model.Meters;

/** go-lumber, the client library of the Beats' own makers, ships to us; see {@code src/test/go/lumber}. */
class LumberTest {
    @TempDir
    static Path folder;

    private static Path client;
    private final Vanishing shelf = new Vanishing();

    /** Kafka that goes away by itself in the middle, however quick the sender is. */
    private static final class Vanishing extends Shelf {
        private volatile boolean armed;

        @Override
        public CompletableFuture<Void> publish(
                Topic topic, int partition, byte @Nullable [] key, byte[] value, long time, String type, String trace) {
            away |= armed && events.size() >= 250;
            return super.publish(topic, partition, key, value, time, type, trace);
        }
    }

    private Sensors sensors;
    private Process process;

    @BeforeAll
    static void build() throws Exception {
        client = folder.resolve("lumber");
        String why = built();
        if (!why.isEmpty()) {
            System.out.println("LumberTest is passed over: " + why);
        }
        Assumptions.assumeTrue(why.isEmpty(), why);
    }

    /** Why there is no client; empty when there is one. */
    private static String built() throws Exception {
        Path log = folder.resolve("build");
        String go = Files.isExecutable(Path.of("/usr/local/go/bin/go")) ? "/usr/local/go/bin/go" : "go";
        try {
            Process build = new ProcessBuilder(go, "build", "-o", client.toString(), ".")
                    .directory(Path.of("src/test/go/lumber").toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            if (!build.waitFor(120, TimeUnit.SECONDS)) {
                build.destroyForcibly();
                return "go took too long to build it";
            }
            return build.exitValue() == 0 ? "" : "go cannot build it here: " + Files.readString(log);
        } catch (IOException e) {
            return "there is no go here";
        }
    }

    @AfterEach
    void stop() throws Exception {
        if (process != null) {
            process.destroyForcibly().waitFor(60, TimeUnit.SECONDS);
        }
        if (sensors != null) {
            sensors.close();
        }
    }

    private int listen(int port) throws Exception {
        SensorConfig config = new SensorConfig(
                "beats",
                SensorConfig.Transport.LUMBERJACK,
                new InetSocketAddress(InetAddress.getByName("127.0.0.1"), port),
                Bench.format("auto"),
                SensorConfig.DEFAULT_ZONE,
                "",
                "");
        sensors = Bench.sensors(List.of(config), shelf, new Meters(), Durable.NONE, "epoch");
        sensors.start();
        return sensors.boundAddress("beats").getPort();
    }

    @Test
    void nothing_is_lost_and_ids_stay_when_our_side_restarts_or_kafka_is_away() throws Exception {
        for (String level : List.of("3", "0")) {
            shelf.events.clear();
            shelf.armed = true;
            int port = listen(0);
            process = new ProcessBuilder(client.toString(), "127.0.0.1:" + port, "4000", level)
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("output" + level).toFile())
                    .start();
            Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> shelf.away);
            sensors.close();
            listen(port);
            Awaitility.await()
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> sensors.sources().get(0).counts().dropped().getOrDefault("handed_back", 0L) > 0);
            shelf.armed = false;
            shelf.away = false;
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(Files.readString(folder.resolve("output" + level))).startsWith("acknowledged 4000");
            Set<String> texts = shelf.events.stream()
                    .map(event -> event.text(Ecs.EVENT_ORIGINAL).orElse(""))
                    .collect(Collectors.toSet());
            assertThat(texts).hasSize(4_000);
            assertThat(shelf.events.stream().map(Event::id).collect(Collectors.toSet()))
                    .hasSize(4_000);
            assertThat(shelf.events.get(0).get("agent.id")).isEqualTo("a-1");
            assertThat(shelf.events.get(0).get("@metadata.beat")).isNull();
            SourceCounts counts = sensors.sources().get(0).counts();
            assertThat(counts.pending()).isZero();
            assertThat(counts.received())
                    .isEqualTo(counts.published()
                            + counts.dropped().values().stream()
                                    .mapToLong(Long::longValue)
                                    .sum());
            sensors.close();
        }
    }
}
