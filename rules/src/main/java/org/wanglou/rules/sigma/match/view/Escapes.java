package org.wanglou.rules.sigma.match.view;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** The escapes of a JSON text (RFC 8259, section 7). Stateless. */
final class Escapes {
    private static final VarHandle WORD = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGHS = 0x8080808080808080L;
    private static final byte[] PLAIN = new byte[128];

    static {
        for (int i = 0; i < 8; i++) {
            PLAIN["\"\\/bfnrt".charAt(i)] = (byte) "\"\\/\b\f\n\r\t".charAt(i);
        }
    }

    private Escapes() {}

    /** How many bytes the escape has that begins at an index, 0 when it is none. */
    static int length(byte[] bytes, int at, int end) {
        if (at + 1 >= end) {
            return 0;
        }
        byte b = bytes[at + 1];
        if (b == 'u') {
            return unit(bytes, at + 2, end) < 0 ? 0 : 6;
        }
        return b >= 0 && PLAIN[b] != 0 ? 2 : 0;
    }

    /** Writes a value of a record, which has been checked, to the view's arena, without its escapes. */
    static void write(View view, int value) {
        byte[] bytes = view.raw[value];
        int at = view.from[value];
        int end = at + view.length[value];
        // Eight bytes are written at a time.
        int begin = view.room(end - at + 8);
        byte[] into = view.arena();
        int to = begin;
        boolean ascii = true;
        while (at < end) {
            int plain = plain(bytes, at, end, into, to);
            at += plain;
            to += plain;
            if (at >= end) {
                break;
            }
            byte b = bytes[at];
            if (b != '\\') {
                ascii = false;
                while (at < end && bytes[at] < 0) {
                    into[to++] = bytes[at++];
                }
            } else if (bytes[at + 1] != 'u') {
                into[to++] = PLAIN[bytes[at + 1]];
                at += 2;
            } else {
                int c = unit(bytes, at + 2, end);
                at += 6;
                if (Character.isHighSurrogate((char) c) && at + 6 <= end && bytes[at] == '\\' && bytes[at + 1] == 'u') {
                    int low = unit(bytes, at + 2, end);
                    if (Character.isLowSurrogate((char) low)) {
                        c = Character.toCodePoint((char) c, (char) low);
                        at += 6;
                    }
                }
                ascii &= c < 128;
                to = Utf8.write(c, into, to);
            }
        }
        view.used(to);
        view.set(value, into, begin, to - begin, ascii);
    }

    /** Copies ASCII up to the next backslash or other byte, possibly more than it says: how much of it counts. */
    private static int plain(byte[] bytes, int from, int end, byte[] into, int to) {
        int i = from;
        while (i + 8 <= end) {
            long word = (long) WORD.get(bytes, i);
            WORD.set(into, to + i - from, word);
            long back = word ^ 0x5c5c5c5c5c5c5c5cL;
            long found = ((back - ONES & ~back) | word) & HIGHS;
            if (found != 0) {
                return i - from + (Long.numberOfTrailingZeros(found) >>> 3);
            }
            i += 8;
        }
        while (i < end && bytes[i] >= 0 && bytes[i] != '\\') {
            into[to + i - from] = bytes[i];
            i++;
        }
        return i - from;
    }

    private static int unit(byte[] bytes, int at, int end) {
        if (at + 4 > end) {
            return -1;
        }
        int unit = 0;
        for (int i = at; i < at + 4; i++) {
            int b = bytes[i];
            int digit = b >= '0' && b <= '9' ? b - '0' : (b | 32) >= 'a' && (b | 32) <= 'f' ? (b | 32) - 'a' + 10 : -1;
            if (digit < 0) {
                return -1;
            }
            unit = unit << 4 | digit;
        }
        return unit;
    }
}
