package org.wanglou.sensors.format.syslog;

import java.time.ZoneId;
import org.jspecify.annotations.Nullable;
import org.wanglou.model.Ecs;
import org.wanglou.model.Event;
import org.wanglou.sensors.format.part.Fill;
import org.wanglou.sensors.format.part.Scan;

/**
 * What stands before the text of a syslog message: RFC 5424 §6 as it is defined, RFC 3164 §4.1 as it is written by the
 * devices of thirty years: with or without priority, year, fraction, zone, sequence number, host and tag, the month in
 * English or Chinese. Immutable.
 *
 * @param from where the message's text begins in the line
 * @param program the tag or APP-NAME, empty when there is none
 * @param process the process id as written, empty when there is none
 * @param data structured data as written, empty when there is none
 * @param dated whether a time was found
 */
record SyslogHeader(int from, String program, String process, String data, boolean dated) {
    static final int PRIORITY_MAX = 191;

    /** The header of a line after its priority, its fields set in the event; null when there is none whatever. */
    static @Nullable SyslogHeader read(String line, int from, Event.Builder event, ZoneId zone, long received) {
        SyslogHeader strict = Rfc5424.read(line, from, event, zone);
        if (strict != null) {
            return strict;
        }
        Scan scan = new Scan(line, from);
        scan.blanks();
        SyslogOrigin.sequence(scan, event);
        boolean dated = SyslogTime.read(scan, event, zone, received);
        if (dated) {
            SyslogTime.second(scan, event, zone);
        }
        return tagged(scan, event, dated, zone, received);
    }

    /** The header of a line of a server's own file: a time as {@link FileTime} knows it and perhaps a tag; null when there is none. */
    static @Nullable SyslogHeader file(String line, Event.Builder event, ZoneId zone, long received) {
        int from = FileTime.read(line, event, zone, received);
        if (from < 0) {
            return null;
        }
        SyslogHeader tagged = tag(new Scan(line, from), true);
        return tagged == null ? new SyslogHeader(from, "", "", "", true) : tagged;
    }

    /** "sshd[1]: text" has no host, "web01 sshd[1]: text" has one: a tag ends with a colon, a host never does. */
    private static @Nullable SyslogHeader tagged(
            Scan scan, Event.Builder event, boolean dated, ZoneId zone, long received) {
        int from = scan.at();
        SyslogHeader direct = tag(scan, dated);
        if (direct != null && dated && named(scan.text(), direct)) {
            // "fw01: %ASA-…": a device's name, which no program has
            host(direct.program, event);
            return new SyslogHeader(direct.from, "", "", "", true);
        }
        if (direct != null) {
            return direct;
        }
        scan.to(from);
        if (!dated) {
            return undated(scan, event);
        }
        String line = scan.text();
        int end = scan.tokenEnd();
        if (scan.startsWith("--- ") || scan.startsWith("last message repeated ")) {
            return new SyslogHeader(from, "", "", "", true);
        }
        if (end > from && end < line.length() && hostLike(line, from, end)) {
            host(line.substring(from, end), event);
            scan.to(end);
            scan.blanks();
            behindHost(scan, event, zone, received);
            // A second name is what relays add: "10.1.1.1 fw01 %ASA-…"; it counts when a device's mark follows it.
            int inner = scan.tokenEnd();
            if (inner + 1 < line.length()
                    && (line.charAt(inner + 1) == '%' || module(line, inner + 1))
                    && hostLike(line, scan.at(), inner)) {
                String second = line.substring(scan.at(), inner);
                if (Fill.canonical(second).isEmpty()) {
                    host(second, event);
                } else {
                    Fill.address(event, Ecs.HOST_IP, second);
                }
                scan.to(inner + 1);
            }
            if (scan.peek() == ':') {
                scan.skip(1);
                scan.blanks();
            }
            SyslogHeader tagged = tag(scan, true);
            tagged = tagged == null ? relayed(scan, event) : tagged;
            tagged = tagged == null ? wordy(scan) : tagged;
            return tagged != null ? tagged : new SyslogHeader(scan.at(), "", "", "", true);
        }
        return new SyslogHeader(from, "", "", "", true);
    }

    /** {@code web01 sshd[812]: text} without a time, told by the process id. */
    private static @Nullable SyslogHeader undated(Scan scan, Event.Builder event) {
        String line = scan.text();
        int from = scan.at();
        int end = scan.tokenEnd();
        if (end <= from || end >= line.length() || line.charAt(end) != ' ' || !hostLike(line, from, end)) {
            return null;
        }
        SyslogHeader tagged = tag(new Scan(line, end + 1), false);
        if (tagged == null || Fill.whole(tagged.process) < 0) {
            return null;
        }
        host(line.substring(from, end), event);
        return tagged;
    }

    private static boolean named(String line, SyslogHeader direct) {
        return direct.process.isEmpty()
                && direct.from < line.length()
                && line.charAt(direct.from) == '%'
                && Fill.whole(direct.program) < 0
                && !direct.program.startsWith("%");
    }

    /** A relay's time and the device's address before the device's own number and time: {@code … 192.0.2.1 812: Nov 24 …}. */
    private static void behindHost(Scan scan, Event.Builder event, ZoneId zone, long received) {
        int start = scan.at();
        // "10.1.1.2 : 2026 Nov 24 …" of NX-OS
        boolean colon = scan.startsWith(": ");
        if (!colon && !Scan.digit(scan.peek()) && scan.peek() != '*' && scan.peek() != '.') {
            return;
        }
        Event.Builder aside = Event.builder();
        SyslogOrigin.sequence(scan, aside);
        if (scan.at() > start && SyslogTime.read(scan, event, zone, received)) {
            event.set("event.sequence", aside.get("event.sequence"));
        } else {
            scan.to(start);
        }
    }

    /** {@code LINE/4/USERLOGINFAIL:} of VRP and Comware without the signs before it. */
    private static boolean module(String line, int from) {
        int at = from;
        while (at < line.length()
                && at - from < 32
                && (Character.isUpperCase(line.charAt(at)) || Scan.digit(line.charAt(at)) || line.charAt(at) == '_')) {
            at++;
        }
        return at > from
                && at + 3 < line.length()
                && line.charAt(at) == '/'
                && Scan.digit(line.charAt(at + 1))
                && line.charAt(at + 2) == '/'
                && Character.isUpperCase(line.charAt(at + 3));
    }

    private static boolean hostLike(String line, int from, int to) {
        if (to - from > 255 || to <= from) {
            return false;
        }
        boolean letter = false;
        for (int i = from; i < to; i++) {
            char c = line.charAt(i);
            letter |= Character.isLetterOrDigit(c);
            if (c == '=' || c == '"' || c == '{' || c == '|' || c == ',' || c == '%' || c == '<' || c == '(') {
                return false;
            }
        }
        return letter;
    }

    /** {@code name[pid]: } or {@code name: }; not the {@code CEF:} or {@code %ASA-6-1:} with which a payload begins. */
    private static @Nullable SyslogHeader tag(Scan scan, boolean dated) {
        String line = scan.text();
        int from = scan.at();
        int end = line.length();
        if (from >= end
                || line.charAt(from) == '%'
                || line.charAt(from) > '~'
                || scan.startsWith("CEF:")
                || scan.startsWith("LEEF:")) {
            return null;
        }
        int at = from;
        while (at < end && at - from <= 64) {
            char c = line.charAt(at);
            if (c <= ' ' || c == ':' || c == '[' || c == '=' || c == '"' || c == '{' || c == '<' || c == '|'
                    || c == ',') {
                break;
            }
            at++;
        }
        if (at >= end || at == from || at - from > 64) {
            return null;
        }
        int nameEnd = at;
        String process = "";
        if (line.charAt(at) == '[') {
            int close = line.indexOf(']', at);
            if (close < 0 || close - at > 33 || close == at + 1) {
                return null;
            }
            process = line.substring(at + 1, close);
            at = close + 1;
            if (at < end && line.charAt(at) == ' ' && dated && Fill.whole(process) >= 0 && !line.startsWith(" (", at)) {
                // "login[12] text" without a colon
                return new SyslogHeader(at + 1, line.substring(from, nameEnd), process, "", dated);
            }
        }
        if (at >= end || line.charAt(at) != ':') {
            return macos(scan, nameEnd, process, at, dated);
        }
        if (at + 1 < end && line.charAt(at + 1) != ' ' && line.charAt(at + 1) != '\t' && !dated) {
            return null;
        }
        if (at + 1 < end && Scan.digit(line.charAt(at + 1)) && process.isEmpty() && Scan.digit(line.charAt(from))) {
            return null;
        }
        at++;
        if (at < end && line.charAt(at) == ' ') {
            at++;
        }
        return new SyslogHeader(at, line.substring(from, nameEnd), process, "", dated);
    }

    /** {@code ns1.example 192.0.2.53 named[812]: text}: a name, then the address it speaks from. */
    private static @Nullable SyslogHeader relayed(Scan scan, Event.Builder event) {
        String line = scan.text();
        int end = scan.tokenEnd();
        String address = end < line.length() ? Fill.canonical(line.substring(scan.at(), end)) : "";
        if (address.isEmpty()) {
            return null;
        }
        SyslogHeader tagged = tag(new Scan(line, end + 1), true);
        if (tagged != null) {
            Fill.address(event, Ecs.HOST_IP, address);
        }
        return tagged;
    }

    /** {@code Google Chrome[85294]: text}: names of two or three words, told by the process id behind them. */
    private static @Nullable SyslogHeader wordy(Scan scan) {
        String line = scan.text();
        int from = scan.at();
        int open = line.indexOf('[', from);
        int close = open < 0 ? -1 : line.indexOf("]: ", open);
        if (close < 0 || open - from > 48 || close - open > 11 || Fill.whole(line.substring(open + 1, close)) < 0) {
            return null;
        }
        for (int i = from; i < open; i++) {
            char c = line.charAt(i);
            if (c == ':' || c == '=' || c == '"' || c == ']' || c == '(') {
                return null;
            }
        }
        return new SyslogHeader(
                close + 3, line.substring(from, open).strip(), line.substring(open + 1, close), "", true);
    }

    /** {@code com.apple.xpc.launchd[1] (com.apple.quicklook[2496]): text} of macOS. */
    private static @Nullable SyslogHeader macos(Scan scan, int nameEnd, String process, int at, boolean dated) {
        String line = scan.text();
        if (process.isEmpty() || !line.startsWith(" (", at)) {
            return null;
        }
        int close = line.indexOf("):", at);
        return close < 0
                ? null
                : new SyslogHeader(
                        Math.min(close + 3, line.length()), line.substring(scan.at(), nameEnd), process, "", dated);
    }

    static void host(String host, Event.Builder event) {
        if (host.equals("-") || host.isEmpty()) {
            return;
        }
        event.set(Ecs.HOST_NAME, host).set(Ecs.HOST_HOSTNAME, host);
        Fill.address(event, Ecs.HOST_IP, host);
    }
}
