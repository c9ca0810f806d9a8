package org.wanglou.sensors.format;

import java.io.ByteArrayOutputStream;
import java.util.List;

/**
 * Keeps the header of a file that names its columns ({@code #Fields} of W3C logs, {@code #fields} of Zeek) and puts it
 * before every line, so that a line can be read alone. A new header replaces the old. Confined.
 */
public final class HeaderLines implements Assembler {
    private static final int MAX_HEADER = 16_384;

    private final ByteArrayOutputStream header = new ByteArrayOutputStream();
    private boolean open;

    @Override
    public List<byte[]> add(byte[] given) {
        boolean mark =
                given.length > 3 && given[0] == (byte) 0xef && given[1] == (byte) 0xbb && given[2] == (byte) 0xbf;
        byte[] line = mark ? java.util.Arrays.copyOfRange(given, 3, given.length) : given;
        if (line.length == 0) {
            return List.of();
        }
        if (line[0] == '#') {
            if (!open) {
                header.reset();
                open = true;
            }
            if (header.size() + line.length < MAX_HEADER) {
                header.write(line, 0, line.length);
                header.write('\n');
            }
            return List.of();
        }
        open = false;
        if (header.size() == 0) {
            return List.of(line);
        }
        byte[] frame = java.util.Arrays.copyOf(header.toByteArray(), header.size() + line.length);
        System.arraycopy(line, 0, frame, header.size(), line.length);
        return List.of(frame);
    }

    @Override
    public List<byte[]> end() {
        return List.of();
    }
}
