package org.wanglou.rules.sigma.match.index;

import java.util.Arrays;
import java.util.List;
import org.wanglou.rules.sigma.match.view.Utf8;

/** Finds a whole value among many folded texts by its hash. Immutable; thread-safe. */
public final class Whole {
    private final byte[][] texts;
    private final int[] table;
    private final int longest;

    /** @param texts no two equal */
    public Whole(List<byte[]> texts) {
        this.texts = texts.toArray(byte[][]::new);
        int room = Integer.highestOneBit(Math.max(4, this.texts.length * 3)) << 1;
        table = new int[room];
        Arrays.fill(table, -1);
        int most = 0;
        for (int i = 0; i < this.texts.length; i++) {
            byte[] text = this.texts[i];
            most = Math.max(most, text.length);
            int at = hash(text, 0, text.length) & room - 1;
            while (table[at] >= 0) {
                at = at + 1 & room - 1;
            }
            table[at] = i;
        }
        longest = most;
    }

    private static int hash(byte[] bytes, int from, int length) {
        int hash = length;
        for (int i = from; i < from + length; i++) {
            hash = hash * 31 + Utf8.LOWER[bytes[i] & 0xff];
        }
        return hash * 0x9E3779B9 >>> 8;
    }

    /** The number of the text that the value is, or −1. */
    public int find(byte[] bytes, int from, int length) {
        if (length > longest) {
            return -1;
        }
        int mask = table.length - 1;
        for (int at = hash(bytes, from, length) & mask; table[at] >= 0; at = at + 1 & mask) {
            byte[] text = texts[table[at]];
            if (text.length == length && same(text, bytes, from)) {
                return table[at];
            }
        }
        return -1;
    }

    private static boolean same(byte[] text, byte[] bytes, int from) {
        for (int i = 0; i < text.length; i++) {
            if (Utf8.LOWER[bytes[from + i] & 0xff] != text[i]) {
                return false;
            }
        }
        return true;
    }
}
