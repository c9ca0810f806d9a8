package org.wanglou.sensors.format;

import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.Arrays;
import org.wanglou.model.Ecs;
import org.wanglou.model.Event;
import org.wanglou.sensors.format.db.MySqlSlow;
import org.wanglou.sensors.format.host.AuditFormat;
import org.wanglou.sensors.format.host.AuditGroups;
import org.wanglou.sensors.format.json.JsonFormat;
import org.wanglou.sensors.format.json.JsonKinds;
import org.wanglou.sensors.format.part.Fill;
import org.wanglou.sensors.format.syslog.SyslogFormat;
import org.wanglou.sensors.format.web.AccessLine;
import org.wanglou.sensors.format.web.IisLine;
import org.wanglou.sensors.format.zeek.ZeekTsv;
import org.wanglou.sensors.frame.Frame;
import org.wanglou.sensors.frame.Text;

/**
 * Recognises the format of each frame and says so: {@code wanglou.format} is its name, {@code wanglou.format_basis} what
 * showed it. A syslog header is taken off first and the text behind it recognised. Immutable.
 */
final class AutoFormat implements Format {
    private static final JsonFormat JSON = new JsonFormat("json", JsonKinds::of, true);
    private static final SyslogFormat SYSLOG = new SyslogFormat("syslog", AutoFormat::behindSyslog);
    private static final IisLine IIS = new IisLine();
    private static final ZeekTsv ZEEK = new ZeekTsv();

    @Override
    public String name() {
        return "auto";
    }

    @Override
    public Assembler assembler() {
        return new AutoLines();
    }

    @Override
    public Decoded decode(Frame marked, ZoneId zone) {
        Frame frame = unmarked(marked);
        byte[] bytes = frame.bytes();
        if (severalRecords(frame)) {
            return AuditFormat.group(this, frame.oneLine(), zone);
        }
        int from = 0;
        while (from < bytes.length && bytes[from] <= ' ' && bytes[from] >= 0) {
            from++;
        }
        if (from < bytes.length && (bytes[from] == '{' || bytes[from] == '[' && json(bytes, from + 1))) {
            Decoded decoded = JSON.decode(frame, zone);
            if (decoded instanceof Decoded.Events events) {
                events.events().forEach(event -> {
                    ContainerLine.within(event, zone);
                    event.set("wanglou.format_basis", "begins with a bracket and is JSON");
                });
                return decoded;
            }
        }
        String line = SyslogFormat.line(Text.of(bytes));
        Event.Builder event = Event.builder().set(Ecs.EVENT_ORIGINAL, line);
        if (line.startsWith("#")) {
            return header(line, event, zone);
        }
        char first = line.isEmpty() ? ' ' : line.charAt(0);
        if (line.length() > 30 && line.charAt(10) == 'T' && ContainerLine.cri(line, event, zone)) {
            return basis(event, "container", "time, stdout or stderr, F or P");
        }
        if (first != '<' && AccessLine.read(line, "nginx.access", event)) {
            return basis(event, "nginx-access", "a bracketed time, a quoted request, a status");
        }
        Payloads.Known known = null;
        if (first >= '0' && first <= '9') {
            if (IIS.read(line, event, zone)) {
                return basis(event, "iis-w3c", "date, time and the usual number of columns");
            }
            known = Payloads.digit(line, event, zone);
        }
        if (known == null && !SyslogFormat.headed(line, zone, frame.receivedMillis())) {
            known = Payloads.recognise(line, event, zone);
        }
        if (known != null) {
            return basis(event, known.name(), known.why());
        }
        Decoded decoded = SyslogFormat.bracketed(line) > 0
                ? SYSLOG.decode(line, event, zone, frame.receivedMillis())
                : SYSLOG.decode(frame, zone);
        int priority = first == '<' && decoded instanceof Decoded.Malformed ? line.indexOf('>') + 1 : 0;
        if (priority > 2 && priority < 6 && Fill.whole(line.substring(1, priority - 1)) > 191) {
            // devices that count on above RFC 5424's 191 have a message all the same
            decoded = SYSLOG.decode(frame.with(line.substring(priority).getBytes(StandardCharsets.UTF_8)), zone);
            if (decoded instanceof Decoded.Events events) {
                events.events().forEach(one -> one.set(Ecs.EVENT_ORIGINAL, line));
            }
        }
        if (decoded instanceof Decoded.Events events) {
            for (Event.Builder one : events.events()) {
                if (one.get("wanglou.format") == null) {
                    basis(one, "syslog", "a syslog header");
                }
            }
        }
        return decoded;
    }

    /** Without the byte order mark that some editors and senders put first. */
    private static Frame unmarked(Frame frame) {
        byte[] bytes = frame.bytes();
        boolean marked =
                bytes.length >= 3 && bytes[0] == (byte) 0xef && bytes[1] == (byte) 0xbb && bytes[2] == (byte) 0xbf;
        return marked ? frame.with(Arrays.copyOfRange(bytes, 3, bytes.length)) : frame;
    }

    /** Records of one action that were put together. */
    private static boolean severalRecords(Frame frame) {
        byte[] bytes = frame.bytes();
        if (frame.lines() == 1 && (bytes.length == 0 || bytes[0] != 't' && bytes[0] != 'n')) {
            return false;
        }
        int at = 0;
        while (at < bytes.length && bytes[at] != '\n') {
            at++;
        }
        return at < bytes.length && AuditGroups.record(bytes);
    }

    private static boolean behindSyslog(String text, Event.Builder event, ZoneId zone) {
        Payloads.Known known = Payloads.recognise(text, event, zone);
        if (known != null) {
            basis(event, known.name(), known.why() + ", behind a syslog header");
        }
        return known != null;
    }

    private static boolean json(byte[] bytes, int from) {
        int at = from;
        while (at < bytes.length && bytes[at] <= ' ' && bytes[at] >= 0) {
            at++;
        }
        return at < bytes.length && bytes[at] == '{';
    }

    private static Decoded header(String line, Event.Builder event, ZoneId zone) {
        if (line.contains("#Fields:") && IIS.read(line, event, zone)) {
            return basis(event, "iis-w3c", "#Fields: before the line");
        }
        if (line.contains("#fields") && ZEEK.read(line, event, zone)) {
            return basis(event, "zeek-tsv", "#fields before the line");
        }
        if (MySqlSlow.read(line, event, zone)) {
            return basis(event, "mysql-slow", "# User@Host:");
        }
        return new Decoded.Malformed("a header that belongs to no format");
    }

    private static Decoded basis(Event.Builder event, String format, String why) {
        event.set("wanglou.format", format).set("wanglou.format_basis", why);
        return Decoded.one(event);
    }
}
