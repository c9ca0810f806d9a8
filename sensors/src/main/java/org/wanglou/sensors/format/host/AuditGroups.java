package org.wanglou.sensors.format.host;

import java.nio.charset.StandardCharsets;
import org.wanglou.sensors.format.Assembler;
import org.wanglou.sensors.format.GroupLines;

/**
 * Puts the audit records of one action together: those that follow each other with the same {@code audit(time:serial)}, bare
 * or behind a syslog header. {@code EOE} ends a group at once, and so do records of programs ({@code msg='…'}), which are
 * single. Records of two actions that interleave make more than one group of each; all share their sequence. Confined.
 */
public final class AuditGroups implements Assembler {
    private static final int LOOKED_AT = 512;

    private final GroupLines lines = new GroupLines(this::another, AuditGroups::last, MAX_LINES);
    private String open = "";

    /** Whether a line is an audit record. */
    public static boolean record(byte[] line) {
        return line.length > 20 && !serial(line).isEmpty();
    }

    private boolean another(byte[] line) {
        return serial(line).isEmpty() || !serial(line).equals(open);
    }

    private static boolean last(byte[] line) {
        String start = start(line);
        return start.contains("type=EOE")
                || start.contains(" msg='")
                || serial(line).isEmpty();
    }

    /** {@code 1634567.123:456} of {@code audit(1634567.123:456)}, with the node before it; empty when there is none. */
    private static String serial(byte[] line) {
        String start = start(line);
        int from = start.indexOf("audit(");
        int to = from < 0 ? -1 : start.indexOf("):", from);
        if (to < 0 || to - from > 48 || start.indexOf(':', from) == to + 1 || !start.contains("type=")) {
            return "";
        }
        String node = start.startsWith("node=") ? start.substring(0, Math.max(0, start.indexOf(' '))) : "";
        return node + start.substring(from, to);
    }

    private static String start(byte[] line) {
        return new String(line, 0, Math.min(line.length, LOOKED_AT), StandardCharsets.ISO_8859_1);
    }

    @Override
    public void add(byte[] line, long tag, Groups groups) {
        lines.add(line, tag, groups);
        open = serial(line);
    }

    @Override
    public void end(Groups groups) {
        lines.end(groups);
    }

    @Override
    public int pending() {
        return lines.pending();
    }
}
