package org.wanglou.rules.indicators.value;

import java.net.IDN;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/**
 * Domain names in the form in which they travel: ASCII, lower case, no dot at the end. Labels in other scripts become
 * punycode (IDNA 2003, what the platform has). Stateless.
 */
public final class Domains {
    private static final int NAME_MAX = 253;

    private Domains() {}

    /** The canonical name; empty when the text is none, or an address. */
    public static Optional<String> canonical(String text) {
        int end = text.length();
        while (end > 0 && (text.charAt(end - 1) == '.' || text.charAt(end - 1) == '\u3002')) {
            end--;
        }
        if (end == 0 || end > 4 * NAME_MAX) {
            return Optional.empty();
        }
        String name = text.substring(0, end);
        boolean ascii = true;
        for (int i = 0; i < end; i++) {
            ascii &= name.charAt(i) < 128;
        }
        if (!ascii) {
            try {
                name = IDN.toASCII(name, IDN.ALLOW_UNASSIGNED);
            } catch (IllegalArgumentException e) {
                return Optional.empty();
            }
        }
        name = name.toLowerCase(Locale.ROOT);
        return sound(name) ? Optional.of(name) : Optional.empty();
    }

    /** The octets of the canonical name; the way of nearly all names is one pass over them. */
    static Optional<byte[]> octets(String text) {
        int end = text.length();
        if (end > 0 && text.charAt(end - 1) == '.') {
            end--;
        }
        if (end == 0 || end > NAME_MAX) {
            return slow(text);
        }
        byte[] octets = new byte[end];
        int label = 0;
        boolean digits = true;
        for (int i = 0; i < end; i++) {
            char c = text.charAt(i);
            if (c >= 'A' && c <= 'Z') {
                c += 32;
            }
            if (c == '.') {
                if (label == 0 || octets[i - 1] == '-') {
                    return slow(text);
                }
                label = 0;
                digits = true;
            } else {
                boolean letter = c >= 'a' && c <= 'z' || c == '_' || c == '-' && label > 0;
                if (!letter && (c < '0' || c > '9') || ++label > 63) {
                    return slow(text);
                }
                digits &= !letter;
            }
            octets[i] = (byte) c;
        }
        return label == 0 || digits ? slow(text) : Optional.of(octets);
    }

    private static Optional<byte[]> slow(String text) {
        return canonical(text).map(name -> name.getBytes(StandardCharsets.US_ASCII));
    }

    private static boolean sound(String name) {
        if (name.length() > NAME_MAX) {
            return false;
        }
        int label = 0;
        boolean digits = true;
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c == '.') {
                if (label == 0 || name.charAt(i - 1) == '-') {
                    return false;
                }
                label = 0;
                digits = true;
            } else {
                boolean letter = c >= 'a' && c <= 'z' || c == '_' || c == '-' && label > 0;
                if (!letter && (c < '0' || c > '9') || ++label > 63) {
                    return false;
                }
                digits &= !letter;
            }
        }
        // A last label of digits alone makes it an address, or a mistyped one.
        return label > 0 && !digits;
    }
}
