package org.wanglou.bus.codec;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.wanglou.model.Ecs;
import org.wanglou.model.Event;
import org.wanglou.model.Field;

/**
 * Event ↔ ECS 8 JSON, UTF-8. Writes nested objects; reads nested and dotted names alike. TIME fields are ISO 8601 with Z
 * on the wire; a text that is no time goes to {@link Event#extra()} unchanged under its name with {@code _text}. Numbers
 * in TEXT fields become their text. Thread-safe.
 */
public final class EventCodec {
    /** Nesting deeper than this is refused as malformed. */
    static final int MAX_DEPTH = 64;

    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH)
                    .maxStringLength(4 << 20)
                    .maxNumberLength(200)
                    .build())
            // as the quick way writes them
            .enable(JsonWriteFeature.COMBINE_UNICODE_SURROGATES_IN_UTF8)
            .build();

    private EventCodec() {}

    /**
     * Event to one line of JSON without the line feed.
     *
     * @throws UncheckedIOException when a name holds half of a surrogate pair, which has no UTF-8; in a value it is escaped
     */
    public static byte[] encode(Event event) {
        JsonBytes json = new JsonBytes(2048);
        json.one('{');
        if (EventWriter.write(json, event)) {
            json.one('}');
            return json.toArray();
        }
        event.extra().keySet().forEach(EventCodec::requireCharacters);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(1024);
        try (JsonGenerator out = JSON.createGenerator(bytes)) {
            out.writeStartObject();
            writeOdd(out, event);
            out.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** Whatever the names. */
    static void writeOdd(JsonGenerator out, Event event) throws IOException {
        TreeMap<String, Object> flat = new TreeMap<>(event.extra());
        for (int slot = 0; slot < Ecs.slots(); slot++) {
            Field field = Ecs.at(slot);
            Object value = event.get(field);
            if (value != null) {
                flat.put(
                        field.name(),
                        field.type() == Field.Type.TIME && value instanceof Long millis
                                ? Instant.ofEpochMilli(millis).toString()
                                : value);
            }
        }
        write(out, new ArrayList<>(flat.entrySet()), 0, flat.size(), 0, 1);
    }

    /** The generator refuses such values by itself; names it would write as bytes that nobody can read. */
    private static void requireCharacters(String name) {
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (Character.isHighSurrogate(c) && i + 1 < name.length() && Character.isLowSurrogate(name.charAt(i + 1))) {
                i++;
            } else if (Character.isSurrogate(c)) {
                throw new UncheckedIOException(new IOException("a name holds half of a surrogate pair"));
            }
        }
    }

    /**
     * Writes entries [from, to), all of which share their first {@code prefix} characters, as members of one object. A
     * name with more parts than may be nested keeps the rest of its dots.
     */
    private static void write(
            JsonGenerator out, List<Map.Entry<String, Object>> entries, int from, int to, int prefix, int depth)
            throws IOException {
        int at = from;
        while (at < to) {
            String name = entries.get(at).getKey();
            int dot = name.indexOf('.', prefix);
            if (dot <= prefix || dot == name.length() - 1 || depth >= MAX_DEPTH - 2) {
                out.writeFieldName(name.substring(prefix));
                writeValue(out, entries.get(at).getValue());
                at++;
                continue;
            }
            String head = name.substring(prefix, dot);
            int end = at;
            while (end < to && startsWithHead(entries.get(end).getKey(), prefix, head)) {
                end++;
            }
            if (leafBefore(entries, from, at, prefix, head)) {
                // "a" is a value and "a.b" another: JSON cannot nest both, so the longer one keeps its dotted name
                for (int i = at; i < end; i++) {
                    out.writeFieldName(entries.get(i).getKey().substring(prefix));
                    writeValue(out, entries.get(i).getValue());
                }
            } else {
                out.writeObjectFieldStart(head);
                write(out, entries, at, end, dot + 1, depth + 1);
                out.writeEndObject();
            }
            at = end;
        }
    }

    private static boolean startsWithHead(String name, int prefix, String head) {
        int end = prefix + head.length();
        return name.length() > end && name.charAt(end) == '.' && name.startsWith(head, prefix);
    }

    private static boolean leafBefore(
            List<Map.Entry<String, Object>> entries, int from, int at, int prefix, String head) {
        for (int i = at - 1; i >= from; i--) {
            String name = entries.get(i).getKey();
            if (name.length() == prefix + head.length() && name.startsWith(head, prefix)) {
                return true;
            }
            if (!name.startsWith(head, prefix)) {
                return false;
            }
        }
        return false;
    }

    static void writeValue(JsonGenerator out, Object value) throws IOException {
        if (value == Event.NULL) {
            out.writeNull();
        } else if (value instanceof String text) {
            out.writeString(text);
        } else if (value instanceof Long number) {
            out.writeNumber(number);
        } else if (value instanceof Double number) {
            out.writeNumber(number);
        } else if (value instanceof Boolean flag) {
            out.writeBoolean(flag);
        } else if (value instanceof List<?> list) {
            out.writeStartArray();
            for (Object item : list) {
                writeValue(out, item);
            }
            out.writeEndArray();
        } else {
            out.writeString(String.valueOf(value));
        }
    }

    /**
     * One JSON object to an event.
     *
     * @throws IOException when the bytes are no JSON object within the bounds; the message says where
     */
    public static Event decode(byte[] json) throws IOException {
        return decode(json, 0, json.length);
    }

    /** As {@link #decode(byte[])}, of a slice. */
    public static Event decode(byte[] json, int offset, int length) throws IOException {
        Event.Builder event = Event.builder();
        try (JsonParser in = JSON.createParser(json, offset, length)) {
            if (in.nextToken() != JsonToken.START_OBJECT) {
                throw new IOException("not a JSON object");
            }
            readObject(in, "", event);
            if (in.nextToken() != null) {
                throw new IOException("trailing content after the JSON object");
            }
        }
        return event.build();
    }

    private static void readObject(JsonParser in, String prefix, Event.Builder event) throws IOException {
        boolean empty = true;
        while (in.nextToken() != JsonToken.END_OBJECT) {
            empty = false;
            String name = prefix.isEmpty() ? in.currentName() : prefix + '.' + in.currentName();
            JsonToken token = in.nextToken();
            if (token == JsonToken.START_OBJECT) {
                readObject(in, name, event);
            } else {
                put(event, name, readValue(in, token));
            }
        }
        if (empty && !prefix.isEmpty()) {
            event.set(prefix, "{}");
        }
    }

    private static Object readValue(JsonParser in, JsonToken token) throws IOException {
        switch (token) {
            case VALUE_STRING:
                return in.getText();
            case VALUE_NUMBER_INT:
                return in.getNumberType() == JsonParser.NumberType.BIG_INTEGER
                        ? in.getText()
                        : (Object) in.getLongValue();
            case VALUE_NUMBER_FLOAT:
                return in.getDoubleValue();
            case VALUE_TRUE:
                return Boolean.TRUE;
            case VALUE_FALSE:
                return Boolean.FALSE;
            case VALUE_NULL:
                return Event.NULL;
            case START_ARRAY:
                List<Object> list = new ArrayList<>();
                for (JsonToken item = in.nextToken(); item != JsonToken.END_ARRAY; item = in.nextToken()) {
                    if (item == JsonToken.START_OBJECT) {
                        list.add(objectText(in));
                    } else {
                        list.add(readValue(in, item));
                    }
                }
                return list;
            default:
                throw new IOException("unexpected " + token);
        }
    }

    /** An object inside an array has no dotted name: it is kept as its JSON text. */
    private static String objectText(JsonParser in) throws IOException {
        java.io.StringWriter text = new java.io.StringWriter();
        try (JsonGenerator out = JSON.createGenerator(text)) {
            out.copyCurrentStructure(in);
        }
        return text.toString();
    }

    private static void put(Event.Builder event, String name, Object value) {
        Optional<Field> known = Ecs.named(name);
        if (known.isEmpty() || value == Event.NULL) {
            event.set(name, value);
            return;
        }
        Field field = known.get();
        Object fitted = fit(field.type(), value);
        if (fitted == null) {
            event.set(name + "_text", value);
        } else {
            event.set(field, fitted);
        }
    }

    private static @Nullable Object fit(Field.Type type, Object value) {
        switch (type) {
            case TEXT, ADDRESS:
                return value instanceof List<?> list
                        ? (list.size() == 1 ? String.valueOf(list.get(0)) : list)
                        : String.valueOf(value);
            case TEXTS:
                if (value instanceof List<?> list) {
                    return list.stream().map(String::valueOf).toList();
                }
                return List.of(String.valueOf(value));
            case NUMBER:
                return number(value);
            case TIME:
                return value instanceof Long millis ? millis : time(String.valueOf(value));
        }
        return null;
    }

    private static @Nullable Object number(Object value) {
        if (value instanceof Long number) {
            return number;
        }
        if (value instanceof Double number && number == Math.rint(number)) {
            return number.longValue();
        }
        if (value instanceof String text && text.length() <= 19 && !text.isEmpty()) {
            try {
                return Long.parseLong(text);
            } catch (NumberFormatException e) {
                return null;
            }
        }
        return null;
    }

    private static @Nullable Object time(String text) {
        try {
            return Instant.parse(text).toEpochMilli();
        } catch (DateTimeParseException e) {
            try {
                return OffsetDateTime.parse(text).toInstant().toEpochMilli();
            } catch (DateTimeParseException stillNot) {
                return null;
            }
        }
    }
}
