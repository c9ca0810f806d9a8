package org.wanglou.sensors.spool;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/** The records of a spool's file: {length, CRC-32C, length of the source's name, the name, sealed parcel}. Immutable. */
final class SpoolFile {
    static final int HEADER = 9;
    private static final int LARGEST = 16 << 20;

    private SpoolFile() {}

    static ByteBuffer record(byte[] name, byte[] sealed) {
        return ByteBuffer.allocate(HEADER + name.length + sealed.length)
                .putInt(name.length + sealed.length)
                .putInt(sum(name, sealed))
                .put((byte) name.length)
                .put(name)
                .put(sealed)
                .flip();
    }

    private static int sum(byte[] name, byte[] sealed) {
        CRC32C crc = new CRC32C();
        crc.update(name);
        crc.update(sealed);
        return (int) crc.getValue();
    }

    /**
     * The records in order, up to one whose length cannot be: torn by a crash, or damaged.
     *
     * @param opener opens the parcels; empty when only the names are wanted
     */
    static List<Spool.Taken> read(Path path, Optional<Sealer> opener) throws IOException {
        ByteBuffer in = ByteBuffer.wrap(Files.readAllBytes(path));
        List<Spool.Taken> records = new ArrayList<>();
        while (in.remaining() >= HEADER) {
            int length = in.getInt();
            int expected = in.getInt();
            int nameLength = in.get() & 0xff;
            if (length < nameLength || length > LARGEST || length > in.remaining()) {
                break;
            }
            byte[] name = new byte[nameLength];
            byte[] sealed = new byte[length - nameLength];
            in.get(name).get(sealed);
            boolean opens = opener.isPresent() && sum(name, sealed) == expected;
            records.add(new Spool.Taken(
                    new String(name, StandardCharsets.UTF_8), opens ? parcel(opener.get(), sealed) : null));
        }
        return records;
    }

    private static @Nullable Parcel parcel(Sealer sealer, byte[] sealed) {
        try {
            return Parcel.of(sealer.open(sealed));
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
