package org.wanglou.sensors.format;

import java.nio.charset.StandardCharsets;
import java.util.function.Predicate;

/** Puts lines together that belong to one event, told by the line that begins it, the one that ends it, or both. Confined. */
public final class GroupLines implements Assembler {
    private final Predicate<byte[]> begins;
    private final Predicate<byte[]> ends;
    private final PendingLines pending;

    /** @param begins true for a line that begins an event */
    public GroupLines(Predicate<byte[]> begins) {
        this(begins, line -> false, MAX_LINES);
    }

    /**
     * @param ends true for a line that ends its event
     * @param mostLines lines of one event, at most {@link Assembler#MAX_LINES}
     */
    public GroupLines(Predicate<byte[]> begins, Predicate<byte[]> ends, int mostLines) {
        this.begins = begins;
        this.ends = ends;
        this.pending = new PendingLines(mostLines);
    }

    /** Lines that begin with a blank continue the one before (wrapped messages). */
    public static GroupLines indented() {
        return new GroupLines(line -> line.length == 0 || line[0] != ' ' && line[0] != '\t');
    }

    /** XML, one element {@code <Event>} after another. */
    public static GroupLines elements() {
        return new GroupLines(line -> {
            String start = new String(line, 0, Math.min(line.length, 64), StandardCharsets.ISO_8859_1).stripLeading();
            return start.startsWith("<Event ") || start.startsWith("<Event>");
        });
    }

    @Override
    public void add(byte[] line, long tag, Groups groups) {
        if (pending.lines() > 0 && begins.test(line)) {
            pending.end(groups);
        }
        pending.add(line, tag, groups);
        if (ends.test(line)) {
            pending.end(groups);
        }
    }

    @Override
    public void end(Groups groups) {
        pending.end(groups);
    }

    @Override
    public int pending() {
        return pending.lines();
    }
}
