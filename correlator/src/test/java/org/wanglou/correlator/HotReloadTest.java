package org.wanglou.correlator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.Test;
import org.wanglou.bus.Topic;
import org.wanglou.bus.Wire;
import org.wanglou.bus.codec.EventCodec;
import org.wanglou.bus.codec.Jsons;
import org.wanglou.bus.codec.SignalCodec;
import org.wanglou.correlator.detect.DetectStage;
import org.wanglou.correlator.detect.DetectedCounts;
import org.wanglou.correlator.detect.Detectors;
import org.wanglou.correlator.reference.Shelf;
import org.wanglou.correlator.wire.Outlet;
import org.wanglou.correlator.wire.Switch;
import org.wanglou.crypto.sm.Sm3;
import org.wanglou.model.Ecs;
import org.wanglou.model.Event;
import org.wanglou.model.Meters;
import org.wanglou.model.Signal;
import org.wanglou.rules.Pack;
import org.wanglou.rules.sigma.RuleSet;
import org.wanglou.rules.sigma.read.SigmaReader;

/** New rules come into force between two events while events stream: none before matches them, every one after does. */
class HotReloadTest {
    private static final long T = 1_795_000_000_000L;
    private static final int EVENTS = 3_000;

    private final Meters meters = new Meters();
    private final DetectedCounts counts = new DetectedCounts(meters);

    @Test
    void events_before_a_switch_match_the_old_rules_alone_and_those_after_the_new_alone() throws IOException {
        long seed = Long.getLong("wanglou.seed", 20_261_125);
        System.out.println("HotReloadTest seed " + seed);
        SplittableRandom random = new SplittableRandom(seed);
        Shelf<Detectors> shelf = new Shelf<>(Detectors.KIND, Detectors::of, new Shelves.Heap());
        shelf.offer(rules(0));
        try (Driven driven = new Driven(Topologies.detect(() -> new DetectStage(
                shelf,
                Fixed.school(3, 0),
                300_000,
                counts,
                clear -> "sealed".getBytes(StandardCharsets.UTF_8),
                meters)))) {
            driven.open();
            int generation = 0;
            for (int i = 0; i < EVENTS; i++) {
                if (random.nextInt(150) == 0) {
                    shelf.offer(rules(++generation));
                }
                byte[] record = EventCodec.encode(event(i, i % 3 == 0));
                driven.send(Topic.EVENTS, null, record, Wire.EVENT_1, T + i);
            }
            TreeMap<Long, Integer> generations = new TreeMap<>(Map.of(0L, 0));
            int switched = 0;
            for (TestRecord<byte[], byte[]> record : driven.read(Topic.SWITCHES, Outlet.SWITCH_1)) {
                Switch one = Jsons.read(record.value(), Switch.class);
                if (!one.before().isEmpty()) {
                    generations.put(one.offset(), ++switched);
                }
            }
            assertThat(switched).as("switches").isEqualTo(generation).isGreaterThan(3);
            Set<String> expected = new TreeSet<>();
            for (int i = 0; i < EVENTS; i++) {
                if (i % 3 == 0) {
                    int inForce = generations.floorEntry((long) i).getValue();
                    expected.add("rule-" + inForce + " " + Sm3.id("event " + i));
                }
            }
            Set<String> matched = new TreeSet<>();
            for (TestRecord<byte[], byte[]> record : driven.read(Topic.STORIES, Wire.SIGNAL_1)) {
                Signal signal = SignalCodec.decode(record.value());
                matched.add(signal.ruleId() + " " + signal.evidence().eventIds().get(0));
            }
            assertThat(matched).isEqualTo(expected);
            assertThat(counts.bySource()).containsEntry("syslog", (long) EVENTS);
        }
    }

    private static Event event(int number, boolean wanted) {
        return Event.builder()
                .set(Ecs.EVENT_ID, Sm3.id("event " + number))
                .set(Ecs.TIMESTAMP, T + number)
                .set(Ecs.EVENT_INGESTED, T + number)
                .set(Ecs.MESSAGE, wanted ? "the Wanted \"word\" № " + number : "nothing \\ of note " + number)
                .set(Ecs.ORGANIZATION_ID, "org-demo")
                .set(Ecs.WL_SOURCE, "syslog")
                .build();
    }

    private static Detectors rules(int generation) {
        String rule = "title: t\nid: rule-" + generation + "\nlevel: low\nlogsource: {category: test}\ndetection:\n"
                + "  s:\n    message|contains: 'wanted \"word\"'\n  condition: s\n";
        SigmaReader.Result result = SigmaReader.read("p", Map.of("r.yml", rule));
        assertThat(result.problems()).isEmpty();
        Pack pack = new Pack(
                "p",
                "p",
                "1",
                "test",
                result.rules(),
                List.of(),
                Optional.empty(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Map.of("r.yml", rule),
                List.of());
        return Detectors.of(RuleSet.compile(List.of(pack)), List.of());
    }
}
