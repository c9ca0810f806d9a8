package org.wanglou.rules.indicators.table;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Octets in chunks of {@value #CHUNK} with room for {@code 2^32} places of four octets each; place 0 stands for none.
 * Grows while it is built, is only read afterwards. Confined to its builder, then thread-safe.
 */
final class Arena {
    private static final int CHUNK_BITS = 22;
    static final int CHUNK = 1 << CHUNK_BITS;
    private static final int PLACE_BITS = CHUNK_BITS - 2;
    private static final int PLACE_MASK = (1 << PLACE_BITS) - 1;
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

    private byte[][] chunks = new byte[4][];
    private int chunk = -1;
    private int used = CHUNK;

    /** Copies an entry in and returns its place. */
    int add(byte[] entry, int length) {
        int whole = length + 3 & ~3;
        if (used + whole > CHUNK) {
            if (++chunk == chunks.length) {
                if (chunk >= 1 << 32 - PLACE_BITS) {
                    throw new IllegalStateException("more indicators than a segment can hold");
                }
                chunks = Arrays.copyOf(chunks, chunk * 2);
            }
            chunks[chunk] = new byte[CHUNK];
            used = chunk == 0 ? 4 : 0;
        }
        System.arraycopy(entry, 0, chunks[chunk], used, length);
        int place = chunk << PLACE_BITS | used >> 2;
        used += whole;
        return place;
    }

    /** Cuts off what the last chunk does not need. */
    void trim() {
        if (chunk >= 0) {
            chunks[chunk] = Arrays.copyOf(chunks[chunk], used);
        }
        chunks = Arrays.copyOf(chunks, chunk + 1);
    }

    byte[] chunk(int place) {
        return chunks[place >>> PLACE_BITS];
    }

    int offset(int place) {
        return (place & PLACE_MASK) << 2;
    }

    int chunks() {
        return chunk + 1;
    }

    /** Place of the first entry of a chunk. */
    int first(int number) {
        return number << PLACE_BITS | (number == 0 ? 1 : 0);
    }

    int getInt(int place) {
        return (int) INT.get(chunk(place), offset(place));
    }

    void setInt(int place, int value) {
        INT.set(chunk(place), offset(place), value);
    }

    long bytes() {
        long sum = 0;
        for (byte[] one : chunks) {
            sum += one == null ? 0 : one.length;
        }
        return sum;
    }
}
