package org.wanglou.sensors.format.syslog;

import java.time.ZoneId;
import java.util.Map;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.wanglou.model.Addresses;
import org.wanglou.model.Ecs;
import org.wanglou.model.Event;
import org.wanglou.sensors.format.Decoded;
import org.wanglou.sensors.format.Format;
import org.wanglou.sensors.format.Times;
import org.wanglou.sensors.format.web.AccessLine;
import org.wanglou.sensors.frame.Frame;
import org.wanglou.sensors.frame.Text;

/**
 * Syslog as RFC 5424 §6 defines it and as RFC 3164 §4.1 describes it, with or without priority, year, host and process
 * id. The header is read once; the program's text by the {@link ProgramMessage} of its name. Immutable.
 */
public final class SyslogFormat implements Format {
    private static final Pattern PRIORITY = Pattern.compile("^<(\\d{1,3})>");
    private static final Pattern RFC5424 = Pattern.compile(
            "(\\d{1,2}) (-|\\d{4}-\\S{1,60}) (\\S{1,255}) (\\S{1,48}) (\\S{1,128}) (\\S{1,32}) ([-\\[].*)",
            Pattern.DOTALL);
    private static final Pattern RFC3164 = Pattern.compile(
            "(?:(\\w{3}) {1,2}(\\d{1,2})(?: (\\d{4}))? (\\d\\d):(\\d\\d):(\\d\\d)(?:\\.\\d+)?|(\\d{4}-\\d\\d-\\d\\d[T ]\\S+)) (.*)",
            Pattern.DOTALL);
    private static final Pattern TAG =
            Pattern.compile("([^\\s:\\[]{1,64})(?:\\[([^\\]]{1,32})])?: ?(.*)", Pattern.DOTALL);
    private static final Pattern HOST = Pattern.compile("(\\S{1,255}) (.*)", Pattern.DOTALL);

    private static final Map<String, ProgramMessage> PROGRAMS = Map.of(
            "sshd", new SshdMessage(),
            "sshd-session", new SshdMessage(),
            "sudo", new SudoMessage(),
            "nginx", (text, event) -> AccessLine.read(text, "nginx.access", event),
            "apache", (text, event) -> AccessLine.read(text, "apache.access", event),
            "apache2", (text, event) -> AccessLine.read(text, "apache.access", event),
            "httpd", (text, event) -> AccessLine.read(text, "apache.access", event));

    private static final Map<String, String> DATASETS =
            Map.of("sshd", "openssh", "sshd-session", "openssh", "sudo", "sudo");

    @Override
    public String name() {
        return "syslog";
    }

    @Override
    public Decoded decode(Frame frame, ZoneId zone) {
        String line = Text.of(frame.bytes());
        Event.Builder event = Event.builder().set(Ecs.EVENT_ORIGINAL, line);
        Matcher priority = PRIORITY.matcher(line);
        if (priority.find()) {
            int value = Integer.parseInt(priority.group(1));
            if (value > 191) {
                return new Decoded.Malformed("syslog priority is larger than 191");
            }
            event.set(Ecs.LOG_SYSLOG_PRIORITY, (long) value)
                    .set(Ecs.LOG_SYSLOG_FACILITY, (long) (value / 8))
                    .set(Ecs.LOG_SYSLOG_SEVERITY, (long) (value % 8));
            line = line.substring(priority.end());
        }
        event.set(Ecs.EVENT_DATASET, "syslog").set(Ecs.EVENT_KIND, "event");
        boolean read = rfc5424(line, event, zone) || rfc3164(line, event, zone, frame.receivedMillis());
        return read ? Decoded.one(event) : new Decoded.Malformed("no syslog header (RFC 5424, RFC 3164)");
    }

    private static boolean rfc5424(String line, Event.Builder event, ZoneId zone) {
        Matcher m = RFC5424.matcher(line);
        if (!m.matches()) {
            return false;
        }
        String rest = m.group(7);
        int end = structuredEnd(rest);
        if (end < 0 || end < rest.length() && rest.charAt(end) != ' ') {
            return false;
        }
        if (!m.group(2).equals("-")) {
            OptionalLong time = Times.iso(m.group(2), zone);
            if (time.isEmpty()) {
                return false;
            }
            event.set(Ecs.TIMESTAMP, time.getAsLong());
        }
        event.set(Ecs.LOG_SYSLOG_VERSION, m.group(1));
        host(m.group(3), event);
        if (!m.group(6).equals("-")) {
            event.set(Ecs.LOG_SYSLOG_MSGID, m.group(6));
        }
        if (rest.charAt(0) == '[') {
            event.set("log.syslog.structured_data", rest.substring(0, end));
        }
        String text = end < rest.length() ? rest.substring(end + 1) : "";
        if (!text.isEmpty() && text.charAt(0) == '\ufeff') {
            text = text.substring(1);
        }
        program(m.group(4).equals("-") ? "" : m.group(4), m.group(5).equals("-") ? "" : m.group(5), text, event);
        return true;
    }

    /** Where the structured data at the beginning ends (RFC 5424 §6.3), -1 when it does not. One pass, no recursion. */
    private static int structuredEnd(String text) {
        if (text.charAt(0) == '-') {
            return 1;
        }
        boolean quoted = false;
        boolean inside = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!inside) {
                if (c != '[') {
                    return i;
                }
                inside = true;
            } else if (quoted && c == '\\') {
                i++;
            } else if (c == '"') {
                quoted = !quoted;
            } else if (!quoted && c == ']') {
                inside = false;
            } else if (!quoted && c == '\\') {
                return -1;
            }
        }
        return inside ? -1 : text.length();
    }

    private static boolean rfc3164(String line, Event.Builder event, ZoneId zone, long receivedMillis) {
        Matcher m = RFC3164.matcher(line);
        if (!m.matches()) {
            return false;
        }
        OptionalLong time = m.group(7) != null
                ? Times.iso(m.group(7), zone)
                : m.group(3) != null
                        ? withYear(m, zone)
                        : Times.withoutYear(
                                m.group(1),
                                Integer.parseInt(m.group(2)),
                                Integer.parseInt(m.group(4)),
                                Integer.parseInt(m.group(5)),
                                Integer.parseInt(m.group(6)),
                                zone,
                                receivedMillis);
        if (time.isEmpty()) {
            return false;
        }
        event.set(Ecs.TIMESTAMP, time.getAsLong());
        String rest = m.group(8);
        Matcher direct = TAG.matcher(rest);
        Matcher host = HOST.matcher(rest);
        // "sshd[1]: text" has no host; "web01 sshd[1]: text" has one: a tag ends with a colon, a host never does.
        if (!(direct.matches() && direct.group(1).indexOf(' ') < 0) && host.matches()) {
            host(host.group(1), event);
            rest = host.group(2);
            direct = TAG.matcher(rest);
        }
        if (direct.matches()) {
            program(direct.group(1), direct.group(2) == null ? "" : direct.group(2), direct.group(3), event);
        } else {
            program("", "", rest, event);
        }
        return true;
    }

    private static OptionalLong withYear(Matcher m, ZoneId zone) {
        // Halfway through the named month the nearest year is the named one, whatever the day.
        OptionalLong near = Times.withoutYear(m.group(1), 15, 0, 0, 0, zone, Times.midYear(m.group(3), zone));
        return near.isEmpty()
                ? near
                : Times.withoutYear(
                        m.group(1),
                        Integer.parseInt(m.group(2)),
                        Integer.parseInt(m.group(4)),
                        Integer.parseInt(m.group(5)),
                        Integer.parseInt(m.group(6)),
                        zone,
                        near.getAsLong());
    }

    private static void host(String host, Event.Builder event) {
        if (host.equals("-")) {
            return;
        }
        event.set(Ecs.HOST_NAME, host);
        Addresses.canonical(host).ifPresent(ip -> event.set(Ecs.HOST_IP, ip));
    }

    private static void program(String name, String process, String text, Event.Builder event) {
        event.set(Ecs.MESSAGE, text);
        if (!name.isEmpty()) {
            event.set(Ecs.PROCESS_NAME, name).set(Ecs.LOG_SYSLOG_APPNAME, name);
        }
        if (!process.isEmpty()) {
            event.set(Ecs.LOG_SYSLOG_PROCID, process);
            if (process.matches("\\d{1,10}")) {
                event.set(Ecs.PROCESS_PID, Long.parseLong(process));
            }
        }
        String dataset = DATASETS.get(name);
        if (dataset != null) {
            event.set(Ecs.EVENT_DATASET, dataset);
        }
        ProgramMessage message = PROGRAMS.get(name);
        if (message != null) {
            message.read(text, event);
        }
    }
}
