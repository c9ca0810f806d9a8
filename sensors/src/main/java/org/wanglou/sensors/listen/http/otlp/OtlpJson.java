package org.wanglou.sensors.listen.http.otlp;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.wanglou.sensors.listen.http.Feed;
import org.wanglou.sensors.listen.http.JsonCutter;
import org.wanglou.sensors.listen.http.JsonText;

/**
 * Walks an {@code ExportLogsServiceRequest} in OTLP's JSON: lowerCamelCase names, 64-bit numbers as text or number, ids in
 * hexadecimal. Records are cut out first and read one by one, so none but the broken one is rejected. Pure.
 */
final class OtlpJson {
    private OtlpJson() {}

    /** False when the body is no object. */
    static boolean read(byte[] body, Records records) throws InterruptedException {
        JsonCutter whole = new JsonCutter(body, 0, body.length);
        if (!whole.next() || !whole.whole()) {
            return false;
        }
        Map<String, int[]> request = members(body, whole.from(), whole.to()).orElse(null);
        if (request == null || whole.next()) {
            return false;
        }
        JsonCutter resources = elements(body, request, "resourceLogs");
        while (resources.next()) {
            Map<String, int[]> resource =
                    members(body, resources.from(), resources.to()).orElse(null);
            if (resource == null) {
                records.reject("resourceLogs holds what is no object");
                continue;
            }
            Map<String, Object> attributes = new LinkedHashMap<>();
            child(body, resource, "resource", (name, node) -> attributes(node.get("attributes"), attributes));
            JsonCutter scopes = elements(body, resource, "scopeLogs");
            while (scopes.next()) {
                scope(body, scopes, attributes, size(resource, "resource"), records);
            }
        }
        return true;
    }

    private static void scope(byte[] body, JsonCutter at, Map<String, Object> resource, int shared, Records records)
            throws InterruptedException {
        Map<String, int[]> scope = members(body, at.from(), at.to()).orElse(null);
        if (scope == null) {
            records.reject("scopeLogs holds what is no object");
            return;
        }
        Map<String, Object> attributes = new LinkedHashMap<>();
        String[] scopeName = {""};
        child(body, scope, "scope", (name, node) -> {
            attributes(node.get("attributes"), attributes);
            scopeName[0] = node.path("name").asText("");
        });
        Around around = new Around(resource, attributes, scopeName[0], shared + size(scope, "scope"));
        JsonCutter logs = elements(body, scope, "logRecords");
        while (logs.next()) {
            if (logs.to() - logs.from() > Feed.LIMIT) {
                records.reject("a record is longer than 512 KiB");
                continue;
            }
            Optional<JsonNode> node =
                    JsonText.tree(body, logs.from(), logs.to()).filter(JsonNode::isObject);
            if (node.isEmpty()) {
                records.reject("a record is no JSON object");
            } else {
                records.take(around, record(node.get()));
            }
        }
    }

    private static LogRecord record(JsonNode node) {
        LogRecord record = new LogRecord();
        record.timeNanos = number(node.get("timeUnixNano"));
        record.observedNanos = number(node.get("observedTimeUnixNano"));
        record.severity = number(node.get("severityNumber"));
        record.severityText = node.path("severityText").asText("");
        record.eventName = node.path("eventName").asText("");
        JsonNode body = node.get("body");
        record.body = body == null || !body.isObject() ? "" : value(body);
        attributes(node.get("attributes"), record.attributes);
        record.traceId = hex(node.path("traceId").asText(""), 32);
        record.spanId = hex(node.path("spanId").asText(""), 16);
        return record;
    }

    private static String hex(String text, int length) {
        return text.length() == length && text.matches("[0-9a-fA-F]+") ? text.toLowerCase(Locale.ROOT) : "";
    }

    private static long number(@Nullable JsonNode node) {
        if (node == null) {
            return 0;
        }
        if (node.isTextual()) {
            String text = node.asText();
            return text.matches("-?\\d{1,18}") || text.matches("[1-8]\\d{18}") ? Long.parseLong(text) : 0;
        }
        return node.isNumber() ? node.asLong() : 0;
    }

    private static void attributes(@Nullable JsonNode list, Map<String, Object> into) {
        if (list != null && list.isArray()) {
            for (JsonNode pair : list) {
                JsonNode value = pair.get("value");
                into.put(pair.path("key").asText(""), value == null || !value.isObject() ? "" : value(value));
            }
        }
    }

    /** Nesting is bounded by the reader of the tree. */
    private static Object value(JsonNode any) {
        if (any.has("stringValue")) {
            return any.get("stringValue").asText();
        }
        if (any.has("boolValue")) {
            return any.get("boolValue").asBoolean();
        }
        if (any.has("intValue")) {
            return number(any.get("intValue"));
        }
        if (any.has("doubleValue")) {
            return any.get("doubleValue").asDouble();
        }
        if (any.has("arrayValue")) {
            List<Object> list = new ArrayList<>();
            for (JsonNode item : any.get("arrayValue").path("values")) {
                list.add(value(item));
            }
            return list;
        }
        if (any.has("kvlistValue")) {
            Map<String, Object> map = new LinkedHashMap<>();
            attributes(any.get("kvlistValue").get("values"), map);
            return map;
        }
        return any.path("bytesValue").asText("");
    }

    private static Optional<Map<String, int[]>> members(byte[] body, int from, int to) {
        Map<String, int[]> members = new LinkedHashMap<>();
        boolean object = JsonCutter.members(body, from, to, (key, start, end) -> {
            if (members.size() < 64) {
                members.put(key, new int[] {start, end});
            }
        });
        return object ? Optional.of(members) : Optional.empty();
    }

    private static int size(Map<String, int[]> of, String name) {
        int[] extent = of.getOrDefault(name, new int[] {0, 0});
        return extent[1] - extent[0];
    }

    private static JsonCutter elements(byte[] body, Map<String, int[]> of, String name) {
        int[] extent = of.getOrDefault(name, new int[] {0, 0});
        return JsonCutter.inside(body, extent[0], extent[1]);
    }

    private static void child(byte[] body, Map<String, int[]> of, String name, BiConsumer<String, JsonNode> taker) {
        int[] extent = of.getOrDefault(name, new int[] {0, 0});
        if (extent[1] > extent[0]) {
            JsonText.tree(body, extent[0], extent[1])
                    .filter(JsonNode::isObject)
                    .ifPresent(node -> taker.accept(name, node));
        }
    }
}
