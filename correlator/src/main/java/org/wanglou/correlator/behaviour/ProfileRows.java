package org.wanglou.correlator.behaviour;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.wanglou.correlator.time.Multicast;
import org.wanglou.model.Entities;

/**
 * The rows of profiles in the windows' store, big-endian. Header: route ‖ key (32 bytes) → key text, ages, the habit's
 * state. What waits for the clock: route ‖ key ‖ 0 ‖ time ‖ signal hash (49 bytes) → event id, value, entities. A value:
 * route ‖ key ‖ 1 ‖ hash (41 bytes) → what the habit knows of it.
 */
final class ProfileRows {
    private static final byte VERSION = 1;
    private static final byte WAITING = 0;
    private static final byte VALUE = 1;

    private ProfileRows() {}

    static boolean isHeader(byte[] row) {
        return row.length == Multicast.ROUTED;
    }

    static boolean isValue(byte[] row) {
        return row.length == Multicast.ROUTED + 9 && row[Multicast.ROUTED] == VALUE;
    }

    static byte[] owner(byte[] row) {
        return Arrays.copyOf(row, Multicast.ROUTED);
    }

    static byte[] waitingKey(byte[] key, Sample sample) {
        return ByteBuffer.allocate(Multicast.ROUTED + 17)
                .put(key)
                .put(WAITING)
                .putLong(sample.time())
                .putLong(sample.hash())
                .array();
    }

    static byte[] valueKey(byte[] key, long value) {
        return ByteBuffer.allocate(Multicast.ROUTED + 9)
                .put(key)
                .put(VALUE)
                .putLong(value)
                .array();
    }

    static long value(byte[] row) {
        return ByteBuffer.wrap(row).getLong(Multicast.ROUTED + 1);
    }

    static byte[] waiting(Sample sample) {
        return write(out -> {
            out.writeByte(VERSION);
            out.writeUTF(sample.eventId());
            out.writeUTF(sample.value());
            Entities entities = sample.entities();
            out.writeUTF(entities.source());
            out.writeUTF(entities.target());
            out.writeUTF(entities.user());
            out.writeUTF(entities.asset());
            out.writeUTF(entities.organization());
        });
    }

    static Sample waiting(byte[] key, byte[] row) {
        ByteBuffer place = ByteBuffer.wrap(key, Multicast.ROUTED + 1, 16);
        long time = place.getLong();
        long hash = place.getLong();
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(row))) {
            in.readByte();
            return new Sample(
                    time,
                    hash,
                    in.readUTF(),
                    in.readUTF(),
                    new Entities(in.readUTF(), in.readUTF(), in.readUTF(), in.readUTF(), in.readUTF()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static byte[] header(Profile profile) {
        return write(out -> {
            out.writeByte(VERSION);
            out.writeUTF(profile.keyText());
            profile.write(out);
        });
    }

    /** Opens a header row behind its key text. */
    static DataInputStream open(byte[] row) throws IOException {
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(row));
        in.readByte();
        return in;
    }

    private interface Writer {
        void to(DataOutputStream out) throws IOException;
    }

    private static byte[] write(Writer writer) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(160);
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            writer.to(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
