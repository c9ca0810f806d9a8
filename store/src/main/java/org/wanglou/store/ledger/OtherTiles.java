package org.wanglou.store.ledger;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.wanglou.crypto.merkle.Checkpoint;
import org.wanglou.crypto.merkle.MerkleTree;
import org.wanglou.store.ledger.Verdict.Findings;

/**
 * Looks at the files below {@code tile} that a head of this size does not need: partial tiles of smaller heads, which stay
 * when a process ends between publishing and tidying. Readers of an older head are served from them, so they must say what
 * the tree says. Anything else there is no part of the ledger. Used once.
 */
final class OtherTiles {
    private static final Pattern NAME =
            Pattern.compile("tile/(entries|\\d+)/((?:x\\d{3}/)*\\d{3})(?:\\.p/(\\d{1,3}))?");

    private final Path dir;
    private final Findings findings;

    OtherTiles(Path dir, Findings findings) {
        this.dir = dir;
        this.findings = findings;
    }

    void verify(MerkleTree tree, Checkpoint head) throws IOException {
        Path root = dir.resolve("tile");
        if (!Files.isDirectory(root)) {
            return;
        }
        Set<String> needed = needed(head.size());
        List<Path> files;
        try (Stream<Path> all = Files.walk(root)) {
            files = all.filter(Files::isRegularFile).sorted().toList();
        }
        for (Path file : files) {
            String name = dir.relativize(file).toString();
            if (name.endsWith(".tmp")) {
                findings.note(name + " was being written when the process ended; it is no part of the ledger");
            } else if (!needed.contains(name)) {
                other(name, Files.readAllBytes(file), tree, head);
            }
        }
    }

    private static Set<String> needed(long size) {
        Set<String> needed = new HashSet<>();
        add(needed, "entries", size);
        for (int level = 0; level < TileFiles.levels(size); level++) {
            add(needed, Integer.toString(level), TileFiles.count(level, size));
        }
        return needed;
    }

    private static void add(Set<String> needed, String level, long count) {
        for (long n = 0; n * TileFiles.WIDTH < count; n++) {
            needed.add(TileFiles.name(level, n, TileFiles.width(n, count)));
        }
    }

    private void other(String name, byte[] bytes, MerkleTree tree, Checkpoint head) {
        Matcher parts = NAME.matcher(name);
        if (!parts.matches() || parts.group(1).length() > 7) {
            findings.problem("stray", name, "is no file of a ledger");
            return;
        }
        boolean entries = parts.group(1).equals("entries");
        int level = entries ? 0 : Integer.parseInt(parts.group(1));
        long n = 0;
        for (String part : parts.group(2).split("/")) {
            n = n * 1000 + Integer.parseInt(part.replace("x", ""));
        }
        int width = parts.group(3) == null ? TileFiles.WIDTH : Integer.parseInt(parts.group(3));
        if (level >= TileFiles.levels(head.size())
                || n * TileFiles.WIDTH + width > TileFiles.count(level, head.size())) {
            findings.note(name + " lies beyond this checkpoint and was not looked at");
            return;
        }
        boolean same = entries
                ? sameEntries(new TileFiles.Tile(name, bytes), bytes.length, width, n, tree, head)
                : Arrays.equals(bytes, TileFiles.hashTile(tree, level, n, width));
        if (!same) {
            findings.problem("changed", name, "a partial tile of a smaller head says something else than the tree");
        }
    }

    private static boolean sameEntries(
            TileFiles.Tile tile, int length, int width, long n, MerkleTree tree, Checkpoint head) {
        List<byte[]> entries = tile.entries(width);
        int read = 0;
        for (int i = 0; i < entries.size(); i++) {
            read += 2 + entries.get(i).length;
            byte[] expected = tree.subtree(0, n * TileFiles.WIDTH + i);
            if (!Arrays.equals(expected, head.hash().leaf(entries.get(i)))) {
                return false;
            }
        }
        return entries.size() == width && read == length;
    }
}
