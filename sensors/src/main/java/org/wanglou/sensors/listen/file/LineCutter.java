package org.wanglou.sensors.listen.file;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Cuts the bytes of one file into lines and knows at which offset each began. A line that has no line feed yet is held
 * back; one longer than the limit keeps its head and is marked cut, its rest is skipped without being kept. Empty lines
 * and the zero bytes a truncating rotation may leave before a line are no content. A file that begins with a byte order mark
 * of UTF-16 is cut by pairs of bytes, and its lines are handed on as UTF-8. Confined to its thread.
 */
final class LineCutter {
    /** Takes a line: where it begins, where its content ends, where the next begins, its bytes and whether it was cut. */
    interface Lines {
        void line(long start, long contentEnd, long next, byte[] bytes, boolean cut);
    }

    /** How a file's bytes are characters. */
    enum Width {
        BYTES,
        UTF_16LE,
        UTF_16BE
    }

    private static final int BEGIN = 64;

    private final int limit;
    private Width width = Width.BYTES;
    private byte before;
    private byte[] begin = {};
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

    /** While a line is handed on: its first bytes as they stand in the file, at most 64. */
    byte[] begin() {
        return begin;
    }

    /** Forgets what is held back; the next byte stands at the beginning of that line. */
    void rewind() {
        heldLength = 0;
        position = start;
    }

    /** Says what the file's first two bytes say: a byte order mark of UTF-16, or nothing. */
    void width(byte[] head) {
        boolean little = head.length >= 2 && head[0] == (byte) 0xff && head[1] == (byte) 0xfe;
        boolean big = head.length >= 2 && head[0] == (byte) 0xfe && head[1] == (byte) 0xff;
        width = little ? Width.UTF_16LE : big ? Width.UTF_16BE : Width.BYTES;
    }

    /** Pairs of bytes count from the file's beginning; a line feed is one pair, and a line is handed on as UTF-8. */
    private void feedPairs(byte[] bytes, int length, Lines lines) {
        byte last = width == Width.UTF_16LE ? (byte) 0 : (byte) '\n';
        byte first = width == Width.UTF_16LE ? (byte) '\n' : (byte) 0;
        for (int i = 0; i < length; i++) {
            byte b = bytes[i];
            boolean second = (position & 1) == 1;
            position++;
            if (second && b == last && before == first) {
                heldLength = (int) Math.min(heldLength, position - 2 - start);
                emit(position - 2, position, lines);
            } else {
                keep(bytes, i, i + 1);
            }
            before = b;
        }
    }

    private byte[] content(int end) {
        if (width == Width.BYTES) {
            return Arrays.copyOf(held, end);
        }
        Charset charset = width == Width.UTF_16LE ? StandardCharsets.UTF_16LE : StandardCharsets.UTF_16BE;
        int to = end & ~1;
        String text = new String(held, 0, to, charset);
        int from = text.startsWith("\ufeff") ? 1 : 0;
        int until = text.length();
        while (until > from && (text.charAt(until - 1) == '\r' || Character.isHighSurrogate(text.charAt(until - 1)))) {
            until--;
        }
        return text.substring(from, until).getBytes(StandardCharsets.UTF_8);
    }

    void feed(byte[] bytes, int length, Lines lines) {
        if (width != Width.BYTES) {
            feedPairs(bytes, length, lines);
            return;
        }
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
        if (!cut && end > 0 && width == Width.BYTES && held[end - 1] == '\r') {
            end--;
        }
        byte[] content = content(end);
        begin = Arrays.copyOf(held, Math.min(heldLength, BEGIN));
        if (content.length > 0) {
            lines.line(start, contentEnd, next, content, cut);
        }
        heldLength = 0;
        if (held.length > 64 << 10) {
            held = new byte[512];
        }
        start = next;
    }
}
