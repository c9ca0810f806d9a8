package org.wanglou.sensors.format.syslog;

import java.time.ZoneOffset;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.wanglou.sensors.format.part.Clock;
import org.wanglou.sensors.format.part.Fill;
import org.wanglou.sensors.format.part.Scan;
import org.wanglou.sensors.format.part.ZoneNames;

/** The zone behind a time: an offset or a name that ends with the time's colon. Pure. */
final class SyslogZone {
    private SyslogZone() {}

    static ZoneOffset of(long offsetMillis) {
        return ZoneOffset.ofTotalSeconds((int) (offsetMillis / 1000));
    }

    /** {@code +08:00} right behind the time, or {@code UTC}, {@code CST} and their like behind a blank. */
    static @Nullable Long offset(Scan scan) {
        char sign = scan.peek();
        if (sign == '+' || sign == '-') {
            int hours = Clock.digits(scan.text(), scan.at() + 1, 2);
            int minutes = Clock.digits(scan.text(), scan.at() + 4, 2);
            if (hours >= 0 && hours <= 18 && minutes >= 0 && minutes < 60 && scan.peek(3) == ':') {
                scan.skip(6);
                long offset = hours * 3_600_000L + minutes * 60_000L;
                return sign == '+' ? offset : -offset;
            }
            return null;
        }
        return named(scan);
    }

    /** {@code  CST:}, {@code  UTC+07:30:}: a zone's name before the colon that ends the time; of names not known none is kept. */
    private static @Nullable Long named(Scan scan) {
        String line = scan.text();
        int from = scan.at() + 1;
        int end = from;
        while (end < line.length() && end - from < 6 && Character.isLetter(line.charAt(end))) {
            end++;
        }
        if (scan.peek() != ' ' || end - from < 2 || end >= line.length()) {
            return null;
        }
        String name = line.substring(from, end).toUpperCase(Locale.ROOT);
        boolean universal = name.equals("UTC") || name.equals("GMT");
        if (universal && (line.charAt(end) == '+' || line.charAt(end) == '-')) {
            int colon = line.indexOf(": ", end);
            int inner = line.indexOf(':', end);
            long hours = colon < 0 || colon - end > 6 ? -1 : Fill.whole(line.substring(end + 1, inner));
            long minutes = hours < 0 ? -1 : inner == colon ? 0 : Fill.whole(line.substring(inner + 1, colon));
            if (hours < 0 || hours > 18 || minutes < 0 || minutes > 59) {
                return null;
            }
            scan.to(colon);
            long offset = hours * 3_600_000L + minutes * 60_000L;
            return line.charAt(end) == '+' ? offset : -offset;
        }
        int known = ZoneNames.minutes(name);
        if (line.charAt(end) != ':' || known == ZoneNames.NONE) {
            return null;
        }
        scan.to(end);
        return known == ZoneNames.CHINA ? null : known * 60_000L;
    }
}
