package org.wanglou.sensors.listen;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class UdpStopTest {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    /** A clock at which the thread that receives is kept until it may go on. */
    private static final class Holding extends Clock {
        private final CountDownLatch held = new CountDownLatch(1);
        private final AtomicInteger asked = new AtomicInteger();

        @Override
        public long millis() {
            if (Thread.currentThread().getName().endsWith("-receive")) {
                asked.incrementAndGet();
                try {
                    assertThat(held.await(60, TimeUnit.SECONDS)).isTrue();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
            return System.currentTimeMillis();
        }

        @Override
        public Instant instant() {
            return Instant.ofEpochMilli(millis());
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }

    @Test
    void what_the_kernel_has_when_it_is_closed_is_taken_and_what_it_threw_away_is_told_afterwards() throws Exception {
        Holding clock = new Holding();
        AtomicLong taken = new AtomicLong();
        AtomicLong dropped = new AtomicLong();
        UdpListener listener = new UdpListener(
                "u",
                new InetSocketAddress("127.0.0.1", 0),
                frame -> taken.incrementAndGet(),
                reason -> dropped.incrementAndGet(),
                RateLimit.none(),
                clock,
                "e");
        listener.start();
        int sent = 20_000; // more than 16 MiB, which is more than the kernel holds for a socket
        byte[] datagram = new byte[1_000];
        try (DatagramSocket socket = new DatagramSocket()) {
            for (int i = 0; i < sent; i++) {
                socket.send(new DatagramPacket(datagram, datagram.length, listener.boundAddress()));
            }
        }
        Awaitility.await().atMost(LIMIT).until(() -> clock.asked.get() == 1);
        Thread closing = new Thread(listener::close);
        closing.start();
        Awaitility.await().atMost(LIMIT).until(() -> closing.getState() == Thread.State.TIMED_WAITING);
        clock.held.countDown();
        closing.join();
        long kernel = listener.kernelDrops();
        assertThat(taken.get() + dropped.get()).isGreaterThan(1);
        if (kernel >= 0) { // elsewhere than on Linux nobody counts
            assertThat(kernel).isPositive();
            assertThat(taken.get() + dropped.get() + kernel).isEqualTo(sent);
        }
    }
}
