package org.wanglou.app.intel;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** A small TAXII 2.1 server (OASIS TAXII 2.1 §5) with pages of two objects, and a folder of files for MISP feeds. */
final class TaxiiServer implements AutoCloseable {
    static final String COLLECTION = "91a7b528-80eb-42ed-a74d-c6fbd5a26116";

    private record Added(String at, String object) {}

    private final HttpServer server;
    private final List<Added> objects = Collections.synchronizedList(new ArrayList<>());
    final List<String> asked = Collections.synchronizedList(new ArrayList<>());
    final Map<String, String> files = new ConcurrentHashMap<>();
    volatile String authorization = "";
    volatile int status = 200;
    volatile String location = "";

    TaxiiServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    URI url(String path) {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
    }

    void add(String at, String object) {
        objects.add(new Added(at, object));
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            asked.add(exchange.getRequestURI().toString());
            String given = String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"));
            String path = exchange.getRequestURI().getPath();
            if (status != 200) {
                exchange.getResponseHeaders().set("Retry-After", "7");
                exchange.getResponseHeaders().set("Location", location);
                exchange.sendResponseHeaders(status, -1);
            } else if (!authorization.isEmpty() && !given.equals(authorization)) {
                exchange.sendResponseHeaders(401, -1);
            } else if (files.containsKey(path)) {
                send(exchange, "application/json", files.get(path));
            } else if (!String.valueOf(exchange.getRequestHeaders().getFirst("Accept"))
                    .equals("application/taxii+json;version=2.1")) {
                exchange.sendResponseHeaders(406, -1);
            } else if (path.equals("/api1/collections/")) {
                taxii(
                        exchange,
                        "{\"collections\":[{\"id\":\"" + COLLECTION
                                + "\",\"title\":\"high\",\"can_read\":true,\"can_write\":false},"
                                + "{\"id\":\"closed\",\"title\":\"closed\",\"can_read\":false}]}");
            } else if (path.equals("/api1/collections/" + COLLECTION + "/objects/")) {
                objects(exchange);
            } else {
                exchange.sendResponseHeaders(404, -1);
            }
        }
    }

    private void objects(HttpExchange exchange) throws IOException {
        Map<String, String> query = new TreeMap<>();
        String raw = exchange.getRequestURI().getQuery();
        for (String word : raw == null ? new String[0] : raw.split("&", -1)) {
            query.put(word.substring(0, word.indexOf('=')), word.substring(word.indexOf('=') + 1));
        }
        String after = query.getOrDefault("added_after", "");
        List<Added> wanted = new ArrayList<>();
        for (Added one : List.copyOf(objects)) {
            if (one.at.compareTo(after) > 0) {
                wanted.add(one);
            }
        }
        int from = Integer.parseInt(query.getOrDefault("next", "0"));
        List<Added> page = wanted.subList(Math.min(from, wanted.size()), Math.min(from + 2, wanted.size()));
        boolean more = from + 2 < wanted.size();
        if (!page.isEmpty()) {
            exchange.getResponseHeaders().set("X-TAXII-Date-Added-First", page.get(0).at);
            exchange.getResponseHeaders().set("X-TAXII-Date-Added-Last", page.get(page.size() - 1).at);
        }
        String text = page.isEmpty()
                ? "{}"
                : "{\"more\":" + more + (more ? ",\"next\":\"" + (from + 2) + "\"" : "") + ",\"objects\":["
                        + String.join(",", page.stream().map(Added::object).toList()) + "]}";
        taxii(exchange, text);
    }

    private static void taxii(HttpExchange exchange, String text) throws IOException {
        send(exchange, "application/taxii+json;version=2.1", text);
    }

    private static void send(HttpExchange exchange, String type, String text) throws IOException {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
