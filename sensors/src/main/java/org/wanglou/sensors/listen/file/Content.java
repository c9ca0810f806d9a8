package org.wanglou.sensors.listen.file;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/** The clear bytes of a log file, plain or packed. It stays readable when the file is renamed or deleted. */
sealed interface Content extends AutoCloseable {
    /** Fills {@code into} from an offset on; the number of bytes got, 0 at the end of what is there. */
    int read(byte[] into, int length, long offset) throws IOException;

    @Override
    void close();

    /** @param follow whether the path may be a link */
    static Content open(Path path, boolean packed, boolean follow) throws IOException {
        OpenOption[] options = follow
                ? new OpenOption[] {StandardOpenOption.READ}
                : new OpenOption[] {StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS};
        return packed ? new Packed(path, options) : new Plain(FileChannel.open(path, options));
    }

    /** As {@link #read}, as many bytes as there are up to the length, in an array of that size. */
    default byte[] slice(long offset, int length) throws IOException {
        byte[] bytes = new byte[length];
        int got = read(bytes, length, offset);
        return got == length ? bytes : java.util.Arrays.copyOf(bytes, got);
    }

    /** A file read at any offset. Confined to its thread. */
    record Plain(FileChannel channel) implements Content {
        @Override
        public int read(byte[] into, int length, long offset) throws IOException {
            ByteBuffer buffer = ByteBuffer.wrap(into, 0, length);
            while (buffer.hasRemaining() && channel.read(buffer, offset + buffer.position()) > 0) {
                // until full or at the end
            }
            return buffer.position();
        }

        @Override
        public void close() {
            try {
                channel.close();
            } catch (IOException e) {
                // nothing was written through it
            }
        }
    }

    /** A packed file, read forward; going back unpacks it again from the beginning. Confined to its thread. */
    final class Packed implements Content {
        private final Path path;
        private final OpenOption[] options;
        private @Nullable InputStream in;
        private long at;

        Packed(Path path, OpenOption... options) {
            this.path = path;
            this.options = options;
        }

        @Override
        public int read(byte[] into, int length, long offset) throws IOException {
            InputStream stream = in;
            if (stream == null || offset < at) {
                close();
                stream = unpacked();
                in = stream;
                at = 0;
            }
            int got = 0;
            try {
                stream.skipNBytes(offset - at);
                at = offset;
                for (int n = 0; n >= 0 && got < length; got += Math.max(n, 0)) {
                    n = stream.read(into, got, length - got);
                }
                at += got;
            } catch (EOFException e) {
                close(); // shorter than the offset, or its end is missing: what there is counts
            } catch (IOException e) {
                close();
                if (got == 0) {
                    throw e; // damaged from here on
                }
            }
            return got;
        }

        private InputStream unpacked() throws IOException {
            InputStream raw = Files.newInputStream(path, options);
            try {
                return Packing.unpack(path, new BufferedInputStream(raw, 32 << 10));
            } catch (IOException | RuntimeException e) {
                raw.close();
                throw e instanceof IOException io ? io : new IOException("damaged packing", e);
            }
        }

        @Override
        public void close() {
            if (in != null) {
                try {
                    in.close();
                } catch (IOException e) {
                    // nothing was written through it
                }
                in = null;
            }
        }
    }
}
