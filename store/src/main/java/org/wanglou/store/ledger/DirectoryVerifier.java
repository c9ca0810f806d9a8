package org.wanglou.store.ledger;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.LongFunction;
import org.wanglou.crypto.merkle.Checkpoint;
import org.wanglou.crypto.merkle.MerkleTree;
import org.wanglou.crypto.merkle.TreeHash;
import org.wanglou.crypto.sm.Keys;
import org.wanglou.store.ledger.Verdict.Findings;

/**
 * Verifies one ledger directory.
 *
 * <p>The leaves lie there three times: as hashes in {@code tile/0}, as entries in {@code tile/entries}, and in {@code
 * entries.seg}. Whichever copy gives the signed root is right, and what differs from it is named. Confined to one thread.
 */
final class DirectoryVerifier {
    /** How far to look for where a copy goes on after leaves were taken out. */
    private static final int LOOKAHEAD = 64;

    private final Path dir;
    private final Optional<PublicKey> trusted;
    private final Optional<String> newerHead;
    private final TileFiles tiles;
    private final Findings findings;

    DirectoryVerifier(Path dir, Optional<PublicKey> trusted, Optional<String> newerHead) {
        this.dir = dir;
        this.trusted = trusted;
        this.newerHead = newerHead;
        this.tiles = new TileFiles(dir);
        this.findings = new Findings("directory", dir.toString());
    }

    Verdict verify() {
        try {
            PublicKey key = key();
            findings.key(key);
            Optional<Checkpoint> head = head(key);
            if (head.isEmpty()) {
                return findings.unusable(
                        dir.toString(), "holds no readable checkpoint: not a ledger, or nothing left of it");
            }
            findings.head(head.get());
            Optional<MerkleTree> tree = leaves(head.get());
            LedgerVerifier.againstHead(findings, newerHead, key, head.get(), tree, true);
            return findings.verdict();
        } catch (IOException | IllegalArgumentException e) {
            return findings.unusable(dir.toString(), "cannot be read: " + e.getMessage());
        }
    }

    private PublicKey key() throws IOException {
        Path beside = dir.resolve(Ledger.KEY);
        if (trusted.isEmpty()) {
            if (!Files.exists(beside)) {
                throw new IllegalArgumentException("no public key given, and none in the directory");
            }
            findings.note("no trusted key given: checked with the key that lies in the directory itself");
            return Keys.publicFromPem(Files.readString(beside));
        }
        // readers take their key from here the first time: it must not be another one, nor hold anything else
        if (Files.exists(beside) && !text(beside).equals(Keys.publicPem(trusted.get()))) {
            findings.problem("key", Ledger.KEY, "is not the trusted key's file: changed, or another key");
        }
        return trusted.get();
    }

    /** The signed head, or for want of one the head as it reads, so that the rest can still be looked at. */
    private Optional<Checkpoint> head(PublicKey key) throws IOException {
        Optional<Checkpoint> published = signedFile(Ledger.CHECKPOINT, key);
        Optional<Checkpoint> state = signedFile(Ledger.STATE, key);
        if (published.isPresent() && state.isPresent()) {
            Checkpoint p = published.get();
            Checkpoint s = state.get();
            if (s.size() < p.size()
                    || (s.size() == p.size() && !s.equals(p))
                    || !s.origin().equals(p.origin())) {
                findings.problem(
                        "changed", Ledger.STATE, "names " + s + ", which does not continue the checkpoint's " + p);
            }
        }
        if (published.isPresent()) {
            return published;
        }
        return state.isPresent() ? state : unsigned();
    }

    private Optional<Checkpoint> signedFile(String name, PublicKey key) throws IOException {
        Path file = dir.resolve(name);
        if (!Files.exists(file)) {
            // A published copy for readers has no state file; the checkpoint it must have.
            if (name.equals(Ledger.CHECKPOINT)) {
                findings.problem("missing", name, "the file is missing");
            }
            return Optional.empty();
        }
        try {
            return Optional.of(Checkpoint.verified(text(file), key));
        } catch (Checkpoint.NotTrusted e) {
            findings.problem("signature", name, String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }

    private Optional<Checkpoint> unsigned() throws IOException {
        for (String name : List.of(Ledger.CHECKPOINT, Ledger.STATE)) {
            if (Files.exists(dir.resolve(name))) {
                try {
                    return Optional.of(Checkpoint.parse(text(dir.resolve(name))));
                } catch (Checkpoint.NotTrusted e) {
                    findings.note(name + " gives no head to compare the leaves with");
                }
            }
        }
        return Optional.empty();
    }

    private static String text(Path file) throws IOException {
        return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    }

    private Optional<MerkleTree> leaves(Checkpoint head) throws IOException {
        TreeHash hash = head.hash();
        List<Copy> copies = new ArrayList<>();
        copies.add(entryTiles(head.size(), hash));
        copies.add(hashTiles(head.size()));
        if (Files.exists(dir.resolve(EntryLog.NAME))) {
            copies.add(entryLog(head.size(), hash));
        } else if (Files.exists(dir.resolve(Ledger.STATE)) && head.size() > 0) {
            findings.problem("missing", EntryLog.NAME, "the file is missing");
        }
        for (Copy right : copies) {
            Optional<MerkleTree> tree = right.tree(head, hash);
            if (tree.isPresent() && Arrays.equals(tree.get().root(), head.root())) {
                copies.stream().filter(copy -> copy != right).forEach(copy -> compare(right, copy));
                upperTiles(tree.get(), head.size());
                new OtherTiles(dir, findings).verify(tree.get(), head);
                findings.leaves(head.size());
                return tree;
            }
        }
        findings.problem(
                "root",
                dir.toString(),
                "no copy of the leaves gives the signed root of size " + head.size()
                        + ": leaves were changed or deleted in every copy");
        Copy hashes = copies.get(1);
        copies.stream().filter(copy -> copy != hashes).forEach(copy -> compare(hashes, copy));
        return Optional.empty();
    }

    private Copy hashTiles(long size) throws IOException {
        List<List<byte[]>> parts = new ArrayList<>();
        for (long n = 0; n * TileFiles.WIDTH < size; n++) {
            int width = TileFiles.width(n, size);
            parts.add(tile("0", n, width).map(tile -> tile.hashes(width)).orElse(List.of()));
        }
        return new Copy(n -> TileFiles.name("0", n, TileFiles.width(n, size)), parts);
    }

    private Copy entryTiles(long size, TreeHash hash) throws IOException {
        List<List<byte[]>> parts = new ArrayList<>();
        for (long n = 0; n * TileFiles.WIDTH < size; n++) {
            int width = TileFiles.width(n, size);
            List<byte[]> hashes = new ArrayList<>();
            tile("entries", n, width)
                    .ifPresent(tile -> tile.entries(width).forEach(entry -> hashes.add(hash.leaf(entry))));
            parts.add(hashes);
        }
        return new Copy(n -> TileFiles.name("entries", n, TileFiles.width(n, size)), parts);
    }

    private Optional<TileFiles.Tile> tile(String level, long n, int width) throws IOException {
        Optional<TileFiles.Tile> tile = tiles.read(level, n, width);
        if (tile.isEmpty()) {
            findings.problem("missing", TileFiles.name(level, n, width), "the file is missing");
        }
        return tile;
    }

    private Copy entryLog(long size, TreeHash hash) throws IOException {
        List<byte[]> hashes = new ArrayList<>();
        try (EntryLog.Reader reader = new EntryLog.Reader(dir)) {
            for (Optional<byte[]> next = reader.next(); next.isPresent(); next = reader.next()) {
                hashes.add(hash.leaf(next.get()));
            }
            if (!reader.fault().isEmpty() && hashes.size() < size) {
                findings.problem("changed", EntryLog.NAME + " leaf " + hashes.size(), reader.fault());
            } else if (!reader.fault().isEmpty()) {
                findings.note(EntryLog.NAME + " has a torn end behind what is signed: " + reader.fault());
            }
            if (hashes.size() > size) {
                findings.note((hashes.size() - size) + " entries are not under this checkpoint yet");
            }
            return new Copy(n -> EntryLog.NAME, List.of(hashes), reader.fault());
        }
    }

    /** Names what differs from the right copy. */
    private void compare(Copy right, Copy copy) {
        List<byte[]> all = right.all();
        long base = 0;
        for (int part = 0; part < copy.parts.size(); part++) {
            List<byte[]> actual = copy.parts.get(part);
            int end = copy.parts.size() == 1 ? all.size() : (int) Math.min(base + TileFiles.WIDTH, all.size());
            List<byte[]> expected = all.subList((int) Math.min(base, end), end);
            if (!actual.isEmpty() || expected.isEmpty()) {
                compare(expected, actual, base, copy.file.apply(part), copy.fault);
            }
            base += TileFiles.WIDTH;
        }
    }

    private void compare(List<byte[]> expected, List<byte[]> actual, long base, String file, String fault) {
        int j = 0;
        int i = 0;
        while (i < expected.size()) {
            if (j >= actual.size()) {
                // A damaged entry hides those behind it; it has been named already.
                if (fault.isEmpty()) {
                    String last = i + 1 == expected.size() ? "" : " to " + (base + expected.size() - 1);
                    findings.problem("deleted", file, "leaf " + (base + i) + last + " is missing");
                }
                return;
            }
            if (Arrays.equals(expected.get(i), actual.get(j))) {
                i++;
                j++;
                continue;
            }
            int gap = gap(expected, i, actual.get(j));
            if (gap > 0) {
                String last = gap == 1 ? "" : " to " + (base + i + gap - 1);
                findings.problem("deleted", file, "leaf " + (base + i) + last + " was taken out");
                i += gap;
            } else if (j + 1 < actual.size() && Arrays.equals(expected.get(i), actual.get(j + 1))) {
                findings.problem("inserted", file, "something was put in before leaf " + (base + i));
                j++;
            } else {
                findings.problem("changed", file, "leaf " + (base + i) + " was changed");
                i++;
                j++;
            }
        }
    }

    private static int gap(List<byte[]> expected, int from, byte[] found) {
        for (int gap = 1; gap <= LOOKAHEAD && from + gap < expected.size(); gap++) {
            if (Arrays.equals(expected.get(from + gap), found)) {
                return gap;
            }
        }
        return 0;
    }

    private void upperTiles(MerkleTree tree, long size) throws IOException {
        for (int level = 1; level < TileFiles.levels(size); level++) {
            long count = TileFiles.count(level, size);
            for (long n = 0; n * TileFiles.WIDTH < count; n++) {
                int width = TileFiles.width(n, count);
                byte[] expected = TileFiles.hashTile(tree, level, n, width);
                Optional<TileFiles.Tile> tile = tile(Integer.toString(level), n, width);
                if (tile.isPresent()
                        && !Arrays.equals(expected, Arrays.copyOf(tile.get().bytes(), expected.length))) {
                    findings.problem("changed", tile.get().name(), "its hashes are not those of the leaves below it");
                }
            }
        }
    }

    /** One copy of the leaves: their hashes, file by file. */
    private record Copy(LongFunction<String> file, List<List<byte[]>> parts, String fault) {
        Copy(LongFunction<String> file, List<List<byte[]>> parts) {
            this(file, parts, "");
        }

        List<byte[]> all() {
            return parts.stream().flatMap(List::stream).toList();
        }

        /** The tree over as many leaves as the head has; empty when there are fewer. */
        Optional<MerkleTree> tree(Checkpoint head, TreeHash hash) {
            MerkleTree tree = new MerkleTree(hash);
            for (List<byte[]> part : parts) {
                for (byte[] leaf : part) {
                    if (tree.size() < head.size()) {
                        tree.appendLeafHash(leaf);
                    }
                }
            }
            return tree.size() == head.size() ? Optional.of(tree) : Optional.empty();
        }
    }
}
