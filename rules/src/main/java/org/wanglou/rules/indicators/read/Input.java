package org.wanglou.rules.indicators.read;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;

/**
 * Something to read that can be opened again, for a reader may go over it twice. Names that end in {@code .gz} are
 * unpacked. Immutable.
 */
public record Input(String name, Opening opening) {
    /** Octets a file may have once unpacked. */
    public static final long SIZE_MAX = 4L << 30;

    /** How it is opened. */
    public interface Opening {
        InputStream open() throws IOException;
    }

    public static Input of(Path file) {
        return new Input(file.toString(), () -> Files.newInputStream(file));
    }

    public static Input of(String name, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return new Input(name, () -> new ByteArrayInputStream(bytes));
    }

    InputStream open() throws IOException {
        InputStream raw = new BufferedInputStream(opening.open(), 1 << 16);
        return new Bounded(name.endsWith(".gz") ? new GZIPInputStream(raw, 1 << 16) : raw);
    }

    /** Ends with an error where a file is larger than anybody's list. */
    private static final class Bounded extends InputStream {
        private final InputStream in;
        private long left = SIZE_MAX;

        Bounded(InputStream in) {
            this.in = in;
        }

        @Override
        public int read() throws IOException {
            int octet = in.read();
            spend(octet < 0 ? 0 : 1);
            return octet;
        }

        @Override
        public int read(byte[] into, int from, int length) throws IOException {
            int read = in.read(into, from, length);
            spend(Math.max(0, read));
            return read;
        }

        private void spend(int octets) throws IOException {
            left -= octets;
            if (left < 0) {
                throw new IOException("it is larger than " + (SIZE_MAX >> 30) + " GiB");
            }
        }

        @Override
        public void close() throws IOException {
            in.close();
        }
    }
}
