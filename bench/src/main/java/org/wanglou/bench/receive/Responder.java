package org.wanglou.bench.receive;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.wanglou.alerting.notify.Secret;
import org.wanglou.alerting.notify.webhook.ReceiverVerifier;
import org.wanglou.crypto.sm.Keys;
import org.wanglou.crypto.sm.Sm2Verifier;

/**
 * A responder on a free port of 127.0.0.1: verifies, keeps and answers 204, or 400 to what is not genuine. The public key
 * is read when the first message comes: it does not exist before the instance's first start. Thread-safe.
 */
public final class Responder implements AutoCloseable {
    private static final int BODY_LIMIT = 1 << 20;

    private final HttpServer server;
    private final ExecutorService threads =
            Executors.newFixedThreadPool(2, task -> new Thread(task, "bench-responder"));
    private final List<Arrival> arrivals = new CopyOnWriteArrayList<>();
    private final Supplier<ReceiverVerifier> verifiers;
    private volatile Optional<ReceiverVerifier> verifier = Optional.empty();

    public Responder(Secret secret, Path notifyKey) throws IOException {
        this.verifiers = () -> verifier(secret, notifyKey);
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 64);
        server.setExecutor(threads);
        server.createContext("/", this::receive);
        server.start();
    }

    private static ReceiverVerifier verifier(Secret secret, Path notifyKey) {
        try {
            return new ReceiverVerifier(
                    secret, List.of(new Sm2Verifier(Keys.publicFromPem(Files.readString(notifyKey)))));
        } catch (IOException e) {
            throw new IllegalStateException("no public key in " + notifyKey, e);
        }
    }

    public int port() {
        return server.getAddress().getPort();
    }

    /** Every request so far, repeats included, in order of arrival. */
    public List<Arrival> arrivals() {
        return List.copyOf(arrivals);
    }

    /** Requests that name the actor. */
    public List<Arrival> about(String actor) {
        return arrivals.stream()
                .filter(arrival -> arrival.actors().contains(actor))
                .toList();
    }

    private void receive(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readNBytes(BODY_LIMIT);
            long now = System.currentTimeMillis();
            Map<String, String> headers = new HashMap<>();
            exchange.getRequestHeaders()
                    .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), String.join(" ", values)));
            if (verifier.isEmpty()) {
                verifier = Optional.of(verifiers.get());
            }
            boolean genuine = verifier.get().verify(headers, body, now).ok();
            int status = genuine ? 204 : 400;
            arrivals.add(new Arrival(
                    headers.getOrDefault("webhook-id", ""), System.nanoTime(), now, headers, body, genuine, status));
            exchange.sendResponseHeaders(status, -1);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
