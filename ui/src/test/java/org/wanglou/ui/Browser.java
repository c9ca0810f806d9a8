package org.wanglou.ui;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A browser with one session: keeps the cookie and the CSRF token, sends the Origin of the console's own pages. */
final class Browser {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http;
    private final String base;
    private String cookie = "";
    private String csrf = "";

    Browser(Console console) {
        this(console.url(), HttpClient.newHttpClient());
    }

    Browser(String base, HttpClient http) {
        this.base = base;
        this.http = http;
    }

    /** In as that account, by a one-time link. */
    static Browser of(Console console, String account) {
        Browser browser = new Browser(console);
        Answer entered = browser.enter(console.oneTimeLink(account));
        assertThat(entered.status()).as(entered.text()).isEqualTo(200);
        return browser;
    }

    record Answer(HttpResponse<byte[]> response) {
        int status() {
            return response.statusCode();
        }

        String text() {
            return new String(response.body(), java.nio.charset.StandardCharsets.UTF_8);
        }

        JsonNode json() {
            try {
                return JSON.readTree(response.body());
            } catch (IOException e) {
                throw new AssertionError("not JSON: " + text(), e);
            }
        }

        String header(String name) {
            return response.headers().firstValue(name).orElse("");
        }

        String slug() {
            return json().path("type").asText().replace("urn:wanglou:problem:", "");
        }

        Answer is(int status) {
            assertThat(status()).as(response.request().uri() + " " + text()).isEqualTo(status);
            return this;
        }
    }

    Answer enter(String link) {
        return remember(post("/enter", "{\"token\":\"" + link.substring(link.indexOf('#') + 1) + "\"}"));
    }

    Answer signIn(String name, String password, String... totp) {
        String code = totp.length == 0 ? "" : ",\"totp\":\"" + totp[0] + "\"";
        return remember(post("/sign-in", "{\"name\":\"" + name + "\",\"password\":\"" + password + "\"" + code + "}"));
    }

    private Answer remember(Answer answer) {
        if (answer.status() == 200) {
            cookie = answer.header("Set-Cookie").split(";", 2)[0];
            csrf = answer.json().path("csrf").asText();
        }
        return answer;
    }

    String cookie() {
        return cookie;
    }

    String csrf() {
        return csrf;
    }

    String base() {
        return base;
    }

    Answer get(String path, String... headers) {
        return send("GET", path, Optional.empty(), headers);
    }

    /** With cookie, CSRF token and Origin unless the headers say otherwise. */
    Answer post(String path, String json, String... headers) {
        return send("POST", path, Optional.of(json), own(headers));
    }

    Answer put(String path, String json, String... headers) {
        return send("PUT", path, Optional.of(json), own(headers));
    }

    /** A change of a case at that revision. */
    Answer act(String path, int revision, String json) {
        return post(path, json, "If-Match", "\"" + revision + "\"");
    }

    private String[] own(String... headers) {
        List<String> all = new ArrayList<>(List.of(headers));
        if (!all.contains("Origin")) {
            all.addAll(List.of("Origin", base));
        }
        if (!all.contains("X-CSRF") && !csrf.isEmpty()) {
            all.addAll(List.of("X-CSRF", csrf));
        }
        return all.toArray(new String[0]);
    }

    /** Exactly these headers, the cookie apart; a path without leading /api is below /api/v1. */
    Answer send(String method, String path, Optional<String> body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create(base + (path.startsWith("//") ? path.substring(1) : "/api/v1" + path)))
                .timeout(Duration.ofSeconds(30))
                .method(
                        method,
                        body.map(HttpRequest.BodyPublishers::ofString).orElseGet(HttpRequest.BodyPublishers::noBody));
        if (body.isPresent()) {
            request.header("Content-Type", "application/json");
        }
        if (!cookie.isEmpty()) {
            request.header("Cookie", cookie);
        }
        for (int i = 0; i + 1 < headers.length; i += 2) {
            if (!headers[i + 1].isEmpty()) {
                request.header(headers[i], headers[i + 1]);
            }
        }
        try {
            return new Answer(http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray()));
        } catch (IOException e) {
            throw new AssertionError(method + " " + path, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
