package org.wanglou.sensors.format.conformance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.wanglou.model.Ecs;
import org.wanglou.model.Event;

/** The syslog messages of another collector's tests: its header fields and text, octet counting taken off first. */
final class TelegrafSet {
    private static final Map<String, String> FIELDS = Map.of(
            "appname", "log.syslog.appname",
            "hostname", "host.name",
            "facility_code", "log.syslog.facility.code",
            "severity_code", "log.syslog.severity.code",
            "message", "message",
            "msgid", "log.syslog.msgid",
            "procid", "log.syslog.procid",
            "version", "log.syslog.version");

    private TelegrafSet() {}

    static void run(Path data, Tally tally, Compare compare) throws IOException {
        Tally.Row row = tally.row("telegraf-syslog");
        try (Stream<Path> folders = Files.list(data.resolve("telegraf-syslog"))) {
            for (Path folder : folders.filter(Files::isDirectory).sorted().toList()) {
                List<String> messages = messages(Files.readString(folder.resolve("input.txt")));
                int at = 0;
                Path out = folder.resolve("expected.out");
                if (!Files.exists(out)) {
                    continue;
                }
                for (String expected : Files.readString(out).split("(?m)(?<=\\d)(?=syslog,)|\n")) {
                    if (expected.startsWith("syslog,") && at < messages.size()) {
                        one(row, expected, messages.get(at++), compare);
                    }
                }
            }
        }
    }

    private static List<String> messages(String input) {
        List<String> messages = new ArrayList<>();
        int at = 0;
        while (at < input.length()) {
            int blank = input.indexOf(' ', at);
            boolean counted = Character.isDigit(input.charAt(at)) && blank > at && input.startsWith("<", blank + 1);
            int end = counted
                    ? Math.min(input.length(), blank + 1 + Integer.parseInt(input.substring(at, blank)))
                    : input.length();
            messages.add(input.substring(counted ? blank + 1 : at, end).stripTrailing());
            at = end;
            while (at < input.length() && input.charAt(at) == '\n') {
                at++;
            }
        }
        return messages;
    }

    private static void one(Tally.Row row, String expected, String message, Compare compare) {
        row.inputs++;
        Event.Builder got = Inputs.event("syslog", message, ZoneId.of("UTC"));
        fields(expected).forEach((name, value) -> {
            String field = FIELDS.get(name);
            if (field != null) {
                compare.compare(row, field, value, got, message);
            } else if (name.equals("timestamp") && message.indexOf("1 ") > 0 && value.length() > 6) {
                Object time = got == null ? null : got.get(Ecs.TIMESTAMP);
                if (Long.valueOf(Long.parseLong(value) / 1_000_000).equals(time)) {
                    row.agree++;
                } else {
                    row.wrong++;
                    row.fields.merge("@timestamp differs", 1, Integer::sum);
                    row.examples.add("@timestamp: " + value + ", ours " + time + " | " + message);
                }
            }
        });
    }

    /** Influx line protocol: tags, a blank, fields, a blank, a time. */
    private static Map<String, String> fields(String line) {
        Map<String, String> fields = new TreeMap<>();
        StringBuilder word = new StringBuilder();
        String key = "";
        boolean quoted = false;
        int blanks = 0;
        for (int i = line.indexOf(',') + 1; i < line.length() && blanks < 2; i++) {
            char c = line.charAt(i);
            if (c == '\\' && i + 1 < line.length()) {
                char next = line.charAt(++i);
                word.append(next == 'n' ? '\n' : next);
            } else if (c == '"') {
                quoted = !quoted;
            } else if (!quoted && c == '=' && key.isEmpty()) {
                key = word.toString();
                word.setLength(0);
            } else if (!quoted && (c == ',' || c == ' ')) {
                blanks += c == ' ' ? 1 : 0;
                fields.put(key, word.toString().replaceFirst("^(-?\\d+)[iu]$", "$1"));
                key = "";
                word.setLength(0);
            } else {
                word.append(c);
            }
        }
        return fields;
    }
}
