package org.wanglou.sensors.listen;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;

/**
 * A shipper's document without the note to its receiver.
 *
 * @param document the bytes without {@code @metadata}
 * @param id {@code @metadata._id}; empty when it names none
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record LumberjackDocument(byte[] document, String id) {
    private static final JsonFactory JSON = new JsonFactory();
    private static final byte[] NOTE = "\"@metadata\"".getBytes(StandardCharsets.US_ASCII);

    /** What the pairs of version 1 are called in ECS. */
    private static final Map<String, String> NAMES =
            Map.of("line", "message", "file", "log.file.path", "offset", "log.offset", "host", "host.name");

    /** Never fails: what is no JSON object is left as it is. */
    static LumberjackDocument read(byte[] bytes) {
        int at = find(bytes);
        if (at < 0) {
            return new LumberjackDocument(bytes, "");
        }
        try (JsonParser parser = JSON.createParser(bytes)) {
            int before = -1;
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return new LumberjackDocument(bytes, "");
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                boolean note = parser.currentName().equals("@metadata");
                int name = (int) parser.currentTokenLocation().getByteOffset();
                if (parser.nextToken() == JsonToken.START_OBJECT && note) {
                    String id = id(parser);
                    return new LumberjackDocument(
                            without(bytes, before < 0, name, (int)
                                    parser.currentLocation().getByteOffset()),
                            id);
                }
                parser.skipChildren();
                before = name;
            }
        } catch (IOException e) {
            // no JSON: the format says so
        }
        return new LumberjackDocument(bytes, "");
    }

    private static String id(JsonParser parser) throws IOException {
        String id = "";
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            boolean own = parser.currentName().equals("_id");
            JsonToken value = parser.nextToken();
            if (own && value != null && value.isScalarValue() && value != JsonToken.VALUE_NULL) {
                id = parser.getText();
            }
            parser.skipChildren();
        }
        return id;
    }

    /** Takes a field out with the comma behind it or, if it is the last, the one before. */
    private static byte[] without(byte[] bytes, boolean first, int from, int to) {
        int end = to;
        while (end < bytes.length && bytes[end] <= ' ' && bytes[end] >= 0) {
            end++;
        }
        int start = from;
        if (end < bytes.length && bytes[end] == ',') {
            end++;
        } else {
            end = to;
            while (!first && start > 0 && bytes[start] != ',') {
                start--;
            }
        }
        byte[] rest = Arrays.copyOf(bytes, bytes.length - (end - start));
        System.arraycopy(bytes, end, rest, start, bytes.length - end);
        return rest;
    }

    private static int find(byte[] bytes) {
        for (int i = 0; i <= bytes.length - NOTE.length; i++) {
            if (bytes[i] == '"' && Arrays.equals(bytes, i, i + NOTE.length, NOTE, 0, NOTE.length)) {
                return i;
            }
        }
        return -1;
    }

    /** The document that pairs of version 1 stand for. */
    static byte[] of(Map<String, byte[]> pairs) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = JSON.createGenerator(bytes)) {
            json.writeStartObject();
            for (Map.Entry<String, byte[]> pair : pairs.entrySet()) {
                json.writeStringField(
                        NAMES.getOrDefault(pair.getKey(), pair.getKey()),
                        org.wanglou.sensors.frame.Text.of(pair.getValue()));
            }
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
