package org.wanglou.sensors.format.syslog;

import java.time.ZoneId;
import org.wanglou.model.Ecs;
import org.wanglou.model.Event;
import org.wanglou.sensors.format.Assembler;
import org.wanglou.sensors.format.Decoded;
import org.wanglou.sensors.format.Format;
import org.wanglou.sensors.format.Message;
import org.wanglou.sensors.format.TraceLines;
import org.wanglou.sensors.format.part.Fill;
import org.wanglou.sensors.format.part.Scan;
import org.wanglou.sensors.format.part.Words;
import org.wanglou.sensors.frame.Frame;
import org.wanglou.sensors.frame.Text;

/**
 * Syslog as RFC 5424 §6 defines it and as RFC 3164 §4.1 describes it, with or without priority, year, host and process
 * id. The header is read once; the text by the {@link Programs} of its tag, else by the payload format that recognises
 * it (CEF, JSON, a vendor's own). Immutable.
 */
public final class SyslogFormat implements Format {
    private final String name;
    private final Message payloads;

    /** @param payloads what reads texts that no program's message claims */
    public SyslogFormat(String name, Message payloads) {
        this.name = name;
        this.payloads = payloads;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Assembler assembler() {
        return new TraceLines();
    }

    @Override
    public Decoded decode(Frame frame, ZoneId zone) {
        String line = line(Text.of(frame.bytes()));
        return decode(line, Event.builder().set(Ecs.EVENT_ORIGINAL, line), zone, frame.receivedMillis());
    }

    /** As of a frame whose line is read already, into an event that holds it. */
    public Decoded decode(String line, Event.Builder event, ZoneId zone, long received) {
        String refused = read(line, event, zone, received);
        return refused.isEmpty() ? Decoded.one(event) : new Decoded.Malformed(refused);
    }

    /** A line without the ends, NULs and escaped carriage returns that relays leave behind it; inside a group, LF alone. */
    public static String line(String text) {
        int end = text.length();
        while (end > 0 && (text.charAt(end - 1) == '\n' || text.charAt(end - 1) == '\r' || text.charAt(end - 1) == 0)) {
            end--;
        }
        if (text.startsWith("#015", end - 4) && end >= 4) {
            end -= 4;
        }
        String line = end == text.length() ? text : text.substring(0, end);
        return line.indexOf("\r\n") < 0 ? line : line.replace("\r\n", "\n");
    }

    /** Reads the text of a program whose name is known otherwise than by a header; its dataset is set in any case. */
    public static void program(String program, String text, Event.Builder event, ZoneId zone) {
        Words.dataset(event, Programs.dataset(program));
        if (!Programs.read(program, text, event, zone)) {
            Programs.anywhere(text, event);
        }
    }

    /** Reads a message that stands behind a syslog header, whose fields it sets; false when there is none or it declines. */
    public static boolean behindHeader(String line, Message message, Event.Builder event, ZoneId zone, long received) {
        int from = priority(line, event);
        SyslogHeader header = from < 0 ? null : SyslogHeader.read(line, from, event, zone, received);
        if (from == 0 && (header == null || !header.dated())) {
            SyslogHeader file = SyslogHeader.file(line, event, zone, received);
            header = file == null ? header : file;
        }
        if (header == null || from == 0 && !header.dated() && header.process().isEmpty()) {
            return from > 0 && message.read(line.substring(from).stripLeading(), event, zone);
        }
        String text = line.substring(header.from());
        tag(header, event);
        event.set(Ecs.MESSAGE, text);
        if (message.read(text, event, zone)) {
            return true;
        }
        if (!header.data().isEmpty()
                && message.read(header.program() + ' ' + header.data() + ' ' + text, event, zone)) {
            return true;
        }
        // Some payloads look like a tag to the header: "NSG devid=…", "%%01SEC/4/…" behind two hosts.
        int tag = header.program().isEmpty() ? -1 : line.lastIndexOf(header.program(), header.from());
        return tag >= 0 && header.process().isEmpty() && message.read(line.substring(tag), event, zone);
    }

    /** Whether a line begins with a priority or a time, as syslog does. */
    public static boolean headed(String line, ZoneId zone, long received) {
        if (bracketed(line) > 0) {
            return true;
        }
        SyslogHeader header = SyslogHeader.read(line, 0, Event.builder(), zone, received);
        return header != null && header.dated();
    }

    private String read(String line, Event.Builder event, ZoneId zone, long received) {
        int from = priority(line, event);
        if (from < 0) {
            return "syslog priority is larger than 191";
        }
        SyslogHeader header = SyslogHeader.read(line, from, event, zone, received);
        if (header == null) {
            String text = from == 0 ? line : line.substring(from).stripLeading();
            if (payloads.read(text, event, zone)) {
                return "";
            }
            SyslogHeader file = from == 0 ? SyslogHeader.file(line, event, zone, received) : null;
            if (file != null) {
                text(line, file, event, zone);
                return "";
            }
            if (from == 0) {
                return "no syslog header (RFC 5424, RFC 3164)";
            }
            if (!legible(text)) {
                return "a priority, and behind it neither a header (RFC 5424, RFC 3164) nor text";
            }
            event.set(Ecs.MESSAGE, text);
            Words.dataset(event, "system.syslog");
            return "";
        }
        text(line, header, event, zone);
        return "";
    }

    /**
     * Whether what stands behind a bare priority can be a message (RFC 3164, 4.3.3): there is something, no control
     * character but tabs, line ends and colours, nothing that could not be decoded, and no time that does not exist.
     */
    private static boolean legible(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean allowed = c == '\t' || c == '\n' || c == '\r' || c == 0x1b;
            if (c < 0x20 && !allowed || c >= 0x7f && c < 0xa0 || c == '\ufffd') {
                return false;
            }
        }
        return !text.isBlank() && !timed(text);
    }

    /** Whether a text begins in the shape of an RFC 3164 time; that it is none has been found before. */
    private static boolean timed(String text) {
        return text.length() >= 15
                && Character.isLetter(text.charAt(0))
                && text.charAt(3) == ' '
                && text.charAt(6) == ' '
                && text.charAt(9) == ':'
                && text.charAt(12) == ':';
    }

    /** The index after {@code <PRI>}, whatever its number; 0 when there is none. */
    public static int bracketed(String line) {
        if (line.isEmpty() || line.charAt(0) != '<') {
            return 0;
        }
        int at = 1;
        while (at < line.length() && at < 4 && Scan.digit(line.charAt(at))) {
            at++;
        }
        return at == 1 || at >= line.length() || line.charAt(at) != '>' ? 0 : at + 1;
    }

    /** The index after {@code <PRI>}, 0 when there is none, -1 when it is none of RFC 5424's. */
    static int priority(String line, Event.Builder event) {
        int end = bracketed(line);
        if (end == 0) {
            return 0;
        }
        int value = 0;
        for (int at = 1; at < end - 1; at++) {
            value = value * 10 + (line.charAt(at) - '0');
        }
        if (value > SyslogHeader.PRIORITY_MAX) {
            return -1;
        }
        event.set(Ecs.LOG_SYSLOG_PRIORITY, (long) value)
                .set(Ecs.LOG_SYSLOG_FACILITY, (long) (value >> 3))
                .set(Ecs.LOG_SYSLOG_SEVERITY, (long) (value & 7));
        return end;
    }

    private void text(String line, SyslogHeader header, Event.Builder event, ZoneId zone) {
        String text = line.substring(header.from());
        String program = header.program();
        text = text.startsWith("[ID ") ? solaris(text) : text;
        event.set(Ecs.MESSAGE, text);
        tag(header, event);
        Words.dataset(event, Programs.dataset(program));
        if (Programs.read(program, text, event, zone)) {
            return;
        }
        // A payload names its own dataset: what the tag suggested must not stand in its way.
        event.set(Ecs.EVENT_DATASET, null).set(Ecs.EVENT_MODULE, null).set(Ecs.EVENT_KIND, null);
        if (payload(line, header, text, event, zone)) {
            return;
        }
        Words.dataset(event, Programs.dataset(program));
        Programs.anywhere(text, event);
    }

    /** Without the {@code [ID 800047 auth.info] } that Solaris puts before the text. */
    private static String solaris(String text) {
        int close = text.indexOf("] ");
        return close > 4 && close < 40 ? text.substring(close + 2) : text;
    }

    private boolean payload(String line, SyslogHeader header, String text, Event.Builder event, ZoneId zone) {
        String program = header.program();
        if (payloads.read(text, event, zone)) {
            return true;
        }
        if (!header.data().isEmpty() && payloads.read(program + ' ' + header.data() + ' ' + text, event, zone)) {
            return true;
        }
        if (!program.isEmpty() && header.process().isEmpty()) {
            int tag = line.lastIndexOf(program, header.from());
            return tag >= 0 && payloads.read(line.substring(tag), event, zone);
        }
        return false;
    }

    private static void tag(SyslogHeader header, Event.Builder event) {
        String program = header.program();
        if (!program.isEmpty()) {
            int bracket = program.indexOf('(');
            event.set(Ecs.PROCESS_NAME, bracket > 0 ? program.substring(0, bracket) : program)
                    .set(Ecs.LOG_SYSLOG_APPNAME, program);
        }
        if (!header.process().isEmpty()) {
            event.set(Ecs.LOG_SYSLOG_PROCID, header.process());
            long pid = Fill.whole(header.process());
            if (pid >= 0) {
                event.set(Ecs.PROCESS_PID, pid);
            }
        }
        if (!header.data().isEmpty()) {
            event.set("log.syslog.structured_data", header.data());
        }
    }
}
