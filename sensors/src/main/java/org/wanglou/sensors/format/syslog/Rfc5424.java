package org.wanglou.sensors.format.syslog;

import java.time.ZoneId;
import org.jspecify.annotations.Nullable;
import org.wanglou.model.Ecs;
import org.wanglou.model.Event;
import org.wanglou.sensors.format.part.Clock;
import org.wanglou.sensors.format.part.Scan;

/** The header as RFC 5424 §6 defines it, structured data included. Pure. */
final class Rfc5424 {
    private Rfc5424() {}

    static @Nullable SyslogHeader read(String line, int from, Event.Builder event, ZoneId zone) {
        int end = line.length();
        int at = from;
        while (at < end && at - from < 3 && Scan.digit(line.charAt(at))) {
            at++;
        }
        if (at == from || at >= end || line.charAt(at) != ' ') {
            return null;
        }
        String version = line.substring(from, at);
        int timeEnd = line.indexOf(' ', at + 1);
        if (timeEnd < 0) {
            return null;
        }
        boolean noTime = timeEnd == at + 2 && line.charAt(at + 1) == '-';
        long time = noTime ? Clock.NONE : Clock.iso(line.substring(at + 1, timeEnd), zone);
        if (!noTime && (time == Clock.NONE || line.charAt(at + 11) != 'T')) {
            return null;
        }
        int[] cut = new int[5];
        cut[0] = timeEnd;
        for (int i = 1; i < 5; i++) {
            cut[i] = line.indexOf(' ', cut[i - 1] + 1);
            if (cut[i] < 0) {
                if (i < 4) {
                    return null;
                }
                cut[i] = end;
            }
        }
        Clock.stamp(event, time);
        event.set(Ecs.LOG_SYSLOG_VERSION, version);
        SyslogHeader.host(line.substring(cut[0] + 1, cut[1]), event);
        String message = line.substring(cut[3] + 1, cut[4]);
        if (!message.equals("-")) {
            event.set(Ecs.LOG_SYSLOG_MSGID, message);
        }
        int text = Math.min(cut[4] + 1, end);
        String data = "";
        int dataEnd = structured(line, text);
        if (dataEnd > text) {
            data = line.charAt(text) == '-' ? "" : line.substring(text, dataEnd);
            text = dataEnd < end && line.charAt(dataEnd) == ' ' ? dataEnd + 1 : dataEnd;
        }
        if (text < end && line.charAt(text) == '\ufeff') {
            text++;
        }
        return new SyslogHeader(
                text,
                dashless(line.substring(cut[1] + 1, cut[2])),
                dashless(line.substring(cut[2] + 1, cut[3])),
                data,
                true);
    }

    private static String dashless(String value) {
        return value.equals("-") ? "" : value;
    }

    /** The index after STRUCTURED-DATA, or {@code from} when what stands there is none (Check Point sends its text so). */
    private static int structured(String line, int from) {
        int end = line.length();
        if (from < end && line.charAt(from) == '-' && (from + 1 == end || line.charAt(from + 1) == ' ')) {
            return from + 1;
        }
        int at = from;
        while (at < end && line.charAt(at) == '[') {
            int i = at + 1;
            boolean name = true;
            boolean quoted = false;
            for (; i < end; i++) {
                char c = line.charAt(i);
                if (quoted) {
                    if (c == '\\') {
                        i++;
                    } else if (c == '"') {
                        quoted = false;
                    }
                } else if (c == ']') {
                    break;
                } else if (name && c == ' ') {
                    name = false;
                } else if (c == '"') {
                    if (name || line.charAt(i - 1) != '=') {
                        return from;
                    }
                    quoted = true;
                }
            }
            if (i >= end) {
                return from;
            }
            at = i + 1;
        }
        return at;
    }
}
