package org.wanglou.ui.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.javalin.http.Context;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A JSON object that was sent, read field by field: each reading checks type and bound, and throws a {@link Problem} that
 * names the field. Unknown fields are left alone. Immutable.
 */
public final class Body {
    /** Characters of any text that has no bound of its own. */
    public static final int TEXT = 4_000;

    private final JsonNode node;
    private final String pointer;

    private Body(JsonNode node, String pointer) {
        this.node = node;
        this.pointer = pointer;
    }

    /** The request's body, an empty object when there is none. */
    public static Body of(Context http) {
        byte[] bytes = http.bodyAsBytes();
        String type = Optional.ofNullable(http.contentType()).orElse("").toLowerCase(Locale.ROOT);
        if (bytes.length > 0 && !type.startsWith("application/json")) {
            throw Problem.of(415, "media-type");
        }
        return new Body(
                Json.object(bytes.length == 0 ? new byte[] {'{', '}'} : bytes)
                        .orElseThrow(() -> Problem.of(400, "bad-request")),
                "");
    }

    private Optional<JsonNode> value(String name) {
        JsonNode value = node.get(name);
        return value == null || value.isNull() ? Optional.empty() : Optional.of(value);
    }

    private Problem wrong(String name, String key) {
        return Problem.field(pointer + "/" + name, key);
    }

    public boolean has(String name) {
        return value(name).isPresent();
    }

    /** Text of at most so many characters; empty when missing. */
    public String text(String name, int most) {
        Optional<JsonNode> value = value(name);
        if (value.isEmpty()) {
            return "";
        }
        if (!value.get().isTextual()) {
            throw wrong(name, "field.text");
        }
        String text = value.get().textValue();
        if (text.length() > most) {
            throw wrong(name, "field.long");
        }
        return text;
    }

    public String text(String name) {
        return text(name, TEXT);
    }

    /** Text that must not be blank. */
    public String required(String name, int most) {
        String text = text(name, most);
        if (text.isBlank()) {
            throw wrong(name, "field.required");
        }
        return text;
    }

    public long number(String name, long absent) {
        Optional<JsonNode> value = value(name);
        if (value.isEmpty()) {
            return absent;
        }
        if (!value.get().isIntegralNumber() || !value.get().canConvertToLong()) {
            throw wrong(name, "field.number");
        }
        return value.get().longValue();
    }

    public int number(String name, int absent, int least, int most) {
        long number = number(name, absent);
        if (number < least || number > most) {
            throw wrong(name, "field.range");
        }
        return (int) number;
    }

    public double decimal(String name, double absent) {
        Optional<JsonNode> value = value(name);
        if (value.isEmpty()) {
            return absent;
        }
        if (!value.get().isNumber()) {
            throw wrong(name, "field.number");
        }
        return value.get().doubleValue();
    }

    public boolean truth(String name) {
        return value(name)
                .map(value -> {
                    if (!value.isBoolean()) {
                        throw wrong(name, "field.boolean");
                    }
                    return value.booleanValue();
                })
                .orElseThrow(() -> wrong(name, "field.required"));
    }

    /** One of an enum's words; required. */
    public <E extends Enum<E>> E word(String name, Class<E> type) {
        return Json.constant(type, required(name, 64)).orElseThrow(() -> wrong(name, "field.word"));
    }

    /** An object inside; an empty one when missing. */
    public Body object(String name) {
        Optional<JsonNode> value = value(name);
        if (value.isPresent() && !value.get().isObject()) {
            throw wrong(name, "bad-request");
        }
        return new Body(value.orElseGet(() -> Json.tree("{}")), pointer + "/" + name);
    }

    /** The objects of a list; at most so many. */
    public List<Body> objects(String name, int most) {
        Optional<JsonNode> value = value(name);
        if (value.isEmpty()) {
            return List.of();
        }
        if (!value.get().isArray() || value.get().size() > most) {
            throw wrong(name, value.get().isArray() ? "field.range" : "field.list");
        }
        List<Body> objects = new ArrayList<>();
        for (JsonNode item : value.get()) {
            if (!item.isObject()) {
                throw wrong(name + "/" + objects.size(), "bad-request");
            }
            objects.add(new Body(item, pointer + "/" + name + "/" + objects.size()));
        }
        return objects;
    }

    /** Words of an enum by key, at most 16. */
    public <E extends Enum<E>> Map<String, E> words(String name, Class<E> type) {
        Body object = object(name);
        Map<String, E> words = new LinkedHashMap<>();
        object.node.fieldNames().forEachRemaining(key -> {
            if (words.size() >= 16) {
                throw wrong(name, "field.range");
            }
            words.put(key, object.word(key, type));
        });
        return words;
    }
}
