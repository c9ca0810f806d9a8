package org.wanglou.crypto.merkle;

import java.util.Arrays;
import java.util.List;

/**
 * The claim that a tree of {@code to} leaves begins with the {@code from} leaves of an older one, with the hashes that
 * prove it. Immutable as long as nobody writes into the hashes.
 */
public record ConsistencyProof(long from, long to, List<byte[]> path) {
    public ConsistencyProof {
        path = List.copyOf(path);
    }

    /** @throws IndexOutOfBoundsException when the tree has no such sizes */
    public static ConsistencyProof of(Subtrees tree, long from, long to) {
        return new ConsistencyProof(from, to, tree.consistencyPath(from, to));
    }

    /** Whether the tree with the newer root begins with the tree of the older one (RFC 9162 2.1.4.2). */
    public boolean verify(TreeHash hash, byte[] oldRoot, byte[] newRoot) {
        if (from < 0 || from > to) {
            return false;
        }
        if (from == to) {
            return path.isEmpty() && Arrays.equals(oldRoot, newRoot);
        }
        if (from == 0) {
            // The empty tree begins every tree; its root is fixed.
            return path.isEmpty() && Arrays.equals(oldRoot, hash.empty());
        }
        int next = 0;
        byte[] first;
        if (Long.bitCount(from) == 1) {
            first = oldRoot;
        } else if (path.isEmpty()) {
            return false;
        } else {
            first = path.get(next++);
        }
        long fn = from - 1;
        long sn = to - 1;
        while ((fn & 1) == 1) {
            fn >>>= 1;
            sn >>>= 1;
        }
        byte[] fr = first;
        byte[] sr = first;
        for (; next < path.size(); next++) {
            byte[] c = path.get(next);
            if (sn == 0 || c.length != TreeHash.LENGTH) {
                return false;
            }
            if ((fn & 1) == 1 || fn == sn) {
                fr = hash.node(c, fr);
                sr = hash.node(c, sr);
                while ((fn & 1) == 0 && fn != 0) {
                    fn >>>= 1;
                    sn >>>= 1;
                }
            } else {
                sr = hash.node(sr, c);
            }
            fn >>>= 1;
            sn >>>= 1;
        }
        return sn == 0 && Arrays.equals(fr, oldRoot) && Arrays.equals(sr, newRoot);
    }
}
