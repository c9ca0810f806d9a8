package org.wanglou.rules.sigma;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoField;
import java.time.temporal.IsoFields;

/**
 * Minutes, hours and the like of a field's value, for Sigma's time modifiers.
 *
 * <p>The specification leaves the zone open; here it is always explicit. A value is a number of milliseconds since 1970
 * (below 10^11: seconds), or a text in ISO 8601; a text without offset is taken as local to the zone. Weeks are those of
 * ISO 8601, 1 to 53. Stateless.
 */
public final class TimeParts {
    /** What {@link #of} gives for a value that is no time. */
    public static final int NONE = -1;

    private static final long SECONDS_BELOW = 100_000_000_000L;

    private TimeParts() {}

    /** A part of a date; what {@code minute} to {@code year} are in a rule. */
    public enum Unit {
        MINUTE,
        HOUR,
        DAY,
        WEEK,
        MONTH,
        YEAR
    }

    /** The part, or {@link #NONE}. */
    public static int of(Object value, Unit unit, ZoneId zone) {
        try {
            ZonedDateTime time = time(value, zone);
            return switch (unit) {
                case MINUTE -> time.getMinute();
                case HOUR -> time.getHour();
                case DAY -> time.getDayOfMonth();
                case WEEK -> time.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR);
                case MONTH -> time.getMonthValue();
                case YEAR -> time.get(ChronoField.YEAR);
            };
        } catch (DateTimeException | NumberFormatException e) {
            return NONE;
        }
    }

    private static ZonedDateTime time(Object value, ZoneId zone) {
        if (value instanceof Number number) {
            return epoch(number.longValue(), zone);
        }
        String text = String.valueOf(value).strip();
        if (text.matches("[0-9]{9,14}")) {
            return epoch(Long.parseLong(text), zone);
        }
        String iso =
                text.length() > 10 && text.charAt(10) == ' ' ? text.substring(0, 10) + 'T' + text.substring(11) : text;
        if (iso.matches(".{16,}(Z|[+-][0-9:]{2,6})")) {
            return OffsetDateTime.parse(iso, DateTimeFormatter.ISO_DATE_TIME).atZoneSameInstant(zone);
        }
        return LocalDateTime.parse(iso).atZone(zone);
    }

    private static ZonedDateTime epoch(long number, ZoneId zone) {
        return (Math.abs(number) < SECONDS_BELOW ? Instant.ofEpochSecond(number) : Instant.ofEpochMilli(number))
                .atZone(zone);
    }
}
