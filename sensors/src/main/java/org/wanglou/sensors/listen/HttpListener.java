package org.wanglou.sensors.listen;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.wanglou.crypto.sm.Sm3;
import org.wanglou.sensors.frame.Frame;

/**
 * {@code POST /ingest/<source>}: lines of a body, acknowledged with 200 {@code {"accepted":n}} only after Kafka has every
 * one. 401 without the source's bearer token, 413 over 16 MiB (also unpacked, or packed more than 200 to 1), 429 over the
 * rate limit, 503 while paused or when Kafka did not take it: the sender keeps the batch and sends it again; its events
 * keep their ids (body digest, line, peer; or the {@code Idempotency-Key} instead of the digest). A line is cut at 512 KiB.
 *
 * <p>A request must be whole within 120 s, its head within 30 s of connecting; connections are bounded as in
 * {@link Connections}, bodies under way by 128 MiB in all.
 */
public final class HttpListener implements Listener {
    private static final Logger LOG = LoggerFactory.getLogger(HttpListener.class);
    private static final int LINE_LIMIT = 512 << 10;
    private static final long HEAD_MILLIS = 30_000;
    private static final long REQUEST_MILLIS = 120_000;
    private static final long BETWEEN_MILLIS = 60_000;
    private static final long STORE_SECONDS = 35;

    private final String name;
    private final byte[] token;
    private final Function<Frame, CompletableFuture<Void>> frames;
    private final RateLimit rate;
    private final Clock clock;
    private final Connections connections;
    private final PeerTable peers;
    private final Joining joining;
    private final BodyReader bodies = new BodyReader();
    private volatile boolean paused;

    /** @param refused counts connections that were refused or had to make place */
    public HttpListener(
            String name,
            InetSocketAddress bind,
            Optional<TlsServer> tls,
            String token,
            Function<Frame, CompletableFuture<Void>> frames,
            RateLimit rate,
            LongAdder refused,
            Clock clock) {
        this(name, bind, tls, token, frames, rate, refused, clock, PeerTable.open(), Joining.none());
    }

    /**
     * @param peers who may connect, and how much each may bring
     * @param joining how the lines of a body are put together
     */
    public HttpListener(
            String name,
            InetSocketAddress bind,
            Optional<TlsServer> tls,
            String token,
            Function<Frame, CompletableFuture<Void>> frames,
            RateLimit rate,
            LongAdder refused,
            Clock clock,
            PeerTable peers,
            Joining joining) {
        this(name, bind, tls, token, frames, rate, refused, clock, Connections.Bounds.DEFAULT, peers, joining);
    }

    HttpListener(
            String name,
            InetSocketAddress bind,
            Optional<TlsServer> tls,
            String token,
            Function<Frame, CompletableFuture<Void>> frames,
            RateLimit rate,
            LongAdder refused,
            Clock clock,
            Connections.Bounds bounds) {
        this(name, bind, tls, token, frames, rate, refused, clock, bounds, PeerTable.open(), Joining.none());
    }

    HttpListener(
            String name,
            InetSocketAddress bind,
            Optional<TlsServer> tls,
            String token,
            Function<Frame, CompletableFuture<Void>> frames,
            RateLimit rate,
            LongAdder refused,
            Clock clock,
            Connections.Bounds bounds,
            PeerTable peers,
            Joining joining) {
        this.peers = peers;
        this.joining = joining;
        this.name = name;
        this.token = ("Bearer " + token).getBytes(StandardCharsets.UTF_8);
        this.frames = frames;
        this.rate = rate;
        this.clock = clock;
        this.connections = new Connections(name, bind, tls, bounds, refused, peers::allowed, this::converse);
    }

    @Override
    public void start() throws IOException {
        connections.start();
        LOG.info("http listener started name={} port={}", name, boundAddress().getPort());
    }

    private void converse(Connection connection) throws IOException, InterruptedException {
        HttpRequest request = new HttpRequest(connection);
        try {
            while (request.next(HEAD_MILLIS)) {
                if (!answer(request, connection) || !request.keeps()) {
                    return;
                }
                connection.within(BETWEEN_MILLIS);
            }
        } catch (HttpRequest.Refused e) {
            reply(connection, e.status(), e.reason(), false);
        }
    }

    /** False when the connection must end because the body was not read. */
    private boolean answer(HttpRequest request, Connection connection) throws IOException, InterruptedException {
        String given = request.header("authorization").orElse("");
        if (!MessageDigest.isEqual(token, given.getBytes(StandardCharsets.ISO_8859_1))) {
            return reply(connection, 401, "bearer token missing or wrong", false);
        }
        if (!request.target().equals("/ingest/" + name)) {
            return reply(connection, 404, "this port takes /ingest/" + name, false);
        }
        if (!request.method().equals("POST")) {
            return reply(connection, 405, "use POST", false);
        }
        if (paused) {
            return reply(connection, 503, "input paused", false);
        }
        if (!rate.open() || !peers.open(connection.peer())) {
            return reply(connection, 429, "over the rate limit", false);
        }
        if (request.header("expect")
                .filter(e -> e.equalsIgnoreCase("100-continue"))
                .isPresent()) {
            connection.write("HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        }
        connection.within(REQUEST_MILLIS);
        byte[] body = bodies.read(request);
        try {
            connection.useful(REQUEST_MILLIS);
            return take(request, connection, body);
        } finally {
            bodies.release(body);
        }
    }

    private boolean take(HttpRequest request, Connection connection, byte[] body)
            throws IOException, InterruptedException {
        String batch =
                request.header("idempotency-key").map(key -> "key " + key).orElseGet(() -> Sm3.hex(body));
        List<CompletableFuture<Void>> sent = new ArrayList<>();
        LineJoin join = new LineJoin(joining.assembler().get(), frame -> sent.add(frames.apply(frame)));
        boolean keeps = request.keeps();
        int lines = 0;
        for (int from = 0; from < body.length; ) {
            int end = from;
            while (end < body.length && body[end] != '\n') {
                end++;
            }
            int length = end > from && body[end - 1] == '\r' ? end - 1 - from : end - from;
            if (length > 0) {
                rate.took();
                peers.took(connection.peer());
                byte[] line = Arrays.copyOfRange(body, from, from + Math.min(length, LINE_LIMIT));
                String origin = batch + "/" + lines++ + "/" + connection.peer();
                join.add(new Frame(
                        line, connection.peer(), clock.millis(), origin, length > LINE_LIMIT, connection.unit()));
                if (!sent.isEmpty() && sent.get(sent.size() - 1).isCompletedExceptionally()) {
                    break; // Kafka is away: the rest would wait in vain, each for its own time
                }
            }
            from = end + 1;
        }
        join.end();
        try {
            CompletableFuture.allOf(sent.toArray(new CompletableFuture<?>[0])).get(STORE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            return reply(connection, 503, "not stored, send again", keeps);
        }
        return reply(connection, 200, "{\"accepted\":" + sent.size() + "}", keeps);
    }

    /** Says {@code keeps}. */
    private static boolean reply(Connection connection, int status, String text, boolean keeps) throws IOException {
        String json = status == 200 ? text : "{\"error\":\"" + text + "\"}";
        String later = status == 429 || status == 503 ? "Retry-After: 5\r\n" : "";
        String challenge = status == 401 ? "WWW-Authenticate: Bearer\r\n" : "";
        String head = "HTTP/1.1 " + status + " " + phrase(status) + "\r\nContent-Type: application/json\r\n"
                + "Content-Length: " + json.length() + "\r\n" + later + challenge
                + (keeps ? "" : "Connection: close\r\n") + "\r\n";
        connection.write((head + json).getBytes(StandardCharsets.ISO_8859_1));
        if (!keeps) {
            connection.linger();
        }
        return keeps;
    }

    private static String phrase(int status) {
        return switch (status) {
            case 200 -> "OK";
            case 400 -> "Bad Request";
            case 401 -> "Unauthorized";
            case 404 -> "Not Found";
            case 405 -> "Method Not Allowed";
            case 413 -> "Content Too Large";
            case 415 -> "Unsupported Media Type";
            case 429 -> "Too Many Requests";
            case 431 -> "Request Header Fields Too Large";
            default -> "Service Unavailable";
        };
    }

    @Override
    public InetSocketAddress boundAddress() {
        return connections.boundAddress();
    }

    @Override
    public void pause(boolean pause) {
        paused = pause;
    }

    @Override
    public void close() {
        connections.close();
    }
}
