package org.wanglou.sensors.listen;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.wanglou.sensors.listen.http.Call;

/**
 * One HTTP/1.1 request (RFC 9112), read strictly: what two readers could understand in two ways is refused. The head is at
 * most 16 KiB; the body comes by length or in chunks. Confined to its connection's thread.
 */
final class HttpRequest {
    /** The request is not acceptable; the connection cannot go on. */
    static final class Refused extends IOException {
        private static final long serialVersionUID = 1;
        private final int status;
        private final String reason;

        Refused(int status, String reason) {
            super(reason);
            this.status = status;
            this.reason = reason;
        }

        String reason() {
            return reason;
        }

        int status() {
            return status;
        }
    }

    private static final int HEAD_LIMIT = 16 << 10;

    private final Connection connection;
    private final byte[] buffer = new byte[16 << 10];
    private int at;
    private int end;
    private String method = "";
    private String target = "";
    private boolean keeps;
    private long length;
    private boolean chunked;
    private final Map<String, String> headers = new HashMap<>();

    HttpRequest(Connection connection) {
        this.connection = connection;
    }

    /**
     * Reads the next head; false when the peer has ended the connection between two requests.
     *
     * @param headMillis how long the head may take from its first byte; of the first one the connection's own bound holds
     */
    boolean next(long headMillis) throws IOException {
        headers.clear();
        int b = read();
        if (connection.useful()) {
            connection.within(headMillis);
        }
        while (b == '\r' || b == '\n') {
            b = read();
        }
        if (b < 0) {
            return false;
        }
        ByteArrayOutputStream head = new ByteArrayOutputStream(512);
        head.write(b);
        String[] start = line(head).split(" ", -1);
        if (start.length != 3 || !start[2].startsWith("HTTP/1.")) {
            throw new Refused(400, "not an HTTP/1.1 request");
        }
        method = start[0];
        target = start[1];
        int used = head.size();
        for (; ; ) {
            head = new ByteArrayOutputStream(128);
            String line = line(head);
            used += head.size();
            if (used > HEAD_LIMIT) {
                throw new Refused(431, "head is larger than 16 KiB");
            }
            if (line.isEmpty()) {
                break;
            }
            put(line);
        }
        frame(start[2].equals("HTTP/1.1"));
        return true;
    }

    private void put(String line) throws Refused {
        int colon = line.indexOf(':');
        if (colon <= 0 || !line.substring(0, colon).matches("[!#$%&'*+.^_`|~0-9A-Za-z-]+")) {
            throw new Refused(400, "malformed header");
        }
        String name = line.substring(0, colon).toLowerCase(Locale.ROOT);
        if (headers.put(name, line.substring(colon + 1).strip()) != null
                && (name.equals("content-length")
                        || name.equals("transfer-encoding")
                        || name.equals("authorization"))) {
            throw new Refused(400, "header given twice: " + name);
        }
    }

    private void frame(boolean modern) throws Refused {
        String connectionHeader = header("connection").orElse("").toLowerCase(Locale.ROOT);
        keeps = modern && !connectionHeader.contains("close");
        Optional<String> coding = header("transfer-encoding");
        Optional<String> given = header("content-length");
        chunked = coding.isPresent();
        length = 0;
        if (chunked && (given.isPresent() || !coding.get().equalsIgnoreCase("chunked"))) {
            throw new Refused(400, "body by chunks or by length, one of the two");
        }
        if (given.isPresent()) {
            if (!given.get().matches("\\d{1,15}")) {
                throw new Refused(400, "malformed length");
            }
            length = Long.parseLong(given.get());
        }
    }

    /** The head without what belongs to the connection. */
    Call call(String peer) {
        return Call.of(method, target, headers, peer);
    }

    Optional<String> header(String lowerCaseName) {
        return Optional.ofNullable(headers.get(lowerCaseName));
    }

    /** Whether the connection may bring another request after this one. */
    boolean keeps() {
        return keeps;
    }

    /** Whether a body follows the head. */
    boolean hasBody() {
        return chunked || length > 0;
    }

    /** Bytes announced; 0 for a body by chunks. */
    long length() {
        return length;
    }

    /** The body as it is transferred. It must be read to its end before the next request. */
    InputStream body() {
        return new InputStream() {
            private long left = chunked ? 0 : length;
            private boolean first = true;
            private boolean ended;

            @Override
            public int read() throws IOException {
                byte[] one = new byte[1];
                return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
            }

            @Override
            public int read(byte[] into, int from, int count) throws IOException {
                if (chunked && left == 0 && !ended) {
                    left = chunk(first);
                    first = false;
                }
                if (left == 0) {
                    ended = true;
                    return -1;
                }
                if (at == end && !fill()) {
                    throw new EOFException("body ended early");
                }
                int got = (int) Math.min(Math.min(count, left), end - at);
                System.arraycopy(buffer, at, into, from, got);
                at += got;
                left -= got;
                return got;
            }
        };
    }

    private long chunk(boolean first) throws IOException {
        if (!first && !line(new ByteArrayOutputStream()).isEmpty()) {
            throw new Refused(400, "malformed chunk");
        }
        String size = line(new ByteArrayOutputStream()).split(";", 2)[0].strip();
        if (!size.matches("[0-9A-Fa-f]{1,8}")) {
            throw new Refused(400, "malformed chunk");
        }
        long bytes = Long.parseLong(size, 16);
        if (bytes == 0) {
            for (int lines = 0; !line(new ByteArrayOutputStream()).isEmpty(); ) {
                if (++lines > 16) {
                    throw new Refused(400, "too many trailers");
                }
            }
        }
        return bytes;
    }

    private String line(ByteArrayOutputStream bytes) throws IOException {
        for (; ; ) {
            int b = read();
            if (b < 0) {
                throw new EOFException("head ended early");
            }
            if (b == '\n') {
                byte[] line = bytes.toByteArray();
                int length = line.length > 0 && line[line.length - 1] == '\r' ? line.length - 1 : line.length;
                return new String(Arrays.copyOf(line, length), StandardCharsets.ISO_8859_1);
            }
            if (bytes.size() >= HEAD_LIMIT) {
                throw new Refused(431, "head is larger than 16 KiB");
            }
            bytes.write(b);
        }
    }

    private int read() throws IOException {
        return at == end && !fill() ? -1 : buffer[at++] & 0xff;
    }

    private boolean fill() throws IOException {
        at = 0;
        end = Math.max(0, connection.read(buffer, 0, buffer.length));
        return end > 0;
    }
}
