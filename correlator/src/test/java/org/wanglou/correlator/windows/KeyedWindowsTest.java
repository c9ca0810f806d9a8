package org.wanglou.correlator.windows;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.wanglou.model.Signal;
import org.wanglou.model.Tick;
import org.wanglou.rules.sigma.Op;

class KeyedWindowsTest {
    private static final Limits LIMITS = new Limits(60_000, 64, 100);
    private static final Duration SPAN = Duration.ofMinutes(5);
    private static final long T = 1_700_000_000_000L;

    @Test
    void nineteen_say_nothing_and_the_twentieth_is_published_at_once() {
        WindowRun run = new WindowRun(LIMITS, Samples.counting("brute", Op.GTE, 20, SPAN));
        for (int i = 0; i < 19; i++) {
            run.accept(Samples.failed("e" + i, T + i, "203.0.113.7", "root"));
        }
        assertThat(run.published).isEmpty();

        run.accept(Samples.failed("e19", T + 19, "203.0.113.7", "root"));

        assertThat(run.published).hasSize(1);
        Signal hit = run.published.get(0);
        assertThat(hit.status()).isEqualTo(Signal.Status.OPEN);
        assertThat(hit.revision()).isEqualTo(1);
        assertThat(hit.evidence().count()).isEqualTo(20);
        assertThat(hit.evidence().eventIds()).hasSize(20);
        assertThat(hit.key()).isEqualTo("[\"203.0.113.7\"]");
        assertThat(hit.entities().organization()).isEqualTo("school-1");
        assertThat(hit.entities().asset()).isEqualTo("asset-1");
        assertThat(hit.fields()).containsEntry("source.ip", "203.0.113.7");
    }

    @Test
    void a_lasting_attack_is_told_again_when_it_has_doubled_and_when_it_is_settled() {
        WindowRun run = new WindowRun(LIMITS, Samples.counting("brute", Op.GTE, 5, SPAN));
        for (int i = 0; i < 23; i++) {
            run.accept(Samples.failed("e" + i, T + i, "203.0.113.7", "root"));
        }
        run.tick(T + 22 + 60_000);
        assertThat(run.published).extracting(s -> s.evidence().count()).containsExactly(5L, 10L, 20L);
        run.tick(T + 22 + 60_001);
        assertThat(run.published).extracting(s -> s.evidence().count()).containsExactly(5L, 10L, 20L, 23L);
        assertThat(run.published)
                .extracting(Signal::id)
                .containsOnly(run.published.get(0).id());
        assertThat(run.published.get(3).status()).isEqualTo(Signal.Status.SETTLED);
    }

    @Test
    void something_then_nothing_is_closed_by_ticks_alone() {
        WindowRun run = new WindowRun(LIMITS, Samples.counting("lonely", Op.LT, 2, SPAN));
        run.accept(Samples.failed("a", T, "203.0.113.7", "root"));
        long end = T + SPAN.toMillis() - 1;

        run.tick(end + 60_000);
        assertThat(run.published).isEmpty();
        run.tick(end + 60_001);

        assertThat(run.published).hasSize(1);
        assertThat(run.published.get(0).status()).isEqualTo(Signal.Status.SETTLED);
        assertThat(run.published.get(0).episode()).isEqualTo(new Signal.Episode(end, end));
    }

    @Test
    void a_late_entry_between_two_episodes_makes_them_one_and_takes_the_later_back() {
        long span = 100;
        WindowRun run = new WindowRun(LIMITS, Samples.counting("pairs", Op.GTE, 2, Duration.ofMillis(span)));
        run.accept(Samples.failed("a", T, "203.0.113.7", "x"));
        run.accept(Samples.failed("b", T + 10, "203.0.113.7", "x"));
        run.accept(Samples.failed("c", T + 150, "203.0.113.7", "x"));
        run.accept(Samples.failed("d", T + 160, "203.0.113.7", "x"));
        assertThat(run.standing()).hasSize(2);
        String kept = run.published.get(0).id();
        String later = run.published.get(1).id();

        run.accept(Samples.failed("e", T + 90, "203.0.113.7", "x"));

        assertThat(run.published)
                .filteredOn(s -> s.status() == Signal.Status.RETRACTED)
                .extracting(Signal::id)
                .containsExactly(later);
        run.tick(Tick.END);
        assertThat(run.standing()).containsOnlyKeys(kept);
        assertThat(run.standing().get(kept).evidence().count()).isEqualTo(5);
    }

    @Test
    void an_entry_later_than_the_grace_changes_nothing_and_is_counted() {
        WindowRun run = new WindowRun(LIMITS, Samples.counting("pairs", Op.GTE, 2, SPAN));
        run.accept(Samples.failed("a", T, "203.0.113.7", "x"));
        run.tick(T + 60_001);
        run.accept(Samples.failed("b", T, "203.0.113.7", "x"));
        run.accept(Samples.failed("old", 0, "203.0.113.7", "x"));
        run.tick(Tick.END);

        assertThat(run.published).isEmpty();
        assertThat(run.meters.total("wanglou_correlator_window_ignored_total")).isEqualTo(2);
    }

    @Test
    void a_flood_folds_into_buckets_whose_count_is_kept_and_marked_approximate() {
        WindowRun run = new WindowRun(LIMITS, Samples.counting("flood", Op.GTE, 200, SPAN));
        for (int i = 0; i < 1000; i++) {
            run.accept(Samples.failed("e" + i, T + i, "203.0.113.7", "x"));
            if (i == 500) {
                run.restart();
            }
        }
        run.tick(Tick.END);

        assertThat(run.store).isEmpty();
        Signal settled = List.copyOf(run.standing().values()).get(0);
        assertThat(settled.evidence().count()).isEqualTo(1000);
        assertThat(settled.evidence().approximate()).isTrue();
    }

    @Test
    void keys_beyond_the_budget_are_refused_and_counted_and_no_other_is_evicted() {
        WindowRun run = new WindowRun(new Limits(60_000, 64, 2), Samples.counting("pairs", Op.GTE, 2, SPAN));
        run.accept(Samples.failed("a", T, "203.0.113.1", "x"));
        run.accept(Samples.failed("b", T, "203.0.113.2", "x"));
        run.accept(Samples.failed("c", T, "203.0.113.3", "x"));
        run.accept(Samples.failed("d", T + 1, "203.0.113.1", "x"));

        assertThat(run.published).hasSize(1);
        assertThat(run.meters.counts())
                .containsEntry("wanglou_correlator_window_ignored_total{reason=\"key_budget\"}", 1L);
    }
}
