package org.wanglou.app.filter;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wanglou.app.Run;
import org.wanglou.bus.codec.Jsons;

/** Raw lines to events to signals to incidents, each by its own command. */
class FilterCommandsTest {
    private static final String RECEIVED = "2026-11-24T03:00:00Z";

    @TempDir
    Path temp;

    private static List<JsonNode> ndjson(String text) throws IOException {
        List<JsonNode> lines = new ArrayList<>();
        for (String line : text.lines().toList()) {
            lines.add(Jsons.mapper().readTree(line));
        }
        return lines;
    }

    private Path file(String name, String text) throws IOException {
        return Files.writeString(temp.resolve(name), text);
    }

    private Path bruteForce(int failures) throws IOException {
        StringBuilder raw = new StringBuilder();
        for (int i = 0; i < failures; i++) {
            raw.append("<38>Nov 24 02:02:" + (10 + i)
                    + " web01 sshd[12]: Failed password for root from 198.51.100.7 port " + (40_000 + i) + " ssh2\n");
        }
        Run normalized = Run.of(
                "normalize",
                "--received",
                RECEIVED,
                file("raw.log", raw.toString()).toString());
        assertThat(normalized.exit()).as(normalized.err()).isZero();
        return file("events.ndjson", normalized.out());
    }

    @Test
    void formats_are_listed_by_name() throws Exception {
        assertThat(Run.of("formats").out().lines()).contains("syslog", "nginx-access", "netflow-v5");
        JsonNode json =
                Jsons.mapper().readTree(Run.of("formats", "--format", "json").out());
        assertThat(json.findValuesAsText("name")).contains("syslog");
    }

    @Test
    void auto_reads_each_line_by_the_format_that_fits_and_keeps_what_fits_none() throws Exception {
        Path raw = file(
                "mixed.log",
                "<38>Nov 24 02:02:06 web01 sshd[1]: Failed password for a from 192.0.2.1 port 42521 ssh2\r\n"
                        + "192.0.2.1 - - [24/Nov/2026:02:02:11 +0000] \"GET / HTTP/1.1\" 200 11 \"-\" \"x\"\n"
                        + "{\"event\":{\"id\":\"own\",\"dataset\":\"portal\"},\"@timestamp\":\"2026-11-24T02:00:00Z\"}\n"
                        + "\n"
                        + "no log line at all\n"
                        + "no log line at all");
        Run run = Run.of("normalize", "--received", RECEIVED, raw.toString());
        assertThat(run.exit()).isZero();
        List<JsonNode> events = ndjson(run.out());
        assertThat(events)
                .extracting(event -> event.at("/event/dataset").asText())
                .containsExactly("system.auth", "nginx.access", "portal", "unparsed", "unparsed");
        assertThat(events.get(2).at("/event/id").asText()).isEqualTo("own");
        assertThat(events).extracting(event -> event.at("/event/id").asText()).doesNotHaveDuplicates();
        assertThat(events.get(0).at("/@timestamp").asText()).isEqualTo("2026-11-23T18:02:06Z");
        assertThat(Run.of("normalize", "--received", RECEIVED, raw.toString()).out())
                .isEqualTo(run.out());
    }

    @Test
    void a_wrong_format_name_lists_the_right_ones_and_a_missing_file_is_named() {
        Run wrong = Run.of("normalize", "--format", "nonsense", "x");
        assertThat(wrong.exit()).isEqualTo(2);
        assertThat(wrong.err()).contains("syslog, nginx-access");
        Run missing = Run.of("normalize", temp.resolve("none").toString());
        assertThat(missing.exit()).isEqualTo(3);
        assertThat(missing.err()).contains("none");
    }

    @Test
    void twenty_failures_are_twenty_signals_one_correlation_and_one_incident_and_nineteen_are_none() throws Exception {
        String events = bruteForce(20).toString();
        assertThat(ndjson(Run.of("detect", "--in", events).out())).hasSize(20);
        List<JsonNode> correlated =
                ndjson(Run.of("detect", "--correlate", "--in", events).out());
        assertThat(correlated).hasSize(21);
        assertThat(correlated.get(20).path("ruleId").asText()).isEqualTo("wl-ssh-brute-force");
        assertThat(correlated.get(20).path("status").asText()).isEqualTo("SETTLED");
        List<JsonNode> incidents =
                ndjson(Run.of("replay", "--assets", "sample", "--in", events).out());
        assertThat(incidents).hasSize(1);
        assertThat(incidents.get(0).path("title").asText()).contains("198.51.100.7");

        assertThat(Run.of("replay", "--in", bruteForce(19).toString()).out()).isEmpty();
    }

    @Test
    void a_rule_of_a_folder_is_used_and_a_bad_one_beside_it_is_told() throws Exception {
        Path folder = Files.createDirectories(temp.resolve("rules"));
        Files.writeString(folder.resolve("good.yml"), """
                title: Root
                id: test-root
                status: test
                logsource: {category: test}
                detection:
                  selection: {user.name: root}
                  condition: selection
                """);
        Files.writeString(folder.resolve("bad.yml"), """
                title: Bad
                id: test-bad
                logsource: {category: test}
                detection:
                  selection: {user.name: root}
                  condition: nobody
                """);
        Run run = Run.of(
                "detect", "--rules", folder.toString(), "--in", bruteForce(3).toString());
        assertThat(ndjson(run.out()))
                .extracting(one -> one.path("ruleId").asText())
                .containsOnly("test-root")
                .hasSize(3);
        assertThat(run.err()).contains("bad.yml");
        assertThat(Run.of("detect", "--pipeline", "x").exit()).isEqualTo(2);
        assertThat(Run.of("detect", "--rules", temp.resolve("none").toString()).exit())
                .isEqualTo(2);
    }

    @Test
    void normalize_joins_the_lines_of_an_event_and_never_over_the_end_of_a_file() throws Exception {
        String trace = "<11>Nov 25 10:00:00 web01 app: failed\n\tat a.b(C.java:1)\nCaused by: java.io.IOException: x\n";
        Path one = file("one.log", trace + trace);
        Path two = file("two.log", "\tat nobody\n" + "<13>Nov 25 10:00:01 web01 app: fine\n");
        Run run = Run.of("normalize", "--received", RECEIVED, one.toString(), two.toString());
        assertThat(run.exit()).as(run.err()).isZero();
        var events = ndjson(run.out());
        assertThat(events).hasSize(4);
        assertThat(events.get(0).at("/event/original").asText() + "\n").isEqualTo(trace);
        assertThat(events.get(0).at("/log/flags/0").asText()).isEqualTo("multiline");
        assertThat(events.get(3).at("/log/flags").isMissingNode()).isTrue();
        Path iis = file(
                "iis.log",
                "#Fields: date time s-ip cs-method cs-uri-stem cs-uri-query s-port cs-username c-ip sc-status\n"
                        + "2026-11-25 02:00:00 10.0.0.1 GET / - 80 - 203.0.113.7 404\n");
        Run web = Run.of("normalize", "--format", "iis-w3c", iis.toString());
        assertThat(ndjson(web.out())).hasSize(1);
        assertThat(ndjson(web.out()).get(0).at("/http/response/status_code").asInt())
                .isEqualTo(404);
    }

    @Test
    void a_line_that_is_no_event_is_told_with_its_place_and_the_rest_is_read() throws Exception {
        Path events = file("e.ndjson", Files.readString(bruteForce(2)) + "nonsense\n");
        Run run = Run.of("detect", "--in", events.toString());
        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.err()).contains("e.ndjson:3: not an event");
        assertThat(ndjson(run.out())).hasSize(2);
    }

    /** A NetFlow version 5 datagram of one record. */
    private static byte[] netflow() {
        ByteBuffer out = ByteBuffer.allocate(24 + 48);
        out.putShort((short) 5).putShort((short) 1).putInt(60_000).putInt(1_795_000_000);
        out.putInt(24, 0xC6336407).putInt(28, 0xC0000201);
        out.putInt(24 + 16, 10).putInt(24 + 20, 1000).putInt(24 + 24, 1000).putInt(24 + 28, 2000);
        out.putShort(24 + 32, (short) 40_000).putShort(24 + 34, (short) 22).put(24 + 38, (byte) 6);
        return out.array();
    }

    /** A capture with one Ethernet frame, VLAN tagged, that holds the datagram. */
    private static byte[] capture(byte[] payload, ByteOrder order) throws IOException {
        int udp = payload.length + 8;
        int frame = 14 + 4 + 20 + udp;
        ByteBuffer out = ByteBuffer.allocate(24 + 16 + frame).order(order);
        out.putInt(0xA1B2C3D4)
                .putShort((short) 2)
                .putShort((short) 4)
                .putLong(0)
                .putInt(65_535)
                .putInt(1);
        out.putInt(1_795_000_000).putInt(0).putInt(frame).putInt(frame);
        out.order(ByteOrder.BIG_ENDIAN);
        out.position(out.position() + 12);
        out.putShort((short) 0x8100).putShort((short) 7).putShort((short) 0x0800);
        out.put((byte) 0x45)
                .put((byte) 0)
                .putShort((short) (20 + udp))
                .putInt(0)
                .put((byte) 64)
                .put((byte) 17);
        out.putShort((short) 0).putInt(0x7f000009).putInt(0x7f000001);
        out.putShort((short) 2055)
                .putShort((short) 2055)
                .putShort((short) udp)
                .putShort((short) 0)
                .put(payload);
        return out.array();
    }

    @Test
    void flows_are_decoded_from_captures_of_both_byte_orders_and_from_single_datagrams() throws Exception {
        for (ByteOrder order : List.of(ByteOrder.BIG_ENDIAN, ByteOrder.LITTLE_ENDIAN)) {
            Path pcap = Files.write(temp.resolve("a.pcap"), capture(netflow(), order));
            Run run = Run.of("flows", "decode", pcap.toString());
            assertThat(run.exit()).as(run.err()).isZero();
            assertThat(ndjson(run.out())).hasSize(1);
            assertThat(ndjson(run.out()).get(0).at("/source/ip").asText()).isEqualTo("198.51.100.7");
        }
        Path one = Files.write(temp.resolve("one.dat"), netflow());
        assertThat(ndjson(Run.of("flows", "decode", one.toString()).out())).hasSize(1);
        Path nonsense = Files.write(temp.resolve("x.dat"), "hello".getBytes(StandardCharsets.US_ASCII));
        assertThat(Run.of("flows", "decode", nonsense.toString()).exit()).isEqualTo(1);
    }

    @Test
    void a_capture_cut_anywhere_or_with_any_byte_changed_is_survived() throws Exception {
        byte[] whole = capture(netflow(), ByteOrder.LITTLE_ENDIAN);
        ByteArrayOutputStream told = new ByteArrayOutputStream();
        for (int at = 0; at < whole.length; at++) {
            Path cut = Files.write(temp.resolve("cut"), java.util.Arrays.copyOf(whole, at));
            Pcap.read(cut, (payload, source, millis) -> told.write(payload.length));
            byte[] changed = whole.clone();
            changed[at] ^= (byte) 0xff;
            Pcap.read(
                    Files.write(temp.resolve("changed"), changed),
                    (payload, source, millis) -> told.write(payload.length));
        }
        assertThat(told.size()).isPositive();
    }
}
