package org.wanglou.sensors.listen;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.wanglou.sensors.frame.Frame;

class RelpListenerTest extends ListenerContract {
    private final LongAdder malformed = new LongAdder();
    private final Map<String, CompletableFuture<Void>> answers = new ConcurrentHashMap<>();

    @Override
    Listener listener(InetSocketAddress bind) {
        return new RelpListener(
                "relp",
                bind,
                Optional.empty(),
                frame -> {
                    take(frame);
                    return answers.getOrDefault(text(frame), answer);
                },
                RateLimit.none(),
                refused,
                malformed,
                Clock.systemUTC(),
                "epoch");
    }

    /** A sender written from the definition of the protocol. */
    static final class Sender implements AutoCloseable {
        final Socket socket = new Socket();
        int number;

        Sender(Listener to) throws IOException {
            socket.connect(to.boundAddress(), 30_000);
            socket.setSoTimeout(60_000);
        }

        static Sender open(Listener to) throws IOException {
            Sender sender = new Sender(to);
            sender.command(
                    "open", "relp_version=0\nrelp_software=test\ncommands=syslog".getBytes(StandardCharsets.US_ASCII));
            assertThat(sender.answer()).startsWith("1 200 OK\nrelp_version=0").endsWith("commands=syslog");
            return sender;
        }

        static byte[] frame(int number, String command, byte[] data) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            bytes.writeBytes((number + " " + command + " " + data.length).getBytes(StandardCharsets.US_ASCII));
            if (data.length > 0) {
                bytes.write(' ');
                bytes.writeBytes(data);
            }
            bytes.write('\n');
            return bytes.toByteArray();
        }

        void raw(byte[] bytes) throws IOException {
            socket.getOutputStream().write(bytes);
            socket.getOutputStream().flush();
        }

        void command(String command, byte[] data) throws IOException {
            raw(frame(++number, command, data));
        }

        void message(String text) throws IOException {
            command("syslog", text.getBytes(StandardCharsets.UTF_8));
        }

        /** The next answer as number and data; a hint as its command; empty at the end. */
        String answer() throws IOException {
            String of = word();
            if (of.isEmpty()) {
                return "";
            }
            String command = word();
            int length = Integer.parseInt(word());
            if (length == 0) {
                return command;
            }
            String data = new String(socket.getInputStream().readNBytes(length), StandardCharsets.US_ASCII);
            assertThat(socket.getInputStream().read()).isEqualTo('\n');
            return of + " " + data;
        }

        /** Whether nothing more comes. */
        boolean end() {
            try {
                return socket.getInputStream().read() < 0;
            } catch (IOException e) {
                return true; // a reset is an end too
            }
        }

        private String word() throws IOException {
            StringBuilder word = new StringBuilder();
            InputStream in = socket.getInputStream();
            for (int one = in.read(); one != ' ' && one != '\n'; one = in.read()) {
                if (one < 0) {
                    if (word.length() > 0) {
                        throw new EOFException();
                    }
                    return "";
                }
                word.append((char) one);
            }
            return word.toString();
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }

    @Override
    void send(Listener to, List<byte[]> lines) throws Exception {
        try (Sender sender = Sender.open(to)) {
            for (byte[] line : lines) {
                sender.command("syslog", line);
            }
            for (int i = 0; i < lines.size(); i++) {
                assertThat(sender.answer()).isEqualTo(i + 2 + " 200 OK");
            }
            sender.command("close", new byte[0]);
            assertThat(sender.answer()).isEqualTo(lines.size() + 2 + " 200 OK");
            assertThat(sender.answer()).isEqualTo("serverclose");
            assertThat(sender.answer()).isEmpty();
        }
    }

    @Override
    int limit() {
        return RelpListener.FRAME_LIMIT;
    }

    @Override
    boolean waits() {
        return true;
    }

    @Test
    void answers_come_in_the_order_of_the_messages_once_each_is_stored() throws Exception {
        answers.put("one", new CompletableFuture<>());
        answers.put("two", new CompletableFuture<>());
        Listener bound = start("127.0.0.1");
        try (Sender sender = Sender.open(bound)) {
            sender.message("one");
            sender.message("two");
            sender.message("three");
            await(3);
            answers.get("two").complete(null);
            assertThat(sender.socket.getInputStream().available()).isZero();
            answers.get("one").complete(null);
            assertThat(List.of(sender.answer(), sender.answer(), sender.answer()))
                    .containsExactly("2 200 OK", "3 200 OK", "4 200 OK");
        }
    }

    @Test
    void what_is_not_stored_is_not_answered_and_keeps_its_id_when_it_comes_again() throws Exception {
        answers.put("two", CompletableFuture.failedFuture(new IllegalStateException("kafka is away")));
        Listener bound = start("127.0.0.1");
        try (Sender sender = Sender.open(bound)) {
            for (String text : List.of("one", "two", "three")) {
                sender.message(text);
            }
            assertThat(sender.answer()).isEqualTo("2 200 OK");
            assertThat(sender.end()).isTrue();
        }
        Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> ((RelpListener) bound).connections() == 0);
        int before = frames.size();
        answers.clear();
        try (Sender sender = Sender.open(bound)) {
            for (String text : List.of("two", "three", "four", "two")) {
                sender.message(text);
            }
            for (int i = 2; i < 6; i++) {
                assertThat(sender.answer()).isEqualTo(i + " 200 OK");
            }
        }
        List<String> origins = frames.stream().map(Frame::origin).toList();
        assertThat(origins.get(before)).isEqualTo(origins.get(1));
        assertThat(before == 2 || origins.get(before + 1).equals(origins.get(2)))
                .isTrue();
        assertThat(origins.subList(before, before + 4)).doesNotHaveDuplicates();
        assertThat(origins.get(before + 3)).isNotEqualTo(origins.get(1));
    }

    @Test
    void answers_lost_on_their_way_leave_the_ids_what_they_were() throws Exception {
        Listener bound = start("127.0.0.1");
        try (Sender sender = Sender.open(bound)) {
            sender.message("one");
            sender.message("two");
            sender.message("three");
            for (int i = 0; i < 3; i++) {
                sender.answer();
            }
        }
        Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> ((RelpListener) bound).connections() == 0);
        try (Sender sender = Sender.open(bound)) {
            sender.message("two");
            sender.message("three");
            sender.message("three");
            await(6);
        }
        List<String> origins = frames.stream().map(Frame::origin).toList();
        assertThat(origins.subList(3, 5)).isEqualTo(origins.subList(1, 3));
        assertThat(origins.get(5)).isNotEqualTo(origins.get(2));
    }

    @Test
    void an_orderly_end_leaves_nothing_that_a_later_equal_message_could_be_taken_for() throws Exception {
        Listener bound = start("127.0.0.1");
        send(bound, bytes("same"));
        send(bound, bytes("same"));
        assertThat(frames.get(0).origin()).isNotEqualTo(frames.get(1).origin());
    }

    @Test
    void a_conversation_may_be_split_at_every_byte() throws Exception {
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        whole.writeBytes(
                Sender.frame(1, "open", "relp_version=1\ncommands=syslog".getBytes(StandardCharsets.US_ASCII)));
        whole.writeBytes(Sender.frame(2, "syslog", "望楼 one\n".getBytes(StandardCharsets.UTF_8)));
        whole.writeBytes(Sender.frame(0, "hint", new byte[0]));
        whole.writeBytes(Sender.frame(3, "eventlog", new byte[0]));
        whole.writeBytes("4 syslog 0 \n".getBytes(StandardCharsets.US_ASCII));
        whole.writeBytes(Sender.frame(5, "close", new byte[0]));
        byte[] bytes = whole.toByteArray();
        Listener bound = start("127.0.0.1");
        for (int i = 0; i <= bytes.length; i += i == 0 ? 1 : 3) {
            try (Sender sender = new Sender(bound)) {
                sender.socket.setTcpNoDelay(true);
                sender.raw(java.util.Arrays.copyOf(bytes, i));
                sender.raw(java.util.Arrays.copyOfRange(bytes, i, bytes.length));
                List<String> got = new ArrayList<>();
                for (String one = sender.answer(); !one.isEmpty(); one = sender.answer()) {
                    got.add(one);
                }
                assertThat(got.subList(1, got.size()))
                        .containsExactly("2 200 OK", "3 500 unknown command", "4 200 OK", "5 200 OK", "serverclose");
            }
        }
        assertThat(text(frames.get(0))).isEqualTo("望楼 one");
    }

    @Test
    void bytes_that_are_no_relp_close_their_connection_are_counted_and_stop_nothing() throws Exception {
        Listener bound = start("127.0.0.1");
        String open = "1 open 30 relp_version=1\ncommands=syslog\n";
        List<String> hostile = List.of(
                "GET / HTTP/1.1\r\n\r\n",
                "1 syslog 3 abc\n",
                "1234567890 open 0\n",
                "1 " + "a".repeat(33) + " 0\n",
                "1  0\n",
                "1 open -1\n",
                "1 open 9999999999 \n",
                open + "2 syslog 3 abcd\n",
                open + "2 syslog 0 a\n",
                open + "1 syslog 1 a\n",
                open + "2 syslog x a\n",
                "\u0000\u0001\u0002",
                "\n");
        for (String bytes : hostile) {
            long before = malformed.sum();
            try (Sender sender = new Sender(bound)) {
                try {
                    sender.raw(bytes.getBytes(StandardCharsets.ISO_8859_1));
                    sender.socket.shutdownOutput();
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

    @Test
    void a_sender_without_a_version_is_told_so() throws Exception {
        Listener bound = start("127.0.0.1");
        try (Sender sender = new Sender(bound)) {
            sender.command("open", "commands=syslog".getBytes(StandardCharsets.US_ASCII));
            assertThat(sender.answer()).startsWith("1 500");
            assertThat(sender.end()).isTrue();
        }
    }
}
