package org.wanglou.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.wanglou.bench.check.Aftermath;
import org.wanglou.bench.process.Instance;
import org.wanglou.bench.process.Program;
import org.wanglou.bench.receive.Arrival;
import org.wanglou.bench.receive.OpensslVerifier;
import org.wanglou.bench.send.IngestSender;
import org.wanglou.bench.send.Lines;
import org.wanglou.bench.send.SyslogSender;

/** It is no puppet: what comes out follows from what goes in, and from the rules, tables and registry given now. */
class PuppetTest {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final String HOST = "xueji01";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Random random = new Random(Seeds.draw("PuppetTest"));
    private final String user = "u" + Long.toString(random.nextLong(1L << 40), 36);
    private final String loud = address(198);
    private final String quiet = address(199);
    private final String control = address(200);

    private String address(int network) {
        return network + "." + (51 + random.nextInt(40)) + "." + random.nextInt(256) + "." + (1 + random.nextInt(254));
    }

    private void guesses(Stand stand, String address, int times) throws Exception {
        try (SyslogSender sender = new SyslogSender(stand.instance())) {
            for (int i = 0; i < times; i++) {
                sender.datagram(Lines.sshFailure(Instant.now(), HOST, user, address));
            }
        }
    }

    private static void awaitMessageAbout(Stand stand, String address) {
        await().atMost(LIMIT).until(() -> !stand.responder().about(address).isEmpty());
    }

    @Test
    void twenty_failures_give_one_signed_sealed_message_and_nineteen_give_none() throws Exception {
        try (Stand stand = Stand.fresh("puppet")) {
            stand.start();
            guesses(stand, quiet, 19);
            guesses(stand, loud, 20);
            awaitMessageAbout(stand, loud);
            guesses(stand, control, 20);
            awaitMessageAbout(stand, control);
            await().atMost(LIMIT).until(() -> stand.archive().count() == 59);
            stand.stop();

            assertThat(stand.responder().about(loud)).hasSize(1);
            assertThat(stand.responder().about(quiet)).isEmpty();
            assertThat(stand.responder().arrivals()).hasSize(2);
            Arrival arrival = stand.responder().about(loud).get(0);
            assertThat(arrival.verified()).isTrue();
            assertThat(arrival.json().path("data").path("title").asText()).contains(loud);
            OpensslVerifier openssl = stand.openssl();
            assertThat(openssl.sm2(arrival))
                    .as("openssl accepts the SM2 signature")
                    .isTrue();
            assertThat(openssl.hmac(arrival)).isTrue();
            assertThat(sealedBodies(stand)).contains(openssl.sm3(arrival));
            byte[] forged = arrival.body().clone();
            forged[forged.length / 2] ^= 1;
            assertThat(openssl.sm2(new Arrival(arrival.id(), 0, 0, arrival.headers(), forged, false, 0)))
                    .isFalse();
        }
    }

    private static List<String> sealedBodies(Stand stand) throws Exception {
        Path bundle = stand.instance().root().resolve("bundle.ndjson");
        try (Aftermath aftermath = stand.aftermath()) {
            aftermath.export(bundle);
        }
        Program.Finished verified = Program.command(
                Duration.ofMinutes(1),
                "verify",
                bundle.toString(),
                "--key",
                stand.instance().ledgerKey().toString());
        assertThat(verified.exit()).as(verified.output()).isZero();
        List<String> digests = new ArrayList<>();
        for (String line : Files.readAllLines(bundle)) {
            JsonNode node = JSON.readTree(line);
            if (node.has("bodySm3")) {
                digests.add(node.path("bodySm3").asText());
            }
        }
        return digests;
    }

    @Test
    void without_the_pack_nothing_comes() throws Exception {
        try (Stand stand = Stand.fresh("no-pack")) {
            Path exports = pack(stand, "bulk-download", "correlate.yml", "", "");
            stand.instance().withPacks(false, exports);
            stand.start();
            guesses(stand, loud, 40);
            await().atMost(LIMIT).until(() -> stand.archive().count() == 40);
            exports(stand);
            awaitMessageAbout(stand, control);
            stand.stop();
            assertThat(stand.responder().about(loud)).isEmpty();
            try (Aftermath aftermath = stand.aftermath()) {
                assertThat(aftermath.incidents()).hasSize(1);
            }
        }
    }

    /** Fifty large exports by the control address. */
    private void exports(Stand stand) throws Exception {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            lines.add(Lines.access(Instant.now(), control, "/api/students/export?" + user + i, 200, 204_800));
        }
        new IngestSender(stand.instance(), Instance.HTTP_ECS).deliver(lines, LIMIT);
    }

    @Test
    void with_the_threshold_at_twenty_one_twenty_are_silent() throws Exception {
        try (Stand stand = Stand.fresh("threshold")) {
            Path edited = pack(stand, "ssh-brute-force", "correlate.yml", "gte: 20", "gte: 21");
            stand.instance().withPacks(false, edited);
            stand.start();
            guesses(stand, loud, 20);
            guesses(stand, control, 21);
            awaitMessageAbout(stand, control);
            await().atMost(LIMIT).until(() -> stand.archive().count() == 41);
            stand.stop();
            assertThat(stand.responder().about(loud)).isEmpty();
            assertThat(stand.responder().arrivals()).hasSize(1);
        }
    }

    /** A folder with a copy of a built-in pack, one text in one file replaced. */
    static Path pack(Stand stand, String id, String file, String was, String is) throws Exception {
        Path folder = stand.instance().root().resolve("packs").resolve(id);
        Files.createDirectories(folder);
        String index = resource("/packs/index.txt");
        String line = index.lines()
                .filter(one -> one.startsWith(id + ":"))
                .findFirst()
                .orElseThrow();
        for (String name : line.substring(line.indexOf(':') + 1).strip().split(" +", -1)) {
            String text = resource("/packs/" + id + "/" + name);
            if (name.equals(file) && !was.isEmpty()) {
                assertThat(text).contains(was);
                text = text.replace(was, is);
            }
            Files.writeString(folder.resolve(name), text);
        }
        return folder;
    }

    private static String resource(String name) throws Exception {
        try (InputStream in = PuppetTest.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void the_proposed_grade_follows_the_asset_s_protection_level_as_the_table_says() throws Exception {
        List<String> grades = new ArrayList<>();
        List<String> rows = new ArrayList<>();
        for (String level : List.of("3", "4")) {
            try (Stand stand = Stand.fresh("level-" + level)) {
                Path assets = stand.instance().registry().resolve("assets.csv");
                String table = Files.readString(assets);
                String row = table.lines()
                        .filter(line -> line.startsWith("student-records,"))
                        .findFirst()
                        .orElseThrow();
                Files.writeString(
                        assets, table.replace(row, row.replace(",3,否,personal", "," + level + ",否,personal")));
                stand.start();
                guesses(stand, loud, 20);
                awaitMessageAbout(stand, loud);
                try (SyslogSender sender = new SyslogSender(stand.instance())) {
                    sender.datagram(Lines.sshSuccess(Instant.now(), HOST, user, loud));
                }
                await().atMost(LIMIT).until(() -> raised(stand).size() == 1);
                grades.add(gradeOf(raised(stand).get(0)));
                rows.add(tableSays(level));
            }
        }
        assertThat(grades).isEqualTo(rows).doesNotHaveDuplicates();
        System.out.println("PuppetTest grades of levels 3 and 4: " + grades);
    }

    private List<Arrival> raised(Stand stand) {
        return stand.responder().about(loud).stream()
                .filter(arrival -> arrival.reason().equals("raised"))
                .toList();
    }

    private static String gradeOf(Arrival arrival) {
        for (JsonNode grade : arrival.json().path("data").path("grades")) {
            if (grade.path("scheme").asText().equals("gbt20986-2023")) {
                return grade.path("valueZh").asText();
            }
        }
        return "";
    }

    /** Importance by level, loss of a successful credential attack, and where they meet: read straight from the tables. */
    private static String tableSays(String level) throws Exception {
        String importance = cell("importance.csv", row -> row[1].equals(level) && row[2].equals("no"), 3);
        String loss = cell(
                "loss.csv",
                row -> row[1].equals("attack.credential") && row[2].equals("success") && row[3].equals("*"),
                5);
        return cell(
                "grades.csv",
                row -> row[1].equals("gbt20986-2023")
                        && row[2].equals("matrix")
                        && row[3].equals(importance)
                        && row[4].equals(loss),
                8);
    }

    private static String cell(String table, java.util.function.Predicate<String[]> row, int column) throws Exception {
        List<String> found = resource("/tables/" + table)
                .lines()
                .filter(line -> !line.startsWith("#"))
                .map(line -> line.split(",", -1))
                .filter(cells -> cells.length > column)
                .filter(row)
                .map(cells -> cells[column])
                .toList();
        assertThat(found).as("rows of %s", table).hasSize(1);
        return found.get(0);
    }
}
