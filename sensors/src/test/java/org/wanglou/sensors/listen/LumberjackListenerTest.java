package org.wanglou.sensors.listen;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.LongAdder;
import java.util.zip.DeflaterOutputStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.wanglou.sensors.frame.Frame;
import org.wanglou.sensors.frame.Outer;

class LumberjackListenerTest extends ListenerContract {
    private final LongAdder malformed = new LongAdder();

    @Override
    Listener listener(InetSocketAddress bind) {
        return new LumberjackListener(
                "beats", bind, Optional.empty(), this::take, RateLimit.none(), refused, malformed, Clock.systemUTC());
    }

    private static byte[] window(List<byte[]> documents, boolean packed) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeBytes("2W");
        out.writeInt(documents.size());
        ByteArrayOutputStream events = new ByteArrayOutputStream();
        DataOutputStream inner = new DataOutputStream(events);
        for (int i = 0; i < documents.size(); i++) {
            inner.writeBytes("2J");
            inner.writeInt(i + 1);
            inner.writeInt(documents.get(i).length);
            inner.write(documents.get(i));
        }
        if (packed) {
            block(out, events.toByteArray());
        } else {
            out.write(events.toByteArray());
        }
        return bytes.toByteArray();
    }

    private static void block(DataOutputStream out, byte[] plain) throws IOException {
        ByteArrayOutputStream zip = new ByteArrayOutputStream();
        try (DeflaterOutputStream deflate = new DeflaterOutputStream(zip)) {
            deflate.write(plain);
        }
        out.writeBytes("2C");
        out.writeInt(zip.size());
        out.write(zip.toByteArray());
    }

    /** A sender written from the definition of the protocol. */
    private static final class Sender implements AutoCloseable {
        final Socket socket = new Socket();

        Sender(Listener to) throws IOException {
            socket.connect(to.boundAddress(), 30_000);
            socket.setSoTimeout(60_000);
        }

        void raw(byte[] bytes) throws IOException {
            socket.getOutputStream().write(bytes);
            socket.getOutputStream().flush();
        }

        /** The next acknowledgement, -1 at the end. */
        int ack(char version) throws IOException {
            DataInputStream in = new DataInputStream(socket.getInputStream());
            int first = in.read();
            if (first < 0) {
                return -1;
            }
            assertThat((char) first).isEqualTo(version);
            assertThat((char) in.read()).isEqualTo('A');
            return in.readInt();
        }

        int done() throws IOException {
            int ack = ack('2');
            while (ack == 0) {
                ack = ack('2');
            }
            return ack;
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }

    @Override
    void send(Listener to, List<byte[]> lines) throws Exception {
        try (Sender sender = new Sender(to)) {
            sender.raw(window(lines, false));
            assertThat(sender.done()).isEqualTo(lines.size());
        }
    }

    @Override
    int limit() {
        return LumberjackBatch.EVENT_LIMIT;
    }

    @Override
    boolean waits() {
        return true;
    }

    private static String json(String text) {
        return "{\"message\":\"" + text + "\"}";
    }

    @Test
    void a_window_is_acknowledged_once_stored_and_until_then_the_sender_is_told_to_wait() throws Exception {
        answer = new CompletableFuture<>();
        Listener bound = start("127.0.0.1");
        try (Sender sender = new Sender(bound)) {
            sender.raw(window(bytes(json("one"), json("two")), true));
            await(2);
            assertThat(sender.ack('2')).isZero();
            answer.complete(null);
            assertThat(sender.done()).isEqualTo(2);
            sender.raw(window(bytes(json("three")), true));
            sender.raw(window(bytes(json("four"), json("five"), json("six")), false));
            assertThat(sender.done()).isEqualTo(1);
            assertThat(sender.done()).isEqualTo(3);
        }
    }

    @Test
    void a_window_that_is_not_stored_is_not_acknowledged_and_keeps_its_ids_when_it_comes_again() throws Exception {
        answer = CompletableFuture.failedFuture(new IllegalStateException("kafka is away"));
        Listener bound = start("127.0.0.1");
        try (Sender sender = new Sender(bound)) {
            sender.raw(window(bytes(json("one"), json("one")), true));
            assertThat(sender.done()).isEqualTo(-1);
        }
        answer = CompletableFuture.completedFuture(null);
        String first = frames.get(0).origin();
        frames.clear();
        try (Sender sender = new Sender(bound)) {
            sender.raw(window(bytes(json("one"), json("one")), false));
            assertThat(sender.done()).isEqualTo(2);
        }
        assertThat(frames.get(0).origin())
                .isEqualTo(first)
                .isNotEqualTo(frames.get(1).origin());
    }

    @Test
    void the_note_to_the_receiver_names_the_event_and_is_taken_out() throws Exception {
        Listener bound = start("127.0.0.1");
        send(
                bound,
                bytes(
                        "{\"@timestamp\":\"2026-01-01T00:00:00Z\",\"@metadata\":{\"beat\":\"filebeat\",\"_id\":\"a1\"},\"message\":\"x\"}",
                        "{\"@metadata\":{\"_id\":7}}",
                        "{\"message\":\"\\\"@metadata\\\"\" , \"@metadata\":{\"beat\":\"b\",\"x\":{\"_id\":\"no\"}} }",
                        "{\"message\":\"say \\\"@metadata\\\": {\"}"));
        assertThat(frames.stream().map(ListenerContract::text))
                .containsExactly(
                        "{\"@timestamp\":\"2026-01-01T00:00:00Z\",\"message\":\"x\"}",
                        "{}",
                        "{\"message\":\"\\\"@metadata\\\"\"  }",
                        "{\"message\":\"say \\\"@metadata\\\": {\"}");
        assertThat(frames.stream().map(frame -> frame.outer().naming()))
                .containsExactly(Outer.Naming.SENDER, Outer.Naming.SENDER, Outer.Naming.AGENT, Outer.Naming.AGENT);
        assertThat(frames.get(0).origin()).isEqualTo("id a1");
        assertThat(frames.get(1).origin()).isEqualTo("id 7");
    }

    @Test
    void version_1_pairs_become_a_document_and_are_acknowledged_as_version_1() throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeBytes("1W");
        out.writeInt(1);
        out.writeBytes("1D");
        out.writeInt(41);
        out.writeInt(2);
        for (Map.Entry<String, String> pair : List.of(Map.entry("line", "登录 \"x\""), Map.entry("host", "web"))) {
            byte[] value = pair.getValue().getBytes(StandardCharsets.UTF_8);
            out.writeInt(pair.getKey().length());
            out.writeBytes(pair.getKey());
            out.writeInt(value.length);
            out.write(value);
        }
        Listener bound = start("127.0.0.1");
        try (Sender sender = new Sender(bound)) {
            sender.raw(bytes.toByteArray());
            assertThat(sender.ack('1')).isEqualTo(41);
        }
        assertThat(text(frames.get(0))).isEqualTo("{\"host.name\":\"web\",\"message\":\"登录 \\\"x\\\"\"}");
    }

    @Test
    void a_window_may_be_split_at_every_byte() throws Exception {
        Listener bound = start("127.0.0.1");
        for (boolean packed : new boolean[] {true, false}) {
            byte[] window = window(bytes(json("one"), json("two")), packed);
            for (int i = 1; i < window.length; i++) {
                try (Sender sender = new Sender(bound)) {
                    sender.socket.setTcpNoDelay(true);
                    sender.raw(Arrays.copyOf(window, i));
                    sender.raw(Arrays.copyOfRange(window, i, window.length));
                    assertThat(sender.done()).isEqualTo(2);
                }
            }
        }
        assertThat(frames.stream().map(Frame::origin).distinct()).hasSize(2);
    }

    @Test
    void bytes_that_are_no_lumberjack_or_unpack_to_too_much_close_their_connection_and_stop_nothing() throws Exception {
        Listener bound = start("127.0.0.1");
        ByteArrayOutputStream bomb = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bomb);
        out.writeBytes("2W\0\0\0\1");
        ByteArrayOutputStream zeros = new ByteArrayOutputStream();
        DataOutputStream event = new DataOutputStream(zeros);
        event.writeBytes("2J\0\0\0\1");
        event.writeInt(12 << 20);
        event.write(new byte[12 << 20]);
        block(out, zeros.toByteArray());
        ByteArrayOutputStream nested = new ByteArrayOutputStream();
        DataOutputStream outer = new DataOutputStream(nested);
        outer.writeBytes("2W\0\0\0\1");
        ByteArrayOutputStream inner = new ByteArrayOutputStream();
        block(new DataOutputStream(inner), window(bytes("{}"), false));
        block(outer, inner.toByteArray());
        List<byte[]> hostile = List.of(
                bomb.toByteArray(),
                nested.toByteArray(),
                "GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII),
                latin("2W\u00ff\u00ff\u00ff\u00ff"),
                latin("2W\0\0\0\1" + "2J\0\0\0\1\u00ff\u00ff\u00ff\u00ff"),
                latin("2W\0\0\0\1" + "2X"),
                latin("2W\0\0\0\1" + "3J"),
                latin("2W\0\0\0\1" + "2C\0\0\0\4abcd"),
                latin("2W\0\0\0\1" + "2D\0\0\0\1\u00ff\u00ff\u00ff\u00ff"),
                latin("3W\0\0\0\1"));
        for (byte[] bytes : hostile) {
            long before = malformed.sum();
            try (Sender sender = new Sender(bound)) {
                try {
                    sender.raw(bytes);
                } catch (IOException e) {
                    // it need not be read to the end
                }
                Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> malformed.sum() == before + 1);
            }
        }
        assertThat(frames).isEmpty();
        send(bound, bytes("after"));
        assertThat(frames).hasSize(1);
    }

    private static byte[] latin(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
