package org.wanglou.rules.indicators.observe;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.wanglou.rules.indicators.pattern.Literals;

/**
 * One {@code observed-data} object: what was seen, how often, and between which instants. Immutable.
 *
 * @param seen the objects it names, which a pattern is about
 * @param all every object that a reference may lead to, by id
 */
public record ObservedData(Instant first, Instant last, int number, List<JsonNode> seen, Map<String, JsonNode> all) {
    public ObservedData {
        seen = List.copyOf(seen);
        all = Map.copyOf(all);
    }

    /**
     * The observed data among objects and bundles, by time. Understands the {@code object_refs} of STIX 2.1 and the {@code
     * objects} of 2.0.
     *
     * @throws IllegalArgumentException when one has no sound times
     */
    public static List<ObservedData> in(Iterable<JsonNode> objectsAndBundles) {
        Map<String, JsonNode> byId = new LinkedHashMap<>();
        List<JsonNode> observed = new ArrayList<>();
        for (JsonNode given : objectsAndBundles) {
            Iterable<JsonNode> objects =
                    given.path("type").asText().equals("bundle") ? given.path("objects") : List.of(given);
            for (JsonNode object : objects) {
                if (object.path("type").asText().equals("observed-data")) {
                    observed.add(object);
                } else if (object.path("id").isTextual()) {
                    byId.put(object.path("id").asText(), object);
                }
            }
        }
        List<ObservedData> made = new ArrayList<>();
        for (JsonNode one : observed) {
            made.add(of(one, byId));
        }
        made.sort(Comparator.comparing(ObservedData::first).thenComparing(ObservedData::last));
        return made;
    }

    private static ObservedData of(JsonNode node, Map<String, JsonNode> byId) {
        Map<String, JsonNode> all = byId;
        List<JsonNode> seen = new ArrayList<>();
        if (node.has("object_refs")) {
            for (JsonNode ref : node.path("object_refs")) {
                JsonNode object = byId.get(ref.asText());
                if (object != null) {
                    seen.add(object);
                }
            }
        } else {
            all = new HashMap<>();
            for (Map.Entry<String, JsonNode> entry : node.path("objects").properties()) {
                all.put(entry.getKey(), entry.getValue());
                seen.add(entry.getValue());
            }
        }
        return new ObservedData(
                time(node, "first_observed"),
                time(node, "last_observed"),
                Math.max(1, node.path("number_observed").asInt(1)),
                seen,
                all);
    }

    private static Instant time(JsonNode node, String name) {
        return Literals.time(node.path(name).asText())
                .orElseThrow(() -> new IllegalArgumentException(
                        node.path("id").asText("observed-data") + " has no sound " + name));
    }
}
