package org.wanglou.sensors.frame;

import java.util.Arrays;
import java.util.function.BiConsumer;

/**
 * Cuts a syslog stream into frames: octet counting (RFC 6587 §3.4.1) or non-transparent framing by line feed (§3.4.2),
 * told apart by the first byte of each frame: a digit from 1 to 9 begins a count, {@code <} and all else a line.
 *
 * <p>A frame longer than the limit is cut: its head is handed on as cut, its rest is skipped without being kept, so the
 * buffer never holds more than the limit. Confined to its connection's thread.
 */
public final class StreamFraming {
    private static final int MAX_COUNT_DIGITS = 9;

    private enum State {
        START,
        COUNT,
        COUNTED,
        LINE
    }

    private final int limit;
    private final BiConsumer<byte[], Boolean> frames;
    // no ByteArrayOutputStream: its lock for each byte was a third of a TCP source's CPU
    private byte[] buffer = new byte[512];
    private int size;
    private State state = State.START;
    private long remaining;
    private boolean cut;

    /**
     * @param limit longest frame in bytes
     * @param frames takes each frame and whether it was cut
     */
    public StreamFraming(int limit, BiConsumer<byte[], Boolean> frames) {
        this.limit = limit;
        this.frames = frames;
    }

    /** Takes the next bytes of the stream, however they were split. */
    public void feed(byte[] bytes, int length) {
        int i = 0;
        while (i < length) {
            switch (state) {
                case START -> start(bytes[i++]);
                case COUNT -> count(bytes[i++]);
                case COUNTED -> i = counted(bytes, i, length);
                case LINE -> i = line(bytes, i, length);
            }
        }
    }

    /** While a frame is handed on: whether its length was counted, so that its end is known. */
    public boolean counted() {
        return state == State.COUNTED;
    }

    /** The stream has ended: what is left of a line is a frame; a counted frame that is not whole is handed on as cut. */
    public void end() {
        if (state == State.COUNTED) {
            cut = true;
        }
        if (size > 0) {
            emit();
        }
        state = State.START;
    }

    private void start(byte b) {
        if (b == '\n' || b == '\r' || b == 0 || b == ' ') {
            return;
        }
        if (b >= '1' && b <= '9') {
            state = State.COUNT;
            remaining = b - '0';
            put(b);
        } else {
            state = State.LINE;
            keep(b);
        }
    }

    private void count(byte b) {
        if (b >= '0' && b <= '9' && size < MAX_COUNT_DIGITS) {
            remaining = remaining * 10 + (b - '0');
            put(b);
        } else if (b == ' ') {
            size = 0;
            state = State.COUNTED;
        } else {
            // digits that were no count: they are the beginning of a line
            state = State.LINE;
            line(new byte[] {b}, 0, 1);
        }
    }

    /** Takes what belongs to the counted frame, and says where the rest begins. */
    private int counted(byte[] bytes, int from, int length) {
        int to = (int) Math.min(length, from + remaining);
        keep(bytes, from, to);
        remaining -= to - from;
        if (remaining == 0) {
            emit();
            state = State.START;
        }
        return to;
    }

    private int line(byte[] bytes, int from, int length) {
        int to = from;
        while (to < length && bytes[to] != '\n' && bytes[to] != 0) {
            to++;
        }
        keep(bytes, from, to);
        if (to == length) {
            return to;
        }
        emit();
        state = State.START;
        return to + 1;
    }

    private void keep(byte[] bytes, int from, int to) {
        int kept = Math.min(to - from, limit - size);
        cut |= kept < to - from;
        if (size + kept > buffer.length) {
            buffer = Arrays.copyOf(buffer, Math.max(size + kept, 2 * buffer.length));
        }
        System.arraycopy(bytes, from, buffer, size, kept);
        size += kept;
    }

    private void keep(byte b) {
        if (size < limit) {
            put(b);
        } else {
            cut = true;
        }
    }

    private void put(byte b) {
        if (size == buffer.length) {
            buffer = Arrays.copyOf(buffer, 2 * size);
        }
        buffer[size++] = b;
    }

    private void emit() {
        byte[] frame = Arrays.copyOf(buffer, size);
        boolean wasCut = cut;
        size = 0;
        cut = false;
        int end = frame.length;
        while (end > 0 && (frame[end - 1] == '\r' || frame[end - 1] == '\n')) {
            end--;
        }
        if (end > 0) {
            frames.accept(end == frame.length ? frame : Arrays.copyOf(frame, end), wasCut);
        }
    }
}
