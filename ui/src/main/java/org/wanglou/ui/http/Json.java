package org.wanglou.ui.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/** JSON of requests and answers. Views are records; enums are written as words by hand. Thread-safe. */
public final class Json {
    private static final ObjectMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(16)
                            .maxStringLength(100_000)
                            .maxNumberLength(40)
                            .build())
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private Json() {}

    /**
     * UTF-8 JSON. By way of characters: a lone surrogate, which log content may hold, has no UTF-8 form and becomes a
     * question mark instead of a failed answer.
     */
    public static byte[] bytes(Object view) {
        return text(view).getBytes(StandardCharsets.UTF_8);
    }

    public static String text(Object view) {
        try {
            return MAPPER.writeValueAsString(view);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One object of the members of two views; the second's come last and replace the first's. */
    public static ObjectNode merged(Object view, Object more) {
        ObjectNode node = MAPPER.valueToTree(view);
        node.setAll(MAPPER.<ObjectNode>valueToTree(more));
        return node;
    }

    /** The tree of a JSON text that we wrote ourselves. */
    public static JsonNode tree(String json) {
        try {
            return MAPPER.readTree(json);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The object in a request's body; empty when it is none. */
    static Optional<JsonNode> object(byte[] body) {
        try {
            JsonNode node = MAPPER.readTree(body);
            return node != null && node.isObject() ? Optional.of(node) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** An enum constant as the API's word: lower case, {@code -} for {@code _}. */
    public static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Reads {@link #word}. */
    public static <E extends Enum<E>> Optional<E> constant(Class<E> type, String word) {
        for (E constant : type.getEnumConstants()) {
            if (word(constant).equals(word)) {
                return Optional.of(constant);
            }
        }
        return Optional.empty();
    }
}
