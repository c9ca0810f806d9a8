package org.wanglou.sensors.format;

import org.jspecify.annotations.Nullable;
import org.wanglou.sensors.format.host.AuditGroups;

/**
 * Lines of a source whose format is recognised line by line: column headers stay in force, audit records of one action, JSON
 * objects over several lines and traces are put together. Confined.
 */
final class AutoLines implements Assembler {
    private final HeaderLines headers = new HeaderLines();
    private final TraceLines traces = new TraceLines();
    private final AuditGroups audit = new AuditGroups();
    private final JsonLines json = new JsonLines();
    private @Nullable Assembler last;
    private boolean headed;

    @Override
    public boolean header(byte[] line) {
        return json.pending() == 0 && headers.header(line);
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
