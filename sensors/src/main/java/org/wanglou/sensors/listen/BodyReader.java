package org.wanglou.sensors.listen;

import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * Reads request bodies, gzip-packed or not, within bounds: 16 MiB of a body packed and unpacked, 200 to 1 between them
 * beyond the first MiB, 128 MiB of all bodies under way. Thread-safe.
 */
final class BodyReader {
    static final int MOST = 16 << 20;
    private static final long MOST_RATIO = 200;
    private static final long MOST_IN_ALL = 128L << 20;
    private static final int STEP = 64 << 10;

    private final AtomicLong inAll = new AtomicLong();

    /** Counts the bytes that pass. Confined to its thread. */
    private static final class Counted extends FilterInputStream {
        private long passed;

        Counted(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            int b = super.read();
            passed += b < 0 ? 0 : 1;
            return b;
        }

        @Override
        public int read(byte[] into, int from, int count) throws IOException {
            int got = super.read(into, from, count);
            passed += Math.max(0, got);
            return got;
        }
    }

    /** The whole body; its bytes count as under way until {@link #release}. */
    byte[] read(HttpRequest request) throws IOException {
        if (request.length() > MOST) {
            throw new HttpRequest.Refused(413, "more than 16 MiB");
        }
        String coding = request.header("content-encoding").orElse("identity");
        boolean packed = coding.equalsIgnoreCase("gzip");
        if (!packed && !coding.equalsIgnoreCase("identity")) {
            throw new HttpRequest.Refused(415, "content encoding is gzip or none");
        }
        Counted raw = new Counted(request.body());
        ByteArrayOutputStream whole = new ByteArrayOutputStream(512 + (int) Math.min(STEP, request.length()));
        long counted = 0;
        boolean done = false;
        try {
            InputStream in = packed ? new GZIPInputStream(raw, STEP) : raw;
            byte[] step = new byte[STEP];
            for (int got = in.read(step); got >= 0; got = in.read(step)) {
                counted += got;
                if (inAll.addAndGet(got) > MOST_IN_ALL) {
                    throw new HttpRequest.Refused(503, "too many bodies under way");
                }
                whole.write(step, 0, got);
                if (whole.size() > MOST || raw.passed > MOST) {
                    throw new HttpRequest.Refused(413, "more than 16 MiB");
                }
                if (packed && whole.size() > 1 << 20 && whole.size() > MOST_RATIO * raw.passed) {
                    throw new HttpRequest.Refused(413, "packed more than 200 to 1");
                }
            }
            if (raw.read() >= 0) {
                throw new HttpRequest.Refused(400, "bytes after the packed body");
            }
            done = true;
            return whole.toByteArray();
        } catch (ZipException e) {
            throw new HttpRequest.Refused(400, "body is no gzip");
        } finally {
            if (!done) {
                inAll.addAndGet(-counted);
            }
        }
    }

    void release(byte[] body) {
        inAll.addAndGet(-body.length);
    }
}
