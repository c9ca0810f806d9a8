package org.wanglou.rules.sigma.match.view;

import org.wanglou.rules.sigma.Fold;

/**
 * UTF-8 of texts as the matcher compares them: half of a surrogate pair, which UTF-8 has not, is written as its three bytes
 * would be, so that no two texts get the same bytes. Pure.
 */
public final class Utf8 {
    /** ASCII to its lower case; all else stays. */
    public static final byte[] LOWER = new byte[256];

    /** Every byte to itself. */
    public static final byte[] SAME = new byte[256];

    static {
        for (int i = 0; i < 256; i++) {
            SAME[i] = (byte) i;
            LOWER[i] = (byte) (i >= 'A' && i <= 'Z' ? i + 32 : i);
        }
    }

    private Utf8() {}

    public static byte[] of(String text) {
        byte[] bytes = new byte[text.length() * 3];
        return java.util.Arrays.copyOf(bytes, write(text, bytes, 0));
    }

    /** Writes a text where there is room for three bytes for each {@code char}; gives where it ended. */
    static int write(String text, byte[] into, int from) {
        int at = from;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < 0x80) {
                into[at++] = (byte) c;
            } else if (Character.isHighSurrogate(c)
                    && i + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(i + 1))) {
                at = write(Character.toCodePoint(c, text.charAt(++i)), into, at);
            } else {
                at = write(c, into, at);
            }
        }
        return at;
    }

    static int write(int c, byte[] into, int from) {
        int at = from;
        if (c < 0x80) {
            into[at++] = (byte) c;
        } else if (c < 0x800) {
            into[at++] = (byte) (0xc0 | c >> 6);
            into[at++] = (byte) (0x80 | c & 0x3f);
        } else if (c < 0x10000) {
            into[at++] = (byte) (0xe0 | c >> 12);
            into[at++] = (byte) (0x80 | c >> 6 & 0x3f);
            into[at++] = (byte) (0x80 | c & 0x3f);
        } else {
            into[at++] = (byte) (0xf0 | c >> 18);
            into[at++] = (byte) (0x80 | c >> 12 & 0x3f);
            into[at++] = (byte) (0x80 | c >> 6 & 0x3f);
            into[at++] = (byte) (0x80 | c & 0x3f);
        }
        return at;
    }

    /** How many bytes the character has that begins with this one; 1 for a byte that begins none. */
    public static int length(byte first) {
        int b = first & 0xff;
        return b < 0xc0 ? 1 : b < 0xe0 ? 2 : b < 0xf0 ? 3 : 4;
    }

    /**
     * The character at an index, by the strict rules of UTF-8 or, where {@code halves}, with halves of pairs too; −1 when there
     * is none.
     */
    static int read(byte[] bytes, int at, int end, boolean halves) {
        int b = bytes[at] & 0xff;
        if (b < 0x80) {
            return b;
        }
        int length = b < 0xc2 ? 0 : b < 0xe0 ? 2 : b < 0xf0 ? 3 : b < 0xf5 ? 4 : 0;
        if (length == 0 || at + length > end) {
            return -1;
        }
        int c = b & 0xff >> length + 1;
        for (int i = 1; i < length; i++) {
            if ((bytes[at + i] & 0xc0) != 0x80) {
                return -1;
            }
            c = c << 6 | bytes[at + i] & 0x3f;
        }
        boolean valid = length == 2
                || length == 3 && c >= 0x800 && (halves || c < 0xd800 || c > 0xdfff)
                || length == 4 && c >= 0x10000 && c <= 0x10ffff;
        return valid ? c : -1;
    }

    /** Whether every character beyond ASCII folds to itself. */
    static boolean folded(byte[] bytes, int from, int end) {
        for (int i = from; i < end; ) {
            if (bytes[i] >= 0) {
                i++;
                continue;
            }
            int c = read(bytes, i, end, true);
            if ((c < 0x4e00 || c > 0x9fff) && Fold.fold(c) != c) {
                return false;
            }
            i += length(bytes[i]);
        }
        return true;
    }

    /** The text of bytes that {@link #of} made. */
    public static String text(byte[] bytes, int from, int length) {
        for (int i = from; i < from + length; i++) {
            if ((bytes[i] & 0xff) == 0xed) {
                return halves(bytes, from, length);
            }
        }
        return new String(bytes, from, length, java.nio.charset.StandardCharsets.UTF_8);
    }

    private static String halves(byte[] bytes, int from, int length) {
        StringBuilder text = new StringBuilder(length);
        int at = from;
        while (at < from + length) {
            int c = read(bytes, at, from + length, true);
            text.appendCodePoint(c);
            at += length(bytes[at]);
        }
        return text.toString();
    }
}
