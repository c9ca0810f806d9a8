package org.wanglou.alerting.notify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class BackoffTest {
    @Property
    void a_pause_lies_within_a_fifth_of_its_exponential_and_never_above_the_longest(
            @ForAll @IntRange(min = 1, max = 1_000) int attempts, @ForAll long seed) {
        Backoff backoff = Backoff.DEFAULT;
        double plain = Math.min(1_000 * Math.pow(3, attempts - 1), 3_600_000);
        assertThat(backoff.pause(attempts, new Random(seed)).toMillis())
                .isBetween((long) Math.floor(plain * 0.8), (long) Math.ceil(plain * 1.2));
    }

    @Test
    void the_default_gives_a_message_a_day_before_it_is_given_up() {
        Random random = new Random(1);
        long at = 0;
        int attempts = 0;
        do {
            attempts++;
            at += Backoff.DEFAULT.pause(attempts, random).toMillis();
        } while (!Backoff.DEFAULT.exhausted(attempts, 0, at));
        assertThat(Duration.ofMillis(at)).isBetween(Duration.ofHours(23), Duration.ofHours(26));
        assertThat(attempts).isBetween(25, 40);
    }

    @Test
    void a_schedule_that_makes_no_sense_is_refused() {
        assertThatThrownBy(() -> new Backoff(Duration.ZERO, 2, Duration.ofHours(1), 3, Duration.ofHours(1)))
                .hasMessageContaining("back-off");
        assertThatThrownBy(() -> new Backoff(Duration.ofSeconds(1), 0.5, Duration.ofHours(1), 3, Duration.ofHours(1)))
                .hasMessageContaining("back-off");
    }
}
