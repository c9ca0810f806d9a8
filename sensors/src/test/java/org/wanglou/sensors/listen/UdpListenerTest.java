package org.wanglou.sensors.listen;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UdpListenerTest extends ListenerContract {
    @Override
    Listener listener(InetSocketAddress bind) {
        return new UdpListener("u", bind, this::take, dropped::add, RateLimit.none(), Clock.systemUTC(), "e");
    }

    @Override
    void send(Listener to, List<byte[]> lines) throws Exception {
        try (DatagramSocket socket = new DatagramSocket()) {
            for (byte[] line : lines) {
                socket.send(new DatagramPacket(line, line.length, to.boundAddress()));
            }
        }
    }

    @Override
    int limit() {
        return 0;
    }

    @Override
    boolean waits() {
        return false;
    }

    @Test
    void what_finds_the_ring_full_is_counted_and_every_datagram_is_one_or_the_other() throws Exception {
        CountDownLatch held = new CountDownLatch(1);
        AtomicLong taken = new AtomicLong();
        AtomicLong full = new AtomicLong();
        UdpListener slow = new UdpListener(
                "u",
                new InetSocketAddress("127.0.0.1", 0),
                frame -> {
                    try {
                        held.await(60, TimeUnit.SECONDS);
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                    taken.incrementAndGet();
                },
                reason -> {
                    assertThat(reason).isEqualTo("ring_full");
                    full.incrementAndGet();
                },
                RateLimit.none(),
                Clock.systemUTC(),
                "e");
        slow.start();
        int sent = 0;
        // 64 MiB of ring are 1,100 datagrams of 60,000 bytes; the kernel's buffer may lose some before, which it
        // counts.
        byte[] large = new byte[60_000];
        try (DatagramSocket socket = new DatagramSocket()) {
            for (; full.get() < 50 && sent < 20_000; sent++) {
                socket.send(new DatagramPacket(large, large.length, slow.boundAddress()));
                if (sent % 16 == 0) {
                    Thread.sleep(1);
                }
            }
        }
        int all = sent;
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> slow.kernelDrops() >= 0 || !Files.exists(Path.of("/proc/net/udp")));
        held.countDown();
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> taken.get() + full.get() + Math.max(0, slow.kernelDrops()) == all);
        assertThat(full.get()).isGreaterThanOrEqualTo(50);
        assertThat(slow.kernelBuffer()).isPositive();
        slow.close();
    }

    @Test
    void datagrams_over_the_rate_are_dropped_with_that_reason() throws Exception {
        UdpListener limited = new UdpListener(
                "u",
                new InetSocketAddress("127.0.0.1", 0),
                this::take,
                dropped::add,
                new RateLimit(5, Clock.fixed(java.time.Instant.EPOCH, java.time.ZoneOffset.UTC)),
                Clock.systemUTC(),
                "e");
        limited.start();
        send(limited, bytes("1", "2", "3", "4", "5", "6", "7", "8"));
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> frames.size() + dropped.size() == 8);
        assertThat(frames).hasSize(5);
        assertThat(dropped).containsOnly("rate_limited").hasSize(3);
        limited.close();
    }

    @Test
    void the_kernels_table_is_read_for_the_bound_address_alone(@TempDir Path folder) throws Exception {
        Files.writeString(folder.resolve("udp"), """
                  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode ref pointer drops
                 101: 0100007F:0202 00000000:0000 07 00000000:00000000 00:00000000 00000000     0        0 1 2 0000000000000000 17
                 102: 0200007F:0202 00000000:0000 07 00000000:00000000 00:00000000 00000000     0        0 1 2 0000000000000000 5
                 103: 00000000:0203 00000000:0000 07 00000000:00000000 00:00000000 00000000     0        0 1 2 0000000000000000 9
                """);
        Files.writeString(folder.resolve("udp6"), """
                  sl  local_address                         remote_address                        st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode ref pointer drops
                 104: 0000000000000000FFFF00000100007F:0202 00000000000000000000000000000000:0000 07 00000000:00000000 00:00000000 00000000     0        0 1 2 0000000000000000 3
                 105: 00000000000000000000000001000000:0204 00000000000000000000000000000000:0000 07 00000000:00000000 00:00000000 00000000     0        0 1 2 0000000000000000 4
                """);
        KernelDrops kernel = new KernelDrops(folder);
        assertThat(kernel.of(new InetSocketAddress("127.0.0.1", 0x202))).isEqualTo(20);
        assertThat(kernel.of(new InetSocketAddress("127.0.0.2", 0x202))).isEqualTo(5);
        assertThat(kernel.of(new InetSocketAddress("0.0.0.0", 0x203))).isEqualTo(9);
        assertThat(kernel.of(new InetSocketAddress("::1", 0x204))).isEqualTo(4);
        assertThat(kernel.of(new InetSocketAddress("127.0.0.1", 0x999))).isEqualTo(-1);
    }
}
