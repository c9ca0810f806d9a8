package org.wanglou.sensors.format.part;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneRules;
import org.wanglou.model.Ecs;
import org.wanglou.model.Event;

/** Times as logs write them, to milliseconds UTC without allocating; {@link #NONE} for what is no time. Pure. */
public final class Clock {
    public static final long NONE = Long.MIN_VALUE;

    private static final String MONTHS = "janfebmaraprmayjunjulaugsepoctnovdec";
    private static final long DAY = 86_400_000L;

    private Clock() {}

    /** Sets {@code @timestamp} unless there is none. */
    public static void stamp(Event.Builder event, long millis) {
        if (millis != NONE) {
            event.set(Ecs.TIMESTAMP, millis);
        }
    }

    /**
     * ISO 8601 and its relatives: {@code 2026-11-24T09:59:58.123+08:00}, with a space for T, slashes for hyphens, a comma
     * for the point, {@code +0800}, {@code Z}, {@code UTC} or no offset at all, in which case the source's zone holds.
     */
    public static long iso(String text, ZoneId zone) {
        int end = text.length();
        if (end < 19) {
            return NONE;
        }
        int year = digits(text, 0, 4);
        char dash = text.charAt(4);
        int month = digits(text, 5, 2);
        int day = digits(text, 8, 2);
        if (year < 0 || (dash != '-' && dash != '/' && dash != '.') || text.charAt(7) != dash) {
            return NONE;
        }
        char between = text.charAt(10);
        if (between != 'T' && between != ' ' && between != 't') {
            return NONE;
        }
        long clock = clock(text, 11);
        if (clock < 0 || !valid(year, month, day)) {
            return NONE;
        }
        int at = 19;
        long fraction = 0;
        if (at < end && (text.charAt(at) == '.' || text.charAt(at) == ',')) {
            int scale = 100;
            at++;
            while (at < end && digit(text.charAt(at))) {
                fraction += (long) scale * (text.charAt(at) - '0');
                scale /= 10;
                at++;
            }
        }
        long local = days(year, month, day) * DAY + clock + fraction;
        return zoned(text, at, local, zone);
    }

    /** The offset that text names from {@code at} on is taken from a local time; without one, the zone's. */
    private static long zoned(String text, int at, long local, ZoneId zone) {
        int end = text.length();
        while (at < end && text.charAt(at) == ' ') {
            at++;
        }
        if (at == end) {
            return zoned(local, zone);
        }
        char sign = text.charAt(at);
        if (sign == 'Z' || sign == 'z') {
            return at + 1 == end ? local : NONE;
        }
        if (sign == '+' || sign == '-') {
            int hours = at + 3 <= end ? digits(text, at + 1, 2) : -1;
            int minutesAt = at + 3 < end && text.charAt(at + 3) == ':' ? at + 4 : at + 3;
            int minutes = minutesAt + 2 == end ? digits(text, minutesAt, 2) : minutesAt >= end ? 0 : -1;
            if (hours < 0 || minutes < 0 || hours > 18 || minutes > 59) {
                return NONE;
            }
            long offset = hours * 3_600_000L + minutes * 60_000L;
            return sign == '+' ? local - offset : local + offset;
        }
        if (end - at > 5 || end - at < 3) {
            return NONE;
        }
        int minutes = ZoneNames.minutes(text.substring(at));
        return minutes == ZoneNames.CHINA
                ? zoned(local, zone)
                : minutes == ZoneNames.NONE ? NONE : local - minutes * 60_000L;
    }

    /** Local milliseconds to UTC in a zone. */
    public static long zoned(long local, ZoneId zone) {
        if (zone instanceof ZoneOffset offset) {
            return local - offset.getTotalSeconds() * 1000L;
        }
        ZoneRules rules = zone.getRules();
        if (rules.isFixedOffset() || rules.getTransitionRules().isEmpty()) {
            // Without summer time the offset is right when it is the same on both sides of the offset's own length.
            long shift = rules.getOffset(Instant.ofEpochMilli(local)).getTotalSeconds() * 1000L;
            long utc = local - shift;
            if (rules.getOffset(Instant.ofEpochMilli(utc)).getTotalSeconds() * 1000L == shift) {
                return utc;
            }
        }
        LocalDateTime time = LocalDateTime.ofEpochSecond(Math.floorDiv(local, 1000L), 0, ZoneOffset.UTC);
        return time.atZone(zone).toInstant().toEpochMilli() + Math.floorMod(local, 1000L);
    }

    /** Parts of a local time to milliseconds UTC. */
    public static long of(int year, int month, int day, long clock, ZoneId zone) {
        return clock < 0 || !valid(year, month, day) ? NONE : zoned(days(year, month, day) * DAY + clock, zone);
    }

    /** Of the years around receipt the one that puts the time nearest to it (RFC 3164 has no year). */
    public static long withoutYear(int month, int day, long clock, ZoneId zone, long receivedMillis) {
        if (month < 1 || month > 12 || day < 1 || day > 31 || clock < 0) {
            return NONE;
        }
        int year = yearOf(receivedMillis);
        long nearest = NONE;
        for (int candidate = year - 1; candidate <= year + 1; candidate++) {
            if (valid(candidate, month, day)) {
                long millis = days(candidate, month, day) * DAY + clock;
                if (nearest == NONE || Math.abs(millis - receivedMillis) < Math.abs(nearest - receivedMillis)) {
                    nearest = millis;
                }
            }
        }
        return nearest == NONE ? NONE : zoned(nearest, zone);
    }

    /** The time of access logs, {@code 01/Jan/2027:00:30:05 +0800}, or of HAProxy, {@code 01/Jan/2027:00:30:05.123}. */
    public static long access(String text, ZoneId zone) {
        if (text.length() < 20) {
            return NONE;
        }
        int day = digits(text, 0, 2);
        int month = month(text, 3);
        int year = digits(text, 7, 4);
        long clock = clock(text, 12);
        if (text.charAt(2) != '/' || clock < 0 || year < 0 || !valid(year, month, day)) {
            return NONE;
        }
        int at = 20;
        if (at + 4 <= text.length() && text.charAt(at) == '.') {
            int millis = digits(text, at + 1, 3);
            clock += Math.max(millis, 0);
            at += 4;
        }
        return zoned(text, at, days(year, month, day) * DAY + clock, zone);
    }

    /** {@code Tue Sep 12 10:38:15.123456 2006} of ctime, the day padded by a blank or not. */
    public static long ctime(String text, ZoneId zone) {
        int at = text.length() > 4 && text.charAt(3) == ' ' ? 4 : 0;
        int month = month(text, at);
        at += 4;
        while (at < text.length() && text.charAt(at) == ' ') {
            at++;
        }
        int dayEnd = text.indexOf(' ', at);
        if (month == 0 || dayEnd < 0 || dayEnd - at > 2 || dayEnd == at) {
            return NONE;
        }
        int day = digits(text, at, dayEnd - at);
        long clock = clock(text, dayEnd + 1);
        at = dayEnd + 9;
        if (clock >= 0 && at < text.length() && text.charAt(at) == '.') {
            clock += at + 4 <= text.length() ? Math.max(digits(text, at + 1, 3), 0) : 0;
            while (++at < text.length() && digit(text.charAt(at))) {
                // the rest of the fraction is below a millisecond
            }
        }
        int year = at + 5 <= text.length() ? digits(text, at + 1, 4) : -1;
        return year < 0 || day < 1 ? NONE : of(year, month, day, clock, zone);
    }

    /** Seconds since 1970 with or without a fraction, or milli-, micro- or nanoseconds, told by their size. */
    public static long epoch(String text) {
        if (text.length() < 40 && (text.indexOf('E') > 0 || text.indexOf('e') > 0)) {
            return exponential(text);
        }
        int point = text.indexOf('.');
        long whole = Fill.whole(point < 0 ? text : text.substring(0, point));
        if (whole == Long.MIN_VALUE || whole < 0) {
            return NONE;
        }
        if (whole < 100_000_000_000L) {
            return whole * 1000 + (point < 0 ? 0 : thousandths(text, point + 1));
        }
        return whole < 100_000_000_000_000L
                ? whole
                : whole < 100_000_000_000_000_000L ? whole / 1000 : whole / 1_000_000;
    }

    /** {@code 1.795485600123E9}, as JSON may write any number (RFC 8259 §6). */
    private static long exponential(String text) {
        try {
            double seconds = Double.parseDouble(text);
            return seconds < 0 || seconds >= 1e18
                    ? NONE
                    : epoch(new java.math.BigDecimal(text)
                            .setScale(6, java.math.RoundingMode.DOWN)
                            .toPlainString());
        } catch (ArithmeticException | NumberFormatException e) {
            return NONE;
        }
    }

    /** ISO 8601, seconds since 1970, ctime or the time of access logs. */
    public static long any(String text, ZoneId zone) {
        if (text.isEmpty()) {
            return NONE;
        }
        long millis = iso(text, zone);
        if (millis == NONE && digit(text.charAt(0))) {
            millis = text.indexOf('/') == 2 ? access(text, zone) : epoch(text);
        }
        if (millis == NONE && text.length() >= 8 && text.length() <= 48 && digit(text.charAt(0))) {
            return LooseClock.read(text, zone);
        }
        return millis == NONE && text.length() >= 15 && Character.isLetter(text.charAt(0)) ? ctime(text, zone) : millis;
    }

    /** The local time that a text begins with, whatever follows: {@code 2026年11月25日 下午3:04:05 fw-1 …}. */
    public static long leading(String text, ZoneId zone) {
        return LooseClock.leading(text, new Scan(text, 0), zone);
    }

    private static int thousandths(String text, int at) {
        int value = 0;
        for (int i = 0; i < 3; i++) {
            value = value * 10 + (at + i < text.length() && digit(text.charAt(at + i)) ? text.charAt(at + i) - '0' : 0);
        }
        return value;
    }

    /** 1 to 12 for an English month's three letters at an offset, 1 to 12 for {@code N月} of Chinese systems, else 0. */
    public static int month(String text, int at) {
        if (at + 3 > text.length()) {
            return 0;
        }
        int a = text.charAt(at) | 32;
        int b = text.charAt(at + 1) | 32;
        int c = text.charAt(at + 2) | 32;
        for (int i = 0; i < 36; i += 3) {
            if (MONTHS.charAt(i) == a && MONTHS.charAt(i + 1) == b && MONTHS.charAt(i + 2) == c) {
                return i / 3 + 1;
            }
        }
        return 0;
    }

    /** Milliseconds of the day for {@code HH:MM:SS} at an offset, -1 when it is none. A leap second is the next. */
    public static long clock(String text, int at) {
        if (at < 0 || at + 8 > text.length() || text.charAt(at + 2) != ':' || text.charAt(at + 5) != ':') {
            return -1;
        }
        int hour = digits(text, at, 2);
        int minute = digits(text, at + 3, 2);
        int second = digits(text, at + 6, 2);
        return hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 60
                ? -1
                : ((hour * 60L + minute) * 60 + second) * 1000;
    }

    /** The number that {@code count} digits at an offset are, -1 when they are not all digits. */
    public static int digits(String text, int at, int count) {
        if (at < 0 || at + count > text.length()) {
            return -1;
        }
        int value = 0;
        for (int i = at; i < at + count; i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            value = value * 10 + digit;
        }
        return value;
    }

    private static boolean digit(char c) {
        return c >= '0' && c <= '9';
    }

    static boolean valid(int year, int month, int day) {
        return year >= 1 && month >= 1 && month <= 12 && day >= 1 && day <= length(year, month);
    }

    private static int length(int year, int month) {
        if (month == 2) {
            return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28;
        }
        return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
    }

    /** Days since 1970-01-01 in the proleptic Gregorian calendar, counted in years that begin with March. */
    static long days(int year, int month, int day) {
        int y = month <= 2 ? year - 1 : year;
        int era = Math.floorDiv(y, 400);
        int yearOfEra = y - era * 400;
        int dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
        int dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear;
        return era * 146_097L + dayOfEra - 719_468;
    }

    private static int yearOf(long millis) {
        int year = (int) (1970 + Math.floorDiv(millis, 31_556_952_000L));
        while (days(year + 1, 1, 1) * DAY <= millis) {
            year++;
        }
        while (days(year, 1, 1) * DAY > millis) {
            year--;
        }
        return year;
    }
}
