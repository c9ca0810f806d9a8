package org.wanglou.sensors.listen;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedOutputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class TcpListenerTest extends ListenerContract {
    private TcpListener listener(InetSocketAddress bind, Connections.Bounds bounds) {
        return new TcpListener(
                "t", bind, Optional.empty(), this::take, RateLimit.none(), refused, Clock.systemUTC(), "e", bounds);
    }

    @Override
    Listener listener(InetSocketAddress bind) {
        return listener(bind, Connections.Bounds.DEFAULT);
    }

    @Override
    void send(Listener to, List<byte[]> lines) throws Exception {
        InetSocketAddress at = to.boundAddress();
        try (Socket socket = new Socket(at.getAddress(), at.getPort());
                OutputStream out = new BufferedOutputStream(socket.getOutputStream())) {
            for (byte[] line : lines) {
                out.write(line);
                out.write('\n');
            }
        }
        // one connection after the other: its end is its last message
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .until(() -> ((TcpListener) to).connections() == 0 || frames.isEmpty() || paused);
    }

    private volatile boolean paused;

    @Override
    int limit() {
        return 64 << 10;
    }

    @Override
    boolean waits() {
        paused = true;
        return true;
    }

    @Test
    void a_line_of_a_hundred_megabytes_is_one_cut_frame_and_the_connection_goes_on() throws Exception {
        Listener bound = start("127.0.0.1");
        try (Socket socket = new Socket("127.0.0.1", bound.boundAddress().getPort())) {
            OutputStream out = socket.getOutputStream();
            byte[] mebibyte = new byte[1 << 20];
            java.util.Arrays.fill(mebibyte, (byte) 'a');
            for (int i = 0; i < 100; i++) {
                out.write(mebibyte);
            }
            out.write("\nnext\n".getBytes(StandardCharsets.UTF_8));
            out.flush();
            await(2);
        }
        assertThat(frames.get(0).cut()).isTrue();
        assertThat(frames.get(0).bytes()).hasSize(64 << 10);
        assertThat(text(frames.get(1))).isEqualTo("next");
    }

    @Test
    void a_stream_in_two_pieces_at_any_byte_or_byte_by_byte_gives_the_same_messages() throws Exception {
        byte[] stream =
                "<13>one\n11 <13>two\nx y<13>three 三\r\n5 <1>ab9 <13>tail1<13>last".getBytes(StandardCharsets.UTF_8);
        List<String> expected = List.of("<13>one", "<13>two\nx y", "<13>three 三", "<1>ab", "<13>tail1", "<13>last");
        Listener bound = start("127.0.0.1");
        for (int cut = 0; cut <= stream.length; cut++) {
            frames.clear();
            try (Socket socket = new Socket("127.0.0.1", bound.boundAddress().getPort())) {
                socket.setTcpNoDelay(true);
                OutputStream out = socket.getOutputStream();
                if (cut == stream.length) {
                    for (byte one : stream) {
                        out.write(one);
                    }
                } else {
                    out.write(stream, 0, cut);
                    out.write(stream, cut, stream.length - cut);
                }
            }
            await(expected.size());
            assertThat(frames.stream().map(ListenerContract::text))
                    .as("split at " + cut)
                    .containsExactlyElementsOf(expected);
        }
    }

    @Test
    void an_octet_count_beyond_every_bound_is_no_count() throws Exception {
        Listener bound = start("127.0.0.1");
        try (Socket socket = new Socket("127.0.0.1", bound.boundAddress().getPort())) {
            socket.getOutputStream().write("2147483648 <13>x\n5 hello".getBytes(StandardCharsets.UTF_8));
            socket.getOutputStream().flush();
            await(2);
        }
        assertThat(text(frames.get(0))).isEqualTo("2147483648 <13>x");
        assertThat(text(frames.get(1))).isEqualTo("hello");
    }

    @Test
    void a_crowd_of_silent_connections_pushes_out_itself_and_no_honest_sender_loses_a_line() throws Exception {
        TcpListener bound = listener(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), new Connections.Bounds(64, 48, 60_000));
        bound.start();
        List<Socket> crowd = new ArrayList<>();
        try (Socket honest = new Socket("127.0.0.1", bound.boundAddress().getPort())) {
            OutputStream out = honest.getOutputStream();
            int sent = 0;
            out.write(("honest " + sent++ + "\n").getBytes(StandardCharsets.UTF_8));
            await(1);
            for (int i = 0; i < 2_000; i++) {
                Socket socket = new Socket();
                socket.connect(bound.boundAddress());
                socket.getOutputStream().write('<'); // a beginning without end
                crowd.add(socket);
                if (i % 100 == 0) {
                    out.write(("honest " + sent++ + "\n").getBytes(StandardCharsets.UTF_8));
                }
            }
            // one that comes in the middle of it is heard as well
            try (Socket late = new Socket("127.0.0.1", bound.boundAddress().getPort())) {
                late.getOutputStream().write("late\n".getBytes(StandardCharsets.UTF_8));
                late.getOutputStream().flush();
                int all = sent;
                Awaitility.await()
                        .atMost(Duration.ofSeconds(30))
                        .until(() -> honest() == all && frames.stream().anyMatch(f -> text(f).equals("late")));
            }
            assertThat(bound.connections()).isLessThanOrEqualTo(64);
            assertThat(refused.sum()).isGreaterThan(1_800);
        } finally {
            for (Socket socket : crowd) {
                socket.close();
            }
            bound.close();
        }
    }

    private long honest() {
        return frames.stream().filter(frame -> text(frame).startsWith("honest")).count();
    }

    @Test
    void a_connection_that_drips_without_a_whole_message_is_closed_in_time() throws Exception {
        TcpListener bound =
                listener(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), new Connections.Bounds(8, 8, 400));
        bound.start();
        try (Socket dripping = new Socket("127.0.0.1", bound.boundAddress().getPort())) {
            Awaitility.await()
                    .atMost(Duration.ofSeconds(20))
                    .pollInterval(Duration.ofMillis(50))
                    .ignoreExceptions()
                    .until(() -> {
                        dripping.getOutputStream().write('x');
                        return bound.connections() == 0;
                    });
        }
        bound.close();
    }
}
