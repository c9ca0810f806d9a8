package org.wanglou.sensors.listen.http;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The head of a request as protocols see it. Immutable.
 *
 * @param method as sent
 * @param path without the query, not decoded
 * @param query of two equal names the last
 * @param headers by lower-case name
 * @param peer the sender's address
 */
public record Call(String method, String path, Map<String, String> query, Map<String, String> headers, String peer) {
    public Call {
        query = Map.copyOf(query);
        headers = Map.copyOf(headers);
    }

    /** @param target path and query as in the request line */
    public static Call of(String method, String target, Map<String, String> headers, String peer) {
        int mark = target.indexOf('?');
        Map<String, String> query = new HashMap<>();
        if (mark >= 0) {
            for (String pair : target.substring(mark + 1).split("&", 64)) {
                int equals = pair.indexOf('=');
                query.put(
                        equals < 0 ? pair : decoded(pair.substring(0, equals)),
                        equals < 0 ? "" : decoded(pair.substring(equals + 1)));
            }
        }
        return new Call(method, mark < 0 ? target : target.substring(0, mark), query, headers, peer);
    }

    /** Per cent signs undone; as it is when they are malformed. */
    public static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return text;
        }
    }

    public Optional<String> header(String lowerCaseName) {
        return Optional.ofNullable(headers.get(lowerCaseName));
    }

    /** The media type without its parameters, in lower case; empty when none is given. */
    public String mediaType() {
        return header("content-type").orElse("").split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    }

    /** What the ids of a batch begin with: the sender's key, else the digest of the body. */
    public String batch(byte[] body) {
        return header("idempotency-key").map(key -> "key " + key).orElseGet(() -> org.wanglou.crypto.sm.Sm3.hex(body));
    }

    /** The path with a trailing slash taken off. */
    public String plainPath() {
        return path.length() > 1 && path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    }
}
