package org.wanglou.sensors.format;

import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.function.Predicate;

/** Puts lines together that belong to one event: a group begins with a line that a rule recognises. Confined. */
public final class GroupLines implements Assembler {
    private final Predicate<byte[]> begins;
    private final ByteArrayOutputStream pending = new ByteArrayOutputStream();
    private int lines;

    /** @param begins true for a line that begins an event */
    public GroupLines(Predicate<byte[]> begins) {
        this.begins = begins;
    }

    /** Lines that begin with a blank continue the one before (stack traces, wrapped messages). */
    public static GroupLines indented() {
        return new GroupLines(line -> line.length == 0 || line[0] != ' ' && line[0] != '\t');
    }

    /** XML, one element {@code <Event>} after another. */
    public static GroupLines elements() {
        return new GroupLines(line -> {
            String start = new String(line, 0, Math.min(line.length, 64), java.nio.charset.StandardCharsets.ISO_8859_1);
            return start.stripLeading().startsWith("<Event ")
                    || start.stripLeading().startsWith("<Event>");
        });
    }

    @Override
    public List<byte[]> add(byte[] line) {
        if (lines == 0) {
            take(line);
            return List.of();
        }
        if (begins.test(line) || lines >= MAX_LINES || pending.size() + line.length > MAX_BYTES) {
            List<byte[]> whole = end();
            take(line);
            return whole;
        }
        pending.write('\n');
        take(line);
        return List.of();
    }

    private void take(byte[] line) {
        pending.write(line, 0, line.length);
        lines++;
    }

    @Override
    public List<byte[]> end() {
        byte[] frame = pending.toByteArray();
        pending.reset();
        boolean empty = lines == 0 || frame.length == 0;
        lines = 0;
        return empty ? List.of() : List.of(frame);
    }
}
