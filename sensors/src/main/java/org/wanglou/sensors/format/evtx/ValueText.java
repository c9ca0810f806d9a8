package org.wanglou.sensors.format.evtx;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.HexFormat;
import java.util.Locale;

/** A value as Windows writes it in event XML. Pure. */
final class ValueText {
    private static final HexFormat HEX = HexFormat.of().withUpperCase();
    private static final HexFormat LOW = HexFormat.of();
    private static final long EPOCH_TICKS = 116_444_736_000_000_000L;
    private static final int MOST_BINARY = 32 << 10;

    private ValueText() {}

    /**
     * The text of one value, no array.
     *
     * @param most characters that can be of use: of a longer string a little more than that
     */
    static String of(Bytes bytes, int type, int at, int size, int most) throws Damaged {
        bytes.need(at, size);
        if (size == 0) {
            return "";
        }
        return switch (type) {
            case Values.NULL -> "";
            case Values.STRING, 0x23 -> ended(bytes.utf16(at, (int) Math.min(size, 2L * most + 2)));
            case Values.ANSI -> ended(bytes.ansi(at, (int) Math.min(size, most + 1L)));
            case 3, 5, 7, 9 -> Long.toString(whole(bytes, at, size, true));
            case 4, 6, 8 -> Long.toString(whole(bytes, at, size, false));
            case 0xa -> Long.toUnsignedString(whole(bytes, at, size, false));
            case 0xb -> size < 4 ? "" : real(Float.intBitsToFloat(bytes.i32(at)));
            case 0xc -> size < 8 ? "" : real(Double.longBitsToDouble(bytes.i64(at)));
            case 0xd -> truth(whole(bytes, at, size, false));
            case 0xf -> size < 16 ? "" : guid(bytes, at);
            case 0x10, 0x14, 0x15, 0x20 -> "0x" + Long.toHexString(whole(bytes, at, size, false));
            case 0x11 -> size < 8 ? "" : ticks(bytes.i64(at));
            case 0x12 -> size < 16 ? "" : systemTime(bytes, at);
            case Values.SID -> sid(bytes, at, size);
            default -> HEX.formatHex(bytes.slice(at, Math.min(size, Math.min(most, MOST_BINARY))));
        };
    }

    /** Strings carry their terminator, and a fixed buffer what lay behind it. */
    private static String ended(String text) {
        int end = text.indexOf('\0');
        return end < 0 ? text : text.substring(0, end);
    }

    /** Some writers put other numbers there than 0 and 1: these are kept as they are. */
    private static String truth(long value) {
        return value == 0 ? "false" : value == 1 ? "true" : Long.toString(value);
    }

    private static long whole(Bytes bytes, int at, int size, boolean signed) throws Damaged {
        int width = Math.min(size, 8);
        long value = 0;
        for (int i = width - 1; i >= 0; i--) {
            value = value << 8 | bytes.u8(at + i);
        }
        int shift = 64 - 8 * width;
        return signed ? value << shift >> shift : value;
    }

    private static String real(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? Long.toString((long) value)
                : Double.toString(value);
    }

    private static String real(float value) {
        return value == Math.rint(value) && Math.abs(value) < 1e7f
                ? Long.toString((long) value)
                : Float.toString(value);
    }

    private static String guid(Bytes bytes, int at) throws Damaged {
        StringBuilder text = new StringBuilder(38).append('{');
        text.append(LOW.toHexDigits((long) bytes.i32(at) & 0xffffffffL, 8));
        text.append('-').append(LOW.toHexDigits(bytes.u16(at + 4), 4));
        text.append('-').append(LOW.toHexDigits(bytes.u16(at + 6), 4)).append('-');
        for (int i = 8; i < 16; i++) {
            if (i == 10) {
                text.append('-');
            }
            text.append(LOW.toHexDigits(bytes.u8(at + i), 2));
        }
        return text.append('}').toString();
    }

    /** 100 ns since 1601, written with all its seven places; what is beyond the calendar as the number. */
    static String ticks(long ticks) {
        if (ticks < 0) {
            return Long.toUnsignedString(ticks);
        }
        long unix = ticks - EPOCH_TICKS;
        Instant time = Instant.ofEpochSecond(Math.floorDiv(unix, 10_000_000L));
        String whole = time.toString();
        return whole.substring(0, whole.length() - 1)
                + String.format(Locale.ROOT, ".%07dZ", Math.floorMod(unix, 10_000_000L));
    }

    private static String systemTime(Bytes bytes, int at) throws Damaged {
        try {
            LocalDateTime time = LocalDateTime.of(
                    bytes.u16(at),
                    bytes.u16(at + 2),
                    bytes.u16(at + 6),
                    bytes.u16(at + 8),
                    bytes.u16(at + 10),
                    bytes.u16(at + 12));
            return String.format(Locale.ROOT, "%1$tFT%1$tT.%2$03d0000Z", time, bytes.u16(at + 14) % 1000);
        } catch (DateTimeException e) {
            return "";
        }
    }

    private static String sid(Bytes bytes, int at, int size) throws Damaged {
        if (size < 8) {
            return "";
        }
        long authority = 0;
        for (int i = 2; i < 8; i++) {
            authority = authority << 8 | bytes.u8(at + i);
        }
        StringBuilder text = new StringBuilder(48);
        text.append("S-").append(bytes.u8(at)).append('-').append(authority);
        int count = Math.min(bytes.u8(at + 1), (size - 8) / 4);
        for (int i = 0; i < count; i++) {
            text.append('-').append(Integer.toUnsignedLong(bytes.i32(at + 8 + 4 * i)));
        }
        return text.toString();
    }
}
