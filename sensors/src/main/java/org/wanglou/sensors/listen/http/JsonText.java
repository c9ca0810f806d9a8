package org.wanglou.sensors.listen.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Optional;

/** Reads small JSON values of an extent; what is none is empty. Nesting is bounded by 64. Pure. */
public final class JsonText {
    private static final ObjectMapper MAPPER = new ObjectMapper(JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(64)
                    .maxNumberLength(100)
                    .build())
            .build());

    private JsonText() {}

    /** The string that an extent with its quotes is. */
    public static Optional<String> string(byte[] bytes, int from, int to) {
        try (JsonParser parser = MAPPER.getFactory().createParser(bytes, from, to - from)) {
            return parser.nextToken() == JsonToken.VALUE_STRING ? Optional.of(parser.getText()) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** The value that an extent is, and nothing behind it. */
    public static Optional<JsonNode> tree(byte[] bytes, int from, int to) {
        try (JsonParser parser = MAPPER.getFactory().createParser(bytes, from, to - from)) {
            JsonNode tree = MAPPER.readTree(parser);
            return tree == null || parser.nextToken() != null ? Optional.empty() : Optional.of(tree);
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
