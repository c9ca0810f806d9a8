package org.wanglou.app.filter;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.wanglou.sensors.format.Format;

/**
 * The files of a command, or standard input, one after the other, each known by its first bytes for lines or for a file of
 * another structure. Of a stream that is no such file no more is awaited than its first line may have. Confined to the
 * command's thread.
 */
final class Inputs implements AutoCloseable {
    /**
     * One input.
     *
     * @param name its path, {@code -} for standard input
     * @param in from its first byte on
     * @param container the format whose structure it has, empty for lines
     */
    record Input(String name, InputStream in, Optional<Format> container) {}

    private final List<Path> files;
    private final List<Format> containers;
    private final boolean asked;
    private int next;
    private InputStream in = InputStream.nullInputStream();

    /**
     * @param containers the formats to recognise
     * @param asked the one of them that was asked for: then every input is taken for such a file, whatever it begins with
     */
    Inputs(List<Path> files, List<Format> containers, boolean asked) {
        this.asked = asked;
        this.files = List.copyOf(files);
        this.containers = List.copyOf(containers);
    }

    /**
     * The next one; the one before is closed.
     *
     * @throws UncheckedIOException naming the file that cannot be read
     */
    Optional<Input> next() {
        int streams = files.isEmpty() ? 1 : files.size();
        if (next >= streams) {
            return Optional.empty();
        }
        String name = files.isEmpty() ? "-" : files.get(next).toString();
        try {
            in.close();
            in = new BufferedInputStream(files.isEmpty() ? System.in : Files.newInputStream(files.get(next)), 64 << 10);
            next++;
            for (Format format : containers) {
                if (asked || begins(format.container().orElseThrow().magic())) {
                    return Optional.of(new Input(name, in, Optional.of(format)));
                }
            }
            return Optional.of(new Input(name, in, Optional.empty()));
        } catch (IOException e) {
            throw new UncheckedIOException(name + " cannot be read", e);
        }
    }

    private boolean begins(byte[] magic) throws IOException {
        in.mark(magic.length);
        int same = 0;
        while (same < magic.length && in.read() == (magic[same] & 0xff)) {
            same++;
        }
        in.reset();
        return same == magic.length;
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
