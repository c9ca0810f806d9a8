package org.wanglou.sensors.format.conformance;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.wanglou.model.Ecs;
import org.wanglou.model.Event;
import org.wanglou.sensors.format.part.Fill;

/**
 * One expected event against the one we made. Values are compared as what they mean: numbers as numbers, times as instants,
 * addresses in canonical form, a list of one as its item, lists as sets. Rules for fields that differ on purpose are rows
 * of {@code conformance/rules.tsv}.
 */
final class Compare {
    /** Only these groups are compared (the data's README); what is a database's or the collector's is not. */
    private static final List<String> GROUPS = List.of(
            "@timestamp",
            "event.",
            "source.",
            "destination.",
            "client.",
            "server.",
            "network.",
            "url.",
            "http.",
            "user.",
            "process.",
            "file.",
            "host.",
            "observer.",
            "rule.",
            "dns.",
            "tls.",
            "related.",
            "message",
            "group.",
            "email.");

    private static final List<String> NOT = List.of(
            ".geo.",
            ".as.",
            "user_agent.device",
            "user_agent.name",
            "user_agent.os",
            "user_agent.version",
            "event.original",
            "event.timezone",
            "event.module",
            "event.ingested",
            "event.created",
            "event.sequence",
            "event.provider",
            "event.severity",
            "event.duration",
            "event.id",
            "event.reason",
            "event.start",
            "event.end");

    private final List<String[]> rules = new ArrayList<>();

    Compare() {
        try (InputStream in = Compare.class.getResourceAsStream("/conformance/rules.tsv")) {
            if (in != null) {
                for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8).split("\n")) {
                    if (!line.isBlank() && !line.startsWith("#")) {
                        rules.add(line.split("\t", 4));
                    }
                }
            }
        } catch (IOException e) {
            throw new IllegalStateException("the rules of comparison cannot be read", e);
        }
    }

    /** The rules: set (a prefix), field, value we give on purpose or {@code *}, reason. */
    List<String[]> rules() {
        return rules;
    }

    boolean counts(String field) {
        if (NOT.stream().anyMatch(field::contains)) {
            return false;
        }
        return GROUPS.stream().anyMatch(field::startsWith) || field.equals("user_agent.original");
    }

    void compare(Tally.Row row, String field, @Nullable Object expected, Event.@Nullable Builder event, String input) {
        Object ours = event == null ? null : value(event, field);
        if (same(field, expected, ours)) {
            row.agree++;
            return;
        }
        for (String[] rule : rules) {
            if (row.set.startsWith(rule[0])
                    && rule[1].equals(field)
                    && (rule[2].equals("*") || rule[2].equals(String.valueOf(ours)))) {
                row.onPurpose++;
                return;
            }
        }
        if (ours == null) {
            row.missing++;
        } else {
            row.wrong++;
        }
        row.fields.merge(field + (ours == null ? " missing" : " differs"), 1, Integer::sum);
        if (row.examples.size() < 12
                && row.fields.getOrDefault(field + (ours == null ? " missing" : " differs"), 0) <= 2) {
            row.examples.add(field + ": expected " + expected + ", ours " + ours + " | "
                    + input.substring(0, Math.min(240, input.length())).replace("\n", "\\n"));
        }
    }

    private static @Nullable Object value(Event.Builder event, String field) {
        if (field.startsWith("related.")) {
            return related(event, field);
        }
        Object value = event.get(field);
        if (field.equals("@timestamp") && value instanceof Long millis) {
            return Instant.ofEpochMilli(millis).toString();
        }
        return value;
    }

    /** The sink fills these from the event's fields; here it is enough that each is among them. */
    private static @Nullable Object related(Event.Builder event, String field) {
        TreeSet<String> all = new TreeSet<>();
        List<String> from =
                switch (field) {
                    case "related.ip" ->
                        List.of(
                                "source.ip",
                                "destination.ip",
                                "host.ip",
                                "client.ip",
                                "server.ip",
                                "source.nat.ip",
                                "destination.nat.ip",
                                "dns.resolved_ip",
                                "network.forwarded_ip");
                    case "related.user" ->
                        List.of(
                                "user.name",
                                "user.effective.name",
                                "user.target.name",
                                "source.user.name",
                                "destination.user.name");
                    case "related.hosts" ->
                        List.of("host.name", "host.hostname", "source.domain", "destination.domain", "url.domain");
                    case "related.hash" ->
                        List.of("process.hash.sha256", "file.hash.sha256", "file.hash.md5", "santa.certificate.sha256");
                    default -> List.of();
                };
        for (String name : from) {
            Object value = event.get(name);
            if (value instanceof Collection<?> list) {
                list.forEach(item -> all.add(String.valueOf(item)));
            } else if (value != null) {
                all.add(value.toString());
            }
        }
        return all.isEmpty() ? null : List.copyOf(all);
    }

    private static boolean same(String field, @Nullable Object expected, @Nullable Object ours) {
        if (expected == null || ours == null) {
            return expected == null && ours == null;
        }
        if (field.startsWith("related.")) {
            return set(ours).containsAll(set(expected));
        }
        return set(expected).equals(set(ours));
    }

    private static TreeSet<String> set(Object value) {
        TreeSet<String> set = new TreeSet<>();
        if (value instanceof Collection<?> list) {
            list.forEach(item -> set.add(plain(item)));
        } else {
            set.add(plain(value));
        }
        return set;
    }

    private static String plain(@Nullable Object value) {
        String text = String.valueOf(value);
        if (value instanceof Double number && number == Math.rint(number) && Math.abs(number) < 1e15) {
            return Long.toString(number.longValue());
        }
        if (text.length() > 18 && text.charAt(4) == '-' && text.indexOf('T') == 10) {
            try {
                return OffsetDateTime.parse(text).toInstant().toString();
            } catch (DateTimeParseException e) {
                return text;
            }
        }
        String ip = Fill.canonical(text);
        return ip.isEmpty() ? text : ip;
    }

    /** Whether any of an event's values is, or holds, a text. */
    static boolean holds(Event.Builder builder, String wanted) {
        Event event = builder.build();
        String ip = Fill.canonical(wanted);
        for (int slot = 0; slot < Ecs.slots(); slot++) {
            if (Ecs.at(slot) != Ecs.EVENT_ORIGINAL
                    && Ecs.at(slot) != Ecs.MESSAGE
                    && among(event.get(Ecs.at(slot)), wanted, ip)) {
                return true;
            }
        }
        for (Map.Entry<String, Object> extra : event.extra().entrySet()) {
            if (among(extra.getValue(), wanted, ip)) {
                return true;
            }
        }
        return false;
    }

    private static boolean among(@Nullable Object value, String wanted, String ip) {
        return value != null
                && (set(value).contains(ip.isEmpty() ? wanted : ip)
                        || value.toString().equalsIgnoreCase(wanted));
    }
}
