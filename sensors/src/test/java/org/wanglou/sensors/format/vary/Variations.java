package org.wanglou.sensors.format.vary;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The ways in which the same line is written. Pure. */
final class Variations {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String HEADER = "log.syslog.";
    private static final Pattern BSD = Pattern.compile(
            "<(\\d+)>Nov 24 (\\d\\d:\\d\\d:\\d\\d) (?!2026)(\\S+) (?:([A-Za-z0-9_./()-]+)(?:\\[(\\d+)\\])?: )?(.+)",
            Pattern.DOTALL);
    private static final Pattern PAIR =
            Pattern.compile("([A-Za-z_][A-Za-z0-9_-]*)=(\"(?:[^\"\\\\]|\\\\.)*\"|[^\\s\"]*)(?=\\s|$)");
    /** Devices that write pairs parted by blanks, each pair for itself. */
    private static final Set<String> PAIRS =
            Set.of("fortinet-fortigate", "topsec", "sonicwall", "venustech", "sophos", "qianxin");

    private Variations() {}

    static List<Variation> all() {
        return List.of(
                Variation.of("CR LF behind it", (format, text, random) -> text + "\r\n"),
                Variation.of("NUL behind it", (format, text, random) -> text + "\0"),
                Variation.of("a byte order mark", (format, text, random) -> '\ufeff' + text),
                Variation.of("no priority", (format, text, random) -> without(text), HEADER),
                Variation.of("another priority", (format, text, random) -> priority(text), HEADER),
                Variation.of("month as 11月", (format, text, random) -> bsd(text, "11月 24")),
                Variation.of("month as 十一月", (format, text, random) -> bsd(text, "十一月 24")),
                Variation.of("month in capitals", (format, text, random) -> bsd(text, "NOV 24")),
                Variation.of("a year behind the day", (format, text, random) -> bsd(text, "Nov 24 2026")),
                Variation.of("ISO 8601 for the time", (format, text, random) -> iso(text, "T", "+08:00")),
                Variation.of("ISO 8601 with fraction", (format, text, random) -> iso(text, "T", ".000+08:00")),
                Variation.of("ISO 8601 with a blank", (format, text, random) -> iso(text, " ", "")),
                Variation.of("day before month", (format, text, random) -> bsd(text, "24 Nov 2026")),
                Variation.of("date in Chinese", (format, text, random) -> bsd(text, "2026年11月24日")),
                Variation.of("slashes in the date", (format, text, random) -> bsd(text, "2026/11/24")),
                Variation.of("a ctime", (format, text, random) -> ctime(text, " 2026")),
                Variation.of("a ctime with its zone", (format, text, random) -> ctime(text, " CST 2026")),
                Variation.of("milliseconds since 1970", (format, text, random) -> millis(text)),
                Variation.of("wrapped as RFC 5424", (format, text, random) -> wrapped(text), HEADER, "message"),
                Variation.of(
                        "another host",
                        (format, text, random) -> host(text),
                        "host.",
                        "observer.name",
                        "observer.serial_number"),
                Variation.of("pairs in another order", Variations::shuffled, "message"),
                Variation.of(
                        "two blanks between pairs", (format, text, random) -> parted(format, text, "  "), "message"),
                Variation.of("tabs between pairs", (format, text, random) -> parted(format, text, "\t"), "message"),
                Variation.of("values in quotes", (format, text, random) -> quoted(format, text), "message"),
                Variation.of("values without quotes", (format, text, random) -> bare(format, text), "message"),
                Variation.of("a long pair more", (format, text, random) -> longer(format, text), "message"),
                Variation.of("members in another order", Variations::members, "message"),
                Variation.of("JSON with blanks and lines", (format, text, random) -> pretty(text), "message"),
                Variation.of(
                        "JSON behind a syslog header",
                        (format, text, random) -> json(text),
                        HEADER,
                        "host.",
                        "message",
                        "process.",
                        "@timestamp"));
    }

    private static @Nullable String without(String text) {
        String rest = text.replaceFirst("^<\\d{1,3}>", "");
        return rest.equals(text) ? null : rest;
    }

    private static @Nullable String priority(String text) {
        String other = text.replaceFirst("^<\\d{1,3}>", "<174>");
        return other.equals(text) ? null : other;
    }

    private static @Nullable String bsd(String text, String month) {
        return BSD.matcher(text).matches() ? text.replaceFirst("Nov 24", month) : null;
    }

    private static @Nullable String ctime(String text, String year) {
        return BSD.matcher(text).matches()
                ? text.replaceFirst("Nov 24 (\\d\\d:\\d\\d:\\d\\d)", "Tue Nov 24 $1" + year)
                : null;
    }

    private static @Nullable String millis(String text) {
        Matcher m = BSD.matcher(text);
        return m.matches()
                ? "<" + m.group(1) + ">"
                        + java.time.Instant.parse("2026-11-24T" + m.group(2) + "Z")
                                .minusSeconds(8 * 3600)
                                .toEpochMilli()
                        + text.substring(m.end(2))
                : null;
    }

    private static @Nullable String iso(String text, String between, String behind) {
        return BSD.matcher(text).matches()
                ? text.replaceFirst(
                        "Nov 24 (\\d\\d:\\d\\d:\\d\\d)",
                        "2026-11-24" + between + "$1" + Matcher.quoteReplacement(behind))
                : null;
    }

    private static @Nullable String wrapped(String text) {
        Matcher m = BSD.matcher(text);
        if (!m.matches()) {
            return null;
        }
        String tag = m.group(4) == null ? "-" : m.group(4);
        String process = m.group(5) == null ? "-" : m.group(5);
        return "<" + m.group(1) + ">1 2026-11-24T" + m.group(2) + ".000+08:00 " + m.group(3) + ' ' + tag + ' ' + process
                + " - - " + m.group(6);
    }

    private static @Nullable String host(String text) {
        Matcher m = BSD.matcher(text);
        return m.matches()
                ? text.substring(0, m.start(3)) + "gate-7.school_3.example.edu.cn" + text.substring(m.end(3))
                : null;
    }

    /** Where the pairs begin, and the pairs. */
    private static @Nullable List<String> pairs(String format, String text) {
        if (!PAIRS.contains(format)) {
            return null;
        }
        List<String> pairs = new ArrayList<>();
        Matcher m = PAIR.matcher(text);
        int before = -1;
        while (m.find()) {
            if (before < 0) {
                pairs.add(text.substring(0, m.start()));
            }
            before = m.end();
            pairs.add(m.group());
        }
        return pairs.size() < 4 ? null : pairs;
    }

    private static @Nullable String shuffled(String format, String text, RandomGenerator random) {
        List<String> pairs = pairs(format, text);
        if (pairs == null) {
            return null;
        }
        List<String> rest = new ArrayList<>(pairs.subList(1, pairs.size()));
        // the first pair is the device's mark
        Collections.shuffle(rest.subList(1, rest.size()), new Random(random.nextLong()));
        return pairs.get(0) + String.join(" ", rest);
    }

    private static @Nullable String parted(String format, String text, String between) {
        List<String> pairs = pairs(format, text);
        return pairs == null ? null : pairs.get(0) + String.join(between, pairs.subList(1, pairs.size()));
    }

    private static @Nullable String quoted(String format, String text) {
        List<String> pairs = format.equals("topsec") || format.equals("sonicwall") ? null : pairs(format, text);
        if (pairs == null) {
            return null;
        }
        List<String> rest = pairs.subList(1, pairs.size()).stream()
                .map(pair -> pair.contains("\"") ? pair : pair.replaceFirst("=(.*)", "=\"$1\""))
                .toList();
        return pairs.get(0) + String.join(" ", rest);
    }

    private static @Nullable String bare(String format, String text) {
        List<String> pairs = format.equals("qianxin") ? null : pairs(format, text);
        if (pairs == null) {
            return null;
        }
        List<String> rest = pairs.subList(1, pairs.size()).stream()
                .map(pair -> pair.matches("[^=]*=\"[^\\s\",;]+\"") ? pair.replace("\"", "") : pair)
                .toList();
        return pairs.get(0) + String.join(" ", rest);
    }

    private static @Nullable String longer(String format, String text) {
        List<String> pairs = pairs(format, text);
        return pairs == null
                ? null
                : pairs.get(0) + String.join(" ", pairs.subList(1, pairs.size())) + " unscanname=\"" + "x".repeat(4000)
                        + "\"";
    }

    private static @Nullable String members(String format, String text, RandomGenerator random) {
        JsonNode tree = tree(text);
        return tree == null ? null : shuffled(tree, random).toString();
    }

    private static JsonNode shuffled(JsonNode node, RandomGenerator random) {
        if (!(node instanceof ObjectNode object)) {
            return node;
        }
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        Collections.shuffle(names, new Random(random.nextLong()));
        ObjectNode other = JSON.createObjectNode();
        names.forEach(name -> other.set(name, shuffled(object.get(name), random)));
        return other;
    }

    private static @Nullable String pretty(String text) {
        JsonNode tree = tree(text);
        return tree == null ? null : tree.toPrettyString();
    }

    private static @Nullable String json(String text) {
        return tree(text) == null ? null : "<134>Nov 24 10:00:00 relay-1 collect[9]: " + text;
    }

    private static @Nullable JsonNode tree(String text) {
        if (!text.startsWith("{")) {
            return null;
        }
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            return null;
        }
    }
}
