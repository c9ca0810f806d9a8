package org.wanglou.sensors.format;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.wanglou.sensors.format.db.MySqlSlow;
import org.wanglou.sensors.format.host.AuditGroups;
import org.wanglou.sensors.format.json.JournalKind;

/**
 * Lines of a source whose format is recognised line by line: column headers stay in force; audit records of one action, JSON
 * objects and event XML over several lines, entries of a journal's export, statements of a slow log, a container's cut lines
 * and traces (with RADIUS details and ModSecurity's sections among them) are put together. Confined.
 */
final class AutoLines implements Assembler {
    private final HeaderLines headers = new HeaderLines();
    private final TraceLines traces = new TraceLines();
    private final AuditGroups audit = new AuditGroups();
    private final JsonLines json = new JsonLines();
    private final PartialLines partial = new PartialLines();
    private final OpenGroup journal = new OpenGroup(JournalKind::begins, AutoLines::assignment, line -> false);
    private final OpenGroup slow = new OpenGroup(AutoLines::slowBegins, AutoLines::statement, line -> false);
    private final OpenGroup xml = new OpenGroup(AutoLines::element, line -> true, AutoLines::elementEnds);
    private @Nullable Assembler last;
    private boolean headed;

    @Override
    public boolean header(byte[] line) {
        return json.pending() == 0 && xml.pending() == 0 && headers.header(line);
    }

    @Override
    public void add(byte[] line, long tag, Groups groups) {
        Assembler next = of(line);
        Assembler before = last;
        if (before != null && before != next) {
            before.end(groups);
        }
        last = next;
        next.add(line, tag, groups);
    }

    private Assembler of(byte[] line) {
        if (json.pending() > 0) {
            return json;
        }
        for (OpenGroup group : new OpenGroup[] {journal, slow, xml}) {
            if (group.takes(line)) {
                headed = false;
                return group;
            }
        }
        if (PartialLines.container(line)) {
            return partial;
        }
        if (headers.header(line)) {
            headed = true;
            return headers;
        }
        if (AuditGroups.record(line)) {
            headed = false;
            return audit;
        }
        if (headed && line.length > 0 && line[0] > ' ' && line[0] != '<' && line[0] != '{' && line[0] != '#') {
            return headers;
        }
        // An object that fits its line is the rule; only an opening bracket alone begins one of several.
        if (line.length > 0 && line.length <= 2 && (line[0] == '{' || line[0] == '[')) {
            return json;
        }
        return traces;
    }

    private static String start(byte[] line, int length) {
        return new String(line, 0, Math.min(line.length, length), StandardCharsets.ISO_8859_1);
    }

    /** {@code NAME=value} of a journal's export. */
    private static boolean assignment(byte[] line) {
        int at = 0;
        while (at < line.length
                && at < 64
                && (line[at] == '_' || line[at] >= '0' && line[at] <= 'Z' && line[at] != '=')) {
            at++;
        }
        return at > 0 && at < line.length && line[at] == '=';
    }

    private static boolean slowBegins(byte[] line) {
        return line.length > 8 && line[0] == '#' && (start(line, 8).equals("# Time: ") || MySqlSlow.begins(line));
    }

    private static boolean statement(byte[] line) {
        boolean header = line.length > 1 && line[0] == '#' && line[1] > ' ';
        return line.length == 0 || line[0] != '<' && line[0] != '{' && !header;
    }

    private static boolean element(byte[] line) {
        return line.length > 6
                && line[0] == '<'
                && line[1] == 'E'
                && start(line, 7).matches("<Event[ >]");
    }

    private static boolean elementEnds(byte[] line) {
        return new String(line, Math.max(0, line.length - 256), Math.min(line.length, 256), StandardCharsets.ISO_8859_1)
                .stripTrailing()
                .endsWith("</Event>");
    }

    @Override
    public void end(Groups groups) {
        Assembler open = last;
        if (open != null) {
            open.end(groups);
        }
    }

    @Override
    public int pending() {
        Assembler open = last;
        return open == null ? 0 : open.pending();
    }
}
