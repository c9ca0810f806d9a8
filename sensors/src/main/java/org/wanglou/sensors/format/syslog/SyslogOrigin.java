package org.wanglou.sensors.format.syslog;

import org.wanglou.model.Event;
import org.wanglou.sensors.format.part.Clock;
import org.wanglou.sensors.format.part.Scan;

/** What Cisco's devices put before the time: a sequence number, their name, how long they have run. Pure. */
final class SyslogOrigin {
    private SyslogOrigin() {}

    /** Cisco's {@code 000123: } and {@code host: } before a time that begins with a star, point or month. */
    static void sequence(Scan scan, Event.Builder event) {
        int start = scan.at();
        // "<189>: Nov 24 …" where the number is switched off
        if (scan.take(':')) {
            scan.blanks();
        }
        int unnumbered = scan.at();
        if (!number(scan, event)) {
            scan.to(unnumbered);
        }
        origin(scan, event);
        uptime(scan);
        if (scan.peek() == '*' || scan.peek() == '.') {
            scan.skip(1);
        }
        boolean time = Scan.digit(scan.peek()) || Clock.month(scan.text(), scan.at()) > 0;
        if (unnumbered > start && scan.at() == unnumbered && !time) {
            scan.to(start);
        }
    }

    private static boolean number(Scan scan, Event.Builder event) {
        int from = scan.at();
        int digits = scan.digits();
        if (digits == 0 || digits > 18 || !scan.take(':') || !scan.take(' ')) {
            return false;
        }
        event.set("event.sequence", Long.parseLong(scan.text(), from, from + digits, 10));
        scan.blanks();
        return true;
    }

    /** {@code 2y10w: }, {@code 00:01:23: }: how long a device without a clock has run. */
    private static void uptime(Scan scan) {
        String line = scan.text();
        int end = scan.tokenEnd();
        int from = scan.at();
        if (end - from < 4 || end - from > 16 || line.charAt(end - 1) != ':' || !line.startsWith(" %", end)) {
            return;
        }
        for (int i = from; i < end - 1; i++) {
            if (!Scan.digit(line.charAt(i)) && "ywdhms:.".indexOf(line.charAt(i)) < 0) {
                return;
            }
        }
        scan.to(end + 1);
    }

    /** {@code sw01: *Nov 24 …}: a host with a colon, told by the time that follows it. */
    private static void origin(Scan scan, Event.Builder event) {
        String line = scan.text();
        int end = scan.tokenEnd();
        if (end <= scan.at() + 1 || end + 5 >= line.length() || line.charAt(end - 1) != ':') {
            return;
        }
        int from = scan.at();
        scan.to(end + 1);
        boolean numbered = number(scan, event);
        if (!numbered) {
            scan.to(end + 1);
        }
        int at = scan.at();
        if (timed(line, at) || numbered && line.indexOf(": %", at) > 0) {
            SyslogHeader.host(line.substring(from, end - 1), event);
        } else {
            scan.to(from);
        }
    }

    private static boolean timed(String line, int at) {
        if (at + 5 >= line.length()) {
            return false;
        }
        int month = line.charAt(at) == '*' || line.charAt(at) == '.' ? at + 1 : at;
        // NX-OS puts the year first
        month += Clock.digits(line, at, 4) >= 1970 && line.startsWith(" ", at + 4) ? 5 : 0;
        return Clock.month(line, month) > 0
                && line.startsWith(" ", month + 3)
                && month + 4 < line.length()
                && (Scan.digit(line.charAt(month + 4)) || line.charAt(month + 4) == ' ');
    }
}
