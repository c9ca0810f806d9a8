package org.wanglou.rules.indicators;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.wanglou.model.Addresses;
import org.wanglou.model.Ecs;
import org.wanglou.model.Event;
import org.wanglou.model.Field;
import org.wanglou.model.registry.PrefixMap;
import org.wanglou.rules.RuleProblem;
import org.wanglou.rules.text.CsvReader;

/**
 * Known-bad addresses, domains, URLs and hashes, matched against events. Immutable; thread-safe.
 *
 * <p>Reads CSV with the heading {@code type,value,description,source,confidence,from,to} or a plain list, one value per
 * line.
 */
public final class IndicatorSet {
    private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
    private static final Field[] ADDRESSES = {Ecs.SOURCE_IP, Ecs.DESTINATION_IP};
    private static final Field[] DOMAINS = {
        Ecs.DNS_QUESTION_NAME, Ecs.URL_DOMAIN, Ecs.DESTINATION_DOMAIN, Ecs.SOURCE_DOMAIN
    };
    private static final Set<String> HASHES =
            Set.of("file.hash.md5", "file.hash.sha1", "file.hash.sha256", "process.hash.md5", "process.hash.sha256");
    private static final String HEADING = "type,value,description,source,confidence,from,to";

    /** Names of the fields that lists are held against; nothing else of an event matters to them. */
    public static final Set<String> FIELDS = fields();

    private final PrefixMap<Indicator> addresses;
    private final Map<String, Indicator> others;
    private final int size;

    private IndicatorSet(PrefixMap<Indicator> addresses, Map<String, Indicator> others, int size) {
        this.addresses = addresses;
        this.others = others;
        this.size = size;
    }

    private static Set<String> fields() {
        Set<String> names = new TreeSet<>(HASHES);
        for (Field field : ADDRESSES) {
            names.add(field.name());
        }
        for (Field field : DOMAINS) {
            names.add(field.name());
        }
        names.addAll(Set.of(Ecs.URL_ORIGINAL.name(), Ecs.TIMESTAMP.name(), Ecs.EVENT_INGESTED.name()));
        return Set.copyOf(names);
    }

    /** An indicator met in a field. */
    public record Hit(Indicator indicator, Field field, String value) {
        /** True when the known-bad side was the one that acted. */
        public boolean inbound() {
            return field == Ecs.SOURCE_IP || field == Ecs.SOURCE_DOMAIN;
        }
    }

    public static IndicatorSet read(Path file, Consumer<RuleProblem> problems) throws IOException {
        return read(String.valueOf(file.getFileName()), Files.readString(file, StandardCharsets.UTF_8), problems);
    }

    public static IndicatorSet read(String file, String text, Consumer<RuleProblem> problems) {
        String csv = text.lines().anyMatch(line -> line.startsWith("type,")) ? text : HEADING + "\n" + listed(text);
        int shift = csv.equals(text) ? 0 : 1;
        PrefixMap.Builder<Indicator> addresses = PrefixMap.builder();
        Map<String, Indicator> others = new HashMap<>();
        int size = 0;
        for (CsvReader.Row row : CsvReader.read(file, csv, problems)) {
            try {
                Indicator indicator = indicator(row);
                if (indicator.type().equals("ip")) {
                    if (!addresses.put(prefix(indicator.value()), indicator)) {
                        throw new IllegalArgumentException("no address or block: " + indicator.value());
                    }
                } else {
                    others.put(indicator.type() + " " + indicator.value(), indicator);
                }
                size++;
            } catch (IllegalArgumentException | DateTimeParseException e) {
                problems.accept(new RuleProblem(
                        file,
                        row.line() - shift,
                        String.valueOf(e.getMessage()),
                        "columns: " + HEADING + "; types ip, domain, url, hash; dates yyyy-mm-dd"));
            }
        }
        return new IndicatorSet(addresses.build(), Map.copyOf(others), size);
    }

    public int size() {
        return size;
    }

    /** Every indicator met in the event that is valid at its time; at most one per field. */
    public List<Hit> match(Event event) {
        List<Hit> hits = new ArrayList<>(0);
        long time = event.timeMillis();
        for (Field field : ADDRESSES) {
            if (event.get(field) instanceof String value) {
                add(hits, addresses.find(value), field, value, time);
            }
        }
        if (others.isEmpty()) {
            return hits;
        }
        for (Field field : DOMAINS) {
            if (event.get(field) instanceof String value) {
                add(hits, domain(value), field, value, time);
            }
        }
        if (event.get(Ecs.URL_ORIGINAL) instanceof String value) {
            add(hits, Optional.ofNullable(others.get("url " + value)), Ecs.URL_ORIGINAL, value, time);
        }
        for (String name : HASHES) {
            if (event.get(name) instanceof String value) {
                Indicator indicator = others.get("hash " + value.toLowerCase(Locale.ROOT));
                add(hits, Optional.ofNullable(indicator), Ecs.FILE_PATH, value, time);
            }
        }
        return hits;
    }

    private static void add(List<Hit> hits, Optional<Indicator> found, Field field, String value, long time) {
        found.filter(indicator -> indicator.validAt(time))
                .ifPresent(indicator -> hits.add(new Hit(indicator, field, value)));
    }

    private Optional<Indicator> domain(String name) {
        String rest = name.toLowerCase(Locale.ROOT);
        rest = rest.endsWith(".") ? rest.substring(0, rest.length() - 1) : rest;
        while (!rest.isEmpty()) {
            Indicator indicator = others.get("domain " + rest);
            if (indicator != null) {
                return Optional.of(indicator);
            }
            int dot = rest.indexOf('.');
            rest = dot < 0 ? "" : rest.substring(dot + 1);
        }
        return Optional.empty();
    }

    private static Indicator indicator(CsvReader.Row row) {
        String type = row.get("type");
        String value = row.get("value");
        value = switch (type) {
            case "ip" -> value;
            case "url" -> value;
            case "domain", "hash" -> value.toLowerCase(Locale.ROOT);
            default -> throw new IllegalArgumentException("unknown type '" + type + "'");
        };
        if (value.isEmpty()) {
            throw new IllegalArgumentException("value is empty");
        }
        String confidence = row.get("confidence");
        return new Indicator(
                type,
                value,
                row.get("description"),
                row.get("source"),
                confidence.isEmpty() ? 50 : Integer.parseInt(confidence),
                row.get("from").isEmpty() ? Long.MIN_VALUE : start(row.get("from")),
                row.get("to").isEmpty()
                        ? Long.MAX_VALUE
                        : start(LocalDate.parse(row.get("to")).plusDays(1).toString()) - 1);
    }

    private static long start(String day) {
        return LocalDate.parse(day).atStartOfDay(ZONE).toInstant().toEpochMilli();
    }

    private static String prefix(String value) {
        return value.indexOf('/') >= 0 ? value : value + (value.indexOf(':') >= 0 ? "/128" : "/32");
    }

    private static String listed(String text) {
        Map<Integer, String> lines = new LinkedHashMap<>();
        int number = 0;
        for (String line : text.split("\r?\n", -1)) {
            String value = line.strip();
            String type = value.startsWith("http:") || value.startsWith("https:")
                    ? "url"
                    : value.indexOf('/') >= 0 || Addresses.parse(value).isPresent()
                            ? "ip"
                            : value.matches("[0-9a-fA-F]{32}|[0-9a-fA-F]{40}|[0-9a-fA-F]{64}") ? "hash" : "domain";
            boolean empty = value.isEmpty() || value.startsWith("#");
            lines.put(number++, empty ? "" : type + ",\"" + value.replace("\"", "\"\"") + "\",,,,,");
        }
        return String.join("\n", lines.values());
    }
}
