package org.wanglou.rules.sigma.derive;

import java.nio.charset.StandardCharsets;

/**
 * Percent-encoding taken off (RFC 3986, section 2.1), and what attackers' tools and lenient servers read as such:
 * {@code %uXXXX}, overlong UTF-8 of two and three bytes. What is no encoding stays as it is. Stateless.
 */
final class Percent {
    private Percent() {}

    /** @param plus true when {@code +} after the first question mark is a space (as forms are sent) */
    static String decode(String text, boolean plus) {
        int first = text.indexOf('%');
        int query = plus ? text.indexOf('?') : -1;
        if (first < 0 && (query < 0 || text.indexOf('+', query) < 0)) {
            return text;
        }
        StringBuilder out = new StringBuilder(text.length());
        byte[] bytes = new byte[text.length() / 3 + 1];
        for (int i = 0; i < text.length(); ) {
            char c = text.charAt(i);
            if (c == '%') {
                int count = 0;
                while (hex(text, i + 1, 2) >= 0 && text.charAt(i) == '%') {
                    bytes[count++] = (byte) hex(text, i + 1, 2);
                    i += 3;
                }
                if (count > 0) {
                    append(out, bytes, count);
                    continue;
                }
                if (i + 1 < text.length() && (text.charAt(i + 1) | 0x20) == 'u' && hex(text, i + 2, 4) >= 0) {
                    out.append(narrow((char) hex(text, i + 2, 4)));
                    i += 6;
                    continue;
                }
            }
            out.append(c == '+' && query >= 0 && i > query ? ' ' : c);
            i++;
        }
        return out.toString();
    }

    /** The number that stands there in hexadecimal, −1 when none does. */
    static int hex(String text, int at, int digits) {
        if (at + digits > text.length()) {
            return -1;
        }
        int value = 0;
        for (int i = at; i < at + digits; i++) {
            int digit = Character.digit(text.charAt(i), 16);
            if (digit < 0 || text.charAt(i) > 'f') {
                return -1;
            }
            value = value << 4 | digit;
        }
        return value;
    }

    // Full-width forms are what %uFFxx is used for: ＜ in place of <.
    private static char narrow(char c) {
        return c >= 0xff01 && c <= 0xff5e ? (char) (c - 0xfee0) : c;
    }

    private static void append(StringBuilder out, byte[] bytes, int count) {
        int from = 0;
        for (int i = 0; i < count; i++) {
            int b = bytes[i] & 0xff;
            int overlong = -1;
            int length = 0;
            if ((b == 0xc0 || b == 0xc1) && i + 1 < count) {
                overlong = (b & 3) << 6 | bytes[i + 1] & 0x3f;
                length = 2;
            } else if (b == 0xe0 && i + 2 < count && (bytes[i + 1] & 0xff) < 0xa0) {
                overlong = (bytes[i + 1] & 0x3f) << 6 | bytes[i + 2] & 0x3f;
                length = 3;
            }
            if (length > 0) {
                out.append(new String(bytes, from, i - from, StandardCharsets.UTF_8));
                out.append((char) overlong);
                i += length - 1;
                from = i + 1;
            }
        }
        out.append(new String(bytes, from, count - from, StandardCharsets.UTF_8));
    }
}
