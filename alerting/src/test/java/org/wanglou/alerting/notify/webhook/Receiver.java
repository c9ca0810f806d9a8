package org.wanglou.alerting.notify.webhook;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ServerSocketFactory;

/** A real receiver on loopback whose manners are told in advance; it keeps what it was sent. */
public final class Receiver implements AutoCloseable {
    /** How it treats one connection, after it has read the whole request. */
    public interface Manner {
        void answer(Socket socket) throws IOException, InterruptedException;
    }

    /** One request. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    public record Request(String line, Map<String, String> headers, byte[] body, long atMillis) {}

    public static final Manner OK = status(200, "");

    /** Takes the request and cuts the connection without an answer (RST). */
    public static final Manner RESET = socket -> {
        socket.setSoLinger(true, 0);
        socket.close();
    };

    /** Never answers. */
    public static final Manner SILENT = socket -> Thread.sleep(60_000);

    /** A byte of the status line every 100 ms: no single read ever times out. */
    public static final Manner DRIP = socket -> {
        for (byte b : "HTTP/1.1 200 OK\r\nX-Slow: ".getBytes(StandardCharsets.US_ASCII)) {
            socket.getOutputStream().write(b);
            Thread.sleep(100);
        }
        while (true) {
            socket.getOutputStream().write('x');
            Thread.sleep(100);
        }
    };

    public static Manner status(int status, String headers) {
        return raw("HTTP/1.1 " + status + " Word\r\nContent-Length: 2\r\n" + headers + "\r\nok");
    }

    public static Manner raw(String answer) {
        return socket -> {
            OutputStream out = socket.getOutputStream();
            out.write(answer.getBytes(StandardCharsets.UTF_8));
            out.flush();
        };
    }

    public final List<Request> requests = new CopyOnWriteArrayList<>();
    private final ConcurrentLinkedDeque<Manner> next = new ConcurrentLinkedDeque<>();
    private final List<Socket> open = new CopyOnWriteArrayList<>();
    private final ServerSocket server;
    private volatile Manner usual;

    public Receiver(Manner usual) {
        this(usual, ServerSocketFactory.getDefault());
    }

    public Receiver(Manner usual, ServerSocketFactory sockets) {
        this.usual = usual;
        try {
            this.server = sockets.createServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread thread = new Thread(this::accept, "receiver");
        thread.setDaemon(true);
        thread.start();
    }

    /** The next connections are treated so, one each, then as usual. */
    public Receiver first(Manner... manners) {
        next.addAll(List.of(manners));
        return this;
    }

    public void usually(Manner manner) {
        usual = manner;
    }

    public String hostPort() {
        return "127.0.0.1:" + server.getLocalPort();
    }

    public int port() {
        return server.getLocalPort();
    }

    public String url() {
        return "http://" + hostPort() + "/hook?a=1";
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                open.add(socket);
                Thread thread = new Thread(() -> serve(socket), "receiver-connection");
                thread.setDaemon(true);
                thread.start();
            } catch (SocketException e) {
                return;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            requests.add(read(new BufferedInputStream(socket.getInputStream())));
            Manner manner = next.poll();
            (manner == null ? usual : manner).answer(socket);
        } catch (IOException e) {
            // The sender gave up, which is what some tests are about.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Request read(InputStream in) throws IOException {
        String line = line(in);
        Map<String, String> headers = new HashMap<>();
        for (String header = line(in); !header.isEmpty(); header = line(in)) {
            int colon = header.indexOf(':');
            headers.put(
                    header.substring(0, colon).toLowerCase(Locale.ROOT),
                    header.substring(colon + 1).strip());
        }
        byte[] body = in.readNBytes(Integer.parseInt(headers.getOrDefault("content-length", "0")));
        return new Request(line, headers, body, System.currentTimeMillis());
    }

    private static String line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int b = in.read(); b != '\n'; b = in.read()) {
            if (b < 0) {
                throw new IOException("closed");
            }
            if (b != '\r') {
                line.write(b);
            }
        }
        return line.toString(StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        try {
            server.close();
            for (Socket socket : open) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
