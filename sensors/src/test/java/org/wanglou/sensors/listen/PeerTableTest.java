package org.wanglou.sensors.listen;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.Test;
import org.wanglou.sensors.frame.Frame;

class PeerTableTest {
    private static final class Hands extends Clock {
        long now = 1_000_000;

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return Instant.ofEpochMilli(now);
        }
    }

    private final Hands clock = new Hands();
    private final LongAdder forgotten = new LongAdder();

    @Test
    void each_sender_has_a_bucket_of_its_own_that_fills_with_time() {
        PeerTable peers = new PeerTable(10, peer -> true, clock, forgotten);
        for (int i = 0; i < 10; i++) {
            assertThat(peers.tryTake("a")).isTrue();
        }
        assertThat(peers.tryTake("a")).isFalse();
        assertThat(peers.tryTake("b")).isTrue();
        clock.now += 300;
        assertThat(peers.tryTake("a")).isTrue();
        assertThat(peers.tryTake("a")).isTrue();
        assertThat(peers.tryTake("a")).isTrue();
        assertThat(peers.tryTake("a")).isFalse();
    }

    @Test
    void rates_are_those_of_the_last_seconds_the_busiest_sender_first() {
        PeerTable peers = new PeerTable(0, peer -> true, clock, forgotten);
        for (int second = 0; second < 10; second++) {
            for (int i = 0; i < 100; i++) {
                peers.saw(i % 4 == 0 ? "b" : "a");
                clock.now += 10;
            }
        }
        assertThat(peers.perSecond()).isBetween(95.0, 105.0);
        assertThat(peers.top(5)).extracting(PeerTable.Rate::peer).containsExactly("a", "b");
        assertThat(peers.top(1).get(0).perSecond()).isBetween(70.0, 80.0);
        clock.now += 20_000;
        peers.perSecond();
        clock.now += 20_000;
        assertThat(peers.perSecond()).isZero();
        assertThat(peers.top(5)).isEmpty();
    }

    @Test
    void the_table_is_bounded_and_says_whom_it_forgot() {
        PeerTable peers = new PeerTable(1, peer -> !peer.equals("7"), clock, forgotten);
        for (int i = 0; i < 5_000; i++) {
            peers.saw(Integer.toString(i));
        }
        assertThat(forgotten.sum()).isEqualTo(5_000 - 4_096);
        assertThat(peers.allowed("7")).isFalse();
        assertThat(peers.allowed("8")).isTrue();
    }

    private static Frame frame(String peer, int length) {
        return new Frame(new byte[length], peer, 0, "o", false);
    }

    @Test
    void a_flood_leaves_room_in_the_ring_for_others_by_number_and_by_bytes() throws Exception {
        DatagramRing ring = new DatagramRing();
        int loud = 0;
        while (ring.offer(frame("loud", 1))) {
            loud++;
        }
        assertThat(loud).isEqualTo(32_768);
        for (int i = 0; i < 10_000; i++) {
            assertThat(ring.offer(frame("quiet", 1))).isTrue();
        }
        assertThat(ring.offer(frame("loud", 1))).isFalse();
        for (int i = 0; i < 42_768; i++) {
            assertThat(ring.poll(0)).isNotNull();
        }
        assertThat(ring.isEmpty()).isTrue();
        int large = 0;
        while (ring.offer(frame("loud", 60_000))) {
            large++;
        }
        assertThat(large).isEqualTo((32 << 20) / 60_000);
        assertThat(ring.offer(frame("quiet", 60_000))).isTrue();
    }
}
