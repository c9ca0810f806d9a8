package org.wanglou.sensors.listen.http.otlp;

/**
 * A protobuf message as an extent of bytes (encoding of Protocol Buffers: varint, 64 bit, length-delimited, 32 bit; groups
 * are refused). Reads field by field, copies nothing. Confined to its caller.
 */
final class Wire {
    /** The bytes are no protobuf. */
    static final class Malformed extends RuntimeException {
        private static final long serialVersionUID = 1;
        static final Malformed INSTANCE = new Malformed();

        private Malformed() {
            super("not protobuf", null, false, false);
        }
    }

    static final int VARINT = 0;
    static final int FIXED64 = 1;
    static final int BYTES = 2;
    static final int FIXED32 = 5;

    final byte[] bytes;
    private final int end;
    private int at;
    private int field;
    private int type;
    private long number;
    private int from;

    Wire(byte[] bytes, int from, int to) {
        this.bytes = bytes;
        this.at = from;
        this.end = to;
    }

    /** Reads the next field with its value; false at the end. */
    boolean next() {
        if (at >= end) {
            return false;
        }
        long key = varint();
        field = (int) (key >>> 3);
        type = (int) (key & 7);
        if (field == 0 || key >>> 32 != 0) {
            throw Malformed.INSTANCE;
        }
        switch (type) {
            case VARINT -> number = varint();
            case FIXED64 -> number = fixed(8);
            case FIXED32 -> number = fixed(4);
            case BYTES -> {
                long length = varint();
                if (length < 0 || length > end - at) {
                    throw Malformed.INSTANCE;
                }
                from = at;
                at += (int) length;
            }
            default -> throw Malformed.INSTANCE;
        }
        return true;
    }

    /** Whether the field read last is this one, in this wire type. */
    boolean is(int wanted, int wireType) {
        return field == wanted && type == wireType;
    }

    /** The value of a number. */
    long number() {
        return number;
    }

    /** Where a length-delimited value begins. */
    int from() {
        return from;
    }

    /** Behind its last byte. */
    int to() {
        return at;
    }

    int length() {
        return at - from;
    }

    /** A length-delimited value as a message. */
    Wire message() {
        return new Wire(bytes, from, at);
    }

    String text() {
        return new String(bytes, from, at - from, java.nio.charset.StandardCharsets.UTF_8);
    }

    byte[] copy() {
        return java.util.Arrays.copyOfRange(bytes, from, at);
    }

    private long varint() {
        long value = 0;
        for (int shift = 0; shift < 70; shift += 7) {
            if (at >= end) {
                throw Malformed.INSTANCE;
            }
            byte b = bytes[at++];
            value |= (long) (b & 0x7f) << shift;
            if (b >= 0) {
                return value;
            }
        }
        throw Malformed.INSTANCE;
    }

    private long fixed(int width) {
        if (end - at < width) {
            throw Malformed.INSTANCE;
        }
        long value = 0;
        for (int i = width - 1; i >= 0; i--) {
            value = value << 8 | bytes[at + i] & 0xff;
        }
        at += width;
        return value;
    }
}
