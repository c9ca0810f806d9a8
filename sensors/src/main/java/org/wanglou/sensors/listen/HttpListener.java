package org.wanglou.sensors.listen;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.wanglou.sensors.frame.Frame;
import org.wanglou.sensors.listen.http.Answer;
import org.wanglou.sensors.listen.http.Call;
import org.wanglou.sensors.listen.http.Credentials;
import org.wanglou.sensors.listen.http.Feed;
import org.wanglou.sensors.listen.http.HttpProtocol;
import org.wanglou.sensors.listen.http.Protocols;

/**
 * One port for everything that speaks HTTP: what a path means is its {@link HttpProtocol}'s. Common to all: 401 without the
 * source's token, 413 over 16 MiB (also unpacked, or packed more than 200 to 1), 429 over the rate limit, 503 while paused
 * or when Kafka did not take it: the sender keeps the batch and sends it again; its events keep their ids. Nothing is
 * acknowledged before Kafka has it. A payload is cut at 512 KiB.
 *
 * <p>A request must be whole within 120 s, its head within 30 s of connecting; connections are bounded as in
 * {@link Connections}, bodies under way by 128 MiB in all.
 */
public final class HttpListener implements Listener {
    private static final Logger LOG = LoggerFactory.getLogger(HttpListener.class);
    private static final long HEAD_MILLIS = 30_000;
    private static final long REQUEST_MILLIS = 120_000;
    private static final long BETWEEN_MILLIS = 60_000;

    /** Counters by what is counted ({@code requests}, {@code refused}, {@code events}, {@code rejected}) and protocol. */
    public interface Counters {
        LongAdder of(String what, String protocol);
    }

    private final String name;
    private final Credentials credentials;
    private final Function<Frame, CompletableFuture<Void>> frames;
    private final RateLimit rate;
    private final Counters counters;
    private final Clock clock;
    private final Connections connections;
    private final List<HttpProtocol> protocols;
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
            Counters counters,
            Clock clock) {
        this(name, bind, tls, token, frames, rate, refused, counters, clock, PeerTable.open(), Joining.none());
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
            Counters counters,
            Clock clock,
            PeerTable peers,
            Joining joining) {
        this(
                name,
                bind,
                tls,
                token,
                frames,
                rate,
                refused,
                counters,
                clock,
                Connections.Bounds.DEFAULT,
                peers,
                joining);
    }

    HttpListener(
            String name,
            InetSocketAddress bind,
            Optional<TlsServer> tls,
            String token,
            Function<Frame, CompletableFuture<Void>> frames,
            RateLimit rate,
            LongAdder refused,
            Counters counters,
            Clock clock,
            Connections.Bounds bounds) {
        this(name, bind, tls, token, frames, rate, refused, counters, clock, bounds, PeerTable.open(), Joining.none());
    }

    HttpListener(
            String name,
            InetSocketAddress bind,
            Optional<TlsServer> tls,
            String token,
            Function<Frame, CompletableFuture<Void>> frames,
            RateLimit rate,
            LongAdder refused,
            Counters counters,
            Clock clock,
            Connections.Bounds bounds,
            PeerTable peers,
            Joining joining) {
        this.peers = peers;
        this.joining = joining;
        this.name = name;
        this.credentials = new Credentials(token);
        this.frames = frames;
        this.rate = rate;
        this.counters = counters;
        this.clock = clock;
        this.protocols = Protocols.of(name);
        this.connections = new Connections(name, bind, tls, bounds, refused, peers::allowed, this::converse);
    }

    @Override
    public void start() throws IOException {
        connections.start();
        LOG.info("http listener started name={} port={}", name, boundAddress().getPort());
    }

    private void converse(Connection connection) throws IOException, InterruptedException {
        HttpRequest request = new HttpRequest(connection);
        Call nothing = new Call("", "", java.util.Map.of(), java.util.Map.of(), connection.peer());
        try {
            while (request.next(HEAD_MILLIS)) {
                if (!answer(request, connection)) {
                    return;
                }
                connection.within(BETWEEN_MILLIS);
            }
        } catch (HttpRequest.Refused e) {
            reply(connection, protocols.get(0).refuse(nothing, e.status(), e.reason()), false, false);
        }
    }

    /** False when the connection must end, because the body was not read or the peer wants it. */
    private boolean answer(HttpRequest request, Connection connection) throws IOException, InterruptedException {
        Call call = request.call(connection.peer());
        Optional<HttpProtocol> found =
                protocols.stream().filter(one -> one.serves(call)).findFirst();
        HttpProtocol protocol = found.orElse(protocols.get(0));
        boolean head = call.method().equals("HEAD");
        Optional<Answer> early = early(request, call, found);
        if (early.isPresent()) {
            if (found.isPresent()) {
                counters.of("refused", protocol.name()).increment();
            }
            boolean keeps = early.get().status() != 401 && request.keeps() && !request.hasBody();
            return reply(connection, early.get(), head, keeps);
        }
        if (request.header("expect")
                .filter(e -> e.equalsIgnoreCase("100-continue"))
                .isPresent()) {
            connection.write("HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        }
        connection.within(REQUEST_MILLIS);
        byte[] body;
        try {
            body = bodies.read(request);
        } catch (HttpRequest.Refused e) {
            counters.of("refused", protocol.name()).increment();
            return reply(connection, protocol.refuse(call, e.status(), e.reason()), head, false);
        }
        try {
            connection.useful(REQUEST_MILLIS);
            counters.of("requests", protocol.name()).increment();
            Optional<Answer> probed = protocol.probe(call, paused);
            return reply(
                    connection,
                    probed.isPresent() ? probed.get() : take(protocol, call, body, connection),
                    head,
                    request.keeps());
        } finally {
            bodies.release(body);
        }
    }

    /** What is said before the body is read; empty when it is worth reading. */
    private Optional<Answer> early(HttpRequest request, Call call, Optional<HttpProtocol> found) {
        HttpProtocol protocol = found.orElse(protocols.get(0));
        boolean open = found.isPresent() && protocol.open(call);
        if (!open && !credentials.admit(request.header("authorization"))) {
            Answer refusal = protocol.refuse(call, 401, "token missing or wrong");
            boolean says = refusal.status() != 401 || refusal.headers().containsKey("WWW-Authenticate");
            return Optional.of(says ? refusal : refusal.with("WWW-Authenticate", "Bearer"));
        }
        if (found.isEmpty()) {
            return Optional.of(protocol.refuse(
                    call, 404, "this port takes /ingest/" + name + ", /_bulk, /v1/logs and" + " /services/collector"));
        }
        Optional<Answer> probed = protocol.probe(call, paused);
        if (probed.isPresent()) {
            // what agrees reads the body first, so that the connection goes on
            return probed.get().status() >= 300 ? probed : Optional.empty();
        }
        if (paused) {
            return Optional.of(protocol.refuse(call, 503, "input paused"));
        }
        return rate.open() && peers.open(call.peer())
                ? Optional.empty()
                : Optional.of(protocol.refuse(call, 429, "over the rate limit"));
    }

    private Answer take(HttpProtocol protocol, Call call, byte[] body, Connection connection)
            throws InterruptedException {
        Runnable took = () -> {
            rate.took();
            peers.took(connection.peer());
        };
        Feed feed = new Feed(frames, took, clock, connection.peer(), connection.unit(), joining);
        Answer answer = protocol.take(call, body, feed);
        counters.of("events", protocol.name()).add(feed.taken());
        if (feed.rejects() > 0) {
            counters.of("rejected", protocol.name()).add(feed.rejects());
        }
        if (answer.status() >= 300) {
            counters.of("refused", protocol.name()).increment();
        }
        return answer;
    }

    /** Says {@code keeps}. */
    private static boolean reply(Connection connection, Answer answer, boolean head, boolean keeps) throws IOException {
        int status = answer.status();
        StringBuilder text = new StringBuilder(256);
        text.append("HTTP/1.1 ").append(status).append(' ').append(phrase(status));
        text.append("\r\nContent-Type: ").append(answer.mediaType());
        text.append("\r\nContent-Length: ").append(answer.body().length).append("\r\n");
        answer.headers()
                .forEach((name, value) ->
                        text.append(name).append(": ").append(value).append("\r\n"));
        text.append(status == 429 || status == 503 ? "Retry-After: 5\r\n" : "");
        text.append(keeps ? "\r\n" : "Connection: close\r\n\r\n");
        ByteArrayOutputStream whole = new ByteArrayOutputStream(text.length() + answer.body().length);
        whole.writeBytes(text.toString().getBytes(StandardCharsets.ISO_8859_1));
        if (!head) {
            whole.writeBytes(answer.body());
        }
        connection.write(whole.toByteArray());
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
            case 403 -> "Forbidden";
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
