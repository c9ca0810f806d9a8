package org.wanglou.crypto.merkle;

import java.util.Arrays;
import java.util.List;

/**
 * The claim that a leaf is the one at an index among that many, with the hashes that prove it. Immutable as long as
 * nobody writes into the hashes.
 */
public record InclusionProof(long index, long size, List<byte[]> path) {
    public InclusionProof {
        path = List.copyOf(path);
    }

    /** @throws IndexOutOfBoundsException when the tree has no such leaf or size */
    public static InclusionProof of(Subtrees tree, long index, long size) {
        return new InclusionProof(index, size, tree.inclusionPath(index, size));
    }

    /** Whether the leaf with that hash is where the proof says, in the tree with that root (RFC 9162 2.1.3.2). */
    public boolean verify(TreeHash hash, byte[] leafHash, byte[] root) {
        if (index < 0 || index >= size || leafHash.length != TreeHash.LENGTH) {
            return false;
        }
        long fn = index;
        long sn = size - 1;
        byte[] r = leafHash;
        for (byte[] p : path) {
            if (sn == 0 || p.length != TreeHash.LENGTH) {
                return false;
            }
            if ((fn & 1) == 1 || fn == sn) {
                r = hash.node(p, r);
                while ((fn & 1) == 0 && fn != 0) {
                    fn >>>= 1;
                    sn >>>= 1;
                }
            } else {
                r = hash.node(r, p);
            }
            fn >>>= 1;
            sn >>>= 1;
        }
        return sn == 0 && Arrays.equals(r, root);
    }
}
