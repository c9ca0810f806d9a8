package org.wanglou.sensors.format.evtx;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/** Little-endian numbers and text of a block of bytes, none beyond its end. Confined to one thread. */
final class Bytes {
    private final byte[] data;
    private final ByteBuffer view;
    private final int length;

    /** @param length how many of the bytes there are */
    Bytes(byte[] data, int length) {
        this.data = data;
        this.length = length;
        this.view = ByteBuffer.wrap(data).order(ByteOrder.LITTLE_ENDIAN);
    }

    int length() {
        return length;
    }

    int u8(int at) throws Damaged {
        need(at, 1);
        return data[at] & 0xff;
    }

    int u16(int at) throws Damaged {
        need(at, 2);
        return view.getShort(at) & 0xffff;
    }

    int i32(int at) throws Damaged {
        need(at, 4);
        return view.getInt(at);
    }

    long i64(int at) throws Damaged {
        need(at, 8);
        return view.getLong(at);
    }

    /** A size or offset within this block. */
    int offset(int at) throws Damaged {
        int value = i32(at);
        if (value < 0 || value > length) {
            throw new Damaged("an offset or size leads outside");
        }
        return value;
    }

    void need(int at, int count) throws Damaged {
        if (at < 0 || count < 0 || count > length - at) {
            throw new Damaged("ends too early");
        }
    }

    /** UTF-16 text of so many bytes; half of a pair becomes U+FFFD. */
    String utf16(int at, int bytes) throws Damaged {
        need(at, bytes);
        return new String(data, at, bytes & ~1, StandardCharsets.UTF_16LE);
    }

    /** Single-byte text; which code page it was is not said, so that only its ASCII part is sure. */
    String ansi(int at, int bytes) throws Damaged {
        need(at, bytes);
        return new String(data, at, bytes, StandardCharsets.ISO_8859_1);
    }

    byte[] slice(int at, int most) {
        int from = Math.max(0, Math.min(at, length));
        return java.util.Arrays.copyOfRange(data, from, Math.min(length, from + most));
    }

    boolean zero(int from, int to) {
        for (int i = from; i < Math.min(to, length); i++) {
            if (data[i] != 0) {
                return false;
            }
        }
        return true;
    }

    /** CRC32 of {@code [from, to)} and {@code [again, until)}. */
    int crc(int from, int to, int again, int until) {
        CRC32 crc = new CRC32();
        crc.update(data, from, Math.min(to, length) - from);
        if (until > again) {
            crc.update(data, again, Math.min(until, length) - again);
        }
        return (int) crc.getValue();
    }
}
