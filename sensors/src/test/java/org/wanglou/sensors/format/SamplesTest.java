package org.wanglou.sensors.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.wanglou.bus.codec.EventCodec;
import org.wanglou.model.Ecs;
import org.wanglou.model.Event;
import org.wanglou.sensors.frame.Frame;

/**
 * Samples: {@code format/<name>/*.in} through the format of that name must give {@code *.ecs.json} beside it, one event a
 * line. With {@code -Dsamples.write=true} expectations that are missing are written, to be read before they are kept.
 */
class SamplesTest {
    private static final Path FOLDER = Path.of("src/test/resources/format");
    private static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");
    private static final String SIGNS = " =:,;|[](){}<>\"'/\\-%@#\t";
    private static final long NOW = Instant.parse("2026-11-24T03:00:00Z").toEpochMilli();

    static List<Path> inputs() throws IOException {
        try (Stream<Path> all = Files.walk(FOLDER)) {
            return all.filter(file -> file.toString().endsWith(".in")).sorted().toList();
        }
    }

    private static List<byte[]> frames(byte[] input, Assembler assembler) {
        List<byte[]> frames = new ArrayList<>();
        int from = 0;
        for (int i = 0; i <= input.length; i++) {
            if (i == input.length || input[i] == '\n') {
                if (i > from) {
                    frames.addAll(assembler.add(java.util.Arrays.copyOfRange(input, from, i)));
                }
                from = i + 1;
            }
        }
        frames.addAll(assembler.end());
        return frames;
    }

    static String normalise(String name, byte[] input) {
        Format format = Formats.named(name).orElseThrow(() -> new AssertionError("no format " + name));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] frame : frames(input, format.assembler())) {
            Decoded decoded = format.decode(new Frame(frame, "192.0.2.1", NOW, "o", false), SHANGHAI);
            if (decoded instanceof Decoded.Malformed malformed) {
                out.writeBytes(("malformed: " + malformed.reason() + '\n').getBytes(StandardCharsets.UTF_8));
            } else if (decoded instanceof Decoded.Events events) {
                for (Event.Builder event : events.events()) {
                    assertThat(event.get(Ecs.EVENT_ORIGINAL))
                            .as("the original line is kept")
                            .isNotNull();
                    out.writeBytes(EventCodec.encode(
                            event.set(Ecs.EVENT_ORIGINAL, null).build()));
                    out.write('\n');
                }
            }
        }
        return out.toString(StandardCharsets.UTF_8);
    }

    private static String formatOf(Path input) {
        return input.getParent().getFileName().toString();
    }

    private static Path expectation(Path input) {
        String name = input.getFileName().toString();
        return input.resolveSibling(name.substring(0, name.length() - 3) + ".ecs.json");
    }

    @Test
    void every_sample_gives_the_events_beside_it() throws IOException {
        for (Path input : inputs()) {
            String events = normalise(formatOf(input), Files.readAllBytes(input));
            Path expected = expectation(input);
            if (Boolean.getBoolean("samples.write") && !Files.exists(expected)) {
                Files.writeString(expected, events);
            }
            assertThat(events)
                    .as(input.toString())
                    .isEqualTo(Files.readString(expected))
                    .doesNotContain("malformed");
        }
    }

    @Test
    void line_ends_of_windows_and_a_byte_order_mark_change_nothing() throws IOException {
        for (Path input : inputs()) {
            String text = Files.readString(input);
            String windows = '\ufeff' + text.replace("\n", "\r\n");
            byte[] bytes = windows.getBytes(StandardCharsets.UTF_8);
            assertThat(normalise(formatOf(input), bytes))
                    .as(input.toString())
                    .isEqualTo(normalise(formatOf(input), text.getBytes(StandardCharsets.UTF_8)));
        }
    }

    @Test
    void the_character_set_of_older_chinese_systems_is_told_from_the_bytes() throws IOException {
        int chinese = 0;
        for (Path input : inputs()) {
            String text = Files.readString(input);
            byte[] gbk = text.getBytes(Charset.forName("GB18030"));
            if (gbk.length != text.length() || text.codePoints().anyMatch(c -> c > 127)) {
                chinese++;
                assertThat(normalise(formatOf(input), gbk))
                        .as(input.toString())
                        .isEqualTo(normalise(formatOf(input), text.getBytes(StandardCharsets.UTF_8)));
            }
        }
        assertThat(chinese).isGreaterThan(4);
    }

    @Test
    void every_format_has_a_sample() throws IOException {
        Set<String> sampled = new TreeSet<>();
        inputs().forEach(input -> sampled.add(formatOf(input)));
        for (Format format : Formats.all()) {
            if (!format.name().startsWith("netflow")) {
                assertThat(sampled).contains(format.name());
            }
        }
    }

    @Test
    void auto_reads_what_a_named_format_reads() throws IOException {
        // a traefik, ingress or tomcat line cannot be told from nginx's, Kingbase's from PostgreSQL's
        Set<String> alike = Set.of(
                "apache-access",
                "tomcat-access",
                "traefik-access",
                "nginx-ingress",
                "postgresql",
                "mysql-error",
                "mysql-general",
                "redis",
                "h3c-secpath",
                "squid",
                "cas-audit",
                "openvpn",
                "elasticsearch",
                "logstash",
                "kafka",
                "icinga",
                "nats",
                "mongodb",
                "osquery",
                "windows-dhcp");
        for (Path input : inputs()) {
            if (alike.contains(formatOf(input))) {
                continue;
            }
            String named = normalise(formatOf(input), Files.readAllBytes(input));
            String auto = normalise("auto", Files.readAllBytes(input));
            assertThat(datasets(auto)).as(input.toString()).isEqualTo(datasets(named));
        }
    }

    @Test
    void mutilated_samples_are_events_or_malformed_and_nothing_else() throws IOException {
        Random random = new Random(20261125);
        List<Path> inputs = inputs();
        for (int round = 0; round < 40; round++) {
            for (Path input : inputs) {
                byte[] bytes = Files.readAllBytes(input);
                for (int n = random.nextInt(8); n >= 0; n--) {
                    bytes = mutilated(bytes, random);
                }
                for (String name : List.of(formatOf(input), "auto")) {
                    Format format = Formats.bare().stream()
                            .filter(bare -> bare.name().equals(name))
                            .findFirst()
                            .orElseThrow();
                    for (byte[] frame : frames(bytes, format.assembler())) {
                        try {
                            assertThat(format.decode(new Frame(frame, "192.0.2.1", NOW, "o", false), SHANGHAI))
                                    .isNotNull();
                        } catch (RuntimeException e) {
                            throw new AssertionError(
                                    "seed 20261125, round " + round + ", " + input + " by " + name + ": "
                                            + new String(frame, StandardCharsets.UTF_8),
                                    e);
                        }
                    }
                }
            }
        }
    }

    private static byte[] mutilated(byte[] bytes, Random random) {
        if (bytes.length < 4) {
            return bytes;
        }
        int at = random.nextInt(bytes.length);
        switch (random.nextInt(5)) {
            case 0 -> bytes[at] = (byte) random.nextInt(256);
            case 1 -> bytes[at] = (byte) SIGNS.charAt(random.nextInt(SIGNS.length()));
            case 2 -> {
                return java.util.Arrays.copyOf(bytes, at + 1);
            }
            case 3 -> {
                int to = Math.min(bytes.length, at + random.nextInt(40));
                byte[] cut = new byte[bytes.length - (to - at)];
                System.arraycopy(bytes, 0, cut, 0, at);
                System.arraycopy(bytes, to, cut, at, bytes.length - to);
                return cut;
            }
            default -> {
                int from = random.nextInt(bytes.length);
                int length = Math.min(random.nextInt(30), Math.min(bytes.length - at, bytes.length - from));
                System.arraycopy(bytes.clone(), from, bytes, at, length);
            }
        }
        return bytes;
    }

    private static List<String> datasets(String events) {
        List<String> datasets = new ArrayList<>();
        for (String line : events.split("\n")) {
            int at = line.indexOf("\"dataset\":\"");
            datasets.add(
                    at < 0
                            ? line.startsWith("malformed") ? line : "none"
                            : line.substring(at + 11, line.indexOf('"', at + 11)));
        }
        return datasets;
    }
}
