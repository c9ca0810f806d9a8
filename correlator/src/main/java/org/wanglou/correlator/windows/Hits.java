package org.wanglou.correlator.windows;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.wanglou.bus.codec.Jsons;
import org.wanglou.crypto.sm.Sm3;
import org.wanglou.model.Entities;
import org.wanglou.model.Signal;
import org.wanglou.rules.sigma.CorrelationRule;

/** Makes the signal of a correlation's episode out of its entries. */
final class Hits {
    /** How many event ids a signal names at most. */
    static final int EVIDENCE_MAX = 256;

    private static final int NAMED_MAX = 16;

    private Hits() {}

    /** The id of an episode that is published for the first time: rule, key, and the event that completed it. */
    static String id(CorrelationRule rule, String keyText, String completingEventId) {
        return Sm3.id(rule.id(), keyText, completingEventId);
    }

    /** The organisation most of the entries concern; of equals the smallest id. */
    static String organization(List<Entry> entries) {
        return mostFrequent(entries, entry -> entry.entities().organization());
    }

    static Signal of(
            CorrelationRule rule,
            String keyText,
            Episode episode,
            List<Entry> entries,
            long count,
            boolean approximate,
            Signal.Status status) {
        List<String> ids = new ArrayList<>(episode.heldIds());
        for (int i = 0; i < entries.size() && ids.size() < EVIDENCE_MAX; i++) {
            String id = entries.get(i).eventId();
            if (ids.isEmpty() || !ids.get(ids.size() - 1).equals(id)) {
                ids.add(id);
            }
        }
        long firstEvent = !episode.heldIds().isEmpty()
                ? episode.heldFirst()
                : entries.isEmpty() ? episode.first() : entries.get(0).time();
        long lastEvent = entries.isEmpty()
                ? episode.last()
                : entries.get(entries.size() - 1).time();
        return new Signal(
                episode.id(),
                rule.id(),
                rule.version(),
                rule.title(),
                Signal.Kind.CORRELATION,
                episode.first(),
                rule.level(),
                rule.tags(),
                entities(entries, episode.organization()),
                fields(rule, keyText, entries, episode.organization()),
                new Signal.Evidence(ids, firstEvent, lastEvent, count, approximate),
                episode.revision(),
                status,
                new Signal.Episode(episode.first(), episode.last()),
                rule.chainLevel(),
                keyText);
    }

    private static Entities entities(List<Entry> all, String organization) {
        List<Entry> entries = of(all, organization);
        return new Entities(
                onlyOne(entries, entry -> entry.entities().source()),
                mostFrequent(entries, entry -> entry.entities().target()),
                onlyOne(entries, entry -> entry.entities().user()),
                mostFrequent(entries, entry -> entry.entities().asset()),
                organization);
    }

    private static Map<String, String> fields(
            CorrelationRule rule, String keyText, List<Entry> entries, String organization) {
        Map<String, String> fields = new TreeMap<>();
        List<?> values = values(keyText);
        for (int i = 0; i < rule.groupBy().size() && i < values.size(); i++) {
            fields.put(rule.groupBy().get(i), String.valueOf(values.get(i)));
        }
        // Only what belongs to the organisation it is told to: another unit's assets are none of its business.
        List<Entry> own = of(entries, organization);
        name(fields, "wanglou.assets", own, entry -> entry.entities().asset());
        name(fields, "wanglou.targets", own, entry -> entry.entities().target());
        name(fields, "wanglou.sources", own, entry -> entry.entities().source());
        name(fields, "wanglou.users", own, entry -> entry.entities().user());
        return fields;
    }

    private static List<Entry> of(List<Entry> entries, String organization) {
        return entries.stream()
                .filter(entry -> entry.entities().organization().equals(organization))
                .toList();
    }

    /** The group-by values of a key text. */
    static List<?> values(String keyText) {
        try {
            return Jsons.read(keyText, List.class);
        } catch (IOException e) {
            throw new IllegalArgumentException("key text is no JSON array", e);
        }
    }

    private static void name(
            Map<String, String> fields, String name, List<Entry> entries, Function<Entry, String> value) {
        String joined = entries.stream()
                .map(value)
                .filter(text -> !text.isEmpty())
                .collect(Collectors.toCollection(TreeSet::new))
                .stream()
                .limit(NAMED_MAX)
                .collect(Collectors.joining(","));
        if (!joined.isEmpty()) {
            fields.put(name, joined);
        }
    }

    private static String onlyOne(List<Entry> entries, Function<Entry, String> value) {
        List<String> distinct = entries.stream().map(value).distinct().limit(2).toList();
        return distinct.size() == 1 ? distinct.get(0) : "";
    }

    private static String mostFrequent(List<Entry> entries, Function<Entry, String> value) {
        Map<String, Long> frequency =
                entries.stream().collect(Collectors.groupingBy(value, TreeMap::new, Collectors.counting()));
        return frequency.entrySet().stream()
                .max(Map.Entry.<String, Long>comparingByValue()
                        .thenComparing(Map.Entry.comparingByKey(Comparator.reverseOrder())))
                .map(Map.Entry::getKey)
                .orElse("");
    }
}
