package org.wanglou.sensors.listen;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.zip.GZIPInputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.wanglou.crypto.sm.Sm3;
import org.wanglou.model.Addresses;
import org.wanglou.sensors.frame.Frame;

/**
 * {@code POST /ingest/<source>}: lines of a body, acknowledged with 200 {@code {"accepted":n}} only after Kafka has
 * every one. 401 without the source's bearer token, 413 over 16 MiB (unpacked), 503 while paused or when Kafka did not
 * take it: the sender keeps the batch and sends it again; its events keep their ids (body digest, line, peer).
 */
public final class HttpListener implements Listener {
    private static final Logger LOG = LoggerFactory.getLogger(HttpListener.class);
    private static final int BODY_LIMIT = 16 << 20;
    private static final int LINE_LIMIT = 1 << 20;

    private final String name;
    private final InetSocketAddress bind;
    private final byte[] token;
    private final Function<Frame, CompletableFuture<Void>> frames;
    private final Clock clock;
    private final ThreadPoolExecutor threads;
    private volatile boolean paused;
    private volatile HttpServer server;

    @SuppressWarnings("NullAway") // the server is bound by start(): a constructor does no I/O
    public HttpListener(
            String name,
            InetSocketAddress bind,
            String token,
            Function<Frame, CompletableFuture<Void>> frames,
            Clock clock) {
        this.name = name;
        this.bind = bind;
        this.token = ("Bearer " + token).getBytes(StandardCharsets.UTF_8);
        this.frames = frames;
        this.clock = clock;
        this.threads = new ThreadPoolExecutor(
                4,
                4,
                1,
                TimeUnit.MINUTES,
                new ArrayBlockingQueue<>(256),
                task -> new Thread(task, "sensors-" + name + "-http"));
    }

    @Override
    public void start() throws IOException {
        server = HttpServer.create(bind, 128);
        server.setExecutor(threads);
        server.createContext("/ingest/" + name, this::ingest);
        server.start();
        LOG.info(
                "http listener started name={} port={}",
                name,
                server.getAddress().getPort());
    }

    private void ingest(HttpExchange exchange) throws IOException {
        try (exchange) {
            String given = exchange.getRequestHeaders().getFirst("Authorization");
            if (given == null || !MessageDigest.isEqual(token, given.getBytes(StandardCharsets.UTF_8))) {
                answer(exchange, 401, "{\"error\":\"bearer token missing or wrong\"}");
            } else if (!exchange.getRequestMethod().equals("POST")) {
                answer(exchange, 405, "{\"error\":\"use POST\"}");
            } else if (paused) {
                exchange.getResponseHeaders().set("Retry-After", "5");
                answer(exchange, 503, "{\"error\":\"input paused\"}");
            } else {
                take(exchange);
            }
        }
    }

    private void take(HttpExchange exchange) throws IOException {
        byte[] body;
        try {
            body = body(exchange);
        } catch (IOException e) {
            answer(exchange, 400, "{\"error\":\"body cannot be read\"}");
            return;
        }
        if (body.length > BODY_LIMIT) {
            answer(exchange, 413, "{\"error\":\"more than 16 MiB\"}");
            return;
        }
        String peer = Addresses.format(exchange.getRemoteAddress().getAddress().getAddress());
        String key = exchange.getRequestHeaders().getFirst("Idempotency-Key");
        String batch = key == null ? Sm3.hex(body) : "key " + key;
        List<CompletableFuture<Void>> sent = new ArrayList<>();
        List<byte[]> lines = lines(body);
        for (int i = 0; i < lines.size(); i++) {
            byte[] line = lines.get(i);
            boolean cut = line.length > LINE_LIMIT;
            sent.add(frames.apply(new Frame(
                    cut ? java.util.Arrays.copyOf(line, LINE_LIMIT) : line,
                    peer,
                    clock.millis(),
                    batch + "/" + i + "/" + peer,
                    cut)));
        }
        try {
            CompletableFuture.allOf(sent.toArray(new CompletableFuture<?>[0])).get(35, TimeUnit.SECONDS);
            answer(exchange, 200, "{\"accepted\":" + lines.size() + "}");
        } catch (java.util.concurrent.ExecutionException | java.util.concurrent.TimeoutException e) {
            answer(exchange, 503, "{\"error\":\"not stored, send again\"}");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            answer(exchange, 503, "{\"error\":\"stopping, send again\"}");
        }
    }

    private static byte[] body(HttpExchange exchange) throws IOException {
        boolean packed = "gzip".equalsIgnoreCase(exchange.getRequestHeaders().getFirst("Content-Encoding"));
        try (InputStream in = packed ? new GZIPInputStream(exchange.getRequestBody()) : exchange.getRequestBody()) {
            return in.readNBytes(BODY_LIMIT + 1);
        }
    }

    private static List<byte[]> lines(byte[] body) {
        List<byte[]> lines = new ArrayList<>();
        ByteArrayOutputStream line = new ByteArrayOutputStream(512);
        for (byte b : body) {
            if (b == '\n') {
                add(line, lines);
            } else if (b != '\r') {
                line.write(b);
            }
        }
        add(line, lines);
        return lines;
    }

    private static void add(ByteArrayOutputStream line, List<byte[]> lines) {
        if (line.size() > 0) {
            lines.add(line.toByteArray());
            line.reset();
        }
    }

    private static void answer(HttpExchange exchange, int status, String json) throws IOException {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    @Override
    public InetSocketAddress boundAddress() {
        return server.getAddress();
    }

    @Override
    public void pause(boolean pause) {
        paused = pause;
    }

    @Override
    public void close() {
        if (server != null) {
            server.stop(0);
        }
        threads.shutdownNow();
    }
}
