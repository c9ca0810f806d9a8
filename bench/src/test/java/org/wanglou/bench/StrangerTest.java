package org.wanglou.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.record.internal.FileRecords;
import org.apache.kafka.common.record.internal.Record;
import org.junit.jupiter.api.Test;
import org.wanglou.bench.check.Aftermath;
import org.wanglou.bench.oracle.JsonLine;
import org.wanglou.bench.process.Instance;
import org.wanglou.bench.process.Program;
import org.wanglou.bench.send.IngestSender;
import org.wanglou.bench.send.Lines;
import org.wanglou.bench.send.SyslogSender;

class StrangerTest {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final int[] WEIGHTS = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};

    private final Random random = new Random(Seeds.draw("StrangerTest"));

    @Test
    void a_kafka_client_without_the_secret_is_refused() throws Exception {
        try (Stand stand = Stand.fresh("kafka")) {
            stand.start();
            Set<Integer> ports = new TreeSet<>(stand.program().proc().listeningPorts());
            for (String own : List.of(Instance.HTTP_SYSLOG, Instance.HTTP_ECS, Instance.TCP_SYSLOG)) {
                assertThat(ports).contains(stand.instance().port(own));
                ports.remove(stand.instance().port(own));
            }
            ports.remove(stand.instance().port("console"));
            assertThat(ports).as("the broker's client and controller listeners").hasSize(2);
            for (int port : ports) {
                refused(port, Map.of());
                refused(port, sasl("wanglou", "wanglou"));
                refused(port, sasl("admin", ""));
            }
            assertThat(stand.program().alive()).isTrue();
        }
    }

    private static Map<String, Object> sasl(String user, String password) {
        return Map.of(
                "security.protocol",
                "SASL_PLAINTEXT",
                "sasl.mechanism",
                "PLAIN",
                "sasl.jaas.config",
                "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"" + user + "\" password=\""
                        + password + "\";");
    }

    private static void refused(int port, Map<String, Object> how) {
        Map<String, Object> properties = new HashMap<>(how);
        properties.put("bootstrap.servers", "127.0.0.1:" + port);
        properties.put("default.api.timeout.ms", 4_000);
        properties.put("request.timeout.ms", 2_000);
        try (Admin admin = Admin.create(properties)) {
            assertThatThrownBy(() -> admin.listTopics().names().get(10, TimeUnit.SECONDS))
                    .as("port %d with %s", port, how.keySet())
                    .isNotNull();
        }
    }

    /** A valid identity number (GB 11643-1999) of somebody who is made up now. */
    private String identityNumber() {
        String seventeen = "110101" + (1950 + random.nextInt(60)) + "%02d".formatted(1 + random.nextInt(12))
                + "%02d".formatted(1 + random.nextInt(28)) + "%03d".formatted(random.nextInt(1000));
        int sum = 0;
        for (int i = 0; i < 17; i++) {
            sum += (seventeen.charAt(i) - '0') * WEIGHTS[i];
        }
        return seventeen + "10X98765432".charAt(sum % 11);
    }

    @Test
    void planted_identifiers_leave_no_readable_trace_whichever_way_they_come() throws Exception {
        List<String> planted = new ArrayList<>();
        try (Stand stand = Stand.fresh("privacy")) {
            List<String> pupils = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                pupils.add("77%02d%06d".formatted(i, random.nextInt(1_000_000)));
                pupils.add("诸葛" + (char) ('一' + i) + (char) ('丁' + random.nextInt(3_000)));
            }
            stand.instance().withPupils(pupils);
            stand.start();
            Iterator<String> listed = pupils.iterator();
            int sent = 0;
            try (SyslogSender syslog = new SyslogSender(stand.instance())) {
                for (String form : List.of("user %s", "查询 %s 成功", "id=%s&x=1", "\"%s\"", "(%s)")) {
                    for (int kind = 0; kind < 4; kind++) {
                        for (int way = 0; way < 4; way++) {
                            String secret =
                                    switch (kind) {
                                        case 0 -> identityNumber();
                                        case 1 -> "138" + "%08d".formatted(random.nextInt(100_000_000));
                                        default -> listed.next();
                                    };
                            planted.add(secret);
                            plant(stand, syslog, way, form.formatted(secret), secret);
                            sent++;
                        }
                    }
                }
                syslog.flush();
            }
            long expected = sent;
            await().atMost(LIMIT).until(() -> stand.archive().count() == expected);
            stand.stop();

            List<String> archived = stand.archive().lines();
            assertThat(archived).hasSize(sent);
            assertThat(archived).allMatch(line -> line.contains("⟦t1:"));
            planted.forEach(secret ->
                    assertThat(archived).noneMatch(line -> line.contains(secret) || line.contains(wide(secret))));
            traces(stand, planted);
        }
    }

    private static void plant(Stand stand, SyslogSender syslog, int way, String text, String secret) throws Exception {
        String line = Lines.syslog(Instant.now(), "portal", "app", text);
        switch (way) {
            case 0 -> syslog.datagram(line);
            case 1 -> syslog.frame(Lines.sshFailure(Instant.now(), "portal", secret, "198.51.100.7"));
            case 2 ->
                new IngestSender(stand.instance(), Instance.HTTP_SYSLOG)
                        .deliver(List.of(line.replace(secret, wide(secret))), LIMIT);
            default ->
                new IngestSender(stand.instance(), Instance.HTTP_ECS)
                        .deliver(
                                List.of("{\"event.dataset\":\"app\",\"message\":\"" + text.replace("\"", "'")
                                        + "\",\"user.name\":\"" + secret + "\",\"labels\":{\"" + secret
                                        + "\":\"x\"},\"event.id\":\"" + secret + "\""
                                        + (secret.matches("\\d+") ? ",\"number\":" + secret : "") + "}"),
                                LIMIT);
        }
    }

    /** The same digits as full-width characters. */
    private static String wide(String digits) {
        return digits.chars()
                .mapToObj(c -> Character.isDigit(c) ? String.valueOf((char) (c - '0' + '０')) : String.valueOf((char) c))
                .collect(Collectors.joining());
    }

    /** No file holds them, nor does any record of the broker's segments once unpacked. */
    private static void traces(Stand stand, List<String> planted) throws Exception {
        List<byte[]> needles = new ArrayList<>();
        for (String secret : planted) {
            needles.add(secret.getBytes(StandardCharsets.UTF_8));
            needles.add(wide(secret).getBytes(StandardCharsets.UTF_8));
            needles.add(secret.getBytes(StandardCharsets.UTF_16LE));
        }
        int files = 0;
        int records = 0;
        List<Path> all = new ArrayList<>();
        try (Stream<Path> walk = Files.walk(stand.instance().data())) {
            walk.filter(Files::isRegularFile).forEach(all::add);
        }
        all.add(stand.instance().root().resolve("program.log"));
        for (Path file : all) {
            String text = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
            for (byte[] needle : needles) {
                assertThat(text.indexOf(new String(needle, StandardCharsets.ISO_8859_1)))
                        .as("a planted identifier in %s", file)
                        .isNegative();
            }
            files++;
            if (file.toString().endsWith(".log") && file.toString().contains("/kafka/")) {
                records += segment(file, planted);
            }
        }
        System.out.println("StrangerTest scanned " + files + " files and " + records + " records for " + planted.size()
                + " identifiers");
        assertThat(records).isGreaterThanOrEqualTo(planted.size());
    }

    private static int segment(Path file, List<String> planted) throws Exception {
        int records = 0;
        try (FileRecords segment = FileRecords.open(file.toFile(), false)) {
            for (Record record : segment.records()) {
                records++;
                String said = text(record.key()) + " " + text(record.value());
                for (String secret : planted) {
                    assertThat(said.contains(secret) || said.contains(wide(secret)))
                            .as("a planted identifier in a record of %s", file)
                            .isFalse();
                }
            }
        }
        return records;
    }

    private static String text(ByteBuffer bytes) {
        return bytes == null
                ? ""
                : StandardCharsets.UTF_8.decode(bytes.duplicate()).toString();
    }

    @Test
    void a_thousand_malformed_lines_and_datagrams_are_kept_and_counted_and_start_nothing() throws Exception {
        try (Stand stand = Stand.fresh("malformed")) {
            stand.start();
            int sent = 0;
            try (SyslogSender syslog = new SyslogSender(stand.instance())) {
                for (int i = 0; i < 400; i++) {
                    syslog.datagram(noise());
                    syslog.frame(noise());
                    sent += 2;
                }
                syslog.flush();
                IngestSender lines = new IngestSender(stand.instance(), Instance.HTTP_SYSLOG);
                IngestSender ecs = new IngestSender(stand.instance(), Instance.HTTP_ECS);
                for (int i = 0; i < 10; i++) {
                    List<String> batch = new ArrayList<>();
                    for (int line = 0; line < 10; line++) {
                        batch.add(new String(noise(), StandardCharsets.UTF_8).replaceAll("[\\r\\n]", "?"));
                    }
                    lines.deliver(batch, LIMIT);
                    ecs.deliver(batch, LIMIT);
                    sent += 20;
                }
                // framing that promises what does not come, and a number that is none
                syslog.frame(new byte[0]);
                syslog.flush();
            }
            long expected = sent;
            await().atMost(LIMIT).until(() -> lines(stand) >= expected);
            assertThat(stand.program().alive()).isTrue();
            stand.stop();
            assertThat(lines(stand)).isBetween(expected, expected + 1);
            Map<String, Long> datasets = stand.archive().lines().stream()
                    .map(JsonLine::parse)
                    .collect(Collectors.groupingBy(line -> line.text("event.dataset"), Collectors.counting()));
            System.out.println("StrangerTest malformed input became " + datasets);
            assertThat(datasets.keySet()).isSubsetOf("unparsed", "syslog");
            assertThat(stand.responder().arrivals()).isEmpty();
            try (Aftermath aftermath = stand.aftermath()) {
                assertThat(aftermath.incidents()).isEmpty();
            }
        }
    }

    /** Lines kept: noise that looks like the rest of an event is joined to the line before it. */
    private static long lines(Stand stand) throws Exception {
        return stand.archive().lines().stream()
                .map(JsonLine::parse)
                .mapToLong(event -> event.texts("log.flags").contains("multiline")
                        ? 1
                                + event.text("event.original")
                                        .chars()
                                        .filter(c -> c == '\n')
                                        .count()
                        : 1)
                .sum();
    }

    private byte[] noise() {
        byte[] bytes = new byte[1 + random.nextInt(400)];
        random.nextBytes(bytes);
        String[] heads = {
            "", "<34>1 ", "<999>", "{\"a\":", "[[[[", "<13>Feb 30 99:99:99 ", "\u0000", "{\"@timestamp\":1e999"
        };
        byte[] head = heads[random.nextInt(heads.length)].getBytes(StandardCharsets.UTF_8);
        System.arraycopy(head, 0, bytes, 0, Math.min(head.length, bytes.length));
        // Text behind a bare priority is a message without a header (RFC 3164, 4.3.3): noise has what no text has.
        byte[] noise = Arrays.copyOf(bytes, bytes.length + 1);
        noise[bytes.length] = 1;
        return noise;
    }

    @Test
    void an_unreadable_rule_row_or_key_is_named_with_file_and_line_and_the_rest_goes_on() throws Exception {
        try (Stand stand = Stand.fresh("unreadable")) {
            Path pack = PuppetTest.pack(
                    stand,
                    "bulk-download",
                    "detect.yml",
                    "condition: endpoint and large",
                    "condition: endpoint und large");
            stand.instance().withPacks(true, pack);
            Path assets = stand.instance().registry().resolve("assets.csv");
            List<String> rows = new ArrayList<>(Files.readAllLines(assets));
            rows.add(3, "broken,损坏的行,990000,10.300.1.1,,2,否,,");
            Files.write(assets, rows);
            stand.start();
            stand.stop();
            String log = new String(
                    Files.readAllBytes(stand.instance().root().resolve("program.log")), StandardCharsets.UTF_8);
            assertThat(log).containsPattern("detect\\.yml:\\d+").containsPattern("assets\\.csv:4");
        }
    }

    @Test
    void an_unknown_key_of_the_configuration_is_named_with_file_and_line_and_nothing_starts() throws Exception {
        try (Stand stand = Stand.fresh("unknown-key")) {
            Path config = stand.instance().configure();
            String text = Files.readString(config);
            Files.writeString(config, text + "colour: blue\n");
            int line = (int) text.lines().count() + 1;
            Program.Finished finished = Program.command(
                    LIMIT,
                    "run",
                    "--config",
                    config.toString(),
                    "--data",
                    stand.instance().data().toString());
            assertThat(finished.exit()).isNotZero();
            assertThat(finished.output()).contains("wanglou.yml:" + line).contains("colour");
        }
    }
}
