package org.wanglou.app.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.wanglou.alerting.notify.webhook.ReceiverVerifier;

/**
 * The demonstration's responder: an HTTP server on 127.0.0.1 that verifies both signatures of every message and answers
 * 204 only to what is genuine. Keeps at most 10,000 messages; later ones are verified and counted only. Thread-safe.
 */
public final class Receiver implements AutoCloseable {
    private static final int KEPT = 10_000;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpServer server;
    private final ExecutorService threads = Executors.newFixedThreadPool(2, task -> new Thread(task, "demo-receiver"));
    private final Map<String, Arrival> arrivals = new ConcurrentHashMap<>();
    private final Clock clock;
    private volatile ReceiverVerifier verifier;

    /**
     * One message.
     *
     * @param nanoTime {@link System#nanoTime()} of its first arrival
     * @param verified whether both signatures held
     */
    public record Arrival(String id, long nanoTime, boolean verified, String body, int times) {}

    /** Binds to a free port of 127.0.0.1. */
    public Receiver(ReceiverVerifier verifier, Clock clock) throws IOException {
        this.verifier = verifier;
        this.clock = clock;
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 64);
        server.setExecutor(threads);
        server.createContext("/", this::receive);
    }

    public void start() {
        server.start();
    }

    public int port() {
        return server.getAddress().getPort();
    }

    /** What came so far, by message id. */
    public List<Arrival> arrivals() {
        return new ArrayList<>(arrivals.values());
    }

    /** From an actor's completed deed to the verified message that names it, in milliseconds, one for each actor. */
    public List<Double> latencies(Map<String, Long> completedAt) {
        List<Double> millis = new ArrayList<>();
        completedAt.forEach((actor, completed) -> arrivals.values().stream()
                .filter(arrival -> arrival.verified() && names(arrival.body(), actor))
                .mapToLong(Arrival::nanoTime)
                .min()
                .ifPresent(first -> millis.add((first - completed) / 1e6)));
        millis.sort(Double::compare);
        return millis;
    }

    private static boolean names(String body, String actor) {
        try {
            for (JsonNode node : JSON.readTree(body).path("data").path("actors")) {
                if (node.asText().equals(actor)) {
                    return true;
                }
            }
        } catch (IOException e) {
            return false;
        }
        return false;
    }

    private void receive(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readNBytes(1 << 20);
            long arrived = System.nanoTime();
            Map<String, String> headers = new LinkedHashMap<>();
            exchange.getRequestHeaders().forEach((name, values) -> headers.put(name, String.join(" ", values)));
            ReceiverVerifier.Verdict verdict = verifier.verify(headers, body, clock.millis());
            if (!verdict.id().isEmpty() && (arrivals.size() < KEPT || arrivals.containsKey(verdict.id()))) {
                arrivals.merge(
                        verdict.id(),
                        new Arrival(
                                verdict.id(),
                                arrived,
                                verdict.ok(),
                                new String(body, java.nio.charset.StandardCharsets.UTF_8),
                                1),
                        (first, again) -> new Arrival(
                                first.id(),
                                first.nanoTime(),
                                first.verified() && again.verified(),
                                first.body(),
                                first.times() + 1));
            }
            exchange.sendResponseHeaders(verdict.ok() ? 204 : 400, -1);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
