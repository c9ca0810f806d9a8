package org.wanglou.store.ledger;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.wanglou.crypto.merkle.Checkpoint;
import org.wanglou.crypto.merkle.MerkleTree;
import org.wanglou.crypto.merkle.NewerHead;
import org.wanglou.crypto.merkle.TlogProof;

/**
 * What a ledger directory had published when it was read; needs neither key nor lock, so it also reads a ledger that is
 * being written. Immutable.
 */
public final class LedgerReader {
    private final String checkpointText;
    private final Checkpoint head;
    private final MerkleTree tree;
    private final List<byte[]> entries;

    private LedgerReader(String checkpointText, Checkpoint head, MerkleTree tree, List<byte[]> entries) {
        this.checkpointText = checkpointText;
        this.head = head;
        this.tree = tree;
        this.entries = entries;
    }

    /**
     * Reads checkpoint and entries and compares the root. The signature is not looked at.
     *
     * @throws Ledger.Refused when the entries do not give the checkpoint's root
     */
    public static LedgerReader read(Path dir) throws IOException {
        Path file = dir.resolve(Ledger.CHECKPOINT);
        if (!Files.exists(file)) {
            throw new Ledger.Refused(dir + " holds no ledger: the file 'checkpoint' is missing");
        }
        String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        Checkpoint head;
        try {
            head = Checkpoint.parse(text);
        } catch (Checkpoint.NotTrusted e) {
            throw new Ledger.Refused(file + ": " + e.getMessage());
        }
        TileFiles tiles = new TileFiles(dir);
        MerkleTree tree = new MerkleTree(head.hash());
        List<byte[]> entries = new ArrayList<>();
        for (long n = 0; n * TileFiles.WIDTH < head.size(); n++) {
            int width = TileFiles.width(n, head.size());
            Optional<TileFiles.Tile> tile = tiles.read("entries", n, width);
            for (byte[] entry : tile.map(t -> t.entries(width)).orElse(List.of())) {
                tree.append(entry);
                entries.add(entry);
            }
        }
        if (tree.size() != head.size() || !Arrays.equals(tree.root(), head.root())) {
            throw new Ledger.Refused("the entries in " + dir
                    + " do not give the root of its checkpoint; 'wanglou verify " + dir + "' says what is wrong");
        }
        return new LedgerReader(text, head, tree, List.copyOf(entries));
    }

    public Checkpoint head() {
        return head;
    }

    public String checkpointText() {
        return checkpointText;
    }

    /** Entries under the checkpoint, by index. */
    public List<byte[]> entries() {
        return entries;
    }

    /** Index of the newest leaf that seals this object in this revision; a negative revision means any. */
    public Optional<Long> find(String objectType, String objectId, int revision) {
        for (int i = entries.size() - 1; i >= 0; i--) {
            LedgerEntry entry = LedgerEntry.parse(entries.get(i));
            if (entry.objType().equals(objectType)
                    && entry.id().equals(objectId)
                    && (revision < 0 || entry.rev() == revision)) {
                return Optional.of((long) i);
            }
        }
        return Optional.empty();
    }

    byte[] leafHash(long index) {
        return tree.subtree(0, index);
    }

    List<byte[]> path(long index) {
        return tree.inclusionPath(index, head.size());
    }

    /** The proof of that leaf, as a file that verifies offline. */
    public String proofText(long index) {
        String leaf = new String(entries.get(Math.toIntExact(index)), StandardCharsets.UTF_8);
        return new TlogProof(leaf, index, path(index), checkpointText).text();
    }

    /** The head with the proof that it continues the first {@code size} leaves. */
    public String headSince(long size) {
        return NewerHead.since(tree, size, head.size(), checkpointText).text();
    }
}
