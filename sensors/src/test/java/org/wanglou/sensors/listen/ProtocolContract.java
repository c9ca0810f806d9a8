package org.wanglou.sensors.listen;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.wanglou.model.Meters;
import org.wanglou.sensors.frame.Frame;

/** What holds for every protocol of the HTTP port, through real sockets. */
abstract class ProtocolContract {
    static final String TOKEN = "a-token-of-a-source-17";
    final List<Frame> frames = new CopyOnWriteArrayList<>();
    final Meters meters = new Meters();
    volatile CompletableFuture<Void> answer = CompletableFuture.completedFuture(null);
    RateLimit rate = RateLimit.none();
    HttpListener listener;

    /** Name in counters. */
    abstract String protocol();

    abstract String path();

    abstract String type();

    abstract byte[] body(List<String> payloads);

    /** A body of three events, of which the second is broken in a way that is not the others' fault; null when none can be. */
    abstract byte[] broken();

    /** How the token is said. */
    String authorization() {
        return "Bearer " + TOKEN;
    }

    /** Checks a positive answer to so many events. */
    abstract void accepted(Exchange.Said said, int count);

    int wrongToken() {
        return 401;
    }

    int overRate() {
        return 429;
    }

    /** What the answer to {@link #broken()} is like. */
    abstract void answeredBroken(Exchange.Said said);

    /** Which of the frames are the good ones of {@link #broken()}. */
    List<String> good() {
        return List.of("one", "three");
    }

    @BeforeEach
    void begin() throws IOException {
        start();
    }

    void start() throws IOException {
        listener = new HttpListener(
                "h",
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                Optional.empty(),
                TOKEN,
                frame -> {
                    frames.add(frame);
                    return answer;
                },
                rate,
                new LongAdder(),
                (what, one) -> meters.counter("wanglou_sensors_http_" + what + "_total", "protocol", one),
                Clock.systemUTC());
        listener.start();
    }

    @AfterEach
    void stop() {
        listener.close();
    }

    String headers() {
        return "Authorization: " + authorization() + "\r\nContent-Type: " + type() + "\r\n";
    }

    Exchange.Said ask(byte[] request) throws IOException {
        try (Exchange exchange = new Exchange(listener.boundAddress())) {
            return exchange.ask(request);
        }
    }

    Exchange.Said post(byte[] body) throws IOException {
        return ask(Exchange.request("POST", path(), headers(), body));
    }

    static String text(Frame frame) {
        return new String(frame.bytes(), StandardCharsets.UTF_8);
    }

    List<String> origins() {
        return frames.stream().map(Frame::origin).toList();
    }

    @Test
    void plain_packed_and_chunked_it_is_the_same_with_the_same_ids() throws Exception {
        byte[] body = body(List.of("one", "two", "two", "望楼"));
        accepted(post(body), 4);
        List<String> first = origins();
        List<String> payloads = frames.stream().map(ProtocolContract::text).toList();
        assertThat(first).doesNotHaveDuplicates().hasSize(4);
        assertThat(payloads.get(3)).contains("望楼");
        frames.clear();
        accepted(
                ask(Exchange.request("POST", path(), headers() + "Content-Encoding: gzip\r\n", Exchange.gzip(body))),
                4);
        assertThat(origins()).isEqualTo(first);
        frames.clear();
        accepted(ask(Exchange.chunked("POST", path(), headers(), body, 7)), 4);
        assertThat(origins()).isEqualTo(first);
        assertThat(frames.stream().map(ProtocolContract::text)).isEqualTo(payloads);
        assertThat(meters.total("wanglou_sensors_http_events_total")).isEqualTo(12);
        assertThat(meters.counts())
                .containsEntry("wanglou_sensors_http_requests_total{protocol=\"" + protocol() + "\"}", 3L);
    }

    @Test
    void split_at_every_byte_it_is_the_same() throws Exception {
        byte[] request = Exchange.request("POST", path(), headers(), body(List.of("one", "two")));
        try (Exchange exchange = new Exchange(listener.boundAddress())) {
            for (int at = 1; at < request.length; at++) {
                exchange.send(request, 0, at);
                if (at % 16 == 0) {
                    Thread.sleep(1); // so that some parts arrive alone
                }
                exchange.send(request, at, request.length - at);
                accepted(exchange.answer(), 2);
            }
        }
        assertThat(frames).hasSize(2 * (request.length - 1));
        assertThat(frames.stream().map(ProtocolContract::text).distinct()).hasSize(2);
        assertThat(origins().stream().distinct()).hasSize(2);
    }

    @Test
    void a_broken_element_takes_no_other_along() throws Exception {
        answeredBroken(post(broken()));
        List<String> all = frames.stream().map(ProtocolContract::text).toList();
        for (String good : good()) {
            assertThat(all).anyMatch(one -> one.equals(good) || one.contains("\"" + good + "\""));
        }
    }

    @Test
    void a_wrong_token_is_refused_before_the_body_and_the_right_one_may_be_said_in_four_ways() throws Exception {
        byte[] body = body(List.of("one"));
        String rest = "Content-Type: " + type() + "\r\n";
        String announced = rest + "Content-Length: 1000000\r\nExpect: 100-continue\r\n\r\n";
        String start = "POST " + path() + " HTTP/1.1\r\n";
        for (String wrong : List.of(
                "Authorization: Bearer wrong\r\n",
                "Authorization: Basic !!!\r\n",
                "Authorization: ApiKey " + base64(TOKEN) + "\r\n",
                "Authorization: Digest " + TOKEN + "\r\n")) {
            assertThat(ask((start + wrong + announced).getBytes(StandardCharsets.UTF_8))
                            .status())
                    .as(wrong)
                    .isEqualTo(wrongToken());
        }
        assertThat(ask((start + announced).getBytes(StandardCharsets.UTF_8)).status())
                .isEqualTo(401);
        assertThat(frames).isEmpty();
        for (String right : List.of(
                "Bearer " + TOKEN,
                "Splunk " + TOKEN,
                "ApiKey " + base64("any:" + TOKEN),
                "Basic " + base64("anyone:" + TOKEN))) {
            accepted(ask(Exchange.request("POST", path(), "Authorization: " + right + "\r\n" + rest, body)), 1);
        }
        assertThat(meters.counts().toString()).doesNotContain(TOKEN);
    }

    private static String base64(String text) {
        return java.util.Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void too_large_a_body_or_a_bomb_is_413_and_takes_nothing() throws Exception {
        byte[] head = ("POST " + path() + " HTTP/1.1\r\n" + headers() + "Content-Length: 16777217\r\n\r\n")
                .getBytes(StandardCharsets.UTF_8);
        assertThat(ask(head).status()).isEqualTo(413);
        byte[] bomb = Exchange.gzip(new byte[32 << 20]);
        assertThat(ask(Exchange.request("POST", path(), headers() + "Content-Encoding: gzip\r\n", bomb))
                        .status())
                .isEqualTo(413);
        assertThat(frames).isEmpty();
    }

    @Test
    void paused_over_the_rate_or_without_kafka_nothing_is_acknowledged_and_ids_stay() throws Exception {
        byte[] body = body(List.of("one", "two"));
        listener.pause(true);
        Exchange.Said said = post(body);
        assertThat(said.status()).isEqualTo(503);
        assertThat(said.headers()).containsKey("retry-after");
        assertThat(frames).isEmpty();
        listener.pause(false);
        answer = CompletableFuture.failedFuture(new IllegalStateException("away"));
        said = post(body);
        assertThat(said.status()).isEqualTo(503);
        assertThat(said.headers()).containsKey("retry-after");
        assertThat(frames).hasSize(1);
        answer = CompletableFuture.completedFuture(null);
        accepted(post(body), 2);
        assertThat(frames.get(1).origin()).isEqualTo(frames.get(0).origin());
        listener.close();
        frames.clear();
        rate = new RateLimit(1, Clock.fixed(Instant.EPOCH, ZoneOffset.UTC));
        start();
        accepted(post(body), 2);
        said = post(body);
        assertThat(said.status()).isEqualTo(overRate());
        assertThat(said.headers()).containsKey("retry-after");
        assertThat(frames).hasSize(2);
    }

    @Test
    void any_bytes_are_answered() throws Exception {
        java.util.Random random = new java.util.Random(20_261_125);
        byte[] good = body(List.of("one", "two", "three"));
        for (int i = 0; i < 300; i++) {
            byte[] noise = i % 3 == 0 ? new byte[random.nextInt(200)] : good.clone();
            if (i % 3 == 0) {
                random.nextBytes(noise);
            } else {
                for (int flips = 1 + random.nextInt(4); flips > 0; flips--) {
                    noise[random.nextInt(noise.length)] = (byte) random.nextInt(256);
                }
            }
            assertThat(post(noise).status()).as("seed 20261125, round " + i).isIn(200, 400, 413);
        }
        accepted(post(good), 3);
    }

    /** For subclasses: equal payloads. */
    static List<String> times(String payload, int count) {
        List<String> many = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            many.add(payload);
        }
        return many;
    }
}
