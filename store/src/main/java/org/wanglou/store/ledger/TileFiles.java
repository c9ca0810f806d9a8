package org.wanglou.store.ledger;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.wanglou.crypto.merkle.Subtrees;
import org.wanglou.crypto.merkle.TreeHash;

/**
 * The files of a log in the layout of C2SP tlog-tiles: {@code tile/<level>/<n>} with 256 hashes each, {@code
 * tile/entries/<n>} with 256 entries behind uint16 lengths, {@code .p/<width>} while a tile is not full.
 *
 * <p>A partial tile is dropped when a wider one has been published; its content is a prefix of the wider one. Thread-safe
 * for readers beside one writer.
 */
final class TileFiles {
    /** Hashes or entries of a full tile. */
    static final int WIDTH = 256;

    private static final int HEIGHT = 8;

    private final Path dir;

    TileFiles(Path dir) {
        this.dir = dir;
    }

    /** How many levels a tree of that size has tiles of. */
    static int levels(long size) {
        int levels = 0;
        for (long count = size; count > 0; count >>>= HEIGHT) {
            levels++;
        }
        return levels;
    }

    /** Hashes of a level in a tree of that size. */
    static long count(int level, long size) {
        return size >>> (HEIGHT * level);
    }

    /** Hashes or entries in tile {@code n} when its level has that many. */
    static int width(long n, long count) {
        return (int) Math.min(WIDTH, count - n * WIDTH);
    }

    /** The path below the ledger's directory, such as {@code tile/0/x001/067.p/12}. */
    static String name(String level, long n, int width) {
        StringBuilder number = new StringBuilder(String.format("%03d", n % 1000));
        for (long rest = n / 1000; rest > 0; rest /= 1000) {
            number.insert(0, String.format("x%03d/", rest % 1000));
        }
        return "tile/" + level + "/" + number + (width == WIDTH ? "" : ".p/" + width);
    }

    /**
     * Writes the tiles that differ between two sizes of the tree, each forced to disk under its final name.
     *
     * @param tail entries from {@code tailStart}, which begins a tile at or before {@code from}
     */
    void write(Subtrees tree, List<byte[]> tail, long tailStart, long from, long to) throws IOException {
        for (long n = from / WIDTH; n * WIDTH < to; n++) {
            int width = width(n, to);
            int at = (int) (n * WIDTH - tailStart);
            replace(dir.resolve(name("entries", n, width)), entriesTile(tail.subList(at, at + width)));
        }
        for (int level = 0; level < levels(to); level++) {
            long count = count(level, to);
            for (long n = count(level, from) / WIDTH; n * WIDTH < count; n++) {
                int width = width(n, count);
                replace(dir.resolve(name(Integer.toString(level), n, width)), hashTile(tree, level, n, width));
            }
        }
    }

    /** Removes partial tiles that the published size has outgrown. */
    void dropOutgrown(long from, long to) throws IOException {
        drop("entries", from, to);
        for (int level = 0; level < levels(from); level++) {
            drop(Integer.toString(level), count(level, from), count(level, to));
        }
    }

    private void drop(String level, long before, long now) throws IOException {
        long n = before / WIDTH;
        if (before % WIDTH == 0 || before == now) {
            return;
        }
        Files.deleteIfExists(dir.resolve(name(level, n, (int) (before % WIDTH))));
        Path folder = dir.resolve(name(level, n, 1)).getParent();
        if (folder != null && width(n, now) == WIDTH && Files.isDirectory(folder)) {
            try (Stream<Path> left = Files.list(folder)) {
                for (Path file : left.toList()) {
                    Files.deleteIfExists(file);
                }
            }
            Files.deleteIfExists(folder);
        }
    }

    static byte[] hashTile(Subtrees tree, int level, long n, int width) {
        byte[] tile = new byte[width * TreeHash.LENGTH];
        for (int i = 0; i < width; i++) {
            System.arraycopy(
                    tree.subtree(level * HEIGHT, n * WIDTH + i), 0, tile, i * TreeHash.LENGTH, TreeHash.LENGTH);
        }
        return tile;
    }

    static byte[] entriesTile(List<byte[]> entries) {
        ByteArrayOutputStream tile = new ByteArrayOutputStream();
        for (byte[] entry : entries) {
            tile.write(entry.length >>> 8);
            tile.write(entry.length);
            tile.writeBytes(entry);
        }
        return tile.toByteArray();
    }

    /** The bytes of one tile file and its name below the directory. */
    record Tile(String name, byte[] bytes) {
        /** The first hashes of a hash tile; fewer than asked for when the file is short. */
        List<byte[]> hashes(int width) {
            List<byte[]> hashes = new ArrayList<>();
            for (int i = 0; i < width && (i + 1) * TreeHash.LENGTH <= bytes.length; i++) {
                hashes.add(Arrays.copyOfRange(bytes, i * TreeHash.LENGTH, (i + 1) * TreeHash.LENGTH));
            }
            return hashes;
        }

        /** The first entries of an entries tile; fewer than asked for when the lengths do not work out. */
        List<byte[]> entries(int width) {
            List<byte[]> entries = new ArrayList<>();
            ByteBuffer in = ByteBuffer.wrap(bytes);
            while (entries.size() < width && in.remaining() >= 2) {
                int length = Short.toUnsignedInt(in.getShort());
                if (length > in.remaining()) {
                    break;
                }
                byte[] entry = new byte[length];
                in.get(entry);
                entries.add(entry);
            }
            return entries;
        }
    }

    /** The tile of exactly that width, or else a wider one, which begins with it; empty when there is none. */
    Optional<Tile> read(String level, long n, int width) throws IOException {
        Optional<Tile> exact = readFile(name(level, n, width));
        if (exact.isPresent() || width == WIDTH) {
            return exact;
        }
        for (int wider = width + 1; wider <= WIDTH; wider++) {
            String name = name(level, n, wider);
            if (Files.exists(dir.resolve(name))) {
                Optional<Tile> tile = readFile(name);
                if (tile.isPresent()) {
                    return tile;
                }
            }
        }
        return Optional.empty();
    }

    private Optional<Tile> readFile(String name) throws IOException {
        try {
            return Optional.of(new Tile(name, Files.readAllBytes(dir.resolve(name))));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    /** Puts the file there whole or not at all: temporary file, force, rename, force the directory. */
    static void replace(Path path, byte[] bytes) throws IOException {
        Path folder = path.toAbsolutePath().getParent();
        if (folder == null) {
            throw new IOException("no folder for " + path);
        }
        createForced(folder);
        Path temporary = folder.resolve(path.getFileName() + ".tmp");
        try (FileChannel out = FileChannel.open(
                temporary, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            ByteBuffer buffer = ByteBuffer.wrap(bytes);
            while (buffer.hasRemaining()) {
                out.write(buffer);
            }
            out.force(true);
        }
        Files.move(temporary, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        forceDirectory(folder);
    }

    /** Creates missing folders and forces each new name, which would otherwise be lost with its content. */
    private static void createForced(Path folder) throws IOException {
        if (Files.isDirectory(folder)) {
            return;
        }
        Path parent = folder.getParent();
        if (parent != null) {
            createForced(parent);
        }
        Files.createDirectories(folder);
        if (parent != null) {
            forceDirectory(parent);
        }
    }

    static void forceDirectory(Path folder) throws IOException {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
