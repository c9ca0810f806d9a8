package org.wanglou.store.ledger;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * The file {@code entries.seg}: every entry as length, CRC32C and bytes, appended and forced to disk before anything else
 * is done with it. Confined to the ledger's lock.
 */
final class EntryLog implements Closeable {
    static final String NAME = "entries.seg";
    /** Of the layout's uint16. An empty entry does not exist: zeros that a crash left behind must not read as entries. */
    static final int MAX_ENTRY = 65_535;

    private static final int HEAD = 8;

    private final FileChannel file;

    /** Opens for appending behind the first {@code length} bytes; what follows them is cut off. */
    EntryLog(Path dir, long length) throws IOException {
        Path path = dir.resolve(NAME);
        boolean fresh = !Files.exists(path);
        file = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (file.size() > length) {
            file.truncate(length);
            file.force(true);
        }
        file.position(length);
        if (fresh) {
            TileFiles.forceDirectory(dir);
        }
    }

    /** Appends and returns when the entries are on the disk. */
    void append(List<byte[]> entries) throws IOException {
        int size = 0;
        for (byte[] entry : entries) {
            if (entry.length == 0 || entry.length > MAX_ENTRY) {
                throw new IllegalArgumentException("an entry has 1 to " + MAX_ENTRY + " bytes, not " + entry.length);
            }
            size = Math.addExact(size, HEAD + entry.length);
        }
        ByteBuffer buffer = ByteBuffer.allocate(size);
        for (byte[] entry : entries) {
            buffer.putInt(entry.length).putInt(crc(entry)).put(entry);
        }
        buffer.flip();
        while (buffer.hasRemaining()) {
            file.write(buffer);
        }
        file.force(true);
    }

    @Override
    public void close() throws IOException {
        file.close();
    }

    private static int crc(byte[] bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes);
        return (int) crc.getValue();
    }

    /** Reads entries one by one up to the end or the first that is torn or damaged. Confined to one thread. */
    static final class Reader implements Closeable {
        private final DataInputStream in;
        private long valid;
        private String fault = "";

        Reader(Path dir) throws IOException {
            in = new DataInputStream(new BufferedInputStream(Files.newInputStream(dir.resolve(NAME)), 1 << 16));
        }

        /** The next entry; empty at the end or at a fault. */
        Optional<byte[]> next() throws IOException {
            if (!fault.isEmpty()) {
                return Optional.empty();
            }
            try {
                int first = in.read();
                if (first < 0) {
                    return Optional.empty();
                }
                int length = first << 24 | in.readUnsignedByte() << 16 | in.readUnsignedShort();
                int crc = in.readInt();
                if (length <= 0 || length > MAX_ENTRY) {
                    fault = "the length at byte " + valid + " is " + Integer.toUnsignedString(length);
                    return Optional.empty();
                }
                byte[] entry = new byte[length];
                in.readFully(entry);
                if (crc(entry) != crc) {
                    fault = "the entry at byte " + valid + " does not have its checksum";
                    return Optional.empty();
                }
                valid += HEAD + length;
                return Optional.of(entry);
            } catch (EOFException e) {
                fault = "the entry at byte " + valid + " is cut off";
                return Optional.empty();
            }
        }

        /** Bytes of whole entries read so far. */
        long valid() {
            return valid;
        }

        /** Why reading stopped before the end; empty when it did not. */
        String fault() {
            return fault;
        }

        @Override
        public void close() throws IOException {
            in.close();
        }
    }
}
