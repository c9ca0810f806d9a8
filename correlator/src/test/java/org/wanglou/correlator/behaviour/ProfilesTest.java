package org.wanglou.correlator.behaviour;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.wanglou.correlator.windows.Limits;
import org.wanglou.model.Signal;
import org.wanglou.model.Tick;
import org.wanglou.rules.behaviour.BehaviourRule;
import org.wanglou.rules.behaviour.BehaviourRule.Type;
import org.wanglou.rules.behaviour.Terms;

class ProfilesTest {
    // a Monday, 00:00 in Shanghai
    private static final long START = Instant.parse("2026-03-01T16:00:00Z").toEpochMilli();
    private static final long HOUR = 3_600_000;
    private static final long DAY = 24 * HOUR;
    private static final BehaviourRule.Bounds TWO_DAYS =
            ProfileRun.bounds(Duration.ofDays(2), Duration.ofDays(30), 1_000, 5);
    private static final BehaviourRule FIRST = ProfileRun.rule(Type.FIRST_SEEN, "destination.ip", TWO_DAYS);

    private static String words(Signal signal) {
        return signal.fields().getOrDefault(Profile.WORDS, "");
    }

    @Test
    void a_new_value_is_silent_while_learning_and_spoken_of_once_after_with_the_numbers() {
        ProfileRun run = new ProfileRun(Limits.DEFAULT, FIRST);
        for (int hour = 0; hour < 60; hour++) {
            run.accept(ProfileRun.signal("web01", START + hour * HOUR, "destination.ip", "10.0.0." + hour % 3, hour));
        }
        run.accept(ProfileRun.signal("web01", START + 61 * HOUR, "destination.ip", "203.0.113.9", 1));
        run.accept(ProfileRun.signal("web01", START + 62 * HOUR, "destination.ip", "203.0.113.9", 2));
        assertThat(run.published).isEmpty();
        run.tick(START + 70 * HOUR);
        assertThat(run.published).singleElement().satisfies(signal -> {
            assertThat(signal.kind()).isEqualTo(Signal.Kind.BEHAVIOUR);
            assertThat(signal.time()).isEqualTo(START + 61 * HOUR);
            assertThat(signal.status()).isEqualTo(Signal.Status.SETTLED);
            assertThat(words(signal))
                    .contains("203.0.113.9")
                    .contains("2 天")
                    .contains("60 次")
                    .contains("3 个不同的值");
            assertThat(signal.fields()).containsEntry("host.name", "web01").containsEntry(Profile.VALUE, "203.0.113.9");
        });
    }

    @Test
    void entities_do_not_know_each_other_and_a_signal_without_the_field_is_not_looked_at() {
        ProfileRun run = new ProfileRun(Limits.DEFAULT, FIRST);
        for (int hour = 0; hour < 60; hour++) {
            run.accept(ProfileRun.signal("web01", START + hour * HOUR, "destination.ip", "10.0.0.1", hour));
        }
        run.accept(ProfileRun.signal("web02", START + 61 * HOUR, "destination.ip", "203.0.113.9", 1));
        run.accept(ProfileRun.signal("web01", START + 61 * HOUR, "other", "203.0.113.9", 1));
        run.tick(START + 70 * HOUR);
        assertThat(run.published).isEmpty();
        assertThat(run.ignored("no_key")).isEqualTo(1);
    }

    /** Any order within the grace, doubles and restarts against a scan of the sorted list that shares no code. */
    @Test
    void order_doubles_and_restarts_change_nothing() {
        long base = Long.getLong("wanglou.seed", System.nanoTime());
        System.out.println("ProfilesTest seed " + base);
        for (int round = 0; round < 40; round++) {
            Random random = new Random(base + round);
            List<Signal> signals = new ArrayList<>();
            for (int i = 0; i < 300; i++) {
                long time = START + (long) (random.nextDouble() * 40 * DAY);
                String value = "v" + (int) Math.abs(random.nextGaussian() * 8);
                signals.add(ProfileRun.signal("h" + random.nextInt(3), time, "destination.ip", value, i));
            }
            BehaviourRule rule = ProfileRun.rule(
                    Type.FIRST_SEEN,
                    "destination.ip",
                    ProfileRun.bounds(Duration.ofDays(3), Duration.ofDays(6), 1_000, 10));
            assertThat(run(rule, signals, random)).as("round " + round).isEqualTo(scan(signals, 3 * DAY, 6 * DAY, 10));
        }
    }

    private static Set<String> run(BehaviourRule rule, List<Signal> signals, Random random) {
        ProfileRun run = new ProfileRun(Limits.DEFAULT, rule);
        List<Signal> sorted = new ArrayList<>(signals);
        sorted.addAll(signals.subList(0, 100));
        Map<Signal, Long> arrival = new HashMap<>();
        sorted.forEach(signal -> arrival.put(signal, signal.time() + random.nextInt(250_000)));
        sorted.sort(Comparator.comparingLong(arrival::get));
        for (Signal signal : sorted) {
            run.accept(signal);
            if (random.nextInt(4) == 0) {
                run.tick(arrival.get(signal) - 250_000);
            }
            if (random.nextInt(40) == 0) {
                run.restart();
            }
        }
        run.tick(Tick.END);
        assertThat(run.ignored("late")).isZero();
        return run.published.stream()
                .map(signal -> signal.key() + " " + signal.time() + " "
                        + signal.fields().get(Profile.VALUE))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> scan(List<Signal> signals, long learning, long memory, int least) {
        Set<String> found = new TreeSet<>();
        List<Signal> sorted = new ArrayList<>(signals);
        sorted.sort(Comparator.comparingLong(Signal::time)
                .thenComparing(one -> one.evidence().eventIds().get(0)));
        for (int i = 0; i < sorted.size(); i++) {
            Signal one = sorted.get(i);
            String host = one.fields().get("host.name");
            List<Signal> before = sorted.subList(0, i).stream()
                    .filter(other -> host.equals(other.fields().get("host.name")))
                    .toList();
            // an entity unmet for the memory is forgotten whole
            int from = 0;
            for (int k = 1; k <= before.size(); k++) {
                long next = k == before.size() ? one.time() : before.get(k).time();
                if (next - before.get(k - 1).time() >= memory) {
                    from = k;
                }
            }
            List<Signal> known = before.subList(from, before.size());
            long first = known.isEmpty() ? one.time() : known.get(0).time();
            boolean fresh = known.stream()
                    .filter(other -> other.fields()
                            .get("destination.ip")
                            .equals(one.fields().get("destination.ip")))
                    .noneMatch(other -> one.time() - other.time() <= memory);
            if (fresh && one.time() - first >= learning && known.size() >= least) {
                found.add(
                        "[\"" + host + "\"] " + one.time() + " " + one.fields().get("destination.ip"));
            }
        }
        return found;
    }

    @Test
    void a_rare_value_is_spoken_of_once_and_a_usual_one_never() {
        ProfileRun run = new ProfileRun(
                Limits.DEFAULT,
                ProfileRun.rule(
                        Type.RARE, "user.name", ProfileRun.bounds(Duration.ofDays(1), Duration.ofDays(90), 100, 50)));
        for (int i = 0; i < 100; i++) {
            run.accept(ProfileRun.signal("db01", START + i * HOUR, "user.name", i % 2 == 0 ? "app" : "backup", i));
        }
        run.accept(ProfileRun.signal("db01", START + 101 * HOUR, "user.name", "guest", 1));
        run.accept(ProfileRun.signal("db01", START + 102 * HOUR, "user.name", "guest", 2));
        run.tick(START + 200 * HOUR);
        assertThat(run.published)
                .singleElement()
                .satisfies(signal -> assertThat(words(signal)).contains("guest").contains("101 次里第 1 次"));
    }

    @Test
    void a_volume_far_above_the_same_hour_of_other_weeks_is_spoken_of_once_in_its_hour() {
        BehaviourRule rule =
                ProfileRun.rule(Type.VOLUME, "", ProfileRun.bounds(Duration.ofDays(14), Duration.ofDays(90), 100, 50));
        ProfileRun run = new ProfileRun(Limits.DEFAULT, rule);
        int number = 0;
        for (int day = 0; day < 28; day++) {
            // lessons at ten, nothing at three: a night of sixty is out of the ordinary, a morning of sixty is not
            for (int i = 0; i < 60; i++) {
                run.accept(ProfileRun.signal("web01", START + day * DAY + 10 * HOUR + i * 50_000L, "", "", number++));
            }
            run.tick(START + (day + 1) * DAY);
        }
        assertThat(run.published).isEmpty();
        for (int i = 0; i < 80; i++) {
            run.accept(ProfileRun.signal("web01", START + 28 * DAY + 3 * HOUR + i * 1_000L, "", "", number++));
        }
        run.tick(START + 28 * DAY + 4 * HOUR + 600_000);
        assertThat(run.published).singleElement().satisfies(signal -> {
            assertThat(signal.evidence().count()).isEqualTo(51);
            assertThat(words(signal))
                    .contains("3 时")
                    .contains("51 次")
                    .contains("以往平均 0.0")
                    .contains("界限 50");
        });
    }

    @Test
    void two_places_too_far_apart_are_spoken_of_with_distance_and_speed() {
        BehaviourRule rule = ProfileRun.rule(
                Type.TRAVEL,
                "source.geo.location",
                new BehaviourRule.Bounds(
                        Duration.ZERO,
                        Duration.ofDays(90),
                        Duration.ofHours(1),
                        100,
                        1,
                        0.01,
                        900,
                        300,
                        ProfileRun.ZONE));
        ProfileRun run = new ProfileRun(Limits.DEFAULT, rule);
        run.accept(ProfileRun.signal("t1", START, "source.geo.location", "36.65,117.12", 1)); // Jinan
        run.accept(
                ProfileRun.signal("t1", START + 60_000, "source.geo.location", "39.90,116.40", 2)); // Beijing: 366 km
        run.accept(
                ProfileRun.signal("t1", START + 8 * HOUR, "source.geo.location", "{\"lat\":22.54,\"lon\":114.06}", 3));
        run.accept(ProfileRun.signal("t1", START + 9 * HOUR, "source.geo.location", "nowhere", 4));
        run.tick(START + 10 * HOUR);
        assertThat(run.published)
                .singleElement()
                .satisfies(signal -> assertThat(words(signal)).contains("1 分").contains("公里"));
        assertThat(run.counted("no_place")).isEqualTo(1);
        assertThat(TravelHabit.distance(36.65, 117.12, 36.07, 120.38)).isCloseTo(299, within(4.0));
    }

    @Test
    void what_happens_between_terms_is_spoken_of_once_a_day_and_an_old_calendar_says_nothing() {
        Terms terms = new Terms(List.of(
                new Terms.Term("春", LocalDate.parse("2026-02-23"), LocalDate.parse("2026-07-10")),
                new Terms.Term("秋", LocalDate.parse("2026-09-01"), LocalDate.parse("2027-01-22"))));
        ProfileRun run = new ProfileRun(
                Limits.DEFAULT,
                ProfileRun.rule(
                        "r",
                        Type.OUT_OF_TERM,
                        "",
                        ProfileRun.bounds(Duration.ZERO, Duration.ofDays(900), 100, 0),
                        terms));
        long holiday = Instant.parse("2026-08-01T02:00:00Z").toEpochMilli();
        run.accept(ProfileRun.signal("web01", START + DAY, "", "", 1));
        run.accept(ProfileRun.signal("web01", holiday, "", "", 2));
        run.accept(ProfileRun.signal("web01", holiday + HOUR, "", "", 3));
        run.accept(ProfileRun.signal("web01", holiday + DAY, "", "", 4));
        run.accept(
                ProfileRun.signal("web01", Instant.parse("2027-08-01T02:00:00Z").toEpochMilli(), "", "", 5));
        run.tick(Tick.END);
        assertThat(run.published).hasSize(2).allSatisfy(signal -> assertThat(words(signal))
                .contains("不在学期内"));
    }

    @Test
    void every_bound_holds_and_what_goes_over_it_is_counted() {
        BehaviourRule small = ProfileRun.rule(
                Type.FIRST_SEEN, "destination.ip", ProfileRun.bounds(Duration.ZERO, Duration.ofDays(90), 16, 0));
        ProfileRun run = new ProfileRun(new Limits(300_000, 16, 2), small);
        for (int i = 0; i < 100; i++) {
            run.accept(ProfileRun.signal("h" + i % 3, START + i, "destination.ip", "v" + i, i));
        }
        assertThat(run.ignored("key_budget")).isEqualTo(33);
        assertThat(run.counted("early")).isGreaterThan(0);
        run.tick(START + DAY);
        assertThat(run.counted("value_forgotten")).isGreaterThan(0);
        // a header and sixteen values for each of two entities
        assertThat(run.store).hasSize(34);
        run.tick(START + 100 * DAY);
        assertThat(run.store).isEmpty();
    }

    @Test
    void a_rule_that_speaks_differently_keeps_what_was_learnt_and_one_that_is_gone_leaves_no_row() {
        ProfileRun run = new ProfileRun(Limits.DEFAULT, FIRST);
        for (int hour = 0; hour < 60; hour++) {
            run.accept(ProfileRun.signal("web01", START + hour * HOUR, "destination.ip", "10.0.0.1", hour));
        }
        run.tick(START + 60 * HOUR);
        run.swap(ProfileRun.rule(
                Type.FIRST_SEEN, "destination.ip", ProfileRun.bounds(Duration.ofDays(1), Duration.ofDays(60), 500, 3)));
        run.accept(ProfileRun.signal("web01", START + 61 * HOUR, "destination.ip", "203.0.113.9", 1));
        run.tick(START + 62 * HOUR);
        assertThat(run.published).hasSize(1);
        run.swap();
        assertThat(run.store).isEmpty();
        List<Signal> before = List.copyOf(run.published);
        run.accept(ProfileRun.signal("web01", START + 63 * HOUR, "destination.ip", "203.0.113.10", 1));
        assertThat(run.published).isEqualTo(before);
        assertThat(Collections.frequency(before, before.get(0))).isEqualTo(1);
    }
}
