package org.wanglou.sensors.format.evtx;

/**
 * The values of one template instance: where each lies, of which type. Immutable.
 *
 * @param types type of each, {@link #ARRAY} added for an array
 * @param at where each begins in the chunk
 * @param sizes bytes of each
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Values(int[] types, int[] at, int[] sizes) {
    static final int NULL = 0;
    static final int STRING = 1;
    static final int ANSI = 2;
    static final int SID = 0x13;
    static final int BINARY_XML = 0x21;
    static final int ARRAY = 0x80;
    static final Values NONE = new Values(new int[0], new int[0], new int[0]);

    boolean has(int index) {
        return index < types.length;
    }

    boolean isNull(int index) {
        return !has(index) || types[index] == NULL;
    }

    boolean isArray(int index) {
        return has(index) && (types[index] & ARRAY) != 0;
    }

    /** These, but one of them is an item of the array it was. */
    Values with(int index, int itemAt, int itemSize) {
        int[] newTypes = types.clone();
        int[] newAt = at.clone();
        int[] newSizes = sizes.clone();
        newTypes[index] &= ~ARRAY;
        newAt[index] = itemAt;
        newSizes[index] = itemSize;
        return new Values(newTypes, newAt, newSizes);
    }

    /** Where the item that begins there ends, its terminator included. */
    static int itemEnd(Bytes bytes, int type, int from, int end) throws Damaged {
        int width = width(type);
        if (type == STRING) {
            int i = from;
            while (i + 1 < end && bytes.u16(i) != 0) {
                i += 2;
            }
            return Math.min(end, i + 2);
        }
        if (type == ANSI) {
            int i = from;
            while (i < end && bytes.u8(i) != 0) {
                i++;
            }
            return Math.min(end, i + 1);
        }
        if (type == SID) {
            return end - from < 8 ? end : Math.min(end, from + 8 + 4 * bytes.u8(from + 1));
        }
        return width == 0 ? end : Math.min(end, from + width);
    }

    /** Bytes of a type of fixed size, else 0. */
    static int width(int type) {
        return switch (type) {
            case 3, 4 -> 1;
            case 5, 6 -> 2;
            case 7, 8, 0xb, 0xd, 0x14 -> 4;
            case 9, 0xa, 0xc, 0x10, 0x11, 0x15, 0x20 -> 8;
            case 0xf, 0x12 -> 16;
            default -> 0;
        };
    }
}
