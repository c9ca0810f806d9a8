package org.wanglou.crypto.envelope;

import java.io.IOException;
import org.erdtman.jcs.JsonCanonicalizer;

/**
 * Canonical JSON (RFC 8785): one value, one sequence of bytes, so that it can be hashed and signed.
 *
 * <p>Stricter than the RFC where two readers could disagree: integers beyond 2^53, numbers that overflow, duplicate keys,
 * lone surrogates and nesting deeper than {@value StrictJson#MAX_DEPTH} are refused. Thread-safe.
 */
public final class Jcs {
    private Jcs() {}

    /**
     * The canonical form of an object or array.
     *
     * @throws IllegalArgumentException when the text is not JSON or is refused, naming the position
     */
    public static String canonical(String json) {
        StrictJson.check(json);
        try {
            return new JsonCanonicalizer(json).getEncodedString();
        } catch (IOException | RuntimeException e) {
            throw new IllegalArgumentException("not canonicalizable: " + e.getMessage(), e);
        }
    }

    /** Whether the text is an object or array and already in canonical form. */
    public static boolean isCanonical(String json) {
        try {
            return canonical(json).equals(json);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
