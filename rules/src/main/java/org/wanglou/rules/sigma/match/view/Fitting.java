package org.wanglou.rules.sigma.match.view;

import org.wanglou.model.Field;

/** Texts in slots that hold numbers: whole numbers, and times as the bus writes them, become their number. Stateless. */
final class Fitting {
    private Fitting() {}

    /** Reads the text that begins at the reader's place; false when decoding has to say what it is. */
    static boolean text(Field field, RecordReader reader) {
        int from = reader.at();
        if (!reader.plain(from)) {
            return false;
        }
        byte[] bytes = reader.bytes();
        int length = reader.at() - from;
        reader.at(reader.at() + 1);
        if (field.type() == Field.Type.NUMBER) {
            if (length == 0 || length > 18 || length > 1 && bytes[from] == '0') {
                return false;
            }
            for (int i = from; i < from + length; i++) {
                if (bytes[i] < '0' || bytes[i] > '9') {
                    return false;
                }
            }
            reader.view().put(View.WHOLE, bytes, from, length);
            return true;
        }
        long millis = time(bytes, from, length);
        if (millis == Long.MIN_VALUE) {
            return false;
        }
        reader.view().putLong(millis);
        return true;
    }

    /** Milliseconds of {@code 2026-11-24T01:28:07.123Z}, with or without the fraction; the least long for all else. */
    private static long time(byte[] bytes, int from, int length) {
        boolean fraction = length == 24 && bytes[from + 19] == '.';
        if (!fraction && length != 20
                || bytes[from + 4] != '-'
                || bytes[from + 7] != '-'
                || bytes[from + 10] != 'T'
                || bytes[from + 13] != ':'
                || bytes[from + 16] != ':'
                || bytes[from + length - 1] != 'Z') {
            return Long.MIN_VALUE;
        }
        int year = digits(bytes, from, 4);
        int month = digits(bytes, from + 5, 2);
        int day = digits(bytes, from + 8, 2);
        int hour = digits(bytes, from + 11, 2);
        int minute = digits(bytes, from + 14, 2);
        int second = digits(bytes, from + 17, 2);
        int millis = fraction ? digits(bytes, from + 20, 3) : 0;
        if (year < 1 || month < 1 || month > 12 || day < 1 || day > 28 && !exists(year, month, day)) {
            return Long.MIN_VALUE;
        }
        if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 59 || millis < 0) {
            return Long.MIN_VALUE;
        }
        // Days from the civil date, counted from 1 March 0000 (H. Hinnant, days_from_civil).
        long y = month <= 2 ? year - 1 : year;
        long era = Math.floorDiv(y, 400L);
        long yoe = y - era * 400;
        long doy = (153L * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
        long days = era * 146_097 + yoe * 365 + yoe / 4 - yoe / 100 + doy - 719_468;
        return ((days * 24 + hour) * 60 + minute) * 60_000L + second * 1000L + millis;
    }

    private static boolean exists(int year, int month, int day) {
        return day <= java.time.YearMonth.of(year, month).lengthOfMonth();
    }

    private static int digits(byte[] bytes, int from, int count) {
        int number = 0;
        for (int i = from; i < from + count; i++) {
            int digit = bytes[i] - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            number = number * 10 + digit;
        }
        return number;
    }
}
