package org.wanglou.correlator.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class WatermarkTest {
    @Test
    void the_clock_is_the_minimum_over_publishers_and_never_falls() {
        Watermark clock = new Watermark(List.of());
        assertThat(clock.now()).isEqualTo(Watermark.NONE);
        assertThat(clock.hear("a", 1000, 900)).isTrue();
        assertThat(clock.hear("b", 1000, 500)).isFalse();
        assertThat(clock.now()).isEqualTo(900);
        assertThat(clock.hear("b", 2000, 1500)).isFalse();
        assertThat(clock.hear("a", 2000, 1800)).isTrue();
        assertThat(clock.now()).isEqualTo(1500);
    }

    @Test
    void a_publisher_silent_for_thirty_seconds_of_receive_time_no_longer_holds_it() {
        Watermark clock = new Watermark(List.of());
        clock.hear("quiet", 1_000, 1_000);
        clock.hear("lively", 31_000, 31_000);
        assertThat(clock.now()).isEqualTo(1_000);
        assertThat(clock.hear("lively", 31_001, 31_001)).isTrue();
        assertThat(clock.now()).isEqualTo(31_001);
    }

    @Test
    void a_partition_of_the_stage_before_always_holds_it_and_must_be_heard_first() {
        Watermark clock = new Watermark(List.of("detect/0", "detect/1"));
        assertThat(clock.hear("detect/0", 1_000, 1_000)).isFalse();
        assertThat(clock.now()).isEqualTo(Watermark.NONE);
        assertThat(clock.hear("detect/1", 1_000, 700)).isTrue();
        clock.hear("detect/0", 99_000, 99_000);
        assertThat(clock.now()).isEqualTo(700);
    }
}
