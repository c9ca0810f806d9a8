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
import org.junit.jupiter.api.Test;
import org.wanglou.model.Signal;
import org.wanglou.model.Tick;
import org.wanglou.rules.sigma.CorrelationRule;

class TemporalOracleTest {
    private static final long GRACE = 400;
    private static final Duration SPAN = Duration.ofMillis(100);
    private static final CorrelationRule[] RULES = {
        Samples.temporal("a-and-b", false, SPAN, "a", "b"),
        Samples.temporal("a-then-b", true, SPAN, "a", "b"),
        Samples.temporal("b-then-a", true, SPAN, "b", "a"),
        Samples.temporal("all", false, SPAN, "a", "b", "c"),
        Samples.temporal("two-of-three", false, 2, SPAN, "a", "b", "c"),
        Samples.temporal("a-b-c", true, SPAN, "a", "b", "c"),
        Samples.temporal("c-a-b", true, SPAN, "c", "a", "b"),
        Samples.temporal("long", true, Duration.ofMillis(900), "c", "b", "a"),
    };

    private static List<Signal> signals(Random random, int size) {
        List<Signal> signals = new ArrayList<>();
        int spread = 50 + random.nextInt(2000);
        int rules = 2 + random.nextInt(2);
        String event = "";
        long time = 0;
        String source = "";
        for (int i = 0; i < size; i++) {
            if (i == 0 || random.nextInt(4) > 0) {
                event = "e" + i;
                time = 10_000 + random.nextInt(spread);
                source = "198.51.100." + random.nextInt(2);
            }
            // else a second rule, or the same once more, sees the event before
            signals.add(Samples.of(List.of("a", "b", "c").get(random.nextInt(rules)), event, time, source, "u"));
        }
        return signals;
    }

    @Property(tries = 400)
    void shuffled_repeated_and_restarted_input_gives_what_trying_every_signal_gives(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 60) int size) {
        Random random = new Random(seed);
        List<Signal> signals = signals(random, size);
        WindowRun run = new WindowRun(new Limits(GRACE, 4096, 1000), RULES);

        KeyedWindowsOracleTest.feed(run, signals, random);

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
    void a_restart_at_any_moment_before_or_after_a_swap_changes_no_word_that_is_published(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 60) int size) {
        Random random = new Random(seed);
        List<Signal> signals = signals(random, size);
        Collections.shuffle(signals, random);
        int swapAt = random.nextInt(size);
        List<CorrelationRule> others = new ArrayList<>(List.of(RULES));
        Collections.shuffle(others, random);
        CorrelationRule[] after =
                others.subList(0, 1 + random.nextInt(RULES.length)).toArray(CorrelationRule[]::new);
        WindowRun steady = new WindowRun(new Limits(GRACE, 4096, 1000), RULES);
        WindowRun restarted = new WindowRun(new Limits(GRACE, 4096, 1000), RULES);
        for (int i = 0; i < size; i++) {
            if (i == swapAt) {
                steady.swap(after);
                restarted.swap(after);
            }
            steady.accept(signals.get(i));
            restarted.accept(signals.get(i));
            if (random.nextInt(5) == 0) {
                restarted.restart();
            }
        }
        steady.tick(Tick.END);
        restarted.restart();
        restarted.tick(Tick.END);

        assertThat(restarted.published).isEqualTo(steady.published);
        assertThat(steady.standing().values()).allMatch(hit -> hit.status() == Signal.Status.SETTLED);
        assertThat(steady.store).isEmpty();
        assertThat(restarted.store).isEmpty();
    }

    @Test
    void two_rules_that_see_the_same_event_come_together_but_not_one_after_the_other() {
        WindowRun run = new WindowRun(new Limits(GRACE, 4096, 1000), RULES[0], RULES[1], RULES[2]);
        run.accept(Samples.of("a", "e", 1000, "x", "u"));
        run.accept(Samples.of("b", "e", 1000, "x", "u"));
        assertThat(run.standing().values()).extracting(Signal::ruleId).containsExactly("a-and-b");
        run.accept(Samples.of("b", "f", 1001, "x", "u"));
        assertThat(run.standing().values()).extracting(Signal::ruleId).containsExactly("a-and-b", "a-then-b");
    }

    @Test
    void the_window_is_open_at_its_far_edge_and_keys_do_not_mix() {
        WindowRun run = new WindowRun(new Limits(GRACE, 4096, 1000), RULES[1]);
        run.accept(Samples.of("a", "1", 1000, "x", "u"));
        run.accept(Samples.of("b", "2", 1050, "y", "u"));
        run.accept(Samples.of("b", "3", 1100, "x", "u"));
        assertThat(run.published).isEmpty();
        run.accept(Samples.of("b", "4", 1099, "x", "u"));
        assertThat(run.published).hasSize(1);
        assertThat(run.published.get(0).evidence().count()).isEqualTo(2);
    }

    @Test
    void a_flood_of_one_rule_pushes_out_none_of_the_others() {
        Duration span = Duration.ofMinutes(5);
        WindowRun run = new WindowRun(
                new Limits(GRACE, 64, 1000),
                Samples.temporal("all", false, span, "a", "b", "c"),
                Samples.temporal("b-a-c", true, span, "b", "a", "c"),
                Samples.temporal("c-a-b", true, span, "c", "a", "b"));
        run.accept(Samples.of("b", "first", 1000, "x", "u"));
        for (int i = 0; i < 5_000; i++) {
            run.accept(Samples.of("a", "flood" + i, 1001 + i, "x", "u"));
            if (i % 997 == 0) {
                run.restart();
            }
        }
        assertThat(run.published).isEmpty();
        assertThat(run.store).hasSizeLessThan(100);
        run.accept(Samples.of("c", "last", 10_000, "x", "u"));
        assertThat(run.standing().values())
                .hasSize(2)
                .allMatch(hit -> hit.evidence().approximate())
                .extracting(Signal::ruleId)
                .containsExactly("all", "b-a-c");
    }
}
