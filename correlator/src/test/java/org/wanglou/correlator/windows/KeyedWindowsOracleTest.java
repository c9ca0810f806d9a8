package org.wanglou.correlator.windows;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.wanglou.model.Signal;
import org.wanglou.model.Tick;
import org.wanglou.rules.sigma.CorrelationRule;
import org.wanglou.rules.sigma.CorrelationRule.Bound;
import org.wanglou.rules.sigma.Op;

class KeyedWindowsOracleTest {
    private static final long GRACE = 400;
    private static final Duration SPAN = Duration.ofMillis(100);
    private static final CorrelationRule[] RULES = {
        Samples.counting("at-least-4", Op.GTE, 4, SPAN),
        Samples.counting("more-than-6", Op.GT, 6, SPAN),
        Samples.counting("fewer-than-3", Op.LT, 3, SPAN),
        Samples.counting("exactly-2", Op.EQ, 2, SPAN),
        Samples.counting("not-1", Op.NEQ, 1, SPAN),
        Samples.rule("two-to-three", List.of(new Bound(Op.GTE, 2), new Bound(Op.LTE, 3)), SPAN, List.of()),
        Samples.counting("long", Op.GTE, 5, Duration.ofMillis(900)),
        Samples.distinct("three-users", Op.GTE, 3, SPAN, "user.name"),
        Samples.distinct("one-user", Op.LTE, 1, SPAN, "user.name"),
    };

    @Property(tries = 400)
    void shuffled_repeated_and_restarted_input_gives_what_a_list_scan_gives(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 90) int size) {
        Random random = new Random(seed);
        List<Signal> signals = signals(random, size);
        WindowRun run = new WindowRun(new Limits(GRACE, 4096, 1000), RULES);

        feed(run, signals, random);

        Set<WindowOracle.Found> expected = new HashSet<>();
        for (CorrelationRule rule : RULES) {
            expected.addAll(WindowOracle.episodes(rule, signals));
        }
        assertThat(run.found()).isEqualTo(expected);
        assertThat(run.standing().values()).allMatch(hit -> hit.status() == Signal.Status.SETTLED);
        assertThat(run.store).isEmpty();
        assertThat(run.meters.counts()).doesNotContainKey("wanglou_correlator_window_ignored_total{reason=\"late\"}");
    }

    @Property(tries = 200)
    void a_restart_at_any_moment_changes_no_word_that_is_published(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 90) int size) {
        List<Signal> signals = signals(new Random(seed), size);
        WindowRun steady = new WindowRun(new Limits(GRACE, 4096, 1000), RULES);
        WindowRun restarted = new WindowRun(new Limits(GRACE, 4096, 1000), RULES);
        Random first = new Random(seed);
        Random second = new Random(seed);
        Collections.shuffle(signals, new Random(seed));
        for (Signal signal : signals) {
            steady.accept(signal);
            restarted.accept(signal);
            long rise = first.nextInt(30);
            if (second.nextInt(30) == rise && rise < 10) {
                restarted.restart();
            }
        }
        steady.tick(Tick.END);
        restarted.restart();
        restarted.tick(Tick.END);

        assertThat(restarted.published).isEqualTo(steady.published);
    }

    private static List<Signal> signals(Random random, int size) {
        List<Signal> signals = new ArrayList<>();
        int spread = 50 + random.nextInt(2000);
        for (int i = 0; i < size; i++) {
            signals.add(Samples.failed(
                    "e" + i,
                    10_000 + random.nextInt(spread),
                    "198.51.100." + random.nextInt(2),
                    random.nextInt(5) == 0 ? "" : "user" + random.nextInt(4)));
        }
        return signals;
    }

    /** Out of order and twice, with the clock anywhere it may be: never so high that a coming entry is late. */
    static void feed(WindowRun run, List<Signal> signals, Random random) {
        List<Signal> coming = new ArrayList<>(signals);
        coming.sort(java.util.Comparator.comparingLong(s -> s.time() + (long) (s.id().hashCode() & 0x1ff)));
        while (!coming.isEmpty()) {
            Signal next = coming.remove(random.nextInt(Math.min(coming.size(), 12)));
            run.accept(next);
            if (random.nextInt(4) == 0) {
                run.accept(next);
            }
            if (random.nextInt(3) == 0) {
                long lowest = coming.stream().mapToLong(Signal::time).min().orElse(next.time());
                run.tick(lowest + GRACE - random.nextInt(300));
            }
            if (random.nextInt(10) == 0) {
                run.restart();
            }
        }
        run.tick(Tick.END);
    }
}
