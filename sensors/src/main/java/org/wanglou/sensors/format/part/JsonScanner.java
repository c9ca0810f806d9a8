package org.wanglou.sensors.format.part;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.wanglou.model.Event;
import org.wanglou.sensors.format.part.JsonShape.Node;

/**
 * Reads JSON objects (RFC 8259) straight from bytes into an event: no tree, no token stream, strings only for values that
 * are kept. Known keys go where the {@link JsonShape} says; unknown ones are kept under the shape's prefix, flattened. An
 * object inside an array is kept as its JSON text. Nesting beyond 64 is refused. Of two equal keys the last counts.
 * Confined to its caller.
 */
public final class JsonScanner {
    static final int MAX_DEPTH = 64;

    private static final VarHandle WORD = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGHS = 0x8080808080808080L;
    private static final long BLANKS = 0x2020202020202020L;
    private static final long QUOTES = 0x2222222222222222L;
    private static final long SLASHES = 0x5c5c5c5c5c5c5c5cL;

    private final byte[] bytes;
    private final int end;
    private final ZoneId zone;
    private int at;
    private boolean foreign;
    private boolean escaped;
    private boolean ascii;

    public JsonScanner(byte[] bytes, int from, int to, ZoneId zone) {
        this.bytes = bytes;
        this.at = from;
        this.end = to;
        this.zone = zone;
    }

    /** Signals malformed input inside the scanner; never leaves it. */
    private static final class Malformed extends RuntimeException {
        private static final long serialVersionUID = 1;
        static final Malformed INSTANCE = new Malformed();

        private Malformed() {
            super("not JSON", null, false, false);
        }
    }

    /** True when a string held bytes that are no UTF-8: the text is in another character set. */
    public boolean foreign() {
        return foreign;
    }

    /** Where reading stopped. */
    public int position() {
        return at;
    }

    /** Reads one object from the current position; false, with the event half filled, when there is none. */
    public boolean object(JsonShape shape, Event.Builder event) {
        try {
            blanks();
            if (at >= end || bytes[at] != '{') {
                return false;
            }
            readObject(shape.root(), "", event, 1);
            return true;
        } catch (Malformed e) {
            return false;
        }
    }

    /** Passes blanks and one comma or bracket of an enclosing array; true when another object begins. */
    public boolean another() {
        while (at < end && (bytes[at] <= ' ' || bytes[at] == ',' || bytes[at] == '[' || bytes[at] == ']')) {
            at++;
        }
        return at < end && bytes[at] == '{';
    }

    /** True when nothing but blanks and closing brackets is left. */
    public boolean atEnd() {
        while (at < end && (bytes[at] <= ' ' && bytes[at] >= 0 || bytes[at] == ']')) {
            at++;
        }
        return at == end;
    }

    /** @param path what stands before the names of unknown members when the object itself is unknown */
    private void readObject(@Nullable Node node, String path, Event.Builder event, int depth) {
        at = readObject(node, path, event, depth, at);
    }

    /** As above from an index; returns the index behind the object. Positions are locals: this is the hot loop. */
    private int readObject(@Nullable Node node, String path, Event.Builder event, int depth, int from) {
        if (depth > MAX_DEPTH) {
            throw Malformed.INSTANCE;
        }
        byte[] b = bytes;
        int i = solid(from + 1);
        if (b[i] == '}') {
            return i + 1;
        }
        while (true) {
            if (b[i] != '"') {
                throw Malformed.INSTANCE;
            }
            int key = i + 1;
            int to = quote(key);
            boolean odd = escaped;
            i = solid(to + 1);
            if (b[i] != ':') {
                throw Malformed.INSTANCE;
            }
            i = solid(i + 1);
            Node child = node != null && !odd ? node.find(b, key, to) : null;
            if (child != null) {
                i = readValue(child, child.path, event, depth, i);
            } else {
                String name = odd ? unescape(key, to) : string(key, to);
                i = readValue(null, (node != null ? node.path : path).concat(name), event, depth, i);
            }
            i = solid(i);
            byte after = b[i];
            if (after == '}') {
                return i + 1;
            }
            if (after != ',') {
                throw Malformed.INSTANCE;
            }
            i = solid(i + 1);
        }
    }

    /** The index of the next byte that is no blank; the input must not end here. */
    private int solid(int from) {
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

    private void readValue(@Nullable Node node, String path, Event.Builder event, int depth) {
        at = readValue(node, path, event, depth, at);
    }

    /**
     * Reads the value at an index and returns the index behind it.
     *
     * @param path of a known node with a trailing point, of an unknown field without
     */
    private int readValue(@Nullable Node node, String path, Event.Builder event, int depth, int from) {
        byte b = bytes[from];
        Put put = node == null ? null : node.put;
        if (b == '"') {
            int to = quote(from + 1);
            String value = escaped ? unescape(from + 1, to) : string(from + 1, to);
            if (put != null) {
                put.text(event, value, zone);
            } else {
                keep(event, node, path, value);
            }
            return to + 1;
        }
        if (b == '-' || b >= '0' && b <= '9') {
            return number(put, node, path, event, from);
        }
        if (b == '{') {
            return readObject(node, node != null ? path : path.concat("."), event, depth + 1, from);
        }
        at = from;
        if (b == '[') {
            readArray(node, path, event, depth + 1);
            return at;
        }
        Object word = word();
        if (word == Event.NULL) {
            if (node == null) {
                keep(event, node, path, word);
            }
        } else if (put != null) {
            put.other(event, word, zone);
        } else {
            keep(event, node, path, word);
        }
        return at;
    }

    private int number(@Nullable Put put, @Nullable Node node, String path, Event.Builder event, int from) {
        byte[] b = bytes;
        boolean negative = b[from] == '-';
        int digits = negative ? from + 1 : from;
        int i = digits;
        long value = 0;
        while (i < end && b[i] >= '0' && b[i] <= '9') {
            value = value * 10 + (b[i] - '0');
            i++;
        }
        int count = i - digits;
        if (count == 0 || count > 1 && b[digits] == '0') {
            throw Malformed.INSTANCE;
        }
        boolean fraction = i < end && (b[i] == '.' || b[i] == 'e' || b[i] == 'E');
        if (!fraction && count <= 18) {
            long whole = negative ? -value : value;
            if (put != null) {
                put.number(event, whole, zone);
            } else {
                keep(event, node, path, whole);
            }
            return i;
        }
        at = i;
        Object other = bigOrFraction(from, fraction);
        if (put != null) {
            // the digits as written: a time in seconds with microseconds must not lose them
            put.other(event, other instanceof Long ? other : new Decimal(slice(from, at), other), zone);
        } else {
            keep(event, node, path, other);
        }
        return at;
    }

    private Object bigOrFraction(int from, boolean fraction) {
        while (at < end && "+-.eE0123456789".indexOf(bytes[at]) >= 0) {
            at++;
        }
        String digits = slice(from, at);
        if (!fraction) {
            try {
                return Long.parseLong(digits);
            } catch (NumberFormatException e) {
                return digits;
            }
        }
        if (digits.length() > 64 || digits.endsWith(".") || digits.indexOf(".e") > 0 || digits.indexOf(".E") > 0) {
            throw Malformed.INSTANCE;
        }
        try {
            return Double.parseDouble(digits);
        } catch (NumberFormatException e) {
            throw Malformed.INSTANCE;
        }
    }

    private static void keep(Event.Builder event, @Nullable Node node, String path, Object value) {
        event.set(node == null ? path : path.substring(0, path.length() - 1), value);
    }

    private void readArray(@Nullable Node node, String path, Event.Builder event, int depth) {
        if (depth > MAX_DEPTH) {
            throw Malformed.INSTANCE;
        }
        List<Object> list = new ArrayList<>(4);
        at++;
        blanks();
        while (at < end && bytes[at] != ']') {
            list.add(item(node, event, depth));
            blanks();
            if (at < end && bytes[at] == ',') {
                at++;
                blanks();
                if (at < end && bytes[at] == ']') {
                    throw Malformed.INSTANCE;
                }
            } else if (at >= end || bytes[at] != ']') {
                throw Malformed.INSTANCE;
            }
        }
        if (at >= end) {
            throw Malformed.INSTANCE;
        }
        at++;
        Put put = node == null ? null : node.put;
        if (put != null) {
            put.other(event, list, zone);
        } else {
            keep(event, node, path, list);
        }
    }

    private Object item(@Nullable Node node, Event.Builder event, int depth) {
        byte b = bytes[at];
        if (b == '"') {
            return text();
        }
        if (b == '{') {
            int from = at;
            if (node != null) {
                readMembers(node, event, depth + 1);
            } else {
                skip(depth + 1);
            }
            return slice(from, at);
        }
        if (b == '[') {
            int from = at;
            skip(depth + 1);
            return slice(from, at);
        }
        if (b == '-' || b >= '0' && b <= '9') {
            int from = at;
            while (at < end && "+-.eE0123456789".indexOf(bytes[at]) >= 0) {
                at++;
            }
            String digits = slice(from, at);
            long whole = Fill.whole(digits);
            try {
                return whole != Long.MIN_VALUE ? (Object) whole : (Object) Double.valueOf(digits);
            } catch (NumberFormatException e) {
                throw Malformed.INSTANCE;
            }
        }
        return word();
    }

    /** An object inside an array of a known field: its known members are told to their places, the rest is skipped. */
    private void readMembers(Node node, Event.Builder event, int depth) {
        int from = at;
        skip(depth);
        int to = at;
        at = from + 1;
        blanks();
        while (at < to && bytes[at] == '"') {
            int keyFrom = at + 1;
            skip(depth);
            Node child = node.find(bytes, keyFrom, at - 1);
            blanks();
            at++;
            blanks();
            if (child != null) {
                readValue(child, child.path, event, depth);
            } else {
                skip(depth);
            }
            blanks();
            at++;
            blanks();
        }
        at = to;
    }

    /** Passes one value. */
    private void skip(int depth) {
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

    private Object word() {
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
    private String text() {
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
    private int quote(int from) {
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

    private String slice(int from, int to) {
        ascii = false;
        return string(from, to);
    }

    private String string(int from, int to) {
        if (ascii) {
            return new String(bytes, from, to - from, StandardCharsets.ISO_8859_1);
        }
        String text = new String(bytes, from, to - from, StandardCharsets.UTF_8);
        if (text.length() != to - from && text.indexOf('\ufffd') >= 0) {
            foreign = true;
        }
        return text;
    }

    private String unescape(int from, int to) {
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

    private void blanks() {
        while (at < end) {
            byte b = bytes[at];
            if (b != ' ' && b != '\n' && b != '\r' && b != '\t') {
                return;
            }
            at++;
        }
    }
}
