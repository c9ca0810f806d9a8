package org.wanglou.sensors.format.json;

import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import org.wanglou.model.Ecs;
import org.wanglou.model.Event;
import org.wanglou.sensors.format.part.Fill;
import org.wanglou.sensors.format.part.JsonShape;
import org.wanglou.sensors.format.part.Put;
import org.wanglou.sensors.format.part.Table;
import org.wanglou.sensors.format.part.Words;
import org.wanglou.sensors.format.syslog.SyslogFormat;
import org.wanglou.sensors.frame.Text;

/**
 * Entries of the systemd journal ({@code journalctl -o json}, and the text form {@code -o export}; systemd.journal-fields(7),
 * JOURNAL_EXPORT_FORMATS). The message goes to the reader of its program, as behind a syslog header. Pure.
 */
public final class JournalKind {
    private static final Put MESSAGE = new Put() {
        @Override
        public void text(Event.Builder event, String value, ZoneId zone) {
            Fill.text(event, Ecs.MESSAGE, value);
        }

        /** A message that is no UTF-8 is a list of its bytes. */
        @Override
        public void other(Event.Builder event, Object value, ZoneId zone) {
            if (value instanceof List<?> list) {
                byte[] bytes = new byte[list.size()];
                for (int i = 0; i < bytes.length; i++) {
                    bytes[i] = (byte) Fill.whole(String.valueOf(list.get(i)));
                }
                text(event, Text.of(bytes), zone);
            }
        }
    };

    static final Table FIELDS = Table.keeping("systemd.")
            .put("__REALTIME_TIMESTAMP", Put.EPOCH_TIME)
            .put("MESSAGE", MESSAGE)
            .put("_HOSTNAME", Put.both(Put.text(Ecs.HOST_NAME), Put.text(Ecs.HOST_HOSTNAME)))
            .put("SYSLOG_IDENTIFIER", Put.both(Put.text(Ecs.PROCESS_NAME), Put.text(Ecs.LOG_SYSLOG_APPNAME)))
            .put("_COMM", "systemd.comm")
            .put("_EXE", Ecs.PROCESS_EXECUTABLE)
            .put("_CMDLINE", Ecs.PROCESS_COMMAND_LINE)
            .put("_PID", Put.number(Ecs.PROCESS_PID))
            .put("SYSLOG_PID", Ecs.LOG_SYSLOG_PROCID)
            .put("_UID", "systemd.uid")
            .put("PRIORITY", Put.number(Ecs.LOG_SYSLOG_SEVERITY))
            .put("SYSLOG_FACILITY", Put.number(Ecs.LOG_SYSLOG_FACILITY))
            .put("_SYSTEMD_UNIT", "systemd.unit")
            .put("_TRANSPORT", "systemd.transport")
            .put("MESSAGE_ID", "systemd.message_id")
            .puts(
                    Put.NOTHING,
                    "__CURSOR",
                    "__MONOTONIC_TIMESTAMP",
                    "__SEQNUM",
                    "__SEQNUM_ID",
                    "_SOURCE_REALTIME_TIMESTAMP",
                    "_SOURCE_MONOTONIC_TIMESTAMP",
                    "SYSLOG_TIMESTAMP",
                    "SYSLOG_RAW",
                    "_BOOT_ID",
                    "_CAP_EFFECTIVE",
                    "_SELINUX_CONTEXT",
                    "_STREAM_ID");

    public static final JsonKind KIND = new JsonKind("journald", JsonShape.of(FIELDS), JournalKind::finish);

    private JournalKind() {}

    /** {@code NAME=value} lines of one entry, as {@code -o export} writes those without control characters. */
    public static boolean export(String text, Event.Builder event, ZoneId zone) {
        if (!text.startsWith("__CURSOR=") && !text.startsWith("__REALTIME_TIMESTAMP=")) {
            return false;
        }
        for (String line : text.split("\n", 2_001)) {
            int equals = line.indexOf('=');
            if (equals > 0) {
                FIELDS.set(event, line.substring(0, equals), line.substring(equals + 1), zone);
            }
        }
        return finish(event);
    }

    /** A line that begins an entry of {@code -o export}. */
    public static boolean begins(byte[] line) {
        return new String(line, 0, Math.min(line.length, 9), java.nio.charset.StandardCharsets.ISO_8859_1)
                .equals("__CURSOR=");
    }

    private static boolean finish(Event.Builder event) {
        String program = event.get(Ecs.PROCESS_NAME) instanceof String name
                ? name
                : String.valueOf(event.get("systemd.comm")).replace("null", "");
        if (!program.isEmpty()) {
            event.set(Ecs.PROCESS_NAME, program);
        }
        String text = event.get(Ecs.MESSAGE) instanceof String said ? said : "";
        Words.dataset(event, "system.syslog");
        SyslogFormat.program(program, text, event, ZoneOffset.UTC);
        return event.get(Ecs.TIMESTAMP) != null || !text.isEmpty();
    }
}
