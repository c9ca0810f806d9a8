package org.wanglou.app;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import org.wanglou.crypto.sm.KeyRing;
import org.wanglou.crypto.sm.Keys;

/**
 * The directory that holds everything an instance must keep, readable by its owner only, used by one process at a time.
 *
 * <p>{@code kafka} the embedded broker's log, {@code index} the archive, {@code cases} the case database, {@code ledger}
 * the ledger, {@code keys} the key ring and the public keys, {@code registry} units and assets, {@code state} what
 * sensors remember. Confined to the thread that opens and closes it.
 */
public final class DataDirectory implements AutoCloseable {
    static final List<String> KEYS = List.of("ledger", "notify", "rules", "report");

    /** HMAC-SM3 key of the tokens that stand for personal identifiers. */
    static final String TOKENS = "tokens";

    /** SM4 key of dead letters. */
    static final String SEAL = "seal";

    private final Path root;
    private final FileChannel channel;
    private final FileLock lock;

    private DataDirectory(Path root, FileChannel channel, FileLock lock) {
        this.root = root;
        this.channel = channel;
        this.lock = lock;
    }

    /**
     * Opens or makes the directory and locks it.
     *
     * @throws IllegalStateException when another process uses it, naming the directory
     */
    public static DataDirectory open(Path root) {
        try {
            if (!Files.isDirectory(root)) {
                Files.createDirectories(root);
                restrict(root, "rwx------");
            }
            return locked(root)
                    .orElseThrow(() -> new IllegalStateException("data directory " + root
                            + " is in use by another process: stop it, or give --data another one"));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot use data directory " + root, e);
        }
    }

    /** Opens and locks a directory that is there; empty when another process uses it. */
    public static Optional<DataDirectory> tryOpen(Path root) {
        try {
            return locked(root);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot use data directory " + root, e);
        }
    }

    private static Optional<DataDirectory> locked(Path root) throws IOException {
        FileChannel channel =
                FileChannel.open(root.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock = tryLock(channel);
        if (lock == null) {
            channel.close();
            return Optional.empty();
        }
        return Optional.of(new DataDirectory(root, channel, lock));
    }

    private static @org.jspecify.annotations.Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    /** A directory below the root, made if it is missing. */
    public Path sub(String name) {
        Path path = root.resolve(name);
        try {
            Files.createDirectories(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return path;
    }

    public Path root() {
        return root;
    }

    /**
     * The instance's keys; made at the first start. The ring is a PKCS#12 file whose password lies beside it (or in the
     * environment variable {@code WANGLOU_KEY_PASSWORD}), both readable by the owner only; public keys are put beside it
     * as PEM for whoever verifies.
     *
     * @throws IllegalArgumentException when the ring does not open with the password
     */
    public KeyRing keys() {
        Path directory = sub("keys");
        Path file = directory.resolve("keyring.p12");
        try {
            restrict(directory, "rwx------");
            if (Files.exists(file)) {
                return KeyRing.fromPkcs12(Files.readAllBytes(file), password(directory, false));
            }
            KeyRing ring = KeyRing.EMPTY
                    .withFreshKeys(KEYS)
                    .withSecret(TOKENS, KeyRing.randomSecret(32))
                    .withSecret(SEAL, KeyRing.randomSecret(16));
            write(file, ring.toPkcs12(password(directory, true)));
            for (String name : KEYS) {
                Files.writeString(directory.resolve(name + ".pub.pem"), Keys.publicPem(ring.publicKey(name)));
            }
            return ring;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read or write keys in " + directory, e);
        }
    }

    private static char[] password(Path directory, boolean make) throws IOException {
        String given = System.getenv("WANGLOU_KEY_PASSWORD");
        if (given != null) {
            return given.toCharArray();
        }
        Path file = directory.resolve("keyring.password");
        if (make) {
            write(file, new String(KeyRing.randomPassword()).getBytes(StandardCharsets.US_ASCII));
        }
        return Files.readString(file, StandardCharsets.US_ASCII).strip().toCharArray();
    }

    /** Written whole or not at all: to a side file, synced, then moved. */
    private static void write(Path file, byte[] bytes) throws IOException {
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(fresh);
        Files.createFile(fresh);
        restrict(fresh, "rw-------");
        Files.write(fresh, bytes, StandardOpenOption.WRITE, StandardOpenOption.SYNC);
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static void restrict(Path path, String mode) throws IOException {
        if (FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(mode));
        }
    }

    @Override
    public void close() {
        try {
            lock.release();
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
