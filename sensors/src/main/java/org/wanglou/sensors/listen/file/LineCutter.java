package org.wanglou.sensors.listen.file;

import java.util.Arrays;

/**
 * Cuts the bytes of one file into lines and knows at which offset each began. A line that has no line feed yet is held
 * back; one longer than the limit keeps its head and is marked cut, its rest is skipped without being kept. Empty lines
 * and the zero bytes a truncating rotation may leave before a line are no content. Confined to its thread.
 */
final class LineCutter {
    /** Takes a line: where it begins, where its content ends, where the next begins, its bytes and whether it was cut. */
    interface Lines {
        void line(long start, long contentEnd, long next, byte[] bytes, boolean cut);
    }

    private final int limit;
    private byte[] held = new byte[512];
    private int heldLength;
    private long start;
    private long position;

    /** @param offset where the next byte stands in the file */
    LineCutter(int limit, long offset) {
        this.limit = limit;
        this.start = offset;
        this.position = offset;
    }

    /** Where the line that is not whole yet began: all before has been handed on. */
    long lineStart() {
        return start;
    }

    /** Where the next byte stands. */
    long position() {
        return position;
    }

    /** Forgets what is held back; the next byte stands at the beginning of that line. */
    void rewind() {
        heldLength = 0;
        position = start;
    }

    void feed(byte[] bytes, int length, Lines lines) {
        int from = 0;
        for (int i = 0; i < length; i++) {
            if (bytes[i] == '\n') {
                keep(bytes, from, i);
                position += i - from;
                emit(position, position + 1, lines);
                position++;
                from = i + 1;
            } else if (bytes[i] == 0 && i == from && heldLength == 0 && start == position) {
                from = i + 1;
                position++;
                start++;
            }
        }
        keep(bytes, from, length);
        position += length - from;
    }

    /** Hands on a last line without line feed. */
    void flush(Lines lines) {
        if (position > start) {
            emit(position, position, lines);
        }
    }

    private void keep(byte[] bytes, int from, int to) {
        int count = Math.min(to - from, limit - heldLength);
        if (count > 0) {
            if (heldLength + count > held.length) {
                held = Arrays.copyOf(held, Math.min(limit, Math.max(held.length * 2, heldLength + count)));
            }
            System.arraycopy(bytes, from, held, heldLength, count);
            heldLength += count;
        }
    }

    private void emit(long contentEnd, long next, Lines lines) {
        int end = heldLength;
        boolean cut = contentEnd - start > limit;
        if (!cut && end > 0 && held[end - 1] == '\r') {
            end--;
        }
        if (end > 0) {
            lines.line(start, contentEnd, next, Arrays.copyOf(held, end), cut);
        }
        heldLength = 0;
        if (held.length > 64 << 10) {
            held = new byte[512];
        }
        start = next;
    }
}
