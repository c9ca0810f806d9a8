package org.wanglou.bench.oracle;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Counts by scanning the list: for every candidate instant every event of the key is looked at again. Quadratic on
 * purpose: there is no state that could be wrong. Pure.
 */
public final class WindowOracle {
    /** How many event ids a signal names at most (DESIGN 2.3). */
    public static final int EVIDENCE_MAX = 256;

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Comparator<JsonLine> ORDER =
            Comparator.comparingLong(JsonLine::time).thenComparing(JsonLine::id);

    private WindowOracle() {}

    /** The episodes of a rule over all events, in any order; an event that occurs twice (same id) counts once. */
    public static List<Episode> episodes(CountingRule rule, List<JsonLine> events) {
        Map<String, List<JsonLine>> byKey = new TreeMap<>();
        Set<String> seen = new HashSet<>();
        for (JsonLine event : events) {
            boolean counted = rule.filter().test(event)
                    && rule.groupBy().stream()
                            .noneMatch(field -> event.text(field).isEmpty())
                    && (rule.valueField().isEmpty()
                            || !event.text(rule.valueField()).isEmpty())
                    && seen.add(event.id());
            if (counted) {
                byKey.computeIfAbsent(key(rule, event), key -> new ArrayList<>())
                        .add(event);
            }
        }
        List<Episode> episodes = new ArrayList<>();
        byKey.forEach((key, own) -> {
            own.sort(ORDER);
            episodes.addAll(ofKey(rule, key, own));
        });
        return episodes;
    }

    private static List<Episode> ofKey(CountingRule rule, String key, List<JsonLine> events) {
        List<Episode> episodes = new ArrayList<>();
        long first = 0;
        long last = 0;
        boolean open = false;
        for (JsonLine event : events) {
            long instant = rule.rising() ? event.time() : event.time() + rule.spanMillis() - 1;
            if (!rule.condition().test(count(rule, within(events, instant - rule.spanMillis(), instant)))) {
                continue;
            }
            if (open && instant > last + rule.spanMillis()) {
                episodes.add(episode(rule, key, events, first, last));
                open = false;
            }
            first = open ? first : instant;
            last = instant;
            open = true;
        }
        if (open) {
            episodes.add(episode(rule, key, events, first, last));
        }
        return episodes;
    }

    private static Episode episode(CountingRule rule, String key, List<JsonLine> events, long first, long last) {
        List<JsonLine> evidence = within(events, first - rule.spanMillis(), last);
        return new Episode(
                rule.id(),
                key,
                first,
                last,
                count(rule, evidence),
                evidence.stream().map(JsonLine::id).limit(EVIDENCE_MAX).toList(),
                mostFrequentUnit(evidence));
    }

    /** Events in (after, until]. */
    private static List<JsonLine> within(List<JsonLine> events, long after, long until) {
        return events.stream()
                .filter(event -> event.time() > after && event.time() <= until)
                .toList();
    }

    private static long count(CountingRule rule, List<JsonLine> events) {
        return rule.valueField().isEmpty()
                ? events.size()
                : events.stream()
                        .map(event -> event.text(rule.valueField()))
                        .distinct()
                        .count();
    }

    private static String mostFrequentUnit(List<JsonLine> events) {
        Map<String, Integer> counts = new TreeMap<>();
        events.forEach(event -> counts.merge(event.text("organization.id"), 1, Integer::sum));
        String most = "";
        for (Map.Entry<String, Integer> unit : counts.entrySet()) {
            if (most.isEmpty() || unit.getValue() > counts.getOrDefault(most, 0)) {
                most = unit.getKey();
            }
        }
        return most;
    }

    private static String key(CountingRule rule, JsonLine event) {
        return array(rule.groupBy().stream().map(event::text).toList());
    }

    /** A canonical JSON array (RFC 8785) of texts without characters that need escaping. */
    static String array(List<String> values) {
        try {
            return JSON.writeValueAsString(values);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
