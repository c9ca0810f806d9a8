package org.wanglou.bench.receive;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * One request as it came. Immutable.
 *
 * @param id {@code webhook-id}
 * @param nanos {@link System#nanoTime()} after it was verified
 * @param millis wall time of its arrival
 * @param headers by lower-case name
 * @param verified whether the product's verifier accepts both signatures
 * @param answered the status it was answered with
 */
public record Arrival(
        String id, long nanos, long millis, Map<String, String> headers, byte[] body, boolean verified, int answered) {
    private static final ObjectMapper JSON = new ObjectMapper();

    public Arrival {
        headers = Map.copyOf(headers);
    }

    /** The CloudEvents body. */
    public JsonNode json() {
        try {
            return JSON.readTree(body);
        } catch (IOException e) {
            throw new IllegalStateException("a message is no JSON", e);
        }
    }

    public String incident() {
        return json().path("data").path("incidentId").asText();
    }

    public String reason() {
        return json().path("data").path("reason").asText();
    }

    /** Acting addresses and accounts. */
    public List<String> actors() {
        List<String> actors = new ArrayList<>();
        json().path("data").path("actors").forEach(actor -> actors.add(actor.asText()));
        return actors;
    }
}
