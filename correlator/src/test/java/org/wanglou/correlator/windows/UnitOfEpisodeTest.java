package org.wanglou.correlator.windows;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.wanglou.model.Entities;
import org.wanglou.model.Signal;
import org.wanglou.model.Tick;
import org.wanglou.rules.sigma.CorrelationRule;
import org.wanglou.rules.sigma.Op;

/** One attacker over several units: whose incident it is depends on what happened, not on what arrived first. */
class UnitOfEpisodeTest {
    private static final CorrelationRule FOUR = Samples.counting("four", Op.GTE, 4, Duration.ofMillis(300));
    private static final Limits LIMITS = new Limits(500, 4096, 1000);

    private static Signal at(String event, long time, String unit) {
        Signal one = Samples.failed(event, time, "198.51.100.1", "root");
        return new Signal(
                one.id(),
                one.ruleId(),
                one.ruleVersion(),
                one.title(),
                one.kind(),
                one.time(),
                one.level(),
                one.tags(),
                new Entities("198.51.100.1", "192.0.2.10", "root", "asset-" + unit, unit),
                one.fields(),
                one.evidence(),
                one.revision(),
                one.status(),
                one.episode(),
                one.chain(),
                one.key());
    }

    @Test
    void a_late_entry_that_moves_the_first_window_to_another_unit_takes_the_word_there_and_back_here() {
        WindowRun run = new WindowRun(LIMITS, FOUR);
        run.accept(at("a", 1_000, "east"));
        run.accept(at("b", 1_010, "east"));
        run.accept(at("c", 1_020, "west"));
        run.accept(at("d", 1_030, "east"));
        assertThat(run.published)
                .extracting(hit -> hit.entities().organization())
                .containsExactly("east");
        run.accept(at("e", 1_001, "west"));
        run.accept(at("f", 1_002, "west"));
        run.tick(Tick.END);
        // In order of time the fourth entry came at 1,010: east, west, west, east; of equals the smaller name, still
        // east.
        assertThat(run.standing().values())
                .singleElement()
                .satisfies(hit -> assertThat(hit.entities().organization()).isEqualTo("east"));

        WindowRun moved = new WindowRun(LIMITS, FOUR);
        moved.accept(at("a", 1_000, "east"));
        moved.accept(at("b", 1_010, "east"));
        moved.accept(at("c", 1_020, "west"));
        moved.accept(at("d", 1_030, "east"));
        moved.accept(at("e", 998, "west"));
        moved.accept(at("f", 999, "west"));
        moved.accept(at("g", 997, "west"));
        moved.tick(Tick.END);
        List<Signal> said = moved.published;
        assertThat(said)
                .filteredOn(hit -> hit.status() == Signal.Status.RETRACTED)
                .extracting(hit -> hit.entities().organization())
                .containsExactly("east");
        Signal last = said.get(said.size() - 1);
        assertThat(last.status()).isEqualTo(Signal.Status.SETTLED);
        assertThat(last.entities().organization()).isEqualTo("west");
        assertThat(last.id()).isEqualTo(said.get(0).id());
    }

    @Property(tries = 300)
    void any_order_gives_each_episode_the_same_unit(@ForAll long seed, @ForAll @IntRange(min = 4, max = 60) int size) {
        Random random = new Random(seed);
        List<Signal> signals = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            signals.add(at(
                    "e" + i,
                    10_000 + random.nextInt(1_500),
                    List.of("east", "west", "south").get(random.nextInt(3))));
        }
        Map<String, String> expected = units(signals);
        for (int order = 0; order < 3; order++) {
            WindowRun run = new WindowRun(LIMITS, FOUR);
            KeyedWindowsOracleTest.feed(run, signals, random);
            Map<String, String> found = new HashMap<>();
            run.standing()
                    .values()
                    .forEach(hit -> found.put(
                            hit.episode().first() + "-" + hit.episode().last(),
                            hit.entities().organization()));
            assertThat(found).as("seed %d order %d", seed, order).isEqualTo(expected);
        }
    }

    /** By a scan of the list: the unit of most entries in (first − span, first], of equals the smallest. */
    private static Map<String, String> units(List<Signal> signals) {
        Map<String, String> units = new HashMap<>();
        for (WindowOracle.Found found : WindowOracle.episodes(FOUR, signals)) {
            Map<String, Long> often = signals.stream()
                    .filter(signal -> signal.time() > found.first() - 300 && signal.time() <= found.first())
                    .collect(Collectors.groupingBy(signal -> signal.entities().organization(), Collectors.counting()));
            long most = often.values().stream().mapToLong(Long::longValue).max().orElseThrow();
            units.put(
                    found.first() + "-" + found.last(),
                    new TreeSet<>(often.keySet())
                            .stream()
                                    .filter(unit -> often.get(unit) == most)
                                    .findFirst()
                                    .orElseThrow());
        }
        return units;
    }
}
