package org.wanglou.sensors.listen;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.LongAdder;
import java.util.zip.GZIPOutputStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class HttpListenerTest extends ListenerContract {
    private static final String TOKEN = "a-token-of-a-source-17";
    private RateLimit rate = RateLimit.none();
    private Connections.Bounds bounds = Connections.Bounds.DEFAULT;

    @Override
    Listener listener(InetSocketAddress bind) {
        return new HttpListener(
                "h",
                bind,
                Optional.empty(),
                TOKEN,
                this::take,
                rate,
                refused,
                (what, protocol) -> new LongAdder(),
                Clock.systemUTC(),
                bounds);
    }

    @Override
    void send(Listener to, List<byte[]> lines) throws Exception {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (byte[] line : lines) {
            body.write(line);
            body.write('\n');
        }
        String answer = post(to, body.toByteArray(), "");
        while (answer.startsWith("HTTP/1.1 503")) {
            Thread.sleep(20); // what an honest sender does
            answer = post(to, body.toByteArray(), "");
        }
        assertThat(answer).startsWith("HTTP/1.1 200");
    }

    @Override
    int limit() {
        return 512 << 10;
    }

    @Override
    boolean waits() {
        return true;
    }

    private static String post(Listener to, byte[] body, String more) throws IOException {
        return raw(
                to,
                ("POST /ingest/h HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer " + TOKEN + "\r\nConnection: close\r\n"
                        + more + "Content-Length: " + body.length + "\r\n\r\n"),
                body);
    }

    private static String raw(Listener to, String head, byte[] body) throws IOException {
        try (Socket socket =
                new Socket(to.boundAddress().getAddress(), to.boundAddress().getPort())) {
            socket.setSoTimeout(30_000);
            OutputStream out = socket.getOutputStream();
            try {
                out.write(head.getBytes(StandardCharsets.ISO_8859_1));
                out.write(body);
                out.flush();
            } catch (IOException e) {
                // refused before it was sent: the answer says why
            }
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }

    private static byte[] gzip(byte[] body) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(body);
        }
        return bytes.toByteArray();
    }

    @Test
    void what_two_readers_could_understand_in_two_ways_is_refused() throws Exception {
        Listener bound = start("127.0.0.1");
        String auth = "Authorization: Bearer " + TOKEN + "\r\n";
        String start = "POST /ingest/h HTTP/1.1\r\n" + auth;
        for (String head : List.of(
                start + "Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\nabc",
                start + "Content-Length: 3\r\nContent-Length: 4\r\n\r\nabc",
                start + "Content-Length: -1\r\n\r\n",
                start + "Content-Length: 99999999999999999999\r\n\r\n",
                start + "Transfer-Encoding: gzip, chunked\r\n\r\n",
                start + "Transfer-Encoding: chunked\r\n\r\nzz\r\n",
                start + "Transfer-Encoding: chunked\r\n\r\n3\r\nabcd\r\n0\r\n\r\n",
                start + "Bad Header: x\r\n\r\n",
                start + " folded: x\r\n\r\n",
                "POST /ingest/h\r\n\r\n",
                "\u0016\u0003\u0001\u0000\u00a5\u0001\u0000\n\n",
                "GET / SIP/2.0\r\n\r\n")) {
            assertThat(raw(bound, head, new byte[0])).as(head).startsWith("HTTP/1.1 400");
        }
        assertThat(raw(bound, start + "X: " + "y".repeat(20_000) + "\r\n\r\n", new byte[0]))
                .startsWith("HTTP/1.1 431");
        assertThat(raw(bound, start + "X: y\r\n".repeat(5_000) + "\r\n", new byte[0]))
                .startsWith("HTTP/1.1 431");
        assertThat(frames).isEmpty();
    }

    @Test
    void token_path_and_method_are_checked_before_the_body_is_read() throws Exception {
        Listener bound = start("127.0.0.1");
        String length = "Content-Length: 1000000\r\nExpect: 100-continue\r\n\r\n";
        assertThat(raw(bound, "POST /ingest/h HTTP/1.1\r\n" + length, new byte[0]))
                .startsWith("HTTP/1.1 401");
        assertThat(raw(bound, "POST /ingest/h HTTP/1.1\r\nAuthorization: Bearer wrong\r\n" + length, new byte[0]))
                .startsWith("HTTP/1.1 401");
        String auth = "Authorization: Bearer " + TOKEN + "\r\n";
        assertThat(raw(bound, "POST /ingest/other HTTP/1.1\r\n" + auth + length, new byte[0]))
                .startsWith("HTTP/1.1 404");
        assertThat(raw(bound, "PUT /ingest/h HTTP/1.1\r\n" + auth + length, new byte[0]))
                .startsWith("HTTP/1.1 405");
        assertThat(raw(bound, "POST /ingest/h HTTP/1.1\r\n" + auth + "Content-Length: 16777217\r\n\r\n", new byte[0]))
                .startsWith("HTTP/1.1 413");
        assertThat(frames).isEmpty();
    }

    @Test
    void packed_bodies_are_read_and_bombs_are_refused() throws Exception {
        Listener bound = start("127.0.0.1");
        String packed = "Content-Encoding: gzip\r\n";
        assertThat(post(bound, gzip("a\nb\n".getBytes(StandardCharsets.UTF_8)), packed))
                .contains("{\"accepted\":2}");
        assertThat(post(bound, gzip(new byte[8 << 20]), packed)).startsWith("HTTP/1.1 413");
        assertThat(post(bound, gzip(new byte[64 << 20]), packed)).startsWith("HTTP/1.1 413");
        byte[] nonsense = "no gzip".getBytes(StandardCharsets.UTF_8);
        assertThat(post(bound, nonsense, packed)).startsWith("HTTP/1.1 400");
        assertThat(post(bound, nonsense, "Content-Encoding: br\r\n")).startsWith("HTTP/1.1 415");
        assertThat(frames).hasSize(2);
    }

    @Test
    void bodies_in_chunks_and_several_requests_of_a_connection_are_read() throws Exception {
        Listener bound = start("127.0.0.1");
        String head = "POST /ingest/h HTTP/1.1\r\nAuthorization: Bearer " + TOKEN + "\r\n";
        String answers = raw(
                bound,
                head + "Transfer-Encoding: chunked\r\n\r\n2;x=y\r\na\n\r\n3\r\nb\nc\r\n0\r\nTrailer: z\r\n\r\n" + head
                        + "Content-Length: 2\r\nConnection: close\r\n\r\nd\n",
                new byte[0]);
        assertThat(answers).contains("{\"accepted\":3}", "{\"accepted\":1}");
        assertThat(frames.stream().map(ListenerContract::text)).containsExactly("a", "b", "c", "d");
    }

    @Test
    void requests_in_two_pieces_at_any_byte_or_byte_by_byte_are_read_the_same() throws Exception {
        Listener bound = start("127.0.0.1");
        String head = "POST /ingest/h HTTP/1.1\r\nAuthorization: Bearer " + TOKEN + "\r\n";
        byte[] stream = (head + "Transfer-Encoding: chunked\r\n\r\n2;x=y\r\na\n\r\n3\r\nb\nc\r\n0\r\nTrailer: z\r\n\r\n"
                        + head + "Content-Length: 6\r\nConnection: close\r\n\r\nd\r\n三")
                .getBytes(StandardCharsets.UTF_8);
        for (int cut = 0; cut <= stream.length; cut++) {
            frames.clear();
            try (java.net.Socket socket =
                    new java.net.Socket("127.0.0.1", bound.boundAddress().getPort())) {
                socket.setTcpNoDelay(true);
                java.io.OutputStream out = socket.getOutputStream();
                if (cut == stream.length) {
                    for (byte one : stream) {
                        out.write(one);
                    }
                } else {
                    out.write(stream, 0, cut);
                    out.write(stream, cut, stream.length - cut);
                }
                String answers = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
                assertThat(answers).as("split at " + cut).contains("{\"accepted\":3}", "{\"accepted\":2}");
            }
            assertThat(frames.stream().map(ListenerContract::text))
                    .as("split at " + cut)
                    .containsExactly("a", "b", "c", "d", "三");
        }
    }

    @Test
    void a_batch_that_kafka_does_not_take_is_503_and_its_lines_keep_their_origins() throws Exception {
        Listener bound = start("127.0.0.1");
        byte[] body = "a\nb\n".getBytes(StandardCharsets.UTF_8);
        answer = CompletableFuture.failedFuture(new IllegalStateException("away"));
        assertThat(post(bound, body, "")).startsWith("HTTP/1.1 503").contains("Retry-After");
        answer = CompletableFuture.completedFuture(null);
        assertThat(post(bound, body, "")).startsWith("HTTP/1.1 200");
        assertThat(frames.get(0).origin()).isEqualTo(frames.get(1).origin());
        assertThat(post(bound, body, "Idempotency-Key: 77\r\n")).startsWith("HTTP/1.1 200");
        assertThat(frames.get(3).origin()).contains("key 77/0/");
    }

    @Test
    void over_the_rate_it_answers_429() throws Exception {
        rate = new RateLimit(2, Clock.fixed(java.time.Instant.EPOCH, java.time.ZoneOffset.UTC));
        Listener bound = start("127.0.0.1");
        assertThat(post(bound, "a\nb\nc\n".getBytes(StandardCharsets.UTF_8), ""))
                .startsWith("HTTP/1.1 200");
        assertThat(post(bound, "d\n".getBytes(StandardCharsets.UTF_8), "")).startsWith("HTTP/1.1 429");
        assertThat(frames).hasSize(3);
    }

    @Test
    void two_thousand_dripping_requests_do_not_keep_an_honest_sender_out() throws Exception {
        bounds = new Connections.Bounds(64, 48, 60_000);
        Listener bound = start("127.0.0.1");
        List<Socket> crowd = new ArrayList<>();
        try {
            for (int i = 0; i < 2_000; i++) {
                Socket socket = new Socket();
                socket.connect(bound.boundAddress());
                socket.getOutputStream().write("POST /ingest/h HT".getBytes(StandardCharsets.UTF_8));
                crowd.add(socket);
                if (i % 200 == 0) {
                    send(bound, bytes("honest " + i));
                }
            }
            send(bound, bytes("honest at last"));
            Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> frames.size() == 11);
            assertThat(refused.sum()).isGreaterThan(1_800);
        } finally {
            for (Socket socket : crowd) {
                socket.close();
            }
        }
    }
}
