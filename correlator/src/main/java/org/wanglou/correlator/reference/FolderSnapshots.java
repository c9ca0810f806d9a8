package org.wanglou.correlator.reference;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/** Snapshots as files named by their digest, for a node that has no case database at hand. Thread-safe. */
public final class FolderSnapshots implements SnapshotStore {
    private final Path folder;

    /** @param folder made when the first snapshot is kept */
    public FolderSnapshots(Path folder) {
        this.folder = folder;
    }

    private Path file(String digest) {
        if (!digest.matches("[0-9a-f]{32,64}")) {
            throw new IllegalArgumentException("no digest: " + digest);
        }
        return folder.resolve(digest);
    }

    @Override
    public Optional<byte[]> load(String digest) {
        Path file = file(digest);
        try {
            return Files.exists(file) ? Optional.of(Files.readAllBytes(file)) : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read snapshot " + file, e);
        }
    }

    @Override
    public void keep(String kind, String digest, byte[] bytes) {
        Path file = file(digest);
        try {
            if (Files.exists(file)) {
                return;
            }
            Files.createDirectories(folder);
            Path made = Files.createTempFile(folder, "made", "");
            try (FileChannel channel = FileChannel.open(made, StandardOpenOption.WRITE)) {
                ByteBuffer all = ByteBuffer.wrap(bytes);
                while (all.hasRemaining()) {
                    channel.write(all);
                }
                channel.force(true);
            }
            Files.move(made, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot keep snapshot " + file, e);
        }
    }
}
