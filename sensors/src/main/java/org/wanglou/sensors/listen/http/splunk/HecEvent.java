package org.wanglou.sensors.listen.http.splunk;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.wanglou.model.Ecs;
import org.wanglou.sensors.frame.Text;
import org.wanglou.sensors.listen.http.JsonCutter;
import org.wanglou.sensors.listen.http.JsonText;

/**
 * One object of the HTTP event collector: {@code event} is the payload, a text or an object; {@code time} (seconds since
 * 1970 with a fraction, as number or text), {@code host}, {@code source}, {@code sourcetype}, {@code index} and {@code
 * fields} lie around it. ECS has no place for the last three but {@code labels}; they are {@code wanglou.ingest.*}.
 *
 * @param payload of the event
 * @param document whether it is a JSON object
 * @param fields around it, by ECS name
 * @param index where its sender wants it
 * @param code HEC's, 0 when it is an event
 * @param text HEC's words for the code
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record HecEvent(byte[] payload, boolean document, Map<String, Object> fields, String index, int code, String text) {
    private static final int ENVELOPE_LIMIT = 256 << 10;

    /** @param given fields that the request's parameters say for all its events */
    static HecEvent read(byte[] body, int from, int to, Map<String, Object> given) {
        Map<String, int[]> members = new HashMap<>();
        boolean object =
                JsonCutter.members(body, from, to, (key, start, end) -> members.put(key, new int[] {start, end}));
        if (!object) {
            return fault(6, "Invalid data format");
        }
        int[] event = members.remove("event");
        Map<String, Object> fields = new TreeMap<>(given);
        StringBuilder index = new StringBuilder();
        for (Map.Entry<String, int[]> member : members.entrySet()) {
            int[] extent = member.getValue();
            if (extent[1] - extent[0] > ENVELOPE_LIMIT) {
                return fault(6, "Invalid data format");
            }
            var value = JsonText.tree(body, extent[0], extent[1]);
            if (value.isEmpty()) {
                return fault(6, "Invalid data format");
            }
            put(fields, member.getKey(), value.get());
            if (member.getKey().equals("index")) {
                index.append(value.get().asText());
            }
        }
        if (event == null || is(body, event, "null")) {
            return fault(12, "Event field is required");
        }
        if (is(body, event, "\"\"")) {
            return fault(13, "Event field cannot be blank");
        }
        byte[] raw = Arrays.copyOfRange(body, event[0], event[1]);
        if (raw[0] != '"') {
            boolean document = raw[0] == '{';
            return new HecEvent(raw, document, fields, index.toString(), 0, "");
        }
        byte[] utf8 = Text.of(raw).getBytes(StandardCharsets.UTF_8);
        return JsonText.string(utf8, 0, utf8.length)
                .map(line -> new HecEvent(
                        line.getBytes(StandardCharsets.UTF_8), line.startsWith("{"), fields, index.toString(), 0, ""))
                .orElseGet(() -> fault(6, "Invalid data format"));
    }

    /** What the parameters of a request say of all its events. */
    static Map<String, Object> parameters(Map<String, String> query) {
        Map<String, Object> fields = new TreeMap<>();
        for (String name : new String[] {"host", "source", "sourcetype", "index", "time"}) {
            String value = query.get(name);
            if (value != null && !value.isEmpty()) {
                put(fields, name, com.fasterxml.jackson.databind.node.TextNode.valueOf(value));
            }
        }
        return fields;
    }

    private static void put(Map<String, Object> fields, String key, JsonNode value) {
        String text = value.isValueNode() && !value.isNull() ? value.asText() : "";
        switch (key) {
            case "time" -> time(fields, text);
            case "host" -> set(fields, Ecs.HOST_NAME.name(), text);
            case "source" -> {
                boolean path = text.startsWith("/") || text.matches("[A-Za-z]:\\\\.*");
                set(fields, path ? Ecs.LOG_FILE_PATH.name() : "wanglou.ingest.source", text);
            }
            case "sourcetype" -> set(fields, "wanglou.ingest.sourcetype", text);
            case "index" -> set(fields, "wanglou.ingest.index", text);
            case "fields" ->
                value.fields().forEachRemaining(field -> {
                    JsonNode one = field.getValue();
                    String label = "labels." + field.getKey().replace('.', '_');
                    set(fields, label, one.isValueNode() ? one.asText() : one.toString());
                });
            default -> {
                // no key of HEC: Splunk drops it, here it stays
                set(fields, "wanglou.ingest.hec." + key, value.isValueNode() ? text : value.toString());
            }
        }
    }

    private static void set(Map<String, Object> fields, String name, String value) {
        if (!value.isEmpty()) {
            fields.put(name, value);
        }
    }

    /** Seconds with a fraction; more than 12 digits before the point are milliseconds, as some shippers send. */
    private static void time(Map<String, Object> fields, String text) {
        if (text.matches("\\d{1,12}(\\.\\d{1,18})?([eE]\\+?\\d{1,2})?|\\d{13}")) {
            long millis = text.matches("\\d{13}")
                    ? Long.parseLong(text)
                    : new java.math.BigDecimal(text).movePointRight(3).longValue();
            if (millis > 0) {
                fields.put(Ecs.TIMESTAMP.name(), millis);
            }
        } else if (!text.isEmpty()) {
            fields.put("wanglou.ingest.hec.time", text);
        }
    }

    private static boolean is(byte[] body, int[] extent, String text) {
        return extent[1] - extent[0] == text.length()
                && new String(body, extent[0], text.length(), StandardCharsets.ISO_8859_1).equals(text);
    }

    private static HecEvent fault(int code, String text) {
        return new HecEvent(new byte[0], false, Map.of(), "", code, text);
    }
}
