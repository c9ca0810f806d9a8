package org.wanglou.sensors;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wanglou.bus.codec.EventCodec;
import org.wanglou.model.Meters;
import org.wanglou.sensors.SensorConfig.Transport;
import org.wanglou.sensors.format.Assembler;
import org.wanglou.sensors.spool.Sealer;

/** FT-22: a thousand variants of poison over every transport and format leave counters, events and letters, and nothing else. */
class HostileInputTest {
    private static final long SEED = 20_261_124;

    @TempDir
    Path folder;

    private final Shelf shelf = new Shelf();
    private final Meters meters = new Meters();

    @Test
    void a_thousand_variants_of_poison_over_every_transport_stop_nothing() throws Exception {
        System.out.println("seed=" + SEED);
        shelf.plain = true;
        List<byte[]> lines = Hostile.lines(SEED, 1_000);
        List<SensorConfig> configured = new ArrayList<>();
        List<String> datagrams = List.of("syslog", "netflow-v5");
        List<String> streams = List.of("syslog", "nginx-access");
        List<String> files = List.of("syslog", "ecs-json");
        datagrams.forEach(format -> configured.add(Bench.sensor("udp-" + format, Transport.UDP, format)));
        streams.forEach(format -> configured.add(Bench.sensor("tcp-" + format, Transport.TCP, format)));
        files.forEach(format -> configured.add(SensorConfig.file(
                "file-" + format,
                folder.resolve(format + ".log").toString(),
                Bench.format(format),
                SensorConfig.DEFAULT_ZONE,
                "")));
        configured.add(Bench.sensor("http", Transport.HTTP, "ecs-json"));
        Path state = Files.createDirectories(folder.resolve("state"));
        Sensors sensors = Bench.sensors(configured, shelf, meters, Durable.in(state, Sealer.sm4(new byte[16])), "e");
        sensors.start();
        int before = threads();
        byte[] joined = Hostile.joined(lines);
        for (String format : datagrams) {
            try (DatagramSocket socket = new DatagramSocket()) {
                for (int i = 0; i < lines.size(); i++) {
                    byte[] line = lines.get(i);
                    socket.send(new DatagramPacket(line, line.length, sensors.boundAddress("udp-" + format)));
                    if (i % 20 == 19) {
                        int sent = i + 1;
                        String name = "udp-" + format;
                        Awaitility.await()
                                .atMost(Duration.ofSeconds(300))
                                .pollInterval(Duration.ofMillis(2))
                                .until(() -> counts(sensors, name).received() >= sent * (long) least(format) / 1_000);
                    }
                }
            }
        }
        for (String format : streams) {
            try (Socket socket = new Socket(
                    "127.0.0.1", sensors.boundAddress("tcp-" + format).getPort())) {
                socket.getOutputStream().write(joined);
                socket.getOutputStream().flush();
            }
        }
        for (String format : files) {
            Files.write(folder.resolve(format + ".log"), joined);
        }
        for (int i = 0; i < lines.size(); i += 50) {
            byte[] batch = Hostile.joined(lines.subList(i, i + 50));
            assertThat(Http.post(sensors, batch, i % 100 == 0)).isIn(200, 413);
        }
        Awaitility.await().atMost(Duration.ofSeconds(300)).until(() -> configured.stream()
                .filter(one -> one.listener() == Transport.FILE || one.listener() == Transport.TCP)
                .allMatch(one -> counts(sensors, one.name()).received() >= joined(one, joined)));
        Awaitility.await().atMost(Duration.ofSeconds(300)).until(() -> configured.stream()
                .map(one -> counts(sensors, one.name()))
                .allMatch(counts -> counts.pending() == 0 && counts.closes()));
        for (SensorConfig one : configured) {
            SourceCounts counts = counts(sensors, one.name());
            assertThat(counts.closes()).as(one.name()).isTrue();
            assertThat(counts.dropped().keySet()).as(one.name()).isSubsetOf("dead_letter");
        }
        Map<String, Long> failed = meters.counts().entrySet().stream()
                .filter(e -> (e.getKey().contains("format_failed") || e.getKey().contains("unencodable"))
                        && e.getValue() > 0)
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
        assertThat(failed).isEmpty();
        for (byte[] value : shelf.raw) {
            EventCodec.decode(value); // what was published can be read
        }
        Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> threads() <= before + 2);
        sensors.close();
    }

    /** A datagram of flows may hold none: of those formats fewer events than frames come. */
    private static int least(String format) {
        return format.equals("netflow-v5") ? 900 : 1_000;
    }

    /** Lines that belong together are one event: at least nine tenths of the frames that the format makes of them all. */
    private static long joined(SensorConfig sensor, byte[] all) {
        Assembler assembler = sensor.format().assembler();
        long frames = 0;
        int from = 0;
        for (int i = 0; i < all.length; i++) {
            if (all[i] == '\n') {
                if (i > from) {
                    frames += assembler.add(Arrays.copyOfRange(all, from, i)).size();
                }
                from = i + 1;
            }
        }
        return Math.min(least(sensor.format().name()), frames * 9 / 10);
    }

    private static SourceCounts counts(Sensors sensors, String source) {
        return sensors.sources().stream()
                .map(SourceState::counts)
                .filter(one -> one.source().equals(source))
                .findFirst()
                .orElseThrow();
    }

    private static int threads() {
        return (int) Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("sensors-"))
                .filter(thread -> !Stream.of("-accept").allMatch(thread.getName()::endsWith))
                .count();
    }
}
