package org.wanglou.sensors.format;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Lines of one group that is not whole yet, within the bounds of {@link Assembler}. Confined. */
final class PendingLines {
    private final int mostLines;
    private byte @Nullable [] only;
    private final ByteArrayOutputStream text = new ByteArrayOutputStream(0);
    private long[] tags = new long[4];
    private int lines;
    private boolean cut;

    PendingLines(int mostLines) {
        this.mostLines = Math.min(mostLines, Assembler.MAX_LINES);
    }

    int lines() {
        return lines;
    }

    private int size() {
        byte[] first = only;
        return first == null ? text.size() : first.length;
    }

    /** Adds a line; when there is no room, what is there is handed on as cut first, and the line begins its rest. */
    void add(byte[] line, long tag, Assembler.Groups groups) {
        if (lines > 0 && (lines >= mostLines || size() + 1L + line.length > Assembler.MAX_BYTES)) {
            cut = true;
            end(groups);
            cut = true;
        }
        if (lines == 0) {
            only = line; // most groups are one line, which is then never copied
        } else {
            byte[] first = only;
            if (first != null) {
                text.writeBytes(first);
                only = null;
            }
            text.write('\n');
            text.writeBytes(line);
        }
        if (lines == tags.length) {
            tags = Arrays.copyOf(tags, lines * 2);
        }
        tags[lines++] = tag;
    }

    /** Hands on what is there, if anything. */
    void end(Assembler.Groups groups) {
        if (lines == 0) {
            cut = false;
            return;
        }
        byte[] first = only;
        byte[] bytes = first == null ? text.toByteArray() : first;
        long[] all = Arrays.copyOf(tags, lines);
        boolean wasCut = cut;
        only = null;
        text.reset();
        lines = 0;
        cut = false;
        groups.group(bytes, all, wasCut);
    }
}
