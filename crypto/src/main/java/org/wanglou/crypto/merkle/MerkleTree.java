package org.wanglou.crypto.merkle;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A Merkle tree that grows by one leaf at a time and keeps the roots of all complete subtrees: 64 bytes per leaf.
 * Confined to one thread, or guarded by its owner.
 */
public final class MerkleTree implements Subtrees {
    private final TreeHash hash;
    private final List<Level> levels = new ArrayList<>();

    public MerkleTree(TreeHash hash) {
        this.hash = hash;
        levels.add(new Level());
    }

    @Override
    public TreeHash hash() {
        return hash;
    }

    @Override
    public long size() {
        return levels.get(0).count;
    }

    /** Adds the entry's leaf and returns its index. */
    public long append(byte[] entry) {
        return appendLeafHash(hash.leaf(entry));
    }

    /** Adds a leaf by its hash and returns its index. */
    public long appendLeafHash(byte[] leafHash) {
        if (leafHash.length != TreeHash.LENGTH) {
            throw new IllegalArgumentException("a leaf hash has " + TreeHash.LENGTH + " bytes");
        }
        long index = size();
        byte[] carried = leafHash;
        for (int level = 0; ; level++) {
            if (level == levels.size()) {
                levels.add(new Level());
            }
            Level here = levels.get(level);
            here.add(carried);
            if (here.count % 2 == 1) {
                return index;
            }
            carried = hash.node(here.get(here.count - 2), here.get(here.count - 1));
        }
    }

    /** Root over all leaves. */
    public byte[] root() {
        return root(size());
    }

    @Override
    public byte[] subtree(int level, long index) {
        if (level >= levels.size()) {
            throw new IndexOutOfBoundsException("no subtree of level " + level);
        }
        return levels.get(level).get(index);
    }

    /** The hashes of one level, side by side. */
    private static final class Level {
        private byte[] hashes = new byte[16 * TreeHash.LENGTH];
        private int count;

        void add(byte[] hash) {
            int at = Math.multiplyExact(count, TreeHash.LENGTH);
            if (at == hashes.length) {
                hashes = Arrays.copyOf(hashes, (int) Math.min(2L * at, Integer.MAX_VALUE - 31L));
            }
            System.arraycopy(hash, 0, hashes, at, TreeHash.LENGTH);
            count++;
        }

        byte[] get(long index) {
            if (index < 0 || index >= count) {
                throw new IndexOutOfBoundsException("no hash " + index + " among " + count);
            }
            int at = (int) index * TreeHash.LENGTH;
            return Arrays.copyOfRange(hashes, at, at + TreeHash.LENGTH);
        }
    }
}
