package org.wanglou.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LatenciesTest {
    @Test
    void percentiles_are_of_the_nearest_rank() {
        Latencies latencies = new Latencies();
        assertThat(latencies.percentile(0.5)).isZero();
        for (int i = 100; i >= 1; i--) {
            latencies.add(i);
        }
        assertThat(latencies.percentile(0.5)).isEqualTo(50);
        assertThat(latencies.percentile(0.99)).isEqualTo(99);
        assertThat(latencies.percentile(1)).isEqualTo(100);
        assertThat(latencies.count()).isEqualTo(100);
    }

    @Test
    void old_ones_make_room_and_none_is_below_zero() {
        Latencies latencies = new Latencies();
        latencies.add(1_000_000);
        for (int i = 0; i < 1_024; i++) {
            latencies.add(-5);
        }
        assertThat(latencies.percentile(1)).isZero();
        assertThat(latencies.count()).isEqualTo(1_025);
    }
}
