package org.wanglou.alerting.evidence;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.wanglou.bus.codec.Jsons;
import org.wanglou.crypto.envelope.Jcs;
import org.wanglou.model.Incident;

/**
 * JSON texts that every store and every verifier accepts.
 *
 * <p>Log content is the attacker's to choose. A lone surrogate has no UTF-8 form and RFC 8785 refuses it; PostgreSQL
 * refuses U+0000 in text. Either would make an incident impossible to keep, so both become U+FFFD before anything is kept.
 * Pure.
 */
public final class Texts {
    private static final char REPLACEMENT = '\uFFFD';

    private Texts() {}

    /** The record as canonical JSON (RFC 8785). */
    public static String canonical(Object record) {
        return Jcs.canonical(clean(Jsons.text(record)));
    }

    /** The incident without characters that cannot be kept; the same value when there are none. */
    public static Incident keepable(Incident incident) {
        String text = Jsons.text(incident);
        String clean = clean(text);
        if (clean.equals(text)) {
            return incident;
        }
        try {
            return Jsons.read(clean, Incident.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Replaces lone surrogates and escaped or raw U+0000 in a JSON text. */
    static String clean(String json) {
        StringBuilder clean = new StringBuilder(json.length());
        for (int i = 0; i < json.length(); i++) {
            char c = json.charAt(i);
            if (c == '\\' && i + 1 < json.length()) {
                if (json.startsWith("u0000", i + 1)) {
                    clean.append(REPLACEMENT);
                    i += 5;
                } else {
                    // The escaped character is copied with its backslash, so that "\\u0000" stays a backslash and text.
                    clean.append(c).append(json.charAt(++i));
                }
            } else if (Character.isHighSurrogate(c)
                    && i + 1 < json.length()
                    && Character.isLowSurrogate(json.charAt(i + 1))) {
                clean.append(c).append(json.charAt(++i));
            } else {
                clean.append(Character.isSurrogate(c) || c == '\0' ? REPLACEMENT : c);
            }
        }
        return clean.toString();
    }
}
