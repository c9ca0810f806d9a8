package org.wanglou.sensors.format.part;

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
public final class JsonScanner extends JsonBytes {

    private final ZoneId zone;

    public JsonScanner(byte[] bytes, int from, int to, ZoneId zone) {
        super(bytes, from, to);
        this.zone = zone;
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
        int i = next(from + 1);
        if (b[i] == '}') {
            return i + 1;
        }
        Node before = null;
        while (true) {
            if (b[i] != '"') {
                throw Malformed.INSTANCE;
            }
            int key = i + 1;
            Node guess = before != null ? before.follower : node != null ? node.head : null;
            Node child;
            int to;
            boolean odd = false;
            if (guess != null && guess.stands(b, key, end)) {
                child = guess;
                to = key + guess.key.length;
            } else {
                to = quote(key);
                odd = escaped;
                child = node != null && !odd ? node.find(b, key, to) : null;
                remember(node, before, child);
            }
            before = child;
            i = next(to + 1);
            if (b[i] != ':') {
                throw Malformed.INSTANCE;
            }
            i = next(i + 1);
            if (child == null && node != null && !odd && plain()) {
                child = node.learn(b, key, to, string(key, to));
            }
            if (child != null) {
                i = readValue(child, child.path, event, depth, i);
            } else {
                String name = odd ? unescape(key, to) : string(key, to);
                i = readValue(null, (node != null ? node.path : path).concat(name), event, depth, i);
            }
            i = next(i);
            byte after = b[i];
            if (after == '}') {
                return i + 1;
            }
            if (after != ',') {
                throw Malformed.INSTANCE;
            }
            i = next(i + 1);
        }
    }

    private static void remember(@Nullable Node node, @Nullable Node before, @Nullable Node child) {
        if (child == null) {
            return;
        }
        if (before != null) {
            before.follower = child;
        } else if (node != null) {
            node.head = child;
        }
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
            String value = node == null ? null : node.again(bytes, from + 1, end);
            int to;
            if (value != null) {
                to = from + 1 + value.length();
            } else {
                to = quote(from + 1);
                value = escaped ? unescape(from + 1, to) : string(from + 1, to);
                if (node != null && plain()) {
                    node.saw(bytes, from + 1, to, value);
                }
            }
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
        if (node != null) {
            node.keep(event, value);
        } else {
            event.set(path, value);
        }
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
}
