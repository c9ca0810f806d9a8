package org.wanglou.rules.sigma.match.view;

/**
 * The rest of a JSON text that is not plain ASCII: escapes are written out, the whole goes into the view's arena or, where there
 * are no escapes, stays where it is. Used once.
 */
final class Unescape {
    private static final int LONGEST = 1 << 20;

    private final byte[] bytes;
    private final int from;
    private final int special;
    private final int end;
    private final View view;

    /** @param special where the first byte stands that is not plain */
    Unescape(byte[] bytes, int from, int special, int end, View view) {
        this.bytes = bytes;
        this.from = from;
        this.special = special;
        this.end = end;
        this.view = view;
    }

    /** False when the text is malformed or too long for this way. */
    boolean read(RecordReader reader) {
        int close = special;
        boolean escaped = false;
        boolean wide = false;
        while (close < end && bytes[close] != '"') {
            byte b = bytes[close];
            wide |= b < 0;
            if (b == '\\') {
                escaped = true;
                wide |= close + 1 < end && bytes[close + 1] == 'u';
                close++;
            } else if (b >= 0 && b < ' ') {
                return false;
            }
            close++;
        }
        if (close >= end || close - from > LONGEST) {
            return false;
        }
        reader.at(close + 1);
        if (!escaped) {
            return view.putUtf8(bytes, from, close - from, false);
        }
        int begin = view.room(close - from);
        byte[] into = view.arena();
        System.arraycopy(bytes, from, into, begin, special - from);
        int to = begin + special - from;
        int at = special;
        while (at < close) {
            byte b = bytes[at++];
            if (b >= 0 && b != '\\') {
                into[to++] = b;
                continue;
            }
            if (b < 0) {
                // Checked here, because halves of pairs may only come from escapes.
                int length = Utf8.length(b);
                if (Utf8.read(bytes, at - 1, close, false) < 0) {
                    return false;
                }
                System.arraycopy(bytes, at - 1, into, to, length);
                to += length;
                at += length - 1;
                continue;
            }
            b = bytes[at++];
            if (b == 'u') {
                int c = unit(at, close);
                at += 4;
                if (c < 0) {
                    return false;
                }
                if (Character.isHighSurrogate((char) c) && at + 6 <= close && bytes[at] == '\\' && bytes[at + 1] == 'u') {
                    int low = unit(at + 2, close);
                    if (low >= 0 && Character.isLowSurrogate((char) low)) {
                        c = Character.toCodePoint((char) c, (char) low);
                        at += 6;
                    }
                }
                to = Utf8.write(c, into, to);
                continue;
            }
            int plain = "\"\\/bfnrt".indexOf(b);
            if (plain < 0) {
                return false;
            }
            into[to++] = (byte) "\"\\/\b\f\n\r\t".charAt(plain);
        }
        view.used(to);
        if (wide) {
            return view.putUtf8(into, begin, to - begin, true);
        }
        view.put(View.TEXT, into, begin, to - begin);
        return true;
    }

    private int unit(int at, int close) {
        if (at + 4 > close) {
            return -1;
        }
        int unit = 0;
        for (int i = at; i < at + 4; i++) {
            int digit = Character.digit(bytes[i], 16);
            if (digit < 0) {
                return -1;
            }
            unit = unit << 4 | digit;
        }
        return unit;
    }
}
