package org.wanglou.sensors.listen;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.LongAdder;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.wanglou.sensors.format.Formats;
import org.wanglou.sensors.frame.Frame;

/** Events of several lines over connections, bodies and datagrams. */
class JoiningTest {
    private static final InetSocketAddress ANY = new InetSocketAddress("127.0.0.1", 0);
    private static final String TRACE =
            "<11>Nov 25 10:00:00 web01 app: failed\njava.io.IOException: x\n\tat a.b(C.java:1)";
    private static final String LINE = "<13>Nov 25 10:00:01 web01 app: fine";

    private final List<Frame> frames = new CopyOnWriteArrayList<>();
    private final List<Listener> listeners = new CopyOnWriteArrayList<>();

    private <T extends Listener> T start(T listener) throws IOException {
        listener.start();
        listeners.add(listener);
        return listener;
    }

    @AfterEach
    void stop() {
        listeners.forEach(Listener::close);
    }

    private static Joining joining(String format, long quietMillis) {
        return new Joining(() -> Formats.named(format).orElseThrow().assembler(), quietMillis, new LongAdder());
    }

    private TcpListener tcp(Joining joining) throws IOException {
        return start(new TcpListener(
                "t",
                ANY,
                Optional.empty(),
                frames::add,
                RateLimit.none(),
                new LongAdder(),
                Clock.systemUTC(),
                "e",
                PeerTable.open(),
                joining));
    }

    private List<String> texts() {
        return frames.stream()
                .map(frame -> new String(frame.bytes(), StandardCharsets.UTF_8))
                .toList();
    }

    private void await(int count) {
        Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> frames.size() >= count);
    }

    @Test
    void a_trace_over_tcp_is_one_frame_however_the_stream_was_split() throws Exception {
        TcpListener listener = tcp(joining("syslog", 60_000));
        byte[] bytes = (LINE + "\n" + TRACE + "\n" + LINE + "\n").getBytes(StandardCharsets.UTF_8);
        for (int cut = 1; cut < bytes.length; cut += 7) {
            frames.clear();
            try (Socket socket = new Socket("127.0.0.1", listener.boundAddress().getPort())) {
                OutputStream out = socket.getOutputStream();
                out.write(bytes, 0, cut);
                out.flush();
                out.write(bytes, cut, bytes.length - cut);
                out.flush();
            }
            await(3);
            assertThat(texts()).containsExactly(LINE, TRACE, LINE);
            assertThat(frames.get(1).lines()).isEqualTo(3);
            assertThat(frames.stream().map(Frame::origin).distinct()).hasSize(3);
        }
    }

    @Test
    void a_quiet_connection_keeps_nothing_back() throws Exception {
        TcpListener listener = tcp(joining("syslog", 100));
        try (Socket socket = new Socket("127.0.0.1", listener.boundAddress().getPort())) {
            socket.getOutputStream().write((TRACE + "\n").getBytes(StandardCharsets.UTF_8));
            socket.getOutputStream().flush();
            await(1);
            assertThat(texts()).containsExactly(TRACE);
        }
    }

    @Test
    void frames_whose_length_was_counted_are_whole_at_once() throws Exception {
        TcpListener listener = tcp(joining("syslog", 60_000));
        try (Socket socket = new Socket("127.0.0.1", listener.boundAddress().getPort())) {
            socket.getOutputStream().write(("8 <13>a\n b7 \tat x.y").getBytes(StandardCharsets.UTF_8));
            socket.getOutputStream().flush();
            await(2);
            assertThat(texts()).containsExactly("<13>a\n b", "\tat x.y");
        }
    }

    @Test
    void lines_of_two_connections_are_never_put_together() throws Exception {
        TcpListener listener = tcp(joining("syslog", 60_000));
        try (Socket one = new Socket("127.0.0.1", listener.boundAddress().getPort());
                Socket two = new Socket("127.0.0.1", listener.boundAddress().getPort())) {
            for (int i = 0; i < 20; i++) {
                one.getOutputStream().write(("<13>one " + i + "\n\tat one\n").getBytes(StandardCharsets.UTF_8));
                two.getOutputStream().write(("<13>two " + i + "\n\tat two\n").getBytes(StandardCharsets.UTF_8));
            }
        }
        await(40);
        assertThat(texts())
                .hasSize(40)
                .allMatch(text -> text.matches("<13>one \\d+\n\tat one") || text.matches("<13>two \\d+\n\tat two"));
    }

    @Test
    void a_body_with_objects_over_several_lines_gives_each_once_and_the_same_ids_again() throws Exception {
        HttpListener listener = start(new HttpListener(
                "h",
                ANY,
                Optional.empty(),
                "0123456789abcdef",
                frame -> {
                    frames.add(frame);
                    return CompletableFuture.completedFuture(null);
                },
                RateLimit.none(),
                new LongAdder(),
                (what, protocol) -> new LongAdder(),
                Clock.systemUTC(),
                PeerTable.open(),
                joining("json", 60_000)));
        String body = "{\n \"a\": 1\n}\n{\"b\":2}\n";
        for (int i = 0; i < 2; i++) {
            HttpResponse<String> answer = HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(URI.create("http://127.0.0.1:"
                                            + listener.boundAddress().getPort() + "/ingest/h"))
                                    .header("Authorization", "Bearer 0123456789abcdef")
                                    .POST(HttpRequest.BodyPublishers.ofString(body))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString());
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.body()).contains("\"accepted\":2");
        }
        assertThat(texts()).containsExactly("{\n \"a\": 1\n}", "{\"b\":2}", "{\n \"a\": 1\n}", "{\"b\":2}");
        assertThat(frames.stream().map(Frame::origin).distinct()).hasSize(2);
    }

    @Test
    void audit_records_over_udp_are_put_together_for_each_sender() throws Exception {
        UdpListener listener = start(new UdpListener(
                "u",
                ANY,
                frames::add,
                reason -> {},
                RateLimit.none(),
                Clock.systemUTC(),
                "e",
                PeerTable.open(),
                joining("auditd", 100)));
        String syscall = "type=SYSCALL msg=audit(1795485600.123:7): uid=0";
        String path = "type=PATH msg=audit(1795485600.123:7): item=0";
        try (DatagramSocket one = new DatagramSocket()) {
            for (String text : List.of(syscall, path)) {
                byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
                one.send(new DatagramPacket(bytes, bytes.length, listener.boundAddress()));
            }
            Awaitility.await()
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> frames.stream().mapToInt(Frame::lines).sum() == 2);
        }
        assertThat(String.join("\n", texts())).isEqualTo(syscall + "\n" + path);
    }
}
