package org.wanglou.rules.indicators.observe;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.wanglou.rules.indicators.pattern.ObjectPath;

/** Follows a path into an object, and by {@code _ref} and {@code _refs} from one object to another. Stateless. */
final class Paths {
    private static final int VALUES_MAX = 10_000;

    /** A value and the name of the property it was found under. */
    record Found(String name, JsonNode node) {}

    private Paths() {}

    static List<Found> follow(ObjectPath path, JsonNode object, Map<String, JsonNode> all) {
        List<Found> at = List.of(new Found("", object));
        for (ObjectPath.Step step : path.steps()) {
            List<Found> next = new ArrayList<>();
            for (Found from : at) {
                step(from, step, all, next);
                if (next.size() > VALUES_MAX) {
                    break;
                }
            }
            at = next;
        }
        return at;
    }

    private static void step(Found from, ObjectPath.Step step, Map<String, JsonNode> all, List<Found> next) {
        JsonNode node = from.node();
        if (step instanceof ObjectPath.Key key) {
            boolean reference = node.isTextual()
                    && (from.name().endsWith("_ref") || from.name().endsWith("_refs"));
            JsonNode object = reference ? all.get(node.asText()) : node;
            JsonNode value = object == null ? null : object.get(key.name());
            if (value != null) {
                next.add(new Found(key.name(), value));
            }
        } else if (step instanceof ObjectPath.Index index) {
            JsonNode value = node.isArray() ? node.get(index.position()) : null;
            if (value != null) {
                next.add(new Found(from.name(), value));
            }
        } else if (node.isContainerNode()) {
            node.forEach(value -> next.add(new Found(from.name(), value)));
        }
    }
}
