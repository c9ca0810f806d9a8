package org.wanglou.rules.indicators.table;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import org.wanglou.rules.indicators.IndicatorType;

/**
 * The hash by which values are found, taken from the last octet to the first: the hash of a name holds those of all
 * names above it on the way. Seeded for each segment, so that a list cannot be made to collide. Stateless.
 */
final class Hash {
    private static final long ODD = 0x9E3779B97F4A7C15L;
    private static final int DOMAIN = IndicatorType.DOMAIN.ordinal();
    private static final VarHandle WORD = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private Hash() {}

    static long start(long seed, int type) {
        return seed + (type + 1) * 0xD6E8FEB86659FD93L;
    }

    static long step(long hash, int octet) {
        long next = (hash ^ octet & 0xff) * ODD;
        return next ^ next >>> 32;
    }

    static long end(long hash) {
        long mixed = (hash ^ hash >>> 30) * 0xBF58476D1CE4E5B9L;
        return mixed ^ mixed >>> 29;
    }

    /** A whole value: names from last to first, all else in words of eight. */
    static long of(long seed, int type, byte[] value, int from, int to) {
        long hash = start(seed, type);
        int at = to;
        if (type != DOMAIN) {
            for (; at - from >= 8; at -= 8) {
                long word = ((long) WORD.get(value, at - 8) ^ hash) * ODD;
                hash = word ^ word >>> 32;
            }
        }
        for (int i = at - 1; i >= from; i--) {
            hash = step(hash, value[i]);
        }
        return end(hash);
    }
}
