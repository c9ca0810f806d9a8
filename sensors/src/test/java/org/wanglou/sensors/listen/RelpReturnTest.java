package org.wanglou.sensors.listen;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.wanglou.sensors.frame.Frame;
import org.wanglou.sensors.listen.RelpListenerTest.Sender;

/** RELP senders that are back at once, and a listener that is closed while they send. */
class RelpReturnTest {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final List<Frame> frames = new CopyOnWriteArrayList<>();
    private RelpListener listener;

    private void listen(Function<Frame, CompletableFuture<Void>> stored) throws Exception {
        listener = new RelpListener(
                "relp",
                new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0),
                Optional.empty(),
                stored,
                RateLimit.none(),
                new LongAdder(),
                new LongAdder(),
                Clock.systemUTC(),
                "epoch");
        listener.start();
    }

    private CompletableFuture<Void> take(Frame frame) {
        frames.add(frame);
        return CompletableFuture.completedFuture(null);
    }

    private static String text(Frame frame) {
        return ListenerContract.text(frame);
    }

    @AfterEach
    void stop() {
        listener.close();
    }

    private void oneIdForEachLine(int lines) {
        Awaitility.await()
                .atMost(LIMIT)
                .until(() ->
                        frames.stream().map(RelpReturnTest::text).distinct().count() == lines);
        assertThat(frames.stream()
                        .collect(Collectors.groupingBy(RelpReturnTest::text))
                        .values())
                .allMatch(same -> same.stream().map(Frame::origin).distinct().count() == 1);
        assertThat(frames.stream().map(Frame::origin).distinct()).hasSize(lines);
    }

    @Test
    void a_sender_that_is_back_while_its_old_connection_is_still_read_keeps_its_ids() throws Exception {
        CountDownLatch held = new CountDownLatch(1);
        listen(frame -> {
            CompletableFuture<Void> stored = take(frame);
            if (text(frame).equals("four") && held.getCount() > 0) {
                await(held);
            }
            return stored;
        });
        List<String> lines = List.of("one", "two", "three", "four", "five", "six");
        try (Sender old = Sender.open(listener)) {
            for (String line : lines) {
                old.message(line);
            }
            Awaitility.await().atMost(LIMIT).until(() -> frames.size() == 4);
            old.socket.setSoLinger(true, 0); // as librelp breaks off
        }
        try (Sender back = Sender.open(listener)) {
            for (String line : lines) {
                back.message(line);
            }
            back.message("seven");
            held.countDown();
            for (int i = 0; i < 7; i++) {
                assertThat(back.answer()).isEqualTo(i + 2 + " 200 OK");
            }
        }
        oneIdForEachLine(7);
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(60, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void a_sender_that_breaks_off_anywhere_and_is_back_at_once_keeps_its_ids() throws Exception {
        long seed = ThreadLocalRandom.current().nextLong();
        System.out.println("RelpReturnTest seed " + seed);
        Random random = new Random(seed);
        listen(this::take);
        int answered = 0;
        int sent = 0;
        for (int round = 0; round < 60; round++) {
            try (Sender sender = Sender.open(listener)) {
                int to = sent + random.nextInt(40);
                try {
                    for (int i = answered; i < to; i++) {
                        sent = Math.max(sent, i + 1); // taken for sent, whether the kernel takes it or not
                        sender.message("line " + i);
                    }
                    for (int lost = random.nextInt(20); answered < sent - lost; answered++) {
                        assertThat(sender.answer()).endsWith("200 OK");
                    }
                } catch (IOException e) {
                    throw new AssertionError("seed " + seed + " round " + round, e);
                }
                if (random.nextBoolean()) {
                    sender.socket.setSoLinger(true, 0);
                }
            }
        }
        try (Sender sender = Sender.open(listener)) {
            for (int i = answered; i < sent; i++) {
                sender.message("line " + i);
            }
            for (int i = answered; i < sent; i++) {
                assertThat(sender.answer()).endsWith("200 OK");
            }
        }
        oneIdForEachLine(sent);
    }

    @Test
    void what_is_under_way_when_the_listener_is_closed_is_taken_and_answered_to_the_leave() throws Exception {
        CompletableFuture<Void> first = new CompletableFuture<>();
        listen(frame -> {
            take(frame);
            return text(frame).equals("line 0") ? first : CompletableFuture.completedFuture(null);
        });
        int lines = Resent.FRAMES + 44;
        try (Sender sender = Sender.open(listener)) {
            for (int i = 0; i < lines; i++) {
                sender.message("line " + i);
            }
            sender.command("close", new byte[0]);
            Awaitility.await().atMost(LIMIT).until(() -> frames.size() == Resent.FRAMES + 1);
            Thread closing = new Thread(listener::close);
            closing.start();
            Awaitility.await().atMost(LIMIT).until(this::refuses);
            first.complete(null);
            for (int i = 0; i <= lines; i++) {
                assertThat(sender.answer()).isEqualTo(i + 2 + " 200 OK");
            }
            assertThat(sender.answer()).isEqualTo("serverclose");
            closing.join();
        }
        assertThat(frames).hasSize(lines);
    }

    private boolean refuses() {
        try (Socket socket = new Socket()) {
            socket.connect(listener.boundAddress(), 1_000);
            return false;
        } catch (IOException e) {
            return true;
        }
    }
}
