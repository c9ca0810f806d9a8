package org.wanglou.sensors.format.syslog;

import java.time.ZoneId;
import org.wanglou.model.Ecs;
import org.wanglou.model.Event;
import org.wanglou.sensors.format.part.Clock;
import org.wanglou.sensors.format.part.Scan;

/**
 * Times that servers put before the lines of their own files and that no syslog header has: in square brackets, {@code
 * 24-Nov-2026 09:59:58.123} of BIND and PHP, TAI64N of multilog. Pure.
 */
final class FileTime {
    private FileTime() {}

    /** The index of the text behind the time, which is set; -1 when there is none. */
    static int read(String line, Event.Builder event, ZoneId zone, long received) {
        if (line.startsWith("[")) {
            int close = line.indexOf(']');
            if (close < 9 || close > 48) {
                return -1;
            }
            String inside = line.substring(1, close);
            long time = Clock.any(inside, zone);
            time = time == Clock.NONE ? Clock.access(hyphens(inside, inside.length()), zone) : time;
            time = time == Clock.NONE ? withoutYear(inside, zone, received) : time;
            return time == Clock.NONE || time < 0 ? -1 : behind(line, close + 1, time, event);
        }
        if (line.startsWith("@4") && line.indexOf(' ') == 25) {
            long time = tai(line);
            return time == Clock.NONE ? -1 : behind(line, 25, time, event);
        }
        if (line.length() > 20 && line.charAt(2) == '-' && line.charAt(6) == '-') {
            int end = 20;
            while (end < line.length() && (Scan.digit(line.charAt(end)) || line.charAt(end) == '.')) {
                end++;
            }
            long time = Clock.access(hyphens(line, end), zone);
            return time == Clock.NONE ? -1 : behind(line, end, time, event);
        }
        return -1;
    }

    private static int behind(String line, int from, long time, Event.Builder event) {
        event.set(Ecs.TIMESTAMP, time);
        int at = from;
        while (at < line.length() && (line.charAt(at) == ' ' || line.charAt(at) == ':')) {
            at++;
        }
        return at;
    }

    /** {@code 24-Nov-2026 09:59:58 +0800} as access logs write it. */
    private static String hyphens(String text, int end) {
        if (text.length() < 20 || text.charAt(2) != '-' || text.charAt(6) != '-' || text.charAt(11) != ' ') {
            return "";
        }
        return text.substring(0, 2)
                + '/'
                + text.substring(3, 6)
                + '/'
                + text.substring(7, 11)
                + ':'
                + text.substring(12, end);
    }

    private static long withoutYear(String inside, ZoneId zone, long received) {
        Event.Builder aside = Event.builder();
        Scan scan = new Scan(inside, 0);
        return SyslogTime.read(scan, aside, zone, received)
                        && scan.atEnd()
                        && aside.get(Ecs.TIMESTAMP) instanceof Long time
                ? time
                : Clock.NONE;
    }

    /** TAI64N: 2^62 and the seconds, ten more than UTC had in 1970, in sixteen hexadecimal digits. */
    private static long tai(String line) {
        try {
            long seconds = Long.parseUnsignedLong(line, 1, 17, 16) - 0x4000000000000000L - 10;
            return seconds < 0 || seconds > 9_999_999_999L ? Clock.NONE : seconds * 1000;
        } catch (NumberFormatException e) {
            return Clock.NONE;
        }
    }
}
