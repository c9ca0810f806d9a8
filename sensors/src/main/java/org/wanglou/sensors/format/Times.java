package org.wanglou.sensors.format;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.OptionalLong;

/** Times as logs write them, to milliseconds UTC. Pure. */
public final class Times {
    private static final String MONTHS = "janfebmaraprmayjunjulaugsepoctnovdec";
    private static final DateTimeFormatter ACCESS =
            DateTimeFormatter.ofPattern("dd/MMM/yyyy:HH:mm:ss Z", Locale.ENGLISH);

    private Times() {}

    /**
     * A time without a year (RFC 3164), such as {@code Oct  1 22:14:15}: of the years around receipt the one that comes
     * nearest to it, so that a line of 31 December read on 1 January is last year's.
     */
    public static OptionalLong withoutYear(
            String month, int day, int hour, int minute, int second, ZoneId zone, long receivedMillis) {
        int number = MONTHS.indexOf(month.toLowerCase(Locale.ROOT));
        if (month.length() != 3 || number < 0 || number % 3 != 0) {
            return OptionalLong.empty();
        }
        int year = ZonedDateTime.ofInstant(Instant.ofEpochMilli(receivedMillis), zone)
                .getYear();
        OptionalLong nearest = OptionalLong.empty();
        for (int candidate = year - 1; candidate <= year + 1; candidate++) {
            try {
                long millis = LocalDateTime.of(candidate, number / 3 + 1, day, hour, minute, second)
                        .atZone(zone)
                        .toInstant()
                        .toEpochMilli();
                if (nearest.isEmpty()
                        || Math.abs(millis - receivedMillis) < Math.abs(nearest.getAsLong() - receivedMillis)) {
                    nearest = OptionalLong.of(millis);
                }
            } catch (DateTimeException e) {
                // 29 February exists in one of the years only
            }
        }
        return nearest;
    }

    /** 1 July of that year: nearer to every mid-month of it than to any of another year. */
    public static long midYear(String year, ZoneId zone) {
        return LocalDateTime.of(Integer.parseInt(year), 7, 1, 0, 0)
                .atZone(zone)
                .toInstant()
                .toEpochMilli();
    }

    /** ISO 8601 with or without an offset; without one the source's zone holds. */
    public static OptionalLong iso(String text, ZoneId zone) {
        try {
            return OptionalLong.of(OffsetDateTime.parse(text).toInstant().toEpochMilli());
        } catch (DateTimeParseException e) {
            try {
                return OptionalLong.of(LocalDateTime.parse(text.replace(' ', 'T'))
                        .atZone(zone)
                        .toInstant()
                        .toEpochMilli());
            } catch (DateTimeParseException stillNot) {
                return OptionalLong.empty();
            }
        }
    }

    /** The time of access logs, such as {@code 01/Jan/2027:00:30:05 +0800}. */
    public static OptionalLong access(String text) {
        try {
            return OptionalLong.of(ZonedDateTime.parse(text, ACCESS).toInstant().toEpochMilli());
        } catch (DateTimeParseException e) {
            return OptionalLong.empty();
        }
    }
}
