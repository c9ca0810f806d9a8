package org.wanglou.sensors.listen;

import java.io.EOFException;
import java.io.IOException;
import java.util.Arrays;

/** Bytes of a connection or of an unpacked block, one by one or many, through a buffer of 16 KiB. Confined to its thread. */
final class Octets {
    /** Where they come from; -1 at the end. */
    interface From {
        int read(byte[] into, int from, int length) throws IOException;
    }

    private static final int STEP = 64 << 10;

    private final From source;
    private final byte[] buffer = new byte[16 << 10];
    private int at;
    private int end;

    Octets(From source) {
        this.source = source;
    }

    /** The next byte as 0 to 255, -1 at the end. */
    int next() throws IOException {
        if (at == end) {
            at = 0;
            end = 0;
            int got = source.read(buffer, 0, buffer.length);
            if (got <= 0) {
                return -1;
            }
            end = got;
        }
        return buffer[at++] & 0xff;
    }

    /** Whether the next byte can be had without asking the source. */
    boolean buffered() {
        return at < end;
    }

    /** As {@link #next}, but the end is an error. */
    int must() throws IOException {
        int one = next();
        if (one < 0) {
            throw new EOFException("ended within a frame");
        }
        return one;
    }

    /** Four bytes, most significant first, unsigned. */
    long word() throws IOException {
        return (long) must() << 24 | must() << 16 | must() << 8 | must();
    }

    /** So many bytes; memory grows only with what has come. */
    byte[] take(int length) throws IOException {
        byte[] bytes = new byte[Math.min(length, STEP)];
        for (int have = 0; have < length; ) {
            if (have == bytes.length) {
                bytes = Arrays.copyOf(bytes, (int) Math.min(length, bytes.length * 2L));
            }
            have += some(bytes, have, Math.min(bytes.length, length) - have);
        }
        return bytes;
    }

    /** Passes over so many bytes. */
    void skip(long length) throws IOException {
        byte[] rest = length > 0 ? new byte[(int) Math.min(length, STEP)] : buffer;
        for (long left = length; left > 0; ) {
            left -= some(rest, 0, (int) Math.min(left, rest.length));
        }
    }

    private int some(byte[] into, int from, int length) throws IOException {
        if (at < end) {
            int have = Math.min(length, end - at);
            System.arraycopy(buffer, at, into, from, have);
            at += have;
            return have;
        }
        int got = source.read(into, from, length);
        if (got <= 0) {
            throw new EOFException("ended within a frame");
        }
        return got;
    }
}
