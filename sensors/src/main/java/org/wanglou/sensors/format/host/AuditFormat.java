package org.wanglou.sensors.format.host;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.wanglou.model.Ecs;
import org.wanglou.model.Event;
import org.wanglou.model.Field;
import org.wanglou.sensors.format.Assembler;
import org.wanglou.sensors.format.Decoded;
import org.wanglou.sensors.format.Format;
import org.wanglou.sensors.frame.Frame;

/**
 * Audit records, an event each. Of a group of one action every record is told who did it and how it ended: what the
 * {@code SYSCALL} record says of user, process and outcome stands in the others where they say nothing of it. Immutable.
 *
 * @param record reads one record
 */
public record AuditFormat(Format record) implements Format {
    private static final List<String> SHARED =
            List.of("auditd.log.key", "auditd.log.ses", "auditd.log.tty", "auditd.log.syscall");

    @Override
    public String name() {
        return record.name();
    }

    @Override
    public Assembler assembler() {
        return new AuditGroups();
    }

    @Override
    public Decoded decode(Frame frame, ZoneId zone) {
        return group(record, frame, zone);
    }

    /** As the record's format, for each line of the frame. */
    public static Decoded group(Format record, Frame frame, ZoneId zone) {
        byte[] bytes = frame.bytes();
        List<Event.Builder> events = new ArrayList<>();
        int from = 0;
        for (int i = 0; i <= bytes.length; i++) {
            if (i < bytes.length && bytes[i] != '\n') {
                continue;
            }
            if (from == 0 && i == bytes.length) {
                return record.decode(frame, zone); // one line, as nearly always
            }
            if (i > from) {
                Decoded one = record.decode(frame.with(java.util.Arrays.copyOfRange(bytes, from, i)), zone);
                if (!(one instanceof Decoded.Events read)) {
                    return one;
                }
                events.addAll(read.events());
            }
            from = i + 1;
        }
        share(events);
        return new Decoded.Events(events);
    }

    private static void share(List<Event.Builder> events) {
        Event syscall = null;
        for (Event.Builder event : events) {
            if ("SYSCALL".equals(String.valueOf(event.get("auditd.log.record_type")))) {
                syscall = event.build();
            }
        }
        if (syscall == null) {
            return;
        }
        for (Event.Builder event : events) {
            for (int slot = 0; slot < Ecs.slots(); slot++) {
                Field field = Ecs.at(slot);
                String name = field.name();
                if (name.startsWith("user.") || name.startsWith("process.") || name.equals("event.outcome")) {
                    absent(event, name, syscall.get(field));
                }
            }
            new TreeMap<>(syscall.extra()).forEach((name, value) -> {
                if (name.startsWith("user.") || name.startsWith("process.") || SHARED.contains(name)) {
                    absent(event, name, value);
                }
            });
        }
    }

    private static void absent(Event.Builder event, String name, @Nullable Object value) {
        if (value != null && event.get(name) == null) {
            event.set(name, value);
        }
    }
}
