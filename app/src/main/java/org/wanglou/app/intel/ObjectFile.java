package org.wanglou.app.intel;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;
import org.wanglou.rules.indicators.read.Json;

/**
 * The newest version of every object of a collection, in one file {@code {"objects":[…]}}. New objects are gathered beside
 * it and merged when all are there: memory holds the ids of what is new, never the objects. Confined to its thread.
 */
final class ObjectFile implements AutoCloseable {
    /** What a page says of the next one. */
    record Page(boolean more, String next) {}

    private final Path file;
    private final Path gathered;
    private final Map<String, String> newest = new HashMap<>();
    private final JsonGenerator out;

    ObjectFile(Path file) throws IOException {
        this.file = file;
        Files.createDirectories(file.toAbsolutePath().getParent());
        this.gathered = file.resolveSibling("." + file.getFileName() + ".gathered");
        this.out = generator(gathered);
    }

    private static JsonGenerator generator(Path path) throws IOException {
        JsonGenerator made =
                Json.mapper().createGenerator(new BufferedOutputStream(Files.newOutputStream(path), 1 << 16));
        made.writeStartObject();
        made.writeArrayFieldStart("objects");
        return made;
    }

    /** Takes a TAXII envelope in. */
    Page add(InputStream envelope) throws IOException {
        boolean more = false;
        String next = "";
        try (JsonParser parser = Json.mapper().createParser(envelope)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new IOException("an answer is no envelope of TAXII 2.1");
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                JsonToken value = parser.nextToken();
                if (name.equals("more")) {
                    more = value == JsonToken.VALUE_TRUE;
                } else if (name.equals("next")) {
                    next = value == JsonToken.VALUE_STRING ? parser.getText() : "";
                } else if (name.equals("objects") && value == JsonToken.START_ARRAY) {
                    objects(parser);
                } else {
                    parser.skipChildren();
                }
            }
        }
        return new Page(more, next);
    }

    private void objects(JsonParser parser) throws IOException {
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            JsonNode object = Json.tree(parser);
            String id = object.path("id").asText();
            String version =
                    object.path("modified").asText(object.path("created").asText());
            if (id.isEmpty() || version.compareTo(newest.getOrDefault(id, "")) < 0) {
                continue;
            }
            newest.put(id, version);
            Json.mapper().writeTree(out, object);
        }
    }

    /** Puts what was gathered into the file; gives how many objects came. */
    int merge() throws IOException {
        out.writeEndArray();
        out.writeEndObject();
        out.close();
        if (newest.isEmpty()) {
            return 0;
        }
        Path fresh = file.resolveSibling("." + file.getFileName() + ".new");
        try (JsonGenerator merged = generator(fresh)) {
            if (Files.exists(file)) {
                copy(
                        file,
                        merged,
                        object -> !newest.containsKey(object.path("id").asText()));
            }
            copy(gathered, merged, object -> newest.getOrDefault(
                            object.path("id").asText(), "")
                    .equals(object.path("modified")
                            .asText(object.path("created").asText())));
            merged.writeEndArray();
            merged.writeEndObject();
        }
        Cursor.durable(fresh);
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        return newest.size();
    }

    private static void copy(Path from, JsonGenerator to, Predicate<JsonNode> wanted) throws IOException {
        try (InputStream in = Files.newInputStream(from);
                JsonParser parser = Json.mapper().createParser(in)) {
            while (parser.nextToken() != JsonToken.START_ARRAY) {
                if (parser.currentToken() == null) {
                    return;
                }
            }
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                JsonNode object = Json.tree(parser);
                if (wanted.test(object)) {
                    Json.mapper().writeTree(to, object);
                }
            }
        }
    }

    @Override
    public void close() throws IOException {
        if (!out.isClosed()) {
            out.close();
        }
        Files.deleteIfExists(gathered);
    }
}
