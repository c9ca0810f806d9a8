package org.wanglou.correlator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.wanglou.correlator.stories.StoryLimits;
import org.wanglou.correlator.windows.Limits;
import org.wanglou.crypto.sm.Sm3;
import org.wanglou.model.Ecs;
import org.wanglou.model.Event;
import org.wanglou.model.Incident;
import org.wanglou.model.Meters;
import org.wanglou.rules.Pack;
import org.wanglou.rules.Scenario;

class PartitionsTest {
    private static final long T = 1_795_000_000_000L;
    private static final long GRACE = 60_000;
    private static final Limits LIMITS = new Limits(GRACE, 4096, 100_000);
    private static final Fixed REGISTRY = Fixed.school(3, 1_200_000);

    /** All scenarios of all packs at once, received up to 40 s after they happened, some twice. */
    private static List<Event> traffic(Random random) {
        List<Event> events = new ArrayList<>();
        for (Pack pack : PackScenarioTest.PACKS) {
            for (Scenario scenario : Scenario.read("scenario.yml", pack.files().get("scenario.yml"), problem -> {})) {
                for (Event event : PackScenarioTest.events(scenario, T + random.nextInt(5) * 1000L)) {
                    long receipt = event.timeMillis() + random.nextInt(40_000);
                    Event received =
                            event.toBuilder().set(Ecs.EVENT_INGESTED, receipt).build();
                    events.add(received);
                    if (random.nextInt(6) == 0) {
                        events.add(received.toBuilder()
                                .set(Ecs.EVENT_INGESTED, receipt + 500)
                                .build());
                    }
                }
            }
        }
        events.sort(Comparator.comparingLong(Event::ingestedMillis));
        return events;
    }

    private static Path path(int partitions, long seed) {
        return new Path(partitions, seed, REGISTRY, PackScenarioTest.KNOWLEDGE, LIMITS);
    }

    @Property(tries = 6)
    void one_and_four_partitions_restarts_and_replay_give_the_same_settled_fingerprints(@ForAll long seed) {
        List<Event> events = traffic(new Random(seed));

        Set<String> one = path(1, seed).feed(events, GRACE, false).settledFingerprints();
        Path four = path(4, seed + 1).feed(events, GRACE, false);
        Path restarted = path(4, seed + 2).feed(events, GRACE, true);

        assertThat(one).hasSizeGreaterThanOrEqualTo(4);
        assertThat(four.settledFingerprints()).isEqualTo(one);
        assertThat(restarted.settledFingerprints()).isEqualTo(one);
        assertThat(replayed(events)).isEqualTo(one);
        assertThat(four.last().values()).noneMatch(incident -> incident.status() == Incident.Status.OPEN);
        assertThat(restarted.published).allSatisfy(PartitionsTest::revisionsAreWhole);
    }

    private static Set<String> replayed(List<Event> events) {
        return new TreeSet<>(new Replay(PackScenarioTest.detectors(), REGISTRY, LIMITS, new Meters())
                .incidents(events.iterator(), PackScenarioTest.KNOWLEDGE, StoryLimits.of(GRACE)).stream()
                        .map(Incident::fingerprint)
                        .toList());
    }

    private static void revisionsAreWhole(Incident incident) {
        assertThat(incident.revision()).isPositive();
        assertThat(incident.fingerprint()).hasSize(64);
    }

    @Test
    void revisions_of_an_incident_count_up_by_one_over_restarts() {
        Path path = path(4, 5).feed(traffic(new Random(5)), GRACE, true);
        path.last().keySet().forEach(id -> {
            List<Integer> revisions = path.published.stream()
                    .filter(incident -> incident.id().equals(id))
                    .map(Incident::revision)
                    .toList();
            for (int i = 0; i < revisions.size(); i++) {
                assertThat(revisions.get(i)).isEqualTo(i + 1);
            }
        });
    }

    @Test
    void events_stamped_2099_and_1970_change_no_fingerprint() {
        List<Event> events = traffic(new Random(11));
        List<Event> disturbed = new ArrayList<>(events);
        int disturbances = 0;
        for (int i = 30; i < events.size(); i += 7) {
            Event template = events.get(i);
            long wrong = disturbances++ % 2 == 0 ? 4_070_908_800_000L : 0L;
            disturbed.add(
                    disturbed.indexOf(template),
                    template.toBuilder()
                            .set(Ecs.EVENT_ID, Sm3.id("disturbance", Integer.toString(i)))
                            .set(Ecs.TIMESTAMP, wrong + i)
                            .build());
        }
        Set<String> calm = path(4, 1).feed(events, GRACE, false).settledFingerprints();
        Set<String> all = path(4, 2).feed(disturbed, GRACE, false).settledFingerprints();
        assertThat(disturbances).isGreaterThan(10);
        assertThat(all).containsAll(calm);
        assertThat(replayed(disturbed)).containsAll(calm);
    }
}
