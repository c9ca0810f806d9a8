package org.wanglou.rules.text;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One YAML value with the line it stands on. Immutable.
 *
 * @param line from 1
 * @param value {@code String}, {@code Long}, {@code Double}, {@code Boolean}, {@code List<YamlNode>},
 *     {@code Map<String, YamlNode>}, or null for YAML's null
 */
public record YamlNode(int line, @Nullable Object value) {
    public static YamlNode missing(int line) {
        return new YamlNode(line, new LinkedHashMap<String, YamlNode>());
    }

    public boolean isMap() {
        return value instanceof Map;
    }

    public boolean isList() {
        return value instanceof List;
    }

    public boolean isNull() {
        return value == null;
    }

    @SuppressWarnings("unchecked")
    public Map<String, YamlNode> map() {
        return value instanceof Map<?, ?> map ? (Map<String, YamlNode>) map : Map.of();
    }

    /** The elements of a list; a single value is a list of one; null is the empty list. */
    @SuppressWarnings("unchecked")
    public List<YamlNode> list() {
        if (value instanceof List<?> list) {
            return (List<YamlNode>) list;
        }
        return value == null ? List.of() : List.of(this);
    }

    public Optional<YamlNode> get(String key) {
        return Optional.ofNullable(map().get(key));
    }

    public String text() {
        return value == null ? "" : String.valueOf(value);
    }

    public String text(String key, String absent) {
        return get(key).filter(node -> !node.isMap() && !node.isList() && !node.isNull())
                .map(YamlNode::text)
                .orElse(absent);
    }

    public List<String> texts(String key) {
        List<String> texts = new ArrayList<>();
        get(key).ifPresent(node -> node.list().forEach(element -> texts.add(element.text())));
        return List.copyOf(texts);
    }

    /** Plain Java values: maps, lists, strings, numbers, booleans, null. */
    public @Nullable Object plain() {
        if (isMap()) {
            Map<String, @Nullable Object> plain = new LinkedHashMap<>();
            map().forEach((key, node) -> plain.put(key, node.plain()));
            return plain;
        }
        if (isList()) {
            List<@Nullable Object> plain = new ArrayList<>();
            list().forEach(node -> plain.add(node.plain()));
            return plain;
        }
        return value;
    }
}
