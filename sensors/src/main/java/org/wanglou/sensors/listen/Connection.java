package org.wanglou.sensors.listen;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.concurrent.TimeUnit;
import org.wanglou.model.Addresses;

/**
 * One accepted connection. Reading keeps a deadline, however slowly the bytes drip: it is set by what the conversation
 * waits for, not by the last byte. Confined to its thread, but for {@link #write}, which one other thread may do in its
 * place, {@link #endInput}, {@link #close} and {@link #useful()}.
 */
final class Connection {
    private static final long LINGER_MILLIS = 2_000;

    private final Socket raw;
    private final long number;
    private final String peer;
    private final long opened = System.nanoTime();
    private Socket socket;
    private String unit = "";
    private volatile boolean useful;
    private long deadline;

    Connection(Socket raw, long number, long firstMillis) {
        this.raw = raw;
        this.socket = raw;
        this.number = number;
        this.peer = Addresses.format(raw.getInetAddress().getAddress());
        this.deadline = opened + TimeUnit.MILLISECONDS.toNanos(firstMillis);
    }

    /** Lays TLS over it, within the deadline. */
    void secure(TlsServer tls) throws IOException {
        raw.setSoTimeout(remaining());
        javax.net.ssl.SSLSocket secure = tls.over(raw);
        socket = secure;
        unit = tls.unit(secure).orElse("");
        if (tls.required() && !tls.unlisted() && unit.isEmpty()) {
            throw new IOException("client certificate is not listed");
        }
    }

    long number() {
        return number;
    }

    String peer() {
        return peer;
    }

    /** The organisation of the client's certificate, or empty. */
    String unit() {
        return unit;
    }

    /** Whether it has ever brought what this listener is for. */
    boolean useful() {
        return useful;
    }

    long openedNanos() {
        return opened;
    }

    /** It has brought something whole: it may now take so long for the next. */
    void useful(long nextMillis) {
        useful = true;
        within(nextMillis);
    }

    /** What is waited for must have come by then. */
    void within(long millis) {
        deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
    }

    private int remaining() throws SocketTimeoutException {
        long millis = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
        if (millis <= 0) {
            throw new SocketTimeoutException("took too long");
        }
        return (int) Math.min(millis, Integer.MAX_VALUE);
    }

    /** Some bytes, -1 at the end; fails at the deadline. */
    int read(byte[] into, int from, int length) throws IOException {
        socket.setSoTimeout(remaining());
        InputStream in = socket.getInputStream();
        return in.read(into, from, length);
    }

    /** As {@link #read(byte[], int, int)}, but 0 when nothing has come for so long: then no end had come either. */
    int read(byte[] into, int from, int length, int millis) throws IOException {
        socket.setSoTimeout(Math.min(remaining(), millis));
        try {
            return socket.getInputStream().read(into, from, length);
        } catch (SocketTimeoutException e) {
            return 0;
        }
    }

    void write(byte[] bytes) throws IOException {
        OutputStream out = socket.getOutputStream();
        out.write(bytes);
        out.flush();
    }

    /** Ends the answer and swallows, for a moment, what still comes: closing at once could take the answer back. */
    void linger() throws IOException {
        if (socket == raw) {
            raw.shutdownOutput();
        }
        within(LINGER_MILLIS);
        byte[] rest = new byte[8 << 10];
        int most = 1 << 20;
        for (int got = read(rest, 0, rest.length); got >= 0 && most > 0; got = read(rest, 0, rest.length)) {
            most -= got;
        }
    }

    /** Nothing more is read from it; what is owed can still be written. */
    void endInput() {
        try {
            raw.shutdownInput();
        } catch (IOException e) {
            // it is gone
        }
    }

    /** Closes the transport below any TLS: nothing can make it wait. */
    void close() {
        try {
            raw.close();
        } catch (IOException e) {
            // it is gone
        }
    }
}
