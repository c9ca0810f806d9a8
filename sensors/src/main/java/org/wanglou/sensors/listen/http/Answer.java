package org.wanglou.sensors.listen.http;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * What is said to a request. Immutable.
 *
 * @param status HTTP's
 * @param mediaType of the body
 * @param headers besides length, type and {@code Retry-After}, which 429 and 503 always carry
 * @param body never changed once given
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Answer(int status, String mediaType, Map<String, String> headers, byte[] body) {
    public Answer {
        headers = Map.copyOf(headers);
    }

    public static Answer json(int status, String json) {
        return new Answer(status, "application/json", Map.of(), json.getBytes(StandardCharsets.UTF_8));
    }

    /** As this, with one header more. */
    public Answer with(String name, String value) {
        Map<String, String> more = new java.util.HashMap<>(headers);
        more.put(name, value);
        return new Answer(status, mediaType, more, body);
    }

    /** A JSON string with its quotes. */
    public static String quoted(String text) {
        return "\"" + new String(JsonStringEncoder.getInstance().quoteAsString(text)) + "\"";
    }
}
