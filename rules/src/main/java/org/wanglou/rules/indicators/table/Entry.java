package org.wanglou.rules.indicators.table;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.wanglou.model.Addresses;
import org.wanglou.rules.indicators.Indicator;
import org.wanglou.rules.indicators.Indicator.Side;
import org.wanglou.rules.indicators.IndicatorType;
import org.wanglou.rules.indicators.Origin;
import org.wanglou.rules.indicators.value.Canonical;

/**
 * How an indicator lies in the arena. Confined to its caller.
 *
 * <pre>
 * place of the next entry of the same value   4 octets
 * length in units of four                      2
 * type, side                                   1
 * flags                                        1
 * length of the value, value                   2 + n
 * origin (variable), confidence                v + 1
 * from, to, port, sightings, pattern, text     as the flags say
 * </pre>
 */
final class Entry {
    static final int NEXT = 0;
    static final int LENGTH = 4;
    static final int TYPE = 6;
    private static final int FLAGS = 7;
    static final int VALUE = 8;

    private static final int FROM = 1;
    private static final int TO = 2;
    private static final int PORT = 4;
    private static final int SIGHTINGS = 8;
    private static final int PATTERN = 16;
    private static final int TEXT = 32;

    private byte[] bytes;
    private int at;

    /** To write with. */
    Entry() {
        this.bytes = new byte[8 << 10];
    }

    /** To read with. */
    private Entry(byte[] bytes, int from) {
        this.bytes = bytes;
        this.at = from;
    }

    byte[] bytes() {
        return bytes;
    }

    /**
     * Writes an indicator and returns its length.
     *
     * @param key octets of its value
     * @param pattern number of the pattern that must hold too, -1 for none
     */
    int write(Indicator one, byte[] key, int origin, int pattern) {
        Arrays.fill(bytes, 0, VALUE, (byte) 0);
        int flags = (one.from() == Long.MIN_VALUE ? 0 : FROM)
                | (one.to() == Long.MAX_VALUE ? 0 : TO)
                | (one.port() == 0 ? 0 : PORT)
                | (one.sightings() == 0 ? 0 : SIGHTINGS)
                | (pattern < 0 ? 0 : PATTERN)
                | (one.description().isEmpty() ? 0 : TEXT);
        bytes[TYPE] = (byte) (one.type().ordinal() | one.side().ordinal() << 6);
        bytes[FLAGS] = (byte) flags;
        at = VALUE;
        fixed(key.length, 2);
        octets(key);
        variable(origin);
        fixed(one.confidence(), 1);
        if ((flags & FROM) != 0) {
            fixed(one.from(), 8);
        }
        if ((flags & TO) != 0) {
            fixed(one.to(), 8);
        }
        if ((flags & PORT) != 0) {
            fixed(one.port(), 2);
        }
        if ((flags & SIGHTINGS) != 0) {
            variable(one.sightings());
        }
        if ((flags & PATTERN) != 0) {
            variable(pattern);
        }
        if ((flags & TEXT) != 0) {
            byte[] text = one.description().getBytes(StandardCharsets.UTF_8);
            fixed(text.length, 2);
            octets(text);
        }
        int length = at;
        at = LENGTH;
        fixed(length + 3 >> 2, 2);
        return length;
    }

    private void octets(byte[] more) {
        System.arraycopy(more, 0, bytes, at, more.length);
        at += more.length;
    }

    private void fixed(long value, int width) {
        for (int i = 0; i < width; i++) {
            bytes[at++] = (byte) (value >>> 8 * i);
        }
    }

    private void variable(long value) {
        long left = value;
        while ((left & ~0x7fL) != 0) {
            bytes[at++] = (byte) (left & 0x7f | 0x80);
            left >>>= 7;
        }
        bytes[at++] = (byte) left;
    }

    static int typeOf(byte[] chunk, int offset) {
        return chunk[offset + TYPE] & 0x3f;
    }

    static int length(byte[] chunk, int offset, int field) {
        return chunk[offset + field] & 0xff | (chunk[offset + field + 1] & 0xff) << 8;
    }

    /** An entry and the number of the pattern that must hold too, -1 for none. */
    record Read(Indicator indicator, int pattern) {}

    static Read read(byte[] chunk, int offset, List<Origin> origins) {
        Entry in = new Entry(chunk, offset + VALUE);
        IndicatorType type = IndicatorType.values()[typeOf(chunk, offset)];
        int flags = chunk[offset + FLAGS];
        byte[] key = in.take((int) in.fixed(2));
        Origin origin = origins.get((int) in.variable());
        int confidence = (int) in.fixed(1);
        long from = (flags & FROM) == 0 ? Long.MIN_VALUE : in.fixed(8);
        long to = (flags & TO) == 0 ? Long.MAX_VALUE : in.fixed(8);
        int port = (flags & PORT) == 0 ? 0 : (int) in.fixed(2);
        long sightings = (flags & SIGHTINGS) == 0 ? 0 : in.variable();
        int pattern = (flags & PATTERN) == 0 ? -1 : (int) in.variable();
        String text = (flags & TEXT) == 0 ? "" : new String(in.take((int) in.fixed(2)), StandardCharsets.UTF_8);
        Side side = Side.values()[chunk[offset + TYPE] >> 6 & 3];
        String value = type == IndicatorType.IP ? block(key) : Canonical.octetsText(type, key);
        return new Read(new Indicator(type, value, text, origin, confidence, from, to, side, port, sightings), pattern);
    }

    private static String block(byte[] key) {
        int bits = key[key.length - 1] & 0xff;
        byte[] address = Arrays.copyOf(key, key.length - 1);
        return Addresses.format(address) + (bits == address.length * 8 ? "" : "/" + bits);
    }

    private long fixed(int width) {
        long value = 0;
        for (int i = 0; i < width; i++) {
            value |= (bytes[at++] & 0xffL) << 8 * i;
        }
        return value;
    }

    private long variable() {
        long value = 0;
        int shift = 0;
        while (true) {
            byte octet = bytes[at++];
            value |= (octet & 0x7fL) << shift;
            if (octet >= 0) {
                return value;
            }
            shift += 7;
        }
    }

    private byte[] take(int length) {
        byte[] taken = Arrays.copyOfRange(bytes, at, at + length);
        at += length;
        return taken;
    }
}
