package org.wanglou.bus.codec;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.wanglou.model.Event;

/**
 * JSON as UTF-8 bytes in an array that grows: values of events, escaped as RFC 8259 §7 asks and no further, to the bytes that
 * Jackson would write. Confined to its thread.
 */
final class JsonBytes {
    private static final VarHandle EIGHT = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final byte[] HEX = "0123456789ABCDEF".getBytes(StandardCharsets.ISO_8859_1);
    /** Up to here reading character by character is cheaper than having the bytes made. */
    private static final int SHORT = 16;

    private static final int PLAIN = 0;
    private static final int HEXED = 1;
    /** What ASCII characters become: 0 for themselves, 1 for six characters, else the letter behind the backslash. */
    private static final byte[] ESCAPES = escapes();

    private byte[] bytes;
    private int size;

    JsonBytes(int room) {
        bytes = new byte[room];
    }

    private static byte[] escapes() {
        byte[] escapes = new byte[128];
        Arrays.fill(escapes, 0, 0x20, (byte) HEXED);
        String from = "\"\\\b\t\n\f\r";
        String to = "\"\\btnfr";
        for (int i = 0; i < from.length(); i++) {
            escapes[from.charAt(i)] = (byte) to.charAt(i);
        }
        return escapes;
    }

    private void room(int more) {
        if (bytes.length - size < more) {
            bytes = Arrays.copyOf(bytes, Math.max(size + more, 2 * bytes.length));
        }
    }

    byte[] toArray() {
        return Arrays.copyOf(bytes, size);
    }

    void one(char c) {
        room(1);
        bytes[size++] = (byte) c;
    }

    /** Bytes that are JSON already. */
    void raw(byte[] json) {
        room(json.length);
        System.arraycopy(json, 0, bytes, size, json.length);
        size += json.length;
    }

    /** So many objects end. */
    void end(int objects) {
        room(objects);
        for (int i = 0; i < objects; i++) {
            bytes[size++] = '}';
        }
    }

    void value(Object value) {
        if (value instanceof String text) {
            text(text);
        } else if (value instanceof Long number) {
            number(number);
        } else if (value instanceof List<?> list) {
            list(list);
        } else if (value == Event.NULL || value instanceof Boolean) {
            raw(value.toString().getBytes(StandardCharsets.ISO_8859_1));
        } else if (value instanceof Double number && Double.isFinite(number)) {
            raw(number.toString().getBytes(StandardCharsets.ISO_8859_1));
        } else {
            text(String.valueOf(value));
        }
    }

    private void list(List<?> list) {
        one('[');
        for (int i = 0; i < list.size(); i++) {
            if (i > 0) {
                one(',');
            }
            value(list.get(i));
        }
        one(']');
    }

    void number(long number) {
        if (number == Long.MIN_VALUE) {
            raw(Long.toString(number).getBytes(StandardCharsets.ISO_8859_1));
            return;
        }
        room(20);
        long left = number;
        if (left < 0) {
            bytes[size++] = '-';
            left = -left;
        }
        int digits = 1;
        for (long bound = 10; digits < 19 && left >= bound; bound *= 10) {
            digits++;
        }
        size += digits;
        for (int at = size - 1; digits > 0; digits--) {
            bytes[at--] = (byte) ('0' + left % 10);
            left /= 10;
        }
    }

    /** A time as text. */
    void time(long millis) {
        room(IsoTime.LONGEST + 2);
        bytes[size++] = '"';
        size = IsoTime.write(millis, bytes, size);
        bytes[size++] = '"';
    }

    private void text(String text) {
        int length = text.length();
        room(length + 2);
        byte[] out = bytes;
        int to = size;
        out[to++] = '"';
        int i = length > SHORT ? length : 0;
        for (; i < length; i++) {
            char c = text.charAt(i);
            if (c >= 128 || ESCAPES[c] != PLAIN) {
                break;
            }
            out[to++] = (byte) c;
        }
        if (length <= SHORT && i == length) {
            out[to] = '"';
            size = to + 1;
            return;
        }
        size = to;
        encoded(text, text.getBytes(StandardCharsets.UTF_8), length > SHORT ? 0 : i);
        one('"');
    }

    /** Writes the text's UTF-8 from an index on, of which what stands before is written. */
    private void encoded(String text, byte[] utf8, int from) {
        room(utf8.length - from + 1);
        int begin = size;
        int copied = from;
        boolean whole = false;
        int i = from;
        while (i < utf8.length) {
            if (i + 8 <= utf8.length && plain((long) EIGHT.get(utf8, i))) {
                i += 8;
                continue;
            }
            int end = Math.min(i + 8, utf8.length);
            for (; i < end; i++) {
                byte b = utf8[i];
                if (b == '?' && !whole) {
                    if (broken(text)) {
                        size = begin;
                        halves(text, from);
                        return;
                    }
                    whole = true;
                } else if (b >= 0 && ESCAPES[b] != PLAIN) {
                    copy(utf8, copied, i);
                    escape(b);
                    copied = i + 1;
                }
            }
        }
        copy(utf8, copied, utf8.length);
    }

    /*
     * Whether none of eight bytes is a control, a quote, a backslash or a question mark (which may stand for half of a
     * surrogate pair). A borrow from a lower byte can only claim too much, never too little (H. S. Warren, Hacker's Delight,
     * §6-1).
     */
    private static boolean plain(long eight) {
        long ones = 0x0101010101010101L;
        long quote = eight ^ 0x22 * ones;
        long slash = eight ^ 0x5c * ones;
        long question = eight ^ 0x3f * ones;
        long hit = (eight - 0x20 * ones) & ~eight
                | (quote - ones) & ~quote
                | (slash - ones) & ~slash
                | (question - ones) & ~question;
        return (hit & 0x80 * ones) == 0;
    }

    private void copy(byte[] from, int at, int to) {
        room(to - at + 1);
        System.arraycopy(from, at, bytes, size, to - at);
        size += to - at;
    }

    private void escape(byte b) {
        room(6);
        bytes[size++] = '\\';
        if (ESCAPES[b] != HEXED) {
            bytes[size++] = ESCAPES[b];
            return;
        }
        bytes[size++] = 'u';
        bytes[size++] = '0';
        bytes[size++] = '0';
        bytes[size++] = HEX[b >> 4];
        bytes[size++] = HEX[b & 15];
    }

    /** Whether a text has half of a surrogate pair. */
    private static boolean broken(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                if (!pair(text, i)) {
                    return true;
                }
                i++;
            }
        }
        return false;
    }

    private static boolean pair(String text, int i) {
        return Character.isHighSurrogate(text.charAt(i))
                && i + 1 < text.length()
                && Character.isLowSurrogate(text.charAt(i + 1));
    }

    /** Half of a surrogate pair has no UTF-8: it is written as an escape, as Jackson does, and nothing is lost. */
    private void halves(String text, int from) {
        int start = from;
        for (int i = from; i < text.length(); i++) {
            if (!Character.isSurrogate(text.charAt(i))) {
                continue;
            }
            if (pair(text, i)) {
                i++;
                continue;
            }
            between(text, start, i);
            room(6);
            bytes[size++] = '\\';
            bytes[size++] = 'u';
            for (int shift = 12; shift >= 0; shift -= 4) {
                bytes[size++] = HEX[text.charAt(i) >> shift & 15];
            }
            start = i + 1;
        }
        between(text, start, text.length());
    }

    private void between(String text, int from, int to) {
        encoded(text.substring(from, to), text.substring(from, to).getBytes(StandardCharsets.UTF_8), 0);
    }
}
