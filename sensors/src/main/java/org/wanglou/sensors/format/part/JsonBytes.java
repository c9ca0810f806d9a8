package org.wanglou.sensors.format.part;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.wanglou.model.Event;

/** The bytes of a JSON text and a place in them: blanks, strings, words, and passing over a value. Confined to its caller. */
abstract sealed class JsonBytes permits JsonScanner {
    static final int MAX_DEPTH = 64;

    private static final VarHandle WORD = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGHS = 0x8080808080808080L;
    private static final long BLANKS = 0x2020202020202020L;
    private static final long QUOTES = 0x2222222222222222L;
    private static final long SLASHES = 0x5c5c5c5c5c5c5c5cL;

    final byte[] bytes;
    final int end;
    int at;
    boolean foreign;
    boolean escaped;
    private boolean ascii;

    JsonBytes(byte[] bytes, int from, int to) {
        this.bytes = bytes;
        this.at = from;
        this.end = to;
    }

    /** Signals malformed input inside the scanner; never leaves it. */
    static final class Malformed extends RuntimeException {
        private static final long serialVersionUID = 1;
        static final Malformed INSTANCE = new Malformed();

        private Malformed() {
            super("not JSON", null, false, false);
        }
    }

    /** The index of the next byte that is no blank; the input must not end here. */
    final int solid(int from) {
        int i = from;
        while (i < end) {
            byte b = bytes[i];
            if (b > ' ' || b < 0) {
                return i;
            }
            if (b != ' ' && b != '\n' && b != '\r' && b != '\t') {
                throw Malformed.INSTANCE;
            }
            i++;
        }
        throw Malformed.INSTANCE;
    }

    /** As {@link #solid}; mostly there is no blank. */
    final int next(int from) {
        return from < end && bytes[from] > ' ' ? from : solid(from);
    }

    /** Passes one value. */
    final void skip(int depth) {
        if (at >= end || depth > MAX_DEPTH) {
            throw Malformed.INSTANCE;
        }
        byte b = bytes[at];
        if (b == '"') {
            at++;
            while (at < end && bytes[at] != '"') {
                at += bytes[at] == '\\' ? 2 : 1;
            }
            if (at >= end) {
                throw Malformed.INSTANCE;
            }
            at++;
        } else if (b == '{' || b == '[') {
            byte close = (byte) (b == '{' ? '}' : ']');
            at++;
            blanks();
            while (at < end && bytes[at] != close) {
                skip(depth + 1);
                blanks();
                if (at < end && (bytes[at] == ',' || bytes[at] == ':')) {
                    at++;
                    blanks();
                }
            }
            if (at >= end) {
                throw Malformed.INSTANCE;
            }
            at++;
        } else if (b == '-' || b >= '0' && b <= '9') {
            while (at < end && "+-.eE0123456789".indexOf(bytes[at]) >= 0) {
                at++;
            }
        } else {
            word();
        }
    }

    final Object word() {
        if (matches("true")) {
            return Boolean.TRUE;
        }
        if (matches("false")) {
            return Boolean.FALSE;
        }
        if (matches("null")) {
            return Event.NULL;
        }
        throw Malformed.INSTANCE;
    }

    private boolean matches(String word) {
        if (at + word.length() > end) {
            return false;
        }
        for (int i = 0; i < word.length(); i++) {
            if (bytes[at + i] != word.charAt(i)) {
                return false;
            }
        }
        at += word.length();
        return true;
    }

    /** The string at the current position, which is its opening quote. */
    final String text() {
        int from = at + 1;
        int to = quote(from);
        at = to + 1;
        return escaped ? unescape(from, to) : string(from, to);
    }

    /**
     * The index of the quote that ends a string, found eight bytes at a time: in a word, the lowest byte that is a quote, a
     * backslash or a control character gives the lowest marked bit (Hacker's Delight, finding a zero byte). Sets {@link
     * #escaped} when a backslash stands in the string.
     */
    final int quote(int from) {
        escaped = false;
        long seen = 0;
        int i = from;
        while (true) {
            while (i + 8 <= end) {
                long word = (long) WORD.get(bytes, i);
                long quote = word ^ QUOTES;
                long slash = word ^ SLASHES;
                long marks = (quote - ONES & ~quote | slash - ONES & ~slash | word - BLANKS & ~word) & HIGHS;
                if (marks != 0) {
                    int passed = Long.numberOfTrailingZeros(marks) >>> 3;
                    seen |= passed == 0 ? 0 : word << 64 - passed * 8;
                    i += passed;
                    break;
                }
                seen |= word;
                i += 8;
            }
            if (i >= end) {
                throw Malformed.INSTANCE;
            }
            byte b = bytes[i];
            if (b == '"') {
                ascii = (seen & HIGHS) == 0;
                return i;
            }
            seen |= b;
            if (b == '\\') {
                escaped = true;
                i++;
            } else if (b >= 0 && b < 0x20) {
                throw Malformed.INSTANCE;
            }
            i++;
        }
    }

    /** Whether the string read last is ASCII without escapes, one byte a character. */
    final boolean plain() {
        return ascii && !escaped;
    }

    final String slice(int from, int to) {
        ascii = false;
        return string(from, to);
    }

    final String string(int from, int to) {
        if (ascii) {
            return new String(bytes, from, to - from, StandardCharsets.ISO_8859_1);
        }
        String text = new String(bytes, from, to - from, StandardCharsets.UTF_8);
        if (text.length() != to - from && text.indexOf('\ufffd') >= 0) {
            foreign = true;
        }
        return text;
    }

    final String unescape(int from, int to) {
        return ascii ? unescapeAscii(from, to) : unescapeText(from, to);
    }

    /** Most escapes stand for one ASCII character: then bytes go to bytes. */
    private String unescapeAscii(int from, int to) {
        byte[] plain = new byte[to - from];
        int n = 0;
        for (int i = from; i < to; i++) {
            byte b = bytes[i];
            if (b == '\\') {
                b = i + 1 < to ? simple(bytes[++i]) : 0;
                if (b == 0) {
                    return unescapeText(from, to);
                }
            }
            plain[n++] = b;
        }
        return new String(plain, 0, n, StandardCharsets.ISO_8859_1);
    }

    private static byte simple(byte escape) {
        return switch (escape) {
            case '"', '\\', '/' -> escape;
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            default -> 0;
        };
    }

    private String unescapeText(int from, int to) {
        String raw = string(from, to);
        StringBuilder plain = new StringBuilder(raw.length());
        for (int i = 0; i < raw.length(); i++) {
            char c = raw.charAt(i);
            if (c != '\\') {
                plain.append(c);
                continue;
            }
            if (++i >= raw.length()) {
                throw Malformed.INSTANCE;
            }
            char e = raw.charAt(i);
            switch (e) {
                case '"', '\\', '/' -> plain.append(e);
                case 'b' -> plain.append('\b');
                case 'f' -> plain.append('\f');
                case 'n' -> plain.append('\n');
                case 'r' -> plain.append('\r');
                case 't' -> plain.append('\t');
                case 'u' -> {
                    plain.append(unicode(raw, i + 1));
                    i += 4;
                }
                default -> throw Malformed.INSTANCE;
            }
        }
        return plain.toString();
    }

    private static char unicode(String raw, int at) {
        if (at + 4 > raw.length()) {
            throw Malformed.INSTANCE;
        }
        int value = 0;
        for (int i = at; i < at + 4; i++) {
            int digit = Character.digit(raw.charAt(i), 16);
            if (digit < 0 || raw.charAt(i) > 'f') {
                throw Malformed.INSTANCE;
            }
            value = value * 16 + digit;
        }
        return (char) value;
    }

    final void blanks() {
        while (at < end) {
            byte b = bytes[at];
            if (b != ' ' && b != '\n' && b != '\r' && b != '\t') {
                return;
            }
            at++;
        }
    }
}
