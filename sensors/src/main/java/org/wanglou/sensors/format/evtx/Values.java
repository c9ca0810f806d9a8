package org.wanglou.sensors.format.evtx;

/** The values of one template instance: where each lies, of which type. Immutable. */
final class Values {
    static final int NULL = 0;
    static final int STRING = 1;
    static final int ANSI = 2;
    static final int SID = 0x13;
    static final int BINARY_XML = 0x21;
    static final int ARRAY = 0x80;
    static final Values NONE = new Values(new int[0], new int[0], new int[0]);

    private final int[] types;
    private final int[] places;
    private final int[] sizes;
    private final int item;
    private final int itemAt;
    private final int itemSize;

    /**
     * @param types type of each, {@link #ARRAY} added for an array
     * @param places where each begins in the chunk
     * @param sizes bytes of each
     */
    Values(int[] types, int[] places, int[] sizes) {
        this(types, places, sizes, -1, 0, 0);
    }

    private Values(int[] types, int[] places, int[] sizes, int item, int itemAt, int itemSize) {
        this.types = types;
        this.places = places;
        this.sizes = sizes;
        this.item = item;
        this.itemAt = itemAt;
        this.itemSize = itemSize;
    }

    int type(int index) {
        return index == item ? types[index] & ~ARRAY : types[index];
    }

    int at(int index) {
        return index == item ? itemAt : places[index];
    }

    int size(int index) {
        return index == item ? itemSize : sizes[index];
    }

    boolean has(int index) {
        return index < types.length;
    }

    boolean isNull(int index) {
        return !has(index) || type(index) == NULL;
    }

    boolean isArray(int index) {
        return has(index) && (type(index) & ARRAY) != 0;
    }

    /** These, but one of them is an item of the array it was. */
    Values with(int index, int from, int size) {
        return new Values(types, places, sizes, index, from, size);
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
