package org.wanglou.sensors.listen.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.wanglou.bus.codec.Jsons;

/**
 * The offsets of one source on disk: {@code file-<name>.json}, replaced as a whole (temporary file, fsync, rename, fsync
 * of the folder), so that a crash leaves the old or the new one. It holds digests and numbers, no line. Confined to its
 * thread.
 */
final class Offsets {
    /**
     * One file's identity and how far it is done.
     *
     * @param path where it was last
     * @param key the file system's key of it, empty if it has none
     * @param start digest of its first 64 bytes or first line, the shorter
     * @param headLength bytes under {@code head}, at most 1,024
     * @param head digest of its first bytes
     * @param offset Kafka has everything before
     * @param marks some lines before the offset, the last one being the newest
     * @param generation tells files apart that begin alike
     * @param headerAt where the header in force at the offset stands, for formats that have one
     * @param headerLength its bytes; 0: none is known
     */
    record Saved(
            String path,
            String key,
            String start,
            int headLength,
            String head,
            long offset,
            List<Mark> marks,
            int generation,
            long headerAt,
            int headerLength) {
        public Saved {
            marks = List.copyOf(marks);
        }
    }

    /** A line that was handed on: where it began and the digest of its first bytes, at most 64. */
    record Mark(long at, int length, String digest) {}

    /** The document. */
    record Document(int version, List<Saved> files) {}

    private final Path file;

    Offsets(Path folder, String name) {
        this.file = folder.resolve("file-" + name + ".json");
    }

    /** True when this source has never saved anything. */
    boolean fresh() {
        return !Files.exists(file);
    }

    /**
     * What was saved last.
     *
     * @throws IOException when the file is there and cannot be read: going on without it would read everything again
     */
    List<Saved> load() throws IOException {
        if (fresh()) {
            return List.of();
        }
        Document document = Jsons.read(Files.readAllBytes(file), Document.class);
        if (document.version() != 1) {
            throw new IOException(file + " has version " + document.version() + ", this program reads 1");
        }
        return List.copyOf(document.files());
    }

    void save(List<Saved> files) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        Path temporary = file.resolveSibling(file.getFileName() + ".new");
        if (folder != null) {
            Files.createDirectories(folder);
        }
        try (FileChannel out = FileChannel.open(
                temporary, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            ByteBuffer bytes = ByteBuffer.wrap(Jsons.bytes(new Document(1, files)));
            while (bytes.hasRemaining()) {
                out.write(bytes);
            }
            out.force(true);
        }
        Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        if (folder != null) {
            try (FileChannel directory = FileChannel.open(folder, StandardOpenOption.READ)) {
                directory.force(true);
            }
        }
    }
}
