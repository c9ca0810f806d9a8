package org.wanglou.app.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Lines of files one after the other, or of standard input. A line ends with LF or CR LF; beyond 1 MiB its end is left
 * out and the line says so. Confined to the command's thread.
 */
public final class LineSource implements AutoCloseable {
    private static final int LONGEST = 1 << 20;

    /**
     * One line.
     *
     * @param file where it stands, {@code -} for standard input
     * @param number from 1
     * @param cut whether its end was left out
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    public record Line(String file, long number, byte[] bytes, boolean cut) {}

    private final List<Path> files;
    private final Runnable beforeWait;
    private final byte[] buffer = new byte[1 << 16];
    private int at;
    private int end;
    private int next;
    private long number;
    private String name = "-";
    private InputStream in = InputStream.nullInputStream();

    /**
     * @param files empty for standard input
     * @param beforeWait called before each read that may wait: the time to flush what was answered
     */
    public LineSource(List<Path> files, Runnable beforeWait) {
        this.files = List.copyOf(files);
        this.beforeWait = beforeWait;
    }

    /** @param opened the one stream to read, closed with this */
    public LineSource(String name, InputStream opened, Runnable beforeWait) {
        this(List.of(), beforeWait);
        this.name = name;
        this.in = opened;
        this.next = 1;
    }

    /**
     * The next line, empty at the end.
     *
     * @throws UncheckedIOException naming the file that cannot be read
     */
    public Optional<Line> next() {
        ByteArrayOutputStream line = new ByteArrayOutputStream(256);
        boolean cut = false;
        boolean any = false;
        while (true) {
            if (at == end && !fill(any)) {
                if (!any) {
                    return Optional.empty();
                }
                return Optional.of(line(line, cut));
            }
            any = true;
            int from = at;
            while (at < end && buffer[at] != '\n') {
                at++;
            }
            int room = Math.max(0, LONGEST - line.size());
            line.write(buffer, from, Math.min(room, at - from));
            cut |= at - from > room;
            if (at < end) {
                at++;
                return Optional.of(line(line, cut));
            }
        }
    }

    private Line line(ByteArrayOutputStream collected, boolean cut) {
        byte[] bytes = collected.toByteArray();
        int length = bytes.length > 0 && bytes[bytes.length - 1] == '\r' ? bytes.length - 1 : bytes.length;
        number++;
        return new Line(name, number, length == bytes.length ? bytes : java.util.Arrays.copyOf(bytes, length), cut);
    }

    /** @param inLine whether a line has begun: then the file's end ends it */
    private boolean fill(boolean inLine) {
        try {
            beforeWait.run();
            while (true) {
                int read = in.read(buffer);
                if (read > 0) {
                    at = 0;
                    end = read;
                    return true;
                }
                if (inLine || !open()) {
                    return false;
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(name + " cannot be read", e);
        }
    }

    private boolean open() throws IOException {
        int streams = files.isEmpty() ? 1 : files.size();
        if (next >= streams) {
            return false;
        }
        in.close();
        number = 0;
        if (files.isEmpty()) {
            in = System.in;
        } else {
            name = files.get(next).toString();
            in = Files.newInputStream(files.get(next));
        }
        next++;
        return true;
    }

    @Override
    public void close() {
        try {
            in.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
