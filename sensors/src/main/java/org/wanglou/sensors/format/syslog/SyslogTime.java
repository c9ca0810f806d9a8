package org.wanglou.sensors.format.syslog;

import java.time.ZoneId;
import org.wanglou.model.Ecs;
import org.wanglou.model.Event;
import org.wanglou.sensors.format.part.Clock;
import org.wanglou.sensors.format.part.Scan;

/** The times before a syslog message without a version: RFC 3164 §4.1.2 and what devices make of it. Pure. */
final class SyslogTime {
    private static final String[] CHINESE = {"一月", "二月", "三月", "四月", "五月", "六月", "七月", "八月", "九月", "十月", "十一月", "十二月"};

    private SyslogTime() {}

    static boolean read(Scan scan, Event.Builder event, ZoneId zone, long received) {
        int start = scan.at();
        long time = scan.peek() >= '0' && scan.peek() <= '9' ? iso(scan, zone) : Clock.NONE;
        if (time == Clock.NONE) {
            scan.to(start);
            time = bsd(scan, zone, received);
        }
        if (time == Clock.NONE) {
            scan.to(start);
            time = other(scan, zone);
        }
        if (time == Clock.NONE) {
            scan.to(start);
            return false;
        }
        event.set(Ecs.TIMESTAMP, time);
        scan.take(':');
        scan.blanks();
        return true;
    }

    /**
     * What RFC 3164 does not know and devices write: {@code Tue Nov 24 09:59:58 2026} with or without a zone before the year,
     * {@code 24 Nov 2026 09:59:58}, {@code 2026年11月24日 09:59:58}, milliseconds since 1970.
     */
    private static long other(Scan scan, ZoneId zone) {
        String line = scan.text();
        int from = scan.at();
        if (Clock.month(line, from) == 0 && line.startsWith(" ", from + 3) && Clock.month(line, from + 4) > 0) {
            int end = ctimeEnd(line, from + 8);
            if (end > 0) {
                long time = Clock.ctime(line.substring(from, from + 19) + ' ' + line.substring(end - 4, end), zone);
                scan.to(end);
                return time;
            }
            return Clock.NONE;
        }
        int first = scan.number(4);
        int day = first;
        int year;
        int month;
        boolean nexus = first >= 1970 && scan.peek() == ' ' && Clock.month(line, scan.at() + 1) > 0;
        if (nexus) {
            // "2026 Nov 24 09:59:58" of NX-OS
            year = first;
            month = Clock.month(line, scan.at() + 1);
            scan.skip(4);
            scan.blanks();
            day = scan.number(2);
        } else if (scan.take('年')) {
            year = first;
            month = scan.number(2);
            day = scan.take('月') ? scan.number(2) : -1;
            scan.take('日');
        } else if (first >= 1 && first <= 31 && scan.blank()) {
            month = Clock.month(line, scan.at());
            scan.skip(month > 0 ? 3 : 0);
            scan.blanks();
            year = year(scan);
        } else {
            return millis(scan, from);
        }
        scan.blanks();
        long clock = month < 1 || year < 1970 || day < 1 ? -1 : Clock.clock(line, scan.at());
        if (clock < 0) {
            return Clock.NONE;
        }
        scan.skip(8);
        clock += fraction(scan);
        Long offset = nexus ? SyslogZone.offset(scan) : null;
        return Clock.of(year, month, day, clock, offset == null ? zone : SyslogZone.of(offset));
    }

    /** The index behind the year of a ctime whose day begins at an index, -1 when it is none. */
    private static int ctimeEnd(String line, int day) {
        if (Clock.clock(line, day + 3) < 0) {
            return -1;
        }
        int at = day + 12;
        while (at < line.length() && at < day + 17 && Character.isUpperCase(line.charAt(at))) {
            at++;
        }
        at += at > day + 12 && line.startsWith(" ", at) ? 1 : 0;
        int year = Clock.digits(line, at, 4);
        // FreeRADIUS' own log goes on with " : Auth:", vsftpd's with " [pid 7]": they have no host
        boolean own = line.startsWith(" : ", at + 4) || line.startsWith(" [", at + 4);
        return year >= 1970 && line.startsWith(" ", at + 4) && !own ? at + 4 : -1;
    }

    private static long millis(Scan scan, int from) {
        scan.to(from);
        if (scan.digits() != 13 || scan.peek() != ' ') {
            return Clock.NONE;
        }
        return Clock.epoch(scan.text().substring(from, from + 13));
    }

    /** {@code 2026-11-24T09:59:58.003+08:00} or with a blank between date and time. */
    private static long iso(Scan scan, ZoneId zone) {
        String line = scan.text();
        int from = scan.at();
        if (from + 19 > line.length() || Clock.clock(line, from + 11) < 0) {
            return Clock.NONE;
        }
        if (line.charAt(from + 4) == ':' && line.charAt(from + 7) == ':' && line.charAt(from + 10) == '-') {
            // "2026:11:24-09:59:58" of Sophos UTM
            scan.to(from + 19);
            return Clock.iso(
                    line.substring(from, from + 10).replace(':', '-') + ' ' + line.substring(from + 11, from + 19),
                    zone);
        }
        int end = from + 19;
        while (end < line.length() && line.charAt(end) != ' ' && line.charAt(end) != '\t') {
            end++;
        }
        int cut = end;
        if (line.charAt(end - 1) == ':') {
            cut--;
        }
        long time = Clock.iso(line.substring(from, cut), zone);
        scan.to(cut);
        return time;
    }

    private static long bsd(Scan scan, ZoneId zone, long received) {
        int month = month(scan);
        if (month == 0 || !scan.blank()) {
            return Clock.NONE;
        }
        int day = scan.number(2);
        if (scan.peek() == '日') {
            scan.skip(1);
        }
        if (day < 1 || !scan.blank()) {
            return Clock.NONE;
        }
        int year = year(scan);
        long clock = Clock.clock(scan.text(), scan.at());
        if (clock < 0) {
            return Clock.NONE;
        }
        scan.skip(8);
        clock += fraction(scan);
        if (year == 0) {
            int before = scan.at();
            if (scan.blank()) {
                year = year(scan);
            }
            if (year == 0) {
                scan.to(before);
            }
        }
        Long offset = SyslogZone.offset(scan);
        ZoneId where = offset == null ? zone : SyslogZone.of(offset);
        return year == 0
                ? Clock.withoutYear(month, day, clock, where, received)
                : Clock.of(year, month, day, clock, where);
    }

    private static int month(Scan scan) {
        int month = Clock.month(scan.text(), scan.at());
        if (month > 0) {
            scan.skip(3);
            return month;
        }
        for (int i = CHINESE.length - 1; i >= 0; i--) {
            if (scan.text().startsWith(CHINESE[i], scan.at())) {
                scan.skip(CHINESE[i].length());
                return i + 1;
            }
        }
        int number = scan.number(2);
        return number >= 1 && number <= 12 && scan.take('月') ? number : 0;
    }

    /** A year of four digits and the blank after it, else 0 and nothing taken. */
    private static int year(Scan scan) {
        int start = scan.at();
        int year = Clock.digits(scan.text(), start, 4);
        if (year < 1970 || year > 2200) {
            return 0;
        }
        scan.skip(4);
        if (scan.atEnd() || scan.blank() || scan.peek() == ':') {
            return year;
        }
        scan.to(start);
        return 0;
    }

    private static int fraction(Scan scan) {
        int millis = 0;
        while (scan.peek() == '.' && Scan.digit(scan.peek(1))) {
            scan.skip(1);
            int from = scan.at();
            int digits = scan.digits();
            if (millis == 0) {
                for (int i = 0; i < 3; i++) {
                    millis = millis * 10 + (i < digits ? scan.text().charAt(from + i) - '0' : 0);
                }
            }
        }
        return millis;
    }

    /** Relays put their own time before the device's: the device's, which has a year, is the event's. */
    static void second(Scan scan, Event.Builder event, ZoneId zone) {
        int start = scan.at();
        if (Clock.digits(scan.text(), start, 4) < 1970) {
            return;
        }
        long time = iso(scan, zone);
        if (time == Clock.NONE) {
            scan.to(start);
        } else {
            event.set(Ecs.TIMESTAMP, time);
            scan.take(':');
            scan.blanks();
        }
    }
}
