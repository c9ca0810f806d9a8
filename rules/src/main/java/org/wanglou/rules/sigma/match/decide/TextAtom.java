package org.wanglou.rules.sigma.match.decide;

import java.util.ArrayList;
import java.util.List;
import org.wanglou.rules.sigma.Fold;
import org.wanglou.rules.sigma.Glob;
import org.wanglou.rules.sigma.ValueTest;
import org.wanglou.rules.sigma.match.view.Utf8;
import org.wanglou.rules.sigma.match.view.View;
import org.wanglou.rules.sigma.regex.Steps;

/** A text with wildcards against bytes: pieces between stars, in their order. Immutable. */
final class TextAtom extends Atom {
    /** Stands for one character; no byte of UTF-8. */
    private static final byte ANY = (byte) 0xff;

    private final boolean cased;
    // Without a star one piece that is the whole value.
    private final byte[][] pieces;
    private final boolean[] marked;
    private final boolean anchoredStart;
    private final boolean anchoredEnd;

    TextAtom(int field, ValueTest.Text text) {
        super(field, cost(text.glob(), field));
        cased = text.cased();
        Glob glob = text.glob();
        String kinds = glob.kinds();
        anchoredStart = !kinds.startsWith("*");
        anchoredEnd = !kinds.endsWith("*");
        List<byte[]> found = new ArrayList<>();
        int from = 0;
        for (int i = 0; i <= kinds.length(); i++) {
            if (i == kinds.length() || kinds.charAt(i) == '*') {
                // A piece may only be empty where an anchored value is empty as a whole.
                if (i > from || kinds.isEmpty()) {
                    found.add(piece(glob, from, i));
                }
                from = i + 1;
            }
        }
        pieces = found.toArray(byte[][]::new);
        marked = new boolean[pieces.length];
        for (int i = 0; i < pieces.length; i++) {
            for (byte b : pieces[i]) {
                marked[i] |= b == ANY;
            }
        }
    }

    private static int cost(Glob glob, int field) {
        int stars = (int) glob.kinds().chars().filter(c -> c == '*').count();
        boolean anchored = !glob.kinds().startsWith("*") || !glob.kinds().endsWith("*");
        return (glob.plain() ? 1 : anchored && stars == 1 ? 2 : 6 + 4 * stars) * (field < 0 ? 10 : 1);
    }

    private byte[] piece(Glob glob, int from, int to) {
        java.io.ByteArrayOutputStream bytes = new java.io.ByteArrayOutputStream();
        int run = from;
        for (int i = from; i <= to; i++) {
            if (i == to || glob.kinds().charAt(i) == '?') {
                String text = glob.text().substring(run, i);
                bytes.writeBytes(Utf8.of(cased ? text : Fold.fold(text)));
                if (i < to) {
                    bytes.write(ANY);
                }
                run = i + 1;
            }
        }
        return bytes.toByteArray();
    }

    @Override
    public boolean holds(View view, int value, Steps steps) {
        return cased
                ? holds(view.raw[value], view.from[value], view.length[value], Utf8.SAME)
                : holds(view.folded[value], view.foldedFrom[value], view.foldedLength[value], Utf8.LOWER);
    }

    private boolean holds(byte[] bytes, int from, int length, byte[] fold) {
        int end = from + length;
        int last = pieces.length - 1;
        if (last < 0) {
            return true;
        }
        if (last == 0 && anchoredStart && anchoredEnd) {
            return meets(0, bytes, from, end, fold) == end;
        }
        int at = from;
        int next = 0;
        if (anchoredStart) {
            at = meets(0, bytes, from, end, fold);
            if (at < 0) {
                return false;
            }
            next = 1;
        }
        int stop = anchoredEnd ? last - 1 : last;
        while (next <= stop) {
            at = find(next++, bytes, at, end, fold);
            if (at < 0) {
                return false;
            }
        }
        return next > last || atEnd(last, bytes, at, end, fold);
    }

    private boolean atEnd(int piece, byte[] bytes, int from, int end, byte[] fold) {
        if (!marked[piece]) {
            int at = end - pieces[piece].length;
            return at >= from && meets(piece, bytes, at, end, fold) == end;
        }
        for (int at = from; at <= end; at++) {
            if (begins(bytes, at, end) && meets(piece, bytes, at, end, fold) == end) {
                return true;
            }
        }
        return false;
    }

    /** Where a piece ends that begins at an index, −1 when it does not stand there. */
    private int meets(int number, byte[] bytes, int from, int end, byte[] fold) {
        byte[] piece = pieces[number];
        int at = from;
        for (byte b : piece) {
            if (at >= end) {
                return -1;
            }
            if (b == ANY) {
                at += Utf8.length(bytes[at]);
            } else if (fold[bytes[at] & 0xff] == b) {
                at++;
            } else {
                return -1;
            }
        }
        return at;
    }

    /** Where the first standing of a piece ends, −1 when there is none. */
    private int find(int number, byte[] bytes, int from, int end, byte[] fold) {
        byte[] piece = pieces[number];
        byte first = piece[0];
        int stop = marked[number] ? end : end - piece.length + 1;
        for (int at = from; at < stop; at++) {
            if (first == ANY ? begins(bytes, at, end) : fold[bytes[at] & 0xff] == first) {
                int after = meets(number, bytes, at, end, fold);
                if (after >= 0) {
                    return after;
                }
            }
        }
        return -1;
    }

    private static boolean begins(byte[] bytes, int at, int end) {
        return at == end || (bytes[at] & 0xc0) != 0x80;
    }
}
