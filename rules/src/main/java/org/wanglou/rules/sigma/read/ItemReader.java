package org.wanglou.rules.sigma.read;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.wanglou.rules.sigma.pipeline.BadRule;
import org.wanglou.rules.sigma.pipeline.Draft;
import org.wanglou.rules.text.YamlNode;

/** Reads one {@code field|modifier…: values} of a detection. Stateless. */
final class ItemReader {
    private ItemReader() {}

    /**
     * Modifiers are applied in the order they are written.
     *
     * @param key empty, or beginning with {@code |}, for keywords
     */
    static Draft.Item read(String key, YamlNode values, ZoneId zone) {
        List<String> parts = Arrays.asList(key.split("\\|", -1));
        String field = parts.get(0);
        List<String> modifiers = parts.subList(1, parts.size());
        boolean all = modifiers.contains("all");
        boolean negated = modifiers.contains("neq");
        if (Set.copyOf(modifiers).size() < modifiers.size()) {
            throw bad(key, values, "a modifier comes twice", "leave one of them out");
        }
        if (values.isList() && values.list().isEmpty()) {
            throw bad(key, values, "empty list of values", "give at least one value");
        }
        if (values.isMap()) {
            throw bad(key, values, "a map where values belong", "write a value or a list of values");
        }
        List<Draft.Value> read = new ArrayList<>();
        for (YamlNode node : values.isNull() ? List.of(values) : values.list()) {
            if (node.isMap() || node.isList()) {
                throw bad(key, node, "a value is a " + (node.isMap() ? "map" : "list"), "write plain values");
            }
            if (node.isNull() && values.isList()) {
                throw bad(
                        key,
                        node,
                        "null inside a list",
                        "write a detection of its own for null, and join them with or");
            }
            ValueModifiers chain = new ValueModifiers(key, field, node, zone);
            modifiers.forEach(chain::apply);
            String name = (field.isEmpty() ? "keyword" : field) + key.substring(field.length());
            read.add(new Draft.Value(name + ": " + (node.isNull() ? "null" : node.text()), chain.forms()));
        }
        return new Draft.Item(
                field.isEmpty() ? "keywords" + key : key, field, read, all, negated, values.line(), Set.of());
    }

    private static BadRule bad(String key, YamlNode at, String message, String remedy) {
        return new BadRule(at.line(), (key.isEmpty() ? "keywords" : key) + ": " + message, remedy);
    }
}
