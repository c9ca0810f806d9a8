package org.wanglou.sensors;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wanglou.bus.codec.Jsons;
import org.wanglou.model.Ecs;
import org.wanglou.model.Meters;
import org.wanglou.sensors.SensorConfig.Transport;
import org.wanglou.sensors.spool.Sealer;

class AccountsTest {
    @TempDir
    Path folder;

    private final Sealer sealer = Sealer.sm4(new byte[16]);
    private final Shelf shelf = new Shelf();
    private final List<SensorConfig> both =
            List.of(Bench.sensor("udp", Transport.UDP, "syslog"), Bench.sensor("tcp", Transport.TCP, "syslog"));

    private static SourceCounts counts(Sensors sensors, String source) {
        return sensors.sources().stream()
                .map(SourceState::counts)
                .filter(one -> one.source().equals(source))
                .findFirst()
                .orElseThrow();
    }

    private static void awaitUntil(java.util.concurrent.Callable<Boolean> condition) {
        Awaitility.await().atMost(Duration.ofSeconds(60)).until(condition);
    }

    private static void udp(Sensors sensors, int from, int to) throws IOException {
        try (DatagramSocket socket = new DatagramSocket()) {
            for (int i = from; i < to; i++) {
                byte[] line = ("<13>Nov 24 09:59:58 h app: number " + i).getBytes(StandardCharsets.UTF_8);
                socket.send(new DatagramPacket(line, line.length, sensors.boundAddress("udp")));
            }
        }
    }

    private static void tcp(Sensors sensors, int from, int to) throws IOException {
        try (Socket socket = new Socket(
                InetAddress.getLoopbackAddress(), sensors.boundAddress("tcp").getPort())) {
            OutputStream out = socket.getOutputStream();
            for (int i = from; i < to; i++) {
                out.write(("<13>Nov 24 09:59:58 h app: number " + i + "\n").getBytes(StandardCharsets.UTF_8));
            }
            out.flush();
        }
    }

    private Set<String> numbers() {
        return shelf.events.stream().map(e -> e.text(Ecs.MESSAGE).orElse("")).collect(Collectors.toSet());
    }

    @Test
    void what_kafka_does_not_take_waits_sealed_and_comes_in_order_when_it_is_back() throws Exception {
        Meters meters = new Meters();
        Sensors sensors = Bench.sensors(both, shelf, meters, Durable.in(folder, sealer), "e1");
        sensors.start();
        shelf.away = true;
        tcp(sensors, 0, 500);
        awaitUntil(() -> counts(sensors, "tcp").pending() == 500);
        assertThat(counts(sensors, "tcp").closes()).isTrue();
        assertThat(counts(sensors, "tcp").received()).isEqualTo(500);
        try (Stream<Path> files = Files.list(folder.resolve("spool"))) {
            for (Path file : files.toList()) {
                assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
                        .doesNotContain("number");
            }
        }
        shelf.away = false;
        awaitUntil(() -> counts(sensors, "tcp").pending() == 0);
        assertThat(shelf.events)
                .extracting(e -> e.text(Ecs.MESSAGE).orElse(""))
                .containsExactly(Stream.iterate(0, i -> i + 1)
                        .limit(500)
                        .map(i -> "number " + i)
                        .toArray(String[]::new));
        SourceCounts counts = counts(sensors, "tcp");
        assertThat(counts.closes()).isTrue();
        assertThat(counts.published()).isEqualTo(500);
        sensors.close();
    }

    @Test
    void the_accounts_close_over_a_kill_with_a_full_spool_and_every_spooled_event_arrives_once() throws Exception {
        Meters first = new Meters();
        Sensors killed = Bench.sensors(both, shelf, first, Durable.in(folder, sealer), "e1");
        killed.start();
        udp(killed, 0, 100);
        awaitUntil(() -> counts(killed, "udp").published() == 100);
        shelf.away = true;
        udp(killed, 100, 300);
        awaitUntil(() -> counts(killed, "udp").pending() == 200);
        long before = counts(killed, "udp").received();
        Path image = folder.resolveSibling("image-" + folder.getFileName());
        // The accounts are written each second; what the disk holds then is what a kill leaves.
        awaitUntil(() -> Files.readString(folder.resolve("counts.json")).contains("\"pending\":200"));
        copy(folder, image);
        killed.close();

        shelf.events.clear();
        shelf.away = false;
        Meters second = new Meters();
        Sensors again = Bench.sensors(both, shelf, second, Durable.in(image, sealer), "e2");
        assertThat(counts(again, "udp").closes()).isTrue();
        assertThat(counts(again, "udp").pending()).isEqualTo(200);
        again.start();
        awaitUntil(() -> counts(again, "udp").pending() == 0);
        SourceCounts counts = counts(again, "udp");
        assertThat(counts.closes()).isTrue();
        assertThat(counts.received()).isEqualTo(before);
        assertThat(counts.published()).isEqualTo(300);
        assertThat(counts.dropped()).isEmpty();
        Set<String> ids = new HashSet<>();
        shelf.events.forEach(event -> ids.add(event.id()));
        assertThat(ids).hasSize(200);
        awaitUntil(() -> shelf.ticks.stream()
                .anyMatch(tick ->
                        tick.counts().getOrDefault("wanglou_sensors_published_total{source=\"udp\"}", 0L) == 300));
        again.close();
    }

    @Test
    void what_was_under_way_at_a_kill_is_booked_as_an_unclean_stop() throws Exception {
        Files.createDirectories(folder);
        Files.writeString(
                folder.resolve("counts.json"),
                "{\"version\":1,\"sources\":[{\"source\":\"udp\",\"received\":10,\"published\":5,"
                        + "\"dropped\":{\"ring_full\":2},\"pending\":3}]}");
        Sensors sensors = Bench.sensors(both, shelf, new Meters(), Durable.in(folder, sealer), "e1");
        SourceCounts counts = counts(sensors, "udp");
        assertThat(counts.closes()).isTrue();
        assertThat(counts.dropped()).isEqualTo(Map.of("ring_full", 2L, "unclean_stop", 3L));
    }

    @Test
    void a_full_spool_drops_what_comes_counts_it_and_keeps_what_it_has() throws Exception {
        Durable small = new Durable(Optional.of(folder), Optional.of(sealer), 64 << 10);
        Sensors sensors = Bench.sensors(both, shelf, new Meters(), small, "e1");
        sensors.start();
        shelf.away = true;
        tcp(sensors, 0, 1_000);
        awaitUntil(() -> counts(sensors, "tcp").received() == 1_000);
        awaitUntil(() -> counts(sensors, "tcp").closes());
        SourceCounts counts = counts(sensors, "tcp");
        assertThat(counts.dropped().get("spool_full")).isPositive();
        assertThat(counts.pending()).isPositive();
        long waiting = counts.pending();
        shelf.away = false;
        awaitUntil(() -> counts(sensors, "tcp").pending() == 0);
        assertThat(counts(sensors, "tcp").published()).isEqualTo(waiting);
        assertThat(counts(sensors, "tcp").closes()).isTrue();
        assertThat(numbers()).contains("number 0");
        sensors.close();
    }

    @Test
    void a_spooled_record_that_was_changed_on_disk_is_counted_and_the_rest_arrives() throws Exception {
        shelf.away = true;
        Sensors first = Bench.sensors(both, shelf, new Meters(), Durable.in(folder, sealer), "e1");
        first.start();
        tcp(first, 0, 50);
        awaitUntil(() -> counts(first, "tcp").pending() == 50);
        first.close();
        try (Stream<Path> files = Files.list(folder.resolve("spool"))) {
            Path file = files.filter(f -> f.toString().endsWith(".spool"))
                    .findFirst()
                    .orElseThrow();
            byte[] bytes = Files.readAllBytes(file);
            bytes[bytes.length - 1] ^= 1;
            Files.write(file, bytes);
        }
        shelf.away = false;
        Sensors second = Bench.sensors(both, shelf, new Meters(), Durable.in(folder, sealer), "e2");
        second.start();
        awaitUntil(() -> counts(second, "tcp").pending() == 0);
        SourceCounts counts = counts(second, "tcp");
        assertThat(counts.closes()).isTrue();
        assertThat(counts.published()).isEqualTo(49);
        assertThat(counts.dropped()).isEqualTo(Map.of("spool_corrupt", 1L));
        second.close();
    }

    @Test
    void a_frame_that_makes_an_event_too_large_for_kafka_is_a_sealed_letter() throws Exception {
        Sensors sensors = Bench.sensors(
                List.of(Bench.sensor("http", Transport.HTTP, "ecs-json")),
                shelf,
                new Meters(),
                Durable.in(folder, sealer),
                "e1");
        sensors.start();
        String secret = "secret words " + "z".repeat(500_000);
        int status =
                Http.post(sensors, "{\"message\":\"" + secret + "\",\"other\":\"" + secret + "\"}".repeat(1), false);
        // cut at 512 KiB it is no JSON, and kept as unparsed
        assertThat(status).isEqualTo(200);
        assertThat(shelf.letters).isEmpty();
        status = Http.post(sensors, "{\"message\":\"" + "\\u0001".repeat(85_000) + "\"}", false);
        assertThat(status).isEqualTo(200);
        assertThat(shelf.letters).hasSize(1);
        Map<?, ?> letter = Jsons.read(shelf.letters.peek(), Map.class);
        assertThat(letter.get("reason")).isEqualTo("too_large");
        byte[] opened = sealer.open(Base64.getDecoder().decode(String.valueOf(letter.get("sealed"))));
        assertThat(new String(opened, StandardCharsets.UTF_8)).startsWith("{\"message\":\"\\u0001");
        SourceCounts counts = counts(sensors, "http");
        assertThat(counts.closes()).isTrue();
        assertThat(counts.dropped()).isEqualTo(Map.of("dead_letter", 1L));
        sensors.close();
    }

    @Test
    void a_followed_file_loses_nothing_over_an_outage_and_a_restart_of_the_sensors() throws Exception {
        Path log = folder.resolve("auth.log");
        SensorConfig file =
                SensorConfig.file("auth", log.toString(), Bench.format("syslog"), SensorConfig.DEFAULT_ZONE, "3701");
        Durable durable = Durable.in(folder.resolve("state"), sealer);
        Files.createDirectories(folder.resolve("state"));
        Sensors first = Bench.sensors(List.of(file), shelf, new Meters(), durable, "e1");
        first.start();
        write(log, 0, 200);
        awaitUntil(() -> counts(first, "auth").published() == 200);
        shelf.away = true;
        write(log, 200, 400);
        awaitUntil(() -> counts(first, "auth").pending() == 200);
        assertThat(counts(first, "auth").closes()).isTrue();
        first.close();
        shelf.away = false;
        Sensors second = Bench.sensors(List.of(file), shelf, new Meters(), durable, "e2");
        assertThat(counts(second, "auth").closes()).isTrue();
        second.start();
        awaitUntil(() -> counts(second, "auth").published() == 400);
        assertThat(numbers()).hasSize(400);
        assertThat(shelf.events).hasSize(400);
        assertThat(counts(second, "auth").closes()).isTrue();
        assertThat(second.sources().get(0).files()).hasSize(1);
        assertThat(shelf.events).allMatch(event -> event.organization().equals("3701"));
        second.close();
    }

    @Test
    void while_events_wait_in_the_spool_the_clock_does_not_pass_them() throws Exception {
        Sensors sensors = Bench.sensors(both, shelf, new Meters(), Durable.in(folder, sealer), "e1");
        sensors.start();
        shelf.away = true;
        tcp(sensors, 0, 5);
        awaitUntil(() -> counts(sensors, "tcp").pending() == 5);
        sensors.close();
        Shelf stays = new Shelf();
        Sensors second = Bench.sensors(
                both,
                new Shelf() {
                    @Override
                    public java.util.concurrent.CompletableFuture<Void> publish(
                            org.wanglou.bus.Topic topic,
                            int partition,
                            byte @org.jspecify.annotations.Nullable [] key,
                            byte[] value,
                            long time,
                            String type,
                            String trace) {
                        return type.equals("tick/1")
                                ? stays.publish(topic, partition, key, value, time, type, trace)
                                : java.util.concurrent.CompletableFuture.failedFuture(
                                        new IllegalStateException("away"));
                    }
                },
                new Meters(),
                Durable.in(folder, sealer),
                "e2");
        second.start();
        awaitUntil(() -> stays.ticks.size() >= 4);
        assertThat(stays.ticks).allMatch(tick -> tick.lowWater() <= tick.receive() - 300_000);
        second.close();
    }

    private static void write(Path log, int from, int to) throws IOException {
        StringBuilder text = new StringBuilder();
        for (int i = from; i < to; i++) {
            text.append("Nov 24 09:59:58 h app: number ").append(i).append('\n');
        }
        Files.writeString(log, text, java.nio.file.StandardOpenOption.CREATE, java.nio.file.StandardOpenOption.APPEND);
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Path target = to.resolve(from.relativize(file));
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(file, target);
                }
            }
        }
    }
}
