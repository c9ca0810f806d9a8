package org.wanglou.rules.sigma.match.view;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;
import org.wanglou.model.Field;

/**
 * Fills a view from the bytes of an ECS record (RFC 8259) as they stand on the bus, without making texts of them. What it reads
 * is exactly what decoding to an {@code Event} gives; what is unusual (a key twice, an object in a list, a value that does not
 * fit its slot, anything malformed) it leaves to that. Confined to its thread.
 */
public final class RecordReader {
    private static final VarHandle WORD = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGHS = 0x8080808080808080L;
    private static final int DEPTH = 24;
    private static final int LONGEST = 1 << 20;

    private final View view;
    private final NameTree tree;
    private byte[] bytes = new byte[0];
    private int at;
    private int end;

    public RecordReader(View view) {
        this.view = view;
        this.tree = new NameTree(view.names);
    }

    /** Reads one record; false when it is not for this way, the view then being of no use. */
    public boolean read(byte[] record, int offset, int count) {
        view.clear();
        bytes = record;
        at = offset;
        end = offset + count;
        skip();
        if (at >= end || bytes[at++] != '{' || !object(tree.root, 0)) {
            return false;
        }
        skip();
        return at == end;
    }

    private void skip() {
        while (at < end) {
            byte b = bytes[at];
            if (b != ' ' && b != '\n' && b != '\r' && b != '\t') {
                return;
            }
            at++;
        }
    }

    /** The byte after white space, passed over; 0 at the end. */
    private byte next() {
        if (at < end && bytes[at] > ' ') {
            return bytes[at++];
        }
        skip();
        return at < end ? bytes[at++] : 0;
    }

    private boolean object(NameTree.Node parent, int depth) {
        byte b = next();
        if (b == '}') {
            // An empty object below the top is a value of its own.
            return depth == 0;
        }
        if (depth > DEPTH) {
            return false;
        }
        NameTree.Node before = null;
        while (b == '"') {
            NameTree.Node node = key(parent, before);
            if (node == null || next() != ':') {
                return false;
            }
            before = node;
            b = next();
            boolean read = b == '{'
                    ? object(node, depth + 1)
                    : view.open(node.number, b == '[')
                            && (b == '[' ? list(node.number) : scalar(node.number, b, false));
            if (!read) {
                return false;
            }
            b = next();
            if (b == '}') {
                return true;
            }
            if (b != ',') {
                return false;
            }
            b = next();
        }
        return false;
    }

    private NameTree.@Nullable Node key(NameTree.Node parent, NameTree.@Nullable Node before) {
        NameTree.Node guess = before == null ? parent.head : before.follower;
        if (guess != null && guess.stands(bytes, at, end)) {
            at += guess.key.length + 1;
            return guess;
        }
        int from = at;
        while (at < end && bytes[at] != '"') {
            // Escaped and non-ASCII names are rare.
            if (bytes[at] < ' ' || bytes[at] == '\\') {
                return null;
            }
            at++;
        }
        if (at >= end || at == from) {
            return null;
        }
        NameTree.Node node = tree.child(parent, bytes, from, at);
        at++;
        if (before == null) {
            parent.head = node;
        } else {
            before.follower = node;
        }
        return node;
    }

    private boolean list(int number) {
        byte b = next();
        if (b == ']') {
            Field field = number < view.names.size() ? view.names.field(number) : null;
            return field == null || !counts(field);
        }
        while (true) {
            if (b == '[' || b == '{' || b == 'n' || !scalar(number, b, true)) {
                return false;
            }
            b = next();
            if (b == ']') {
                return true;
            }
            if (b != ',') {
                return false;
            }
            b = next();
        }
    }

    private static boolean counts(Field field) {
        return field.type() == Field.Type.NUMBER || field.type() == Field.Type.TIME;
    }

    private boolean scalar(int number, byte b, boolean listed) {
        Field field = number < view.names.size() ? view.names.field(number) : null;
        boolean counts = field != null && counts(field);
        if (counts && listed) {
            return false;
        }
        switch (b) {
            case '"':
                return field != null && counts ? Fitting.text(field, this) : text();
            case 't':
                return !counts && word("true");
            case 'f':
                return !counts && word("false");
            case 'n':
                view.putNull();
                return match("null");
            default:
                return number(field, counts, listed);
        }
    }

    private boolean match(String rest) {
        int from = at - 1;
        if (from + rest.length() > end) {
            return false;
        }
        for (int i = 1; i < rest.length(); i++) {
            if (bytes[from + i] != rest.charAt(i)) {
                return false;
            }
        }
        at = from + rest.length();
        return true;
    }

    private boolean word(String word) {
        view.put(View.TRUTH, bytes, at - 1, word.length());
        return match(word);
    }

    /** A number in its one usual spelling: that of a long, or a fraction. */
    private boolean number(@Nullable Field field, boolean counts, boolean listed) {
        int from = at - 1;
        int i = bytes[from] == '-' ? at : from;
        int digits = i;
        while (i < end && bytes[i] >= '0' && bytes[i] <= '9') {
            i++;
        }
        int length = i - digits;
        if (length == 0 || length > 18 || length > 1 && bytes[digits] == '0') {
            return false;
        }
        boolean whole = i == end || bytes[i] != '.' && bytes[i] != 'e' && bytes[i] != 'E';
        at = i;
        if (whole) {
            view.put(View.WHOLE, bytes, from, i - from);
            return digits == from || bytes[digits] != '0';
        }
        return !counts && !(listed && field != null) && fraction(field, from);
    }

    private boolean fraction(@Nullable Field field, int from) {
        if (bytes[at] == '.') {
            at++;
            int first = at;
            while (at < end && bytes[at] >= '0' && bytes[at] <= '9') {
                at++;
            }
            if (at == first) {
                return false;
            }
        }
        if (at >= end || bytes[at] == 'e' || bytes[at] == 'E' || at - from > 40) {
            return false;
        }
        Double value = Double.valueOf(new String(bytes, from, at - from, java.nio.charset.StandardCharsets.US_ASCII));
        if (value == 0 && bytes[from] == '-') {
            return false;
        }
        view.put(View.FLOAT, field == null ? EventReader.text(value) : String.valueOf(value));
        return true;
    }

    private boolean text() {
        int from = at;
        if (!plain(from)) {
            if (!checked(from)) {
                return false;
            }
            view.pend(bytes, from, at - from);
            at++;
            return true;
        }
        view.put(View.TEXT, bytes, from, at - from);
        at++;
        return true;
    }

    /** Goes on to the closing mark past escapes and characters beyond ASCII; false when one of these is malformed. */
    private boolean checked(int from) {
        while (at < end && bytes[at] != '"') {
            byte b = bytes[at];
            if (b == '\\') {
                int length = Escapes.length(bytes, at, end);
                if (length == 0) {
                    return false;
                }
                at += length;
            } else if (b < 0) {
                if (Utf8.read(bytes, at, end, false) < 0) {
                    return false;
                }
                at += Utf8.length(b);
            } else {
                return false;
            }
            // Sets the place, whatever it says.
            plain(at);
        }
        return at < end && at - from <= LONGEST;
    }

    /** Goes to the closing mark of a text of plain ASCII; false where something else comes first, at that. */
    boolean plain(int from) {
        int i = from;
        while (i + 8 <= end) {
            long word = (long) WORD.get(bytes, i);
            long mark = word ^ 0x2222222222222222L;
            long back = word ^ 0x5c5c5c5c5c5c5c5cL;
            long found = ((mark - ONES & ~mark) | (back - ONES & ~back) | (word - 0x2020202020202020L) | word) & HIGHS;
            if (found != 0) {
                i += Long.numberOfTrailingZeros(found) >>> 3;
                at = i;
                return bytes[i] == '"' && i - from <= LONGEST;
            }
            i += 8;
        }
        while (i < end && bytes[i] != '"' && bytes[i] != '\\' && bytes[i] >= ' ') {
            i++;
        }
        at = i;
        return i < end && bytes[i] == '"' && i - from <= LONGEST;
    }

    byte[] bytes() {
        return bytes;
    }

    int at() {
        return at;
    }

    void at(int index) {
        at = index;
    }

    View view() {
        return view;
    }
}
