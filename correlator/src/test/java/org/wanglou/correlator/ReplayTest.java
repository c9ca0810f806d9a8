package org.wanglou.correlator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.wanglou.correlator.detect.Detectors;
import org.wanglou.correlator.windows.Limits;
import org.wanglou.model.Ecs;
import org.wanglou.model.Event;
import org.wanglou.model.Meters;
import org.wanglou.model.Signal;
import org.wanglou.rules.PackReader;
import org.wanglou.rules.sigma.RuleSet;

class ReplayTest {
    private static final long T = 1_795_000_000_000L;

    private static Replay replay() {
        return new Replay(PackScenarioTest.detectors(), Fixed.school(3, 0), Limits.DEFAULT, new Meters());
    }

    private static List<Event> failures(int count, long every) {
        List<Event> events = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            events.add(DetectStageTest.failure("f" + i, T + i * every));
        }
        return events;
    }

    @Test
    void nineteen_give_no_episode_and_twenty_one_give_one_settled_with_its_final_values() {
        assertThat(replay().correlate(failures(19, 1000).iterator())).isEmpty();

        List<Signal> hits = replay().correlate(failures(21, 1000).iterator());

        assertThat(hits).hasSize(1);
        assertThat(hits.get(0).status()).isEqualTo(Signal.Status.SETTLED);
        assertThat(hits.get(0).evidence().count()).isEqualTo(21);
        assertThat(hits.get(0).episode()).isEqualTo(new Signal.Episode(T + 19_000, T + 20_000));
    }

    @Test
    void input_without_receive_times_may_come_in_any_order() {
        List<Event> events = failures(400, 14_000);
        events.addAll(failures(30, 100));
        List<Signal> inOrder = replay().correlate(events.iterator());
        Collections.shuffle(events, new Random(3));
        assertThat(replay().correlate(events.iterator())).hasSameSizeAs(inOrder).zipSatisfy(inOrder, (one, other) -> {
            assertThat(one.episode()).isEqualTo(other.episode());
            assertThat(one.evidence()).isEqualTo(other.evidence());
        });
        assertThat(inOrder).isNotEmpty();
    }

    @Test
    void with_receive_times_what_comes_later_than_the_grace_counts_no_more() {
        List<Event> events = new ArrayList<>();
        for (Event event : failures(19, 1000)) {
            events.add(event.toBuilder()
                    .set(Ecs.EVENT_INGESTED, event.timeMillis())
                    .build());
        }
        for (long minute = 1; minute < 10; minute++) {
            events.add(DetectStageTest.failure("other" + minute, T + minute * 60_000).toBuilder()
                    .set(Ecs.SOURCE_IP, "198.51.100.1")
                    .set(Ecs.EVENT_INGESTED, T + minute * 60_000)
                    .build());
        }
        Event late = DetectStageTest.failure("late", T + 18_500).toBuilder()
                .set(Ecs.EVENT_INGESTED, T + 600_000)
                .build();
        events.add(late);
        assertThat(replay().correlate(events.iterator())).isEmpty();

        events.remove(late);
        events.add(19, late.toBuilder().set(Ecs.EVENT_INGESTED, T + 20_000).build());
        assertThat(replay().correlate(events.iterator())).hasSize(1);
    }

    @Test
    void events_without_an_id_are_told_apart_by_their_ordinal_and_named_alike_in_every_run() {
        List<Event> events = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            events.add(DetectStageTest.failure("same", T).toBuilder()
                    .set(Ecs.EVENT_ID, null)
                    .build());
        }
        List<String> first = new ArrayList<>();
        List<String> second = new ArrayList<>();
        replay().detect(events.iterator(), signal -> first.add(signal.id()));
        replay().detect(events.iterator(), signal -> second.add(signal.id()));
        assertThat(first).hasSize(20).doesNotHaveDuplicates().isEqualTo(second);
        assertThat(replay().correlate(events.iterator())).hasSize(1);
    }

    @Test
    void rules_of_a_pack_that_wait_for_each_other_find_their_order_in_events() {
        String pack = "title: failed\nid: failed\nlogsource: {category: test}\n"
                + "detection: {s: {event.outcome: failure}, condition: s}\n---\n"
                + "title: entered\nid: entered\nlogsource: {category: test}\n"
                + "detection: {s: {event.outcome: success}, condition: s}\n---\n"
                + "title: then\nid: then\nlevel: high\ncorrelation: {type: temporal_ordered, rules: [failed, entered],"
                + " group-by: [source.ip], timespan: 1m}\n---\n"
                + "title: both\nid: both\ncorrelation: {type: temporal, rules: [failed, entered],"
                + " group-by: [source.ip], timespan: 1m}\n";
        RuleSet rules = RuleSet.compile(List.of(PackReader.read("p", "test", Map.of("r.yml", pack))));
        assertThat(rules.problems()).isEmpty();
        Event failure = DetectStageTest.failure("f", T);
        List<Event> events = List.of(
                failure,
                DetectStageTest.failure("s", T + 5).toBuilder()
                        .set(Ecs.EVENT_OUTCOME, "success")
                        .build(),
                DetectStageTest.failure("other", T + 100_000).toBuilder()
                        .set(Ecs.EVENT_OUTCOME, "success")
                        .build(),
                DetectStageTest.failure("wrong way", T + 100_001));
        List<Signal> hits = new Replay(Detectors.of(rules, List.of()), Fixed.school(3, 0), Limits.DEFAULT, new Meters())
                .correlate(events.iterator());
        assertThat(hits).extracting(Signal::ruleId).containsExactlyInAnyOrder("then", "both", "both");
        assertThat(hits.get(0).evidence().eventIds()).contains(failure.id()).hasSize(2);
    }
}
