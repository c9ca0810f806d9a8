package org.wanglou.sensors.format.conformance;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.wanglou.model.Event;

/** The sets whose expectations are values rather than whole events. */
final class OtherSets {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");
    private static final Map<String, String> CN = Map.ofEntries(
            Map.entry("Huawei", "huawei-usg"),
            Map.entry("H3C", "h3c-secpath"),
            Map.entry("Topsec", "topsec"),
            Map.entry("Hillstone", "hillstone"),
            Map.entry("Sangfor", "sangfor-af"),
            Map.entry("NSFOCUS", "nsfocus"),
            Map.entry("360/Qianxin", "qianxin"),
            Map.entry("WebRay", "webray"),
            Map.entry("InfoGo", "infogo"));
    /** The collector's helper names and the fields we keep them in. */
    private static final Map<String, String> HELPERS = Map.of(
            "syslog_priority", "log.syslog.priority",
            "syslog_severity", "log.syslog.severity.code",
            "syslog_program", "log.syslog.appname",
            "attack_type", "wanglou.attack_type",
            "severity_text", "wanglou.severity_text",
            "log_type", "wanglou.log_type");

    private OtherSets() {}

    static void chinese(Path data, Tally tally, Compare compare) throws IOException {
        for (String line : Files.readAllLines(data.resolve("cn-firewall/cases.jsonl"))) {
            Map<String, Object> kase = JSON.readValue(line, new TypeReference<>() {});
            String log = (String) kase.get("log");
            String format = CN.getOrDefault((String) kase.get("vendor"), "auto");
            @SuppressWarnings("unchecked")
            Map<String, Object> want = (Map<String, Object>) kase.get("expected");
            for (String name : List.of(format, "auto")) {
                Tally.Row row = tally.row(name.equals("auto") ? "cn-firewall by auto" : "cn-firewall " + format);
                row.inputs++;
                Event.Builder got = Inputs.event(name, log, SHANGHAI);
                want.forEach((field, value) -> {
                    if (field.startsWith("timestamp_")) {
                        String time = field.equals("timestamp_epoch")
                                ? java.time.Instant.ofEpochSecond(((Number) value).longValue())
                                        .toString()
                                : java.time.LocalDateTime.parse(value.toString().replace(' ', 'T'))
                                        .atZone(SHANGHAI)
                                        .toInstant()
                                        .toString();
                        compare.compare(row, "@timestamp", time, got, log);
                    } else {
                        compare.compare(row, HELPERS.getOrDefault(field, field), value, got, log);
                    }
                });
            }
        }
    }

    /** Phase 2 of the log test: its addresses, users and URLs must be among the event's values. */
    static void ossec(Path data, Tally tally, Compare compare) throws IOException {
        try (Stream<Path> cases = Files.list(data.resolve("ossec-logtesting"))) {
            for (Path kase : cases.filter(Files::isDirectory).sorted().toList()) {
                String log = new String(Files.readAllBytes(kase.resolve("log")), StandardCharsets.UTF_8).strip();
                String res = new String(Files.readAllBytes(kase.resolve("res")), StandardCharsets.UTF_8);
                Tally.Row row = tally.row("ossec-logtesting");
                row.inputs++;
                Event.Builder got = Inputs.event("auto", log.split("\n", 2)[0], SHANGHAI);
                for (String line : res.split("\n")) {
                    String plain = line.strip();
                    int quote = plain.indexOf(": '");
                    if (quote < 0 || !plain.endsWith("'")) {
                        continue;
                    }
                    String key = plain.substring(0, quote);
                    String value = plain.substring(quote + 3, plain.length() - 1);
                    if (List.of("srcip", "dstip", "srcuser", "dstuser", "url", "hostname", "program_name", "status")
                                    .contains(key)
                            && !value.equals("(null)")
                            && !value.equals("melancia")) {
                        boolean there = got != null && Compare.holds(got, value);
                        compare.compare(row, key, value, there ? null : got, log);
                        if (there) {
                            row.missing--;
                            row.agree++;
                            row.fields.merge(key + " missing", -1, Integer::sum);
                        }
                    }
                }
                row.fields.values().removeIf(count -> count == 0);
            }
        }
    }

    /** Header fields of every line as the structured table has them. */
    static void loghub(Path data, Tally tally, Compare compare) throws IOException {
        loghubLinux(data.resolve("loghub-2k/Linux"), tally, compare);
        List<String> apache = Files.readAllLines(data.resolve("loghub-2k/Apache/Apache_2k.log"));
        List<String> table = Files.readAllLines(data.resolve("loghub-2k/Apache/Apache_2k.log_structured.csv"));
        Tally.Row row = tally.row("loghub Apache");
        for (int i = 0; i < apache.size() && i + 1 < table.size(); i++) {
            List<String> cells = org.wanglou.sensors.format.part.Csv.values(table.get(i + 1), ',');
            Event.Builder got = Inputs.event("apache-error", apache.get(i), SHANGHAI);
            row.inputs++;
            long time = org.wanglou.sensors.format.part.Clock.ctime(cells.get(1), SHANGHAI);
            compare.compare(
                    row, "@timestamp", java.time.Instant.ofEpochMilli(time).toString(), got, apache.get(i));
            compare.compare(row, "log.level", cells.get(2), got, apache.get(i));
            String content = cells.get(3);
            String text = content.startsWith("[client ") ? content.substring(content.indexOf("] ") + 2) : content;
            compare.compare(row, "message", text, got, apache.get(i));
        }
    }

    private static void loghubLinux(Path folder, Tally tally, Compare compare) throws IOException {
        List<String> lines = Files.readAllLines(folder.resolve("Linux_2k.log"), StandardCharsets.ISO_8859_1);
        List<String> table =
                Files.readAllLines(folder.resolve("Linux_2k.log_structured.csv"), StandardCharsets.ISO_8859_1);
        Tally.Row row = tally.row("loghub Linux");
        for (int i = 0; i < lines.size() && i + 1 < table.size(); i++) {
            // LineId,Month,Date,Time,Level,Component,PID,Content,…: Level is the host here
            List<String> cells = org.wanglou.sensors.format.part.Csv.values(table.get(i + 1), ',');
            Event.Builder got = Inputs.event("syslog", lines.get(i), SHANGHAI);
            row.inputs++;
            compare.compare(row, "host.name", cells.get(4), got, lines.get(i));
            String component = cells.get(5);
            compare.compare(
                    row,
                    "log.syslog.appname",
                    component.endsWith(":") ? component.substring(0, component.length() - 1) : component,
                    got,
                    lines.get(i));
            if (!cells.get(6).isEmpty()) {
                compare.compare(row, "process.pid", cells.get(6).replace(".0", ""), got, lines.get(i));
            }
        }
    }

    /** Addresses, ports and users of the expected UDM events must be among the values of ours. */
    static void secops(Path data, Tally tally, Compare compare) throws IOException {
        for (String set : List.of("HUAWEI_VRP", "SURICATA_EVE")) {
            Path folder = data.resolve("secops-parsers-udm").resolve(set);
            JsonNode raw = JSON.readTree(
                            folder.resolve("raw_logs/default_log.json").toFile())
                    .path("raw_logs")
                    .path("entries");
            JsonNode events = JSON.readTree(
                    folder.resolve("expected_events/default_events.json").toFile());
            Tally.Row row = tally.row("secops " + set);
            for (int i = 0; i < raw.size(); i++) {
                String log = raw.get(i).path("data").asText();
                log = log.startsWith("\"") && log.endsWith("\"") ? log.substring(1, log.length() - 1) : log;
                JsonNode event = events.path("events").path(i);
                event = event.isMissingNode() ? events.path(i) : event;
                Event.Builder got = Inputs.event("auto", log, SHANGHAI);
                row.inputs++;
                for (String side : List.of("principal", "target", "observer", "src")) {
                    for (JsonNode node : event.findValues(side)) {
                        values(node, row, got, log, compare);
                    }
                }
            }
        }
    }

    private static void values(JsonNode node, Tally.Row row, Event.Builder got, String log, Compare compare) {
        for (String key : List.of("ip", "port", "hostname")) {
            JsonNode value = node.path(key);
            for (JsonNode item : value.isArray() ? value : List.of(value)) {
                if (item.isValueNode() && !item.asText().isEmpty()) {
                    if (got != null && Compare.holds(got, item.asText())) {
                        row.agree++;
                    } else {
                        compare.compare(row, key, item.asText(), got == null ? null : Event.builder(), log);
                    }
                }
            }
        }
    }
}
