package org.wanglou.sensors.listen;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.wanglou.sensors.frame.Frame;

/** What holds for every transport. */
abstract class ListenerContract {
    final List<Frame> frames = new CopyOnWriteArrayList<>();
    final LongAdder refused = new LongAdder();
    final List<String> dropped = new CopyOnWriteArrayList<>();
    volatile CompletableFuture<Void> answer = CompletableFuture.completedFuture(null);
    private Listener listener;

    abstract Listener listener(InetSocketAddress bind) throws Exception;

    /** Sends lines without line feeds; waits for an answer if the transport has one. */
    abstract void send(Listener to, List<byte[]> lines) throws Exception;

    /** Longest message before it is cut; 0 when the transport itself allows none longer. */
    abstract int limit();

    /** Whether a paused listener holds input back until it goes on. */
    abstract boolean waits();

    /** Whether it is bound to an address. */
    boolean bound() {
        return true;
    }

    CompletableFuture<Void> take(Frame frame) {
        frames.add(frame);
        return answer;
    }

    Listener start(String host) throws Exception {
        listener = listener(new InetSocketAddress(InetAddress.getByName(host), 0));
        listener.start();
        return listener;
    }

    @AfterEach
    void stop() {
        if (listener != null) {
            listener.close();
        }
    }

    void await(int count) {
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> frames.size() >= count);
    }

    static List<byte[]> bytes(String... lines) {
        return java.util.Arrays.stream(lines)
                .map(line -> line.getBytes(StandardCharsets.UTF_8))
                .toList();
    }

    static String text(Frame frame) {
        return new String(frame.bytes(), StandardCharsets.UTF_8);
    }

    @Test
    void it_takes_messages_over_ipv4_and_ipv6_each_with_its_own_origin() throws Exception {
        for (String host : List.of("127.0.0.1", "::1")) {
            frames.clear();
            Listener bound = start(host);
            send(bound, bytes("one", "two", "two"));
            await(3);
            assertThat(frames.stream().map(ListenerContract::text)).containsExactly("one", "two", "two");
            assertThat(frames.stream().map(Frame::origin).collect(Collectors.toSet()))
                    .hasSize(3);
            if (bound()) {
                assertThat(bound.boundAddress().getPort()).isPositive();
                assertThat(frames).allMatch(frame -> frame.peer().equals(host));
            }
            bound.close();
        }
    }

    @Test
    void it_can_be_closed_twice_and_takes_nothing_more() throws Exception {
        Listener bound = start("127.0.0.1");
        send(bound, bytes("one"));
        await(1);
        bound.close();
        bound.close();
        try {
            send(bound, bytes("two"));
        } catch (Exception e) {
            // a refusal is what is expected of most
        }
        assertThat(frames).hasSize(1);
    }

    @Test
    void a_message_over_the_limit_is_cut_marked_and_stops_nothing() throws Exception {
        if (limit() == 0) {
            return;
        }
        Listener bound = start("127.0.0.1");
        send(bound, bytes("x".repeat(limit()), "y".repeat(limit() + 1), "next"));
        await(3);
        assertThat(frames.get(0).cut()).isFalse();
        assertThat(frames.get(0).bytes()).hasSize(limit());
        assertThat(frames.get(1).cut()).isTrue();
        assertThat(frames.get(1).bytes()).hasSize(limit());
        assertThat(text(frames.get(2))).isEqualTo("next");
    }

    @Test
    void paused_it_holds_back_what_can_wait_and_loses_nothing() throws Exception {
        if (!waits()) {
            return;
        }
        Listener bound = start("127.0.0.1");
        send(bound, bytes("before"));
        await(1);
        bound.pause(true);
        Thread sender = new Thread(() -> {
            try {
                send(bound, bytes("one", "two"));
            } catch (Exception e) {
                dropped.add(e.toString());
            }
        });
        sender.start();
        Awaitility.await()
                .during(Duration.ofMillis(400))
                .atMost(Duration.ofSeconds(10))
                .until(() -> frames.size() <= 3);
        bound.pause(false);
        await(3);
        sender.join();
        send(bound, bytes("after"));
        await(4);
        assertThat(frames.stream().map(ListenerContract::text)).containsExactly("before", "one", "two", "after");
        assertThat(dropped).isEmpty();
    }

    @Test
    void any_bytes_are_taken_without_failing() throws Exception {
        Listener bound = start("127.0.0.1");
        java.util.Random random = new java.util.Random(11);
        for (int i = 0; i < 50; i++) {
            byte[] noise = new byte[1 + random.nextInt(2_000)];
            random.nextBytes(noise);
            send(bound, List.of(noise));
        }
        send(bound, bytes("<13>the end"));
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> frames.stream()
                .anyMatch(frame -> text(frame).endsWith("<13>the end")));
    }
}
