package org.wanglou.sensors.listen.http;

import java.util.BitSet;

/**
 * Cuts JSON values out of bytes without reading them: the elements of an array, values behind one another, the members of
 * an object. A value is an extent of bytes; whether it is JSON inside is found out by who reads it. A bracket that closes
 * another kind than is open closes the nearest of its own kind, so a broken element seldom takes its neighbours along.
 * Linear, without recursion, at most a bit of memory for each byte. Confined to its caller.
 */
public final class JsonCutter {
    private final byte[] bytes;
    private final int end;
    private int at;
    private int from;
    private int to;
    private boolean whole;

    /** Values between {@code from} and {@code to}, with nothing, blanks or commas between them. */
    public JsonCutter(byte[] bytes, int from, int to) {
        this.bytes = bytes;
        this.at = from;
        this.end = to;
    }

    /** The elements of the array that an extent is; none when it is no array. */
    public static JsonCutter inside(byte[] bytes, int from, int to) {
        boolean array = to - from >= 2 && bytes[from] == '[' && bytes[to - 1] == ']';
        return array ? new JsonCutter(bytes, from + 1, to - 1) : new JsonCutter(bytes, from, from);
    }

    /** Takes a member of an object. */
    public interface Member {
        void take(String key, int from, int to);
    }

    /** The members of the object that an extent is; false when it is none. Keys are as written. */
    public static boolean members(byte[] bytes, int from, int to, Member member) {
        if (to - from < 2 || bytes[from] != '{' || bytes[to - 1] != '}') {
            return false;
        }
        JsonCutter cutter = new JsonCutter(bytes, from + 1, to - 1);
        while (cutter.next()) {
            if (bytes[cutter.from] != '"' || !cutter.whole) {
                return false;
            }
            String key = new String(
                    bytes, cutter.from + 1, cutter.to - cutter.from - 2, java.nio.charset.StandardCharsets.UTF_8);
            cutter.blanks();
            if (cutter.at >= cutter.end || bytes[cutter.at] != ':') {
                return false;
            }
            cutter.at++;
            cutter.blanks();
            if (!cutter.next()) {
                return false;
            }
            member.take(key, cutter.from, cutter.to);
        }
        return true;
    }

    /** Finds the next value; false at the end. */
    public boolean next() {
        while (at < end && (blank(bytes[at]) || bytes[at] == ',')) {
            at++;
        }
        if (at >= end) {
            return false;
        }
        from = at;
        byte b = bytes[at];
        if (b == '"') {
            string();
        } else if (b == '{' || b == '[') {
            brackets();
        } else {
            whole = true;
            while (at < end && bytes[at] != ',' && bytes[at] != ']' && bytes[at] != '}' && bytes[at] != '\n') {
                at++;
            }
            if (at == from) {
                at++; // a closing bracket that nothing has opened
            }
        }
        to = at;
        while (to > from + 1 && blank(bytes[to - 1])) {
            to--;
        }
        return true;
    }

    /** Where the value begins. */
    public int from() {
        return from;
    }

    /** Behind its last byte. */
    public int to() {
        return to;
    }

    /** Whether the value's end was found before the end of all. */
    public boolean whole() {
        return whole;
    }

    private void string() {
        at++;
        while (at < end && bytes[at] != '"') {
            at += bytes[at] == '\\' ? 2 : 1;
        }
        whole = at < end;
        at = Math.min(end, at + 1);
    }

    /** Keeps a stack of what is open: set for a brace, clear for a bracket. */
    private void brackets() {
        BitSet open = new BitSet();
        int depth = 0;
        while (at < end) {
            byte b = bytes[at];
            if (b == '"') {
                string();
                continue;
            }
            at++;
            if (b == '{' || b == '[') {
                open.set(depth++, b == '{');
            } else if (b == '}' || b == ']') {
                int same = b == '}' ? open.previousSetBit(depth - 1) : open.previousClearBit(depth - 1);
                if (same < 0) {
                    at--; // it closes what lies around: this value never ends properly
                    whole = true;
                    return;
                }
                depth = same;
                if (depth == 0) {
                    whole = true;
                    return;
                }
            }
        }
        whole = false;
    }

    private void blanks() {
        while (at < end && blank(bytes[at])) {
            at++;
        }
    }

    private static boolean blank(byte b) {
        return b == ' ' || b == '\n' || b == '\r' || b == '\t';
    }
}
