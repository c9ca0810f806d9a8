package org.wanglou.sensors;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class KafkaShareTest {
    /** The share of one of a hundred sources is 2 MiB. */
    private final KafkaShare share = KafkaShare.among(100);

    private static final int MIB = 1 << 20;

    @Test
    void what_is_beyond_the_share_is_refused_when_nothing_comes_back() {
        assertThat(share.take(2 * MIB, 0)).isTrue();
        assertThat(share.take(1, 0)).isFalse();
        assertThat(share.take(1, 20)).isFalse();
        assertThat(share.taken()).isEqualTo(2 * MIB);
    }

    @Test
    void one_event_has_room_alone_however_large() {
        assertThat(share.take(100 * MIB, 0)).isTrue();
        assertThat(share.take(1, 0)).isFalse();
        share.give(100 * MIB);
        assertThat(share.take(1, 0)).isTrue();
    }

    @Test
    void who_waits_goes_on_when_there_is_room_again() throws Exception {
        assertThat(share.take(2 * MIB, 0)).isTrue();
        CompletableFuture<Boolean> waiting = CompletableFuture.supplyAsync(() -> share.take(MIB / 2, 60_000));
        for (int i = 0; i < 2_048; i++) {
            share.give(1_024);
        }
        assertThat(waiting.get(60, TimeUnit.SECONDS)).isTrue();
        assertThat(share.taken()).isEqualTo(MIB / 2);
    }

    @Test
    void many_who_take_and_give_leave_nothing_behind() throws Exception {
        CompletableFuture<?>[] all = new CompletableFuture<?>[4];
        for (int i = 0; i < all.length; i++) {
            all[i] = CompletableFuture.runAsync(() -> {
                for (int n = 0; n < 2_000; n++) {
                    assertThat(share.take(MIB - n % 7, 60_000)).isTrue();
                    share.give(MIB - n % 7);
                }
            });
        }
        CompletableFuture.allOf(all).get(60, TimeUnit.SECONDS);
        assertThat(share.taken()).isZero();
    }
}
