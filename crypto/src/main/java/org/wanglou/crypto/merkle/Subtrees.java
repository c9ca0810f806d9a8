package org.wanglou.crypto.merkle;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Roots of the complete subtrees of one tree, from which every root and proof follows. Implementations say whether they
 * are thread-safe.
 */
public interface Subtrees {
    TreeHash hash();

    /** Number of leaves. */
    long size();

    /**
     * Root of the complete subtree over leaves [index·2^level, (index+1)·2^level); level 0 is the leaf's hash.
     *
     * @throws IndexOutOfBoundsException when that range does not lie within the tree
     */
    byte[] subtree(int level, long index);

    /** Root of the first {@code size} leaves. */
    default byte[] root(long size) {
        if (size < 0 || size > size()) {
            throw new IndexOutOfBoundsException("no root of " + size + " leaves in a tree of " + size());
        }
        return size == 0 ? hash().empty() : range(0, size);
    }

    /** Hashes that prove the leaf within the first {@code size} leaves, from the leaf upwards (RFC 9162 2.1.3.1). */
    default List<byte[]> inclusionPath(long index, long size) {
        if (index < 0 || index >= size || size > size()) {
            throw new IndexOutOfBoundsException("no leaf " + index + " among " + size + " of " + size());
        }
        List<byte[]> down = new ArrayList<>();
        long begin = 0;
        long end = size;
        while (end - begin > 1) {
            long middle = begin + split(end - begin);
            if (index < middle) {
                down.add(range(middle, end));
                end = middle;
            } else {
                down.add(range(begin, middle));
                begin = middle;
            }
        }
        Collections.reverse(down);
        return down;
    }

    /** Hashes that prove the first {@code from} leaves to be a prefix of the first {@code to} (RFC 9162 2.1.4.1). */
    default List<byte[]> consistencyPath(long from, long to) {
        if (from < 0 || from > to || to > size()) {
            throw new IndexOutOfBoundsException("no proof from " + from + " to " + to + " of " + size());
        }
        List<byte[]> down = new ArrayList<>();
        if (from == 0 || from == to) {
            return down;
        }
        long begin = 0;
        long end = to;
        boolean whole = true;
        while (from < end) {
            long middle = begin + split(end - begin);
            if (from <= middle) {
                down.add(range(middle, end));
                end = middle;
            } else {
                down.add(range(begin, middle));
                begin = middle;
                whole = false;
            }
        }
        // The old tree itself is known to the verifier; any other subtree is not.
        if (!whole) {
            down.add(range(begin, end));
        }
        Collections.reverse(down);
        return down;
    }

    private byte[] range(long begin, long end) {
        long count = end - begin;
        if (Long.bitCount(count) == 1) {
            int level = Long.numberOfTrailingZeros(count);
            return subtree(level, begin >>> level);
        }
        long middle = begin + split(count);
        return hash().node(range(begin, middle), range(middle, end));
    }

    /** The largest power of two below the count. */
    private static long split(long count) {
        return Long.highestOneBit(count - 1);
    }
}
