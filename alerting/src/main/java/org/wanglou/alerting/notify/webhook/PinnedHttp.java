package org.wanglou.alerting.notify.webhook;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.ProtocolException;
import java.net.Proxy;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.wanglou.model.Addresses;

/**
 * One HTTP/1.1 POST (RFC 9112) to an address that was judged before.
 *
 * <p>The JDK's clients resolve names themselves, so the address that is judged and the one that is connected to could
 * differ; this one is handed the address, and uses the name for SNI, certificate check and {@code Host} only. No proxy,
 * no redirects, no reuse of connections. One deadline covers connection, handshake, request and answer: a watchdog closes
 * the socket, because per-read time-outs never end for a receiver that sends a byte now and then. Thread-safe.
 */
final class PinnedHttp {
    private static final int MAX_HEAD = 64 * 1024;
    private static final int MAX_BODY = 1024 * 1024;

    private final SSLSocketFactory tls;
    private final ScheduledExecutorService watchdog;

    /**
     * @param tls makes TLS sockets with the trust that applies
     * @param watchdog closes overdue sockets
     */
    PinnedHttp(SSLSocketFactory tls, ScheduledExecutorService watchdog) {
        this.tls = tls;
        this.watchdog = watchdog;
    }

    /**
     * The receiver's answer.
     *
     * @param head names in lower case
     * @param body at most 1 MiB; {@code cut} tells that there was more
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Answer(int status, String reason, Map<String, String> head, byte[] body, boolean cut) {}

    /** Sends the request; {@link SocketTimeoutException} when the deadline passed. */
    Answer post(SsrfGuard.Pass pass, Map<String, String> headers, byte[] body, Duration total) throws IOException {
        AtomicBoolean overdue = new AtomicBoolean();
        Socket raw = new Socket(Proxy.NO_PROXY);
        Runnable end = () -> {
            overdue.set(true);
            closeQuietly(raw);
        };
        ScheduledFuture<?> alarm = watchdog.schedule(end, total.toMillis(), TimeUnit.MILLISECONDS);
        try (raw) {
            raw.setTcpNoDelay(true);
            raw.connect(new InetSocketAddress(pass.address(), pass.port()), (int) total.toMillis());
            raw.setSoTimeout((int) total.toMillis());
            try (Socket socket = pass.tls() ? secured(raw, pass) : raw) {
                write(socket.getOutputStream(), pass, headers, body);
                return read(new BufferedInputStream(socket.getInputStream()));
            }
        } catch (IOException e) {
            if (overdue.get()) {
                SocketTimeoutException late =
                        new SocketTimeoutException("no answer within " + total.toMillis() + " ms");
                late.initCause(e);
                throw late;
            }
            throw e;
        } finally {
            alarm.cancel(false);
        }
    }

    private SSLSocket secured(Socket raw, SsrfGuard.Pass pass) throws IOException {
        SSLSocket socket = (SSLSocket) tls.createSocket(raw, pass.host(), pass.port(), true);
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        parameters.setProtocols(new String[] {"TLSv1.3", "TLSv1.2"});
        if (Addresses.parse(pass.host()).isEmpty()) {
            parameters.setServerNames(List.of(new SNIHostName(pass.host())));
        }
        socket.setSSLParameters(parameters);
        socket.startHandshake();
        return socket;
    }

    private static void write(OutputStream out, SsrfGuard.Pass pass, Map<String, String> headers, byte[] body)
            throws IOException {
        StringBuilder head = new StringBuilder(512)
                .append("POST ")
                .append(pass.path())
                .append(" HTTP/1.1\r\nHost: ")
                .append(pass.hostHeader())
                .append("\r\nContent-Length: ")
                .append(body.length)
                .append("\r\nConnection: close\r\nUser-Agent: wanglou\r\nAccept: */*\r\n");
        headers.forEach((name, value) -> {
            if (!name.matches("[A-Za-z0-9-]+") || !value.matches("[ -~]*")) {
                throw new IllegalArgumentException("header " + name.replaceAll("[^A-Za-z0-9-]", "?")
                        + " holds characters that no header may hold");
            }
            head.append(name).append(": ").append(value).append("\r\n");
        });
        out.write(head.append("\r\n").toString().getBytes(StandardCharsets.US_ASCII));
        out.write(body);
        out.flush();
    }

    private static Answer read(InputStream in) throws IOException {
        for (int interim = 0; interim < 8; interim++) {
            int[] budget = {MAX_HEAD};
            String statusLine = line(in, budget);
            String[] words = statusLine.split(" ", 3);
            if (words.length < 2 || !words[0].startsWith("HTTP/1.") || !words[1].matches("[1-5][0-9][0-9]")) {
                throw new ProtocolException("the answer is no HTTP/1.1 status line");
            }
            int status = Integer.parseInt(words[1]);
            Map<String, String> head = head(in, budget);
            if (status >= 200) {
                return body(in, status, words.length > 2 ? words[2] : "", head);
            }
        }
        throw new ProtocolException("too many interim answers");
    }

    private static Map<String, String> head(InputStream in, int[] budget) throws IOException {
        Map<String, String> head = new HashMap<>();
        for (String line = line(in, budget); !line.isEmpty(); line = line(in, budget)) {
            int colon = line.indexOf(':');
            if (colon > 0) {
                head.put(
                        line.substring(0, colon).trim().toLowerCase(Locale.ROOT),
                        line.substring(colon + 1).trim());
            }
        }
        return head;
    }

    /** The status is what counts: a body that breaks off changes nothing about it, so its fault is not passed on. */
    private static Answer body(InputStream in, int status, String reason, Map<String, String> head) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        boolean cut = false;
        try {
            if (status != 204 && status != 304) {
                if (head.getOrDefault("transfer-encoding", "")
                        .toLowerCase(Locale.ROOT)
                        .contains("chunked")) {
                    cut = chunks(in, body);
                } else {
                    String length = head.getOrDefault("content-length", "");
                    long wanted = length.matches("[0-9]{1,18}") ? Long.parseLong(length) : Long.MAX_VALUE;
                    cut = copy(in, body, wanted) && wanted != Long.MAX_VALUE || body.size() >= MAX_BODY;
                }
            }
        } catch (IOException e) {
            cut = true;
        }
        return new Answer(status, reason, head, body.toByteArray(), cut);
    }

    private static boolean chunks(InputStream in, ByteArrayOutputStream body) throws IOException {
        while (true) {
            String size = line(in, new int[] {1024});
            int end = size.indexOf(';');
            String hex = (end < 0 ? size : size.substring(0, end)).trim();
            if (!hex.matches("[0-9A-Fa-f]{1,8}")) {
                return true;
            }
            long wanted = Long.parseLong(hex, 16);
            if (wanted == 0) {
                return false;
            }
            if (copy(in, body, wanted)) {
                return true;
            }
            line(in, new int[] {1024});
        }
    }

    /** Copies up to {@code wanted} bytes; true when it ended early or the cap was reached. */
    private static boolean copy(InputStream in, ByteArrayOutputStream body, long wanted) throws IOException {
        byte[] buffer = new byte[8192];
        long left = wanted;
        while (left > 0) {
            int room = MAX_BODY - body.size();
            if (room == 0) {
                return true;
            }
            int read = in.read(buffer, 0, (int) Math.min(Math.min(buffer.length, left), room));
            if (read < 0) {
                return true;
            }
            body.write(buffer, 0, read);
            left -= read;
        }
        return false;
    }

    private static String line(InputStream in, int[] budget) throws IOException {
        StringBuilder line = new StringBuilder(64);
        while (true) {
            int b = in.read();
            if (b < 0) {
                throw new EOFException("connection closed before the answer was complete");
            }
            if (--budget[0] < 0) {
                throw new ProtocolException("the answer's head is too large");
            }
            if (b == '\n') {
                return line.toString();
            }
            if (b != '\r') {
                line.append((char) b);
            }
        }
    }

    private static void closeQuietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // The socket is being given up anyway; the sender sees its own exception.
        }
    }
}
