package org.wanglou.bus.codec;

import java.nio.charset.StandardCharsets;
import java.time.Instant;

/** Milliseconds since 1970 as {@code 2026-11-24T01:28:07.123Z}, as {@link Instant#toString} writes them. Pure. */
final class IsoTime {
    private static final long DAY = 86_400_000L;
    /** Years 0 to 9999, which have four digits and no sign. */
    private static final long LEAST = -62_167_219_200_000L;

    private static final long MOST = 253_402_300_799_999L;

    private IsoTime() {}

    /** The most bytes that {@link #write} takes. */
    static final int LONGEST = 40;

    /** Writes at an index, where there is room for the longest, and says where it ends. */
    static int write(long millis, byte[] text, int at) {
        if (millis < LEAST || millis > MOST) {
            byte[] odd = Instant.ofEpochMilli(millis).toString().getBytes(StandardCharsets.ISO_8859_1);
            System.arraycopy(odd, 0, text, at, odd.length);
            return at + odd.length;
        }
        long day = Math.floorDiv(millis, DAY);
        int clock = (int) Math.floorMod(millis, DAY);
        // Days to a date of the proleptic Gregorian calendar, counted from 1 March 0000 (H. Hinnant, civil_from_days).
        long z = day + 719_468;
        long era = Math.floorDiv(z, 146_097L);
        int doe = (int) (z - era * 146_097);
        int yoe = (doe - doe / 1_460 + doe / 36_524 - doe / 146_096) / 365;
        int doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
        int mp = (5 * doy + 2) / 153;
        int month = mp < 10 ? mp + 3 : mp - 9;
        int year = (int) (yoe + era * 400) + (month <= 2 ? 1 : 0);
        int fraction = clock % 1000;
        four(text, at, year);
        text[at + 4] = '-';
        two(text, at + 5, month);
        text[at + 7] = '-';
        two(text, at + 8, doy - (153 * mp + 2) / 5 + 1);
        text[at + 10] = 'T';
        two(text, at + 11, clock / 3_600_000);
        text[at + 13] = ':';
        two(text, at + 14, clock / 60_000 % 60);
        text[at + 16] = ':';
        two(text, at + 17, clock / 1000 % 60);
        int end = at + 19;
        if (fraction != 0) {
            text[at + 19] = '.';
            text[at + 20] = (byte) ('0' + fraction / 100);
            two(text, at + 21, fraction % 100);
            end = at + 23;
        }
        text[end] = 'Z';
        return end + 1;
    }

    private static void four(byte[] text, int at, int number) {
        two(text, at, number / 100);
        two(text, at + 2, number % 100);
    }

    private static void two(byte[] text, int at, int number) {
        text[at] = (byte) ('0' + number / 10);
        text[at + 1] = (byte) ('0' + number % 10);
    }
}
