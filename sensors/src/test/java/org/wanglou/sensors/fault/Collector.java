package org.wanglou.sensors.fault;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.wanglou.bus.KafkaBus;
import org.wanglou.bus.Publisher;
import org.wanglou.bus.codec.Jsons;
import org.wanglou.model.Meters;
import org.wanglou.model.Snapshots;
import org.wanglou.model.registry.Registry;
import org.wanglou.sensors.Durable;
import org.wanglou.sensors.Sensors;
import org.wanglou.sensors.SourceCounts;
import org.wanglou.sensors.SourceState;
import org.wanglou.sensors.privacy.Masking;
import org.wanglou.sensors.spool.Sealer;

/** Sensors of every transport in a process of their own, which can be killed and started again on what it left. */
final class Collector implements AutoCloseable {
    /** The accounts of all sources, their ports, and the parcels in the spool. */
    record Report(List<SourceCounts> sources, Map<String, Integer> ports, long spooled) {
        SourceCounts of(String source) {
            return sources.stream()
                    .filter(one -> one.source().equals(source))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private final String limit;
    private final String[] arguments;
    private Child process;
    private volatile Map<String, Integer> ports;

    /**
     * @param tag part of the sources' names and of the folder
     * @param limit of a shell for the process, empty for none
     * @param hurried whether Kafka has two and a half seconds for an answer instead of thirty
     */
    Collector(Path folder, String tag, int kafka, long spoolBytes, String limit, boolean hurried) throws IOException {
        this.limit = limit;
        this.arguments = new String[] {
            folder.toString(), tag, Integer.toString(kafka), Long.toString(spoolBytes), Boolean.toString(hurried)
        };
        start();
    }

    void start() throws IOException {
        process = Child.start(limit, 384, Collector.class, arguments);
        ports = report().ports();
    }

    int port(String source) {
        return ports.getOrDefault(source, 0);
    }

    Report report() throws IOException {
        return Jsons.read(process.ask("report").getBytes(StandardCharsets.UTF_8), Report.class);
    }

    /** Tells it what Kafka held when it began, as the archive does. */
    void settle(Map<String, Long> inKafka) throws IOException {
        process.ask("settle "
                + inKafka.entrySet().stream()
                        .map(one -> one.getKey() + "=" + one.getValue())
                        .collect(Collectors.joining(",")));
    }

    /** kill -9. */
    void kill() {
        process.kill();
    }

    @Override
    public void close() {
        process.kill();
    }

    /** The sensors' process: state folder, tag, Kafka's port, bytes of the spool, hurried. It ends with its parent. */
    public static void main(String[] args) throws IOException {
        Child.quiet();
        Path folder = Path.of(args[0]);
        Meters meters = new Meters();
        Map<String, Object> client = new HashMap<>(Map.of("bootstrap.servers", "127.0.0.1:" + args[2]));
        if (Boolean.parseBoolean(args[4])) {
            client.put("delivery.timeout.ms", "2500");
            client.put("request.timeout.ms", "1500");
        }
        Publisher publisher = new KafkaBus(client, meters).publisher("sensors");
        Sensors sensors = new Sensors(
                Arrays.stream(Way.values())
                        .map(way -> way.config(way.source(args[1]), folder))
                        .toList(),
                publisher,
                nothingKnown(),
                new Masking(new byte[32]),
                meters,
                "node",
                UUID.randomUUID().toString(),
                300_000,
                Clock.systemUTC(),
                new Durable(
                        Optional.of(folder.resolve("state")),
                        Optional.of(Sealer.sm4(new byte[16])),
                        Long.parseLong(args[3])));
        sensors.start();
        Function<String, String> answers = question -> {
            if (question.startsWith("settle ")) {
                sensors.settle(Arrays.stream(question.substring(7).split(","))
                        .filter(one -> !one.isEmpty())
                        .map(one -> one.split("="))
                        .collect(Collectors.toMap(one -> one[0], one -> Long.parseLong(one[1]))));
                return "";
            }
            List<SourceState> states = sensors.sources();
            return new String(
                    Jsons.bytes(new Report(
                            states.stream().map(SourceState::counts).toList(),
                            states.stream()
                                    .collect(
                                            Collectors.toMap(one -> one.counts().source(), one -> one.bound()
                                                    .getPort())),
                            meters.gauges()
                                    .getOrDefault("wanglou_sensors_spool_parcels", 0.0)
                                    .longValue())),
                    StandardCharsets.UTF_8);
        };
        Child.answer(answers::apply);
    }

    static Snapshots nothingKnown() {
        Registry registry = new Registry(List.of(), List.of());
        return new Snapshots() {
            @Override
            public Registry registry() {
                return registry;
            }

            @Override
            public String registryDigest() {
                return "";
            }
        };
    }
}
