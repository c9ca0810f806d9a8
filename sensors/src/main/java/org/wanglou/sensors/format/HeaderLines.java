package org.wanglou.sensors.format;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;

/**
 * Keeps the header of a file that names its columns ({@code #Fields} of W3C logs, {@code #fields} of Zeek) and puts it
 * before every line, so that a line can be read alone. A new header replaces the old; a line whose {@code #} stands alone is
 * no header. Confined.
 */
public final class HeaderLines implements Assembler {
    private static final int MAX_HEADER = 16_384;

    private final ByteArrayOutputStream header = new ByteArrayOutputStream();
    private boolean open;

    @Override
    public boolean header(byte[] line) {
        int from = mark(line);
        return line.length > from + 1 && line[from] == '#' && line[from + 1] > ' ';
    }

    @Override
    public void add(byte[] given, long tag, Groups groups) {
        int mark = mark(given);
        byte[] line = mark > 0 ? Arrays.copyOfRange(given, mark, given.length) : given;
        if (line.length == 0) {
            groups.group(line, new long[] {tag}, false);
            return;
        }
        if (header(line)) {
            take(line);
            return;
        }
        open = false;
        if (header.size() == 0) {
            groups.group(line, new long[] {tag}, false);
            return;
        }
        byte[] frame = Arrays.copyOf(header.toByteArray(), header.size() + line.length);
        System.arraycopy(line, 0, frame, header.size(), line.length);
        groups.group(frame, new long[] {tag}, false);
    }

    private void take(byte[] line) {
        if (!open) {
            header.reset();
            open = true;
        }
        if (header.size() + line.length < MAX_HEADER) {
            header.write(line, 0, line.length);
            header.write('\n');
        }
    }

    /** Bytes of a byte order mark. */
    private static int mark(byte[] line) {
        return line.length >= 3 && line[0] == (byte) 0xef && line[1] == (byte) 0xbb && line[2] == (byte) 0xbf ? 3 : 0;
    }

    @Override
    public void end(Groups groups) {
        // a header is no event
    }

    @Override
    public int pending() {
        return 0;
    }
}
