package org.wanglou.app.filter;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.wanglou.app.cli.LineSource;
import org.wanglou.app.cli.LineSource.Line;
import org.wanglou.sensors.format.Assembler;
import org.wanglou.sensors.format.Format;

/**
 * The lines of files put together into events as a sensor would, each file by itself. Confined to the command's thread.
 */
final class Joined {
    /** Takes an event's bytes, how many lines they were, and whether an end was left out or the bounds closed it. */
    interface Frames {
        void frame(byte[] bytes, int lines, boolean cut);
    }

    private final Format format;
    private final Frames frames;
    private final Map<Long, Boolean> held = new HashMap<>();
    private @Nullable Assembler assembler;
    private String file = "";
    private long number;

    Joined(Format format, Frames frames) {
        this.format = format;
        this.frames = frames;
    }

    /** All lines there are; stops when {@code go} says so. */
    void read(LineSource lines, java.util.function.BooleanSupplier go) {
        for (Optional<Line> line = lines.next(); line.isPresent() && go.getAsBoolean(); line = lines.next()) {
            if (line.get().bytes().length > 0) {
                add(line.get());
            }
        }
        end();
    }

    private void add(Line line) {
        Assembler open = assembler;
        if (open == null || !line.file().equals(file)) {
            end();
            open = format.assembler();
            assembler = open;
            file = line.file();
        }
        if (!open.header(line.bytes())) {
            held.put(++number, line.cut());
        }
        open.add(line.bytes(), number, this::group);
    }

    private void group(byte[] bytes, long[] tags, boolean cut) {
        boolean any = cut;
        for (long tag : tags) {
            any |= Boolean.TRUE.equals(held.remove(tag));
        }
        if (bytes.length > 0) {
            frames.frame(bytes, tags.length, any);
        }
    }

    private void end() {
        Assembler open = assembler;
        if (open != null) {
            open.end(this::group);
        }
    }
}
