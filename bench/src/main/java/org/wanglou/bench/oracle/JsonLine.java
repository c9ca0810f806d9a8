package org.wanglou.bench.oracle;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One event as its JSON says it: dotted path → the texts of its leaves, whether objects were nested or names dotted.
 * Immutable.
 */
public final class JsonLine {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Map<String, List<String>> leaves;
    private final long time;

    private JsonLine(Map<String, List<String>> leaves) {
        this.leaves = leaves;
        this.time = millis(text("@timestamp"));
    }

    private static long millis(String text) {
        return text.matches("-?\\d+")
                ? Long.parseLong(text)
                : Instant.parse(text).toEpochMilli();
    }

    /**
     * Reads one event.
     *
     * @throws IllegalArgumentException when the line is no JSON object
     * @throws java.time.DateTimeException when it has no time
     */
    public static JsonLine parse(String line) {
        try {
            JsonNode node = JSON.readTree(line);
            if (node == null || !node.isObject()) {
                throw new IllegalArgumentException("no JSON object: " + line);
            }
            Map<String, List<String>> leaves = new LinkedHashMap<>();
            collect("", node, leaves);
            return new JsonLine(leaves);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("no JSON: " + line, e);
        }
    }

    private static void collect(String path, JsonNode node, Map<String, List<String>> leaves) {
        if (node.isObject()) {
            node.fields()
                    .forEachRemaining(child -> collect(
                            path.isEmpty() ? child.getKey() : path + "." + child.getKey(), child.getValue(), leaves));
        } else if (node.isArray()) {
            node.forEach(child -> collect(path, child, leaves));
        } else if (!node.isNull()) {
            leaves.computeIfAbsent(path, name -> new ArrayList<>()).add(node.asText());
        }
    }

    /** All values at the path, empty when it is absent. */
    public List<String> texts(String path) {
        return leaves.getOrDefault(path, List.of());
    }

    /** The first value at the path, empty text when it is absent. */
    public String text(String path) {
        List<String> all = texts(path);
        return all.isEmpty() ? "" : all.get(0);
    }

    /** Whether one of the values at the path is that text, without regard to case. */
    public boolean is(String path, String value) {
        return texts(path).stream().anyMatch(value::equalsIgnoreCase);
    }

    /** The number at the path, or {@code absent} when there is none. */
    public long number(String path, long absent) {
        String text = text(path);
        return text.matches("-?\\d{1,18}") ? Long.parseLong(text) : absent;
    }

    public String id() {
        return text("event.id");
    }

    /** Event time in milliseconds UTC, from ISO 8601 text or a number of milliseconds. */
    public long time() {
        return time;
    }
}
