package org.wanglou.ui;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HttpTest extends ConsoleContext {
    private static final Map<String, String> ALWAYS = Map.of(
            "X-Content-Type-Options", "nosniff",
            "Referrer-Policy", "same-origin",
            "Cross-Origin-Opener-Policy", "same-origin");

    /** The raw answer to raw bytes, up to the end or the reset with which the server may end what is no request. */
    private String raw(String request) throws IOException {
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        try (Socket socket = new Socket("127.0.0.1", console.port())) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().flush();
            for (int next = socket.getInputStream().read();
                    next >= 0;
                    next = socket.getInputStream().read()) {
                answer.write(next);
            }
        } catch (SocketException reset) {
            if (answer.size() == 0) {
                throw reset;
            }
        }
        return answer.toString(StandardCharsets.UTF_8);
    }

    private String rawGet(String path, String host) throws IOException {
        return raw("GET " + path + " HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n");
    }

    @Test
    void every_answer_carries_the_security_headers() {
        Browser op = as("op");
        List<Browser.Answer> answers = List.of(
                op.get("//"),
                op.get("//assets/app-1a2b3c.js"),
                op.get("//assets/missing.js"),
                op.get("/me"),
                op.get("/cases/none"),
                op.get("/nothing"),
                op.get("/metrics"),
                op.post("/cases/bulk", "{"),
                op.send("DELETE", "/me", Optional.empty()),
                op.send("OPTIONS", "/me", Optional.empty()),
                op.send("TRACE", "/me", Optional.empty()),
                op.send("HEAD", "//", Optional.empty()),
                new Browser(console).get("/healthz"),
                new Browser(console).get("/me"));
        for (Browser.Answer answer : answers) {
            String what = answer.response().request().method() + " "
                    + answer.response().uri() + " " + answer.status();
            ALWAYS.forEach(
                    (name, value) -> assertThat(answer.header(name)).as(what).isEqualTo(value));
            assertThat(answer.header("Content-Security-Policy"))
                    .as(what)
                    .contains(
                            "default-src 'none'",
                            "frame-ancestors 'none'",
                            "connect-src 'self'",
                            "worker-src 'self'",
                            "require-trusted-types-for 'script'",
                            "trusted-types vue default")
                    .doesNotContain("unsafe");
            assertThat(answer.response().headers().firstValue("Server"))
                    .as(what)
                    .isEmpty();
            assertThat(answer.text()).as(what).doesNotContain("java.", "org.", "Exception", "\tat ");
        }
        assertThat(op.get("/me").header("Cache-Control")).isEqualTo("no-store");
        assertThat(op.get("/me").header("Strict-Transport-Security")).isEmpty();
    }

    @Test
    void hashed_files_never_change_and_a_missing_one_is_never_the_start_page() {
        Browser op = new Browser(console);
        Browser.Answer script = op.get("//assets/app-1a2b3c.js").is(200);
        assertThat(script.header("Cache-Control")).contains("immutable");
        assertThat(script.header("Content-Type")).startsWith("text/javascript");
        Browser.Answer zipped =
                op.get("//assets/app-1a2b3c.js", "Accept-Encoding", "br, gzip").is(200);
        assertThat(zipped.header("Content-Encoding")).isEqualTo("gzip");
        assertThat(zipped.response().body()[0]).isEqualTo((byte) 0x1f);
        assertThat(op.get("//assets/app-1a2b3c.js", "Accept-Encoding", "gzip;q=0")
                        .header("Content-Encoding"))
                .isEmpty();
        assertThat(op.get("//assets/gone-000000.js").is(404).header("Content-Type"))
                .startsWith("application/problem+json");
        for (String page : List.of("//", "//incidents", "//incidents/WL-1?tab=proof", "//enter", "//index.html")) {
            Browser.Answer start = op.get(page).is(200);
            assertThat(start.text()).contains("start page");
            assertThat(start.header("Cache-Control")).isEqualTo("no-cache");
            assertThat(start.header("Content-Type")).startsWith("text/html");
        }
        assertThat(op.get("//about.txt").is(200).text()).isEqualTo("plain\n");
        op.get("//api/v2/x").is(404);
        op.get("//api").is(404);
    }

    @Test
    void nothing_outside_the_folder_is_served() throws Exception {
        for (String path : List.of(
                "/../logback-test.xml",
                "/assets/../../logback-test.xml",
                "/%2e%2e/logback-test.xml",
                "/assets/..%2f..%2flogback-test.xml",
                "/assets/%2e%2e/%2e%2e/logback-test.xml",
                "/..%5clogback-test.xml",
                "//logback-test.xml",
                "/assets//app-1a2b3c.js%00.txt",
                "/org/wanglou/ui/Console.class",
                "/assets/",
                "/assets")) {
            String answer = rawGet(path, "localhost");
            assertThat(answer).as(path).doesNotContain("<appender", "\u00CA\u00FE");
            assertThat(answer.toLowerCase(java.util.Locale.ROOT)).as(path).contains("x-content-type-options: nosniff");
        }
    }

    @Test
    void only_known_hosts_are_answered() throws Exception {
        assertThat(rawGet("/api/v1/healthz", "localhost:" + console.port())).startsWith("HTTP/1.1 200");
        assertThat(rawGet("/api/v1/healthz", "TOWER.example")).startsWith("HTTP/1.1 200");
        assertThat(rawGet("/api/v1/healthz", "[::1]:1")).startsWith("HTTP/1.1 200");
        for (String host :
                List.of("evil.example", "127.0.0.1.evil.example", "10.0.0.1", "localhost.evil", "tower.example.evil")) {
            assertThat(rawGet("/api/v1/healthz", host))
                    .as(host)
                    .startsWith("HTTP/1.1 421")
                    .contains("wrong-host");
            assertThat(rawGet("/", host)).as(host).startsWith("HTTP/1.1 421");
        }
    }

    @Test
    void what_is_no_request_is_refused_briefly() throws Exception {
        for (String request : List.of(
                "GET / HTTP/1.1\r\n\r\n",
                "GARBAGE\r\n\r\n",
                "GET /" + "a".repeat(20_000) + " HTTP/1.1\r\nHost: localhost\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: localhost\r\nX: " + "a".repeat(20_000) + "\r\n\r\n",
                "POST /api/v1/sign-in HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                "GET /%zz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")) {
            String answer = raw(request);
            assertThat(answer).as(request.substring(0, 10)).startsWith("HTTP/1.1 4");
            assertThat(answer.toLowerCase(java.util.Locale.ROOT))
                    .as(request.substring(0, 10))
                    .contains("x-content-type-options: nosniff")
                    .doesNotContain("jetty", "exception", "org.");
        }
    }

    @Test
    void a_body_that_is_too_large_is_refused_unkept_and_its_sender_hears_why() throws Exception {
        Browser op = as("op");
        String large = "{\"q\":\"" + "x".repeat(1_100_000) + "\"}";
        for (int i = 0; i < 20; i++) { // closing over unread bytes would reset some of these
            assertThat(op.post("/events/search", large).is(413).slug()).isEqualTo("too-large");
        }
        String chunked = raw("POST /api/v1/sign-in HTTP/1.1\r\nHost: localhost\r\nOrigin: http://localhost\r\n"
                + "Content-Type: application/json\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n"
                + "10cccc\r\n" + "x".repeat(0x10cccc) + "\r\n0\r\n\r\n");
        assertThat(chunked).startsWith("HTTP/1.1 413");
        assertThat(op.post("/events/search", "q=1", "Content-Type", "text/plain")
                        .status())
                .isIn(400, 415);
    }

    @Test
    void without_built_pages_the_console_says_so() {
        try (Console bare = new Console(
                ConsoleConfig.demo(0, "37", "test"), town.parts(), town.clock, town.meters, "no-such-folder")) {
            bare.start();
            Browser.Answer page = new Browser(bare).get("//").is(200);
            assertThat(page.text()).contains("not built").doesNotContain("<style", "<script");
            assertThat(page.header("Content-Type")).startsWith("text/html");
        }
    }

    @Test
    void an_unforeseen_failure_names_a_trace_and_nothing_of_the_inside() {
        Browser op = as("op");
        town.index.close();
        Browser.Answer failed =
                op.post("/events/search", "{\"q\":\"\",\"from\":0,\"to\":5}").is(500);
        assertThat(failed.json().path("traceId").asText()).matches("[0-9a-f]{16}");
        assertThat(failed.text()).doesNotContain("lucene", "java", "closed", "Exception");
        assertThat(town.meters.total("wanglou_ui_failed_total")).isEqualTo(1);
    }

    @Test
    void a_console_open_to_others_needs_a_certificate_and_no_demo() {
        org.assertj.core.api.Assertions.assertThatThrownBy(() ->
                        new ConsoleConfig("0.0.0.0", 0, Optional.empty(), java.util.Set.of(), "", false, "37", "test"))
                .hasMessageContaining("certificate");
    }
}
