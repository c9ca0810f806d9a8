package org.wanglou.sensors.listen;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.wanglou.sensors.format.Assembler;
import org.wanglou.sensors.frame.Frame;

/** Puts the lines of one connection, peer or body together. Thread-safe: whoever ends the quiet may be another thread. */
public final class LineJoin {
    private static final byte[] NOTHING = {};

    private final Assembler assembler;
    private final Consumer<Frame> frames;
    private final Map<Long, Frame> held = new HashMap<>();
    private @Nullable Frame current;
    private long number;
    private long touched;
    private boolean reading = true;

    public LineJoin(Assembler assembler, Consumer<Frame> frames) {
        this.assembler = assembler;
        this.frames = frames;
    }

    /** Takes the next line. */
    public synchronized void add(Frame line) {
        touched = line.receivedMillis();
        current = line;
        assembler.add(line.bytes(), ++number, this::group);
        Frame left = current;
        if (left != null && assembler.pending() > 0) {
            held.put(number, left.with(NOTHING));
        }
        current = null;
    }

    private void group(byte[] bytes, long[] tags, boolean cut) {
        Frame first = null;
        boolean any = cut;
        for (long tag : tags) {
            Frame line = tag == number && current != null ? current : held.remove(tag);
            if (tag == number) {
                current = null;
            }
            if (line != null) {
                first = first == null ? line : first;
                any |= line.cut();
            }
        }
        if (first != null && bytes.length > 0) {
            frames.accept(first.joined(bytes, tags.length, any));
        }
    }

    /** While nothing is read, the sender's silence is ours: it closes nothing. */
    synchronized void reading(boolean reads, long now) {
        reading = reads;
        touched = now;
    }

    /** Hands on what is pending when nothing has come since that moment. */
    synchronized void quiet(long since) {
        if (reading && assembler.pending() > 0 && touched <= since) {
            assembler.end(this::group);
        }
    }

    /** Hands on what is pending. */
    public synchronized void end() {
        assembler.end(this::group);
    }
}
