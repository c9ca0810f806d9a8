package org.wanglou.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.wanglou.bench.oracle.BuiltInPacks;
import org.wanglou.bench.oracle.Episode;
import org.wanglou.bench.oracle.JsonLine;
import org.wanglou.bus.codec.EventCodec;
import org.wanglou.correlator.Replay;
import org.wanglou.correlator.detect.Detectors;
import org.wanglou.correlator.stories.Knowledge;
import org.wanglou.correlator.stories.StoryLimits;
import org.wanglou.correlator.windows.Limits;
import org.wanglou.model.Event;
import org.wanglou.model.Incident;
import org.wanglou.model.Meters;
import org.wanglou.model.Signal;
import org.wanglou.model.Snapshots;
import org.wanglou.model.registry.Registry;
import org.wanglou.rules.Pack;
import org.wanglou.rules.Packs;
import org.wanglou.rules.grading.Tables;
import org.wanglou.rules.sigma.RuleSet;
import org.wanglou.store.registry.RegistryLoader;

class OracleAgreementTest {
    private static final long T = 1_795_000_000_000L;
    private static final List<Pack> PACKS = Packs.builtIn();
    private static final Knowledge KNOWLEDGE = Knowledge.of(PACKS, Tables.builtIn());
    private static final Detectors DETECTORS = Detectors.of(RuleSet.compile(PACKS), List.of());
    private static final Snapshots SNAPSHOTS = new Snapshots() {
        @Override
        public Registry registry() {
            return RegistryLoader.sample().registry();
        }

        @Override
        public String registryDigest() {
            return "sample";
        }
    };

    /** Bursts and pauses of three addresses over half an hour, many at the same millisecond, in two units. */
    private static List<String> traffic(Random random) {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < 1_200; i++) {
            String address = "203.0.113." + (1 + random.nextInt(3));
            int burst = random.nextInt(9);
            long at = T + burst * 200_000L + (long) Math.abs(random.nextGaussian() * 40_000);
            at = random.nextInt(4) == 0 ? at / 1_000 * 1_000 : at;
            // one unit for each address: which of several units hears of an episode is decided when it is first told
            String unit = address.endsWith("3") ? "990101" : "990000";
            String what =
                    switch (random.nextInt(3)) {
                        case 0 ->
                            "\"event.dataset\":\"openssh\",\"event.category\":[\"authentication\"],\"event.outcome\":\""
                                    + (random.nextInt(5) == 0 ? "unknown" : "failure") + "\"";
                        case 1 ->
                            "\"event.dataset\":\"nginx.access\",\"url.path\":\"/x\",\"http.response.status_code\":"
                                    + (random.nextInt(5) == 0 ? 200 : 404);
                        default ->
                            "\"event.dataset\":\"apache.access\",\"url.path\":\"/api/EXPORT/1\",\"http.response.status_code\":200,"
                                    + "\"http.response.body.bytes\":"
                                    + (102_399 + random.nextInt(12));
                    };
            lines.add("{\"@timestamp\":\"" + Instant.ofEpochMilli(at) + "\",\"event.id\":\"%032x\",".formatted(i)
                    + "\"organization.id\":\"" + unit + "\",\"source.ip\":\"" + address + "\"," + what + "}");
        }
        return lines;
    }

    @Test
    void the_engine_gives_the_oracles_episodes_and_stories_for_shuffled_and_repeated_input() throws Exception {
        long seed = Seeds.draw("OracleAgreementTest");
        int rounds = Seeds.full() ? 40 : 6;
        int episodes = 0;
        for (int round = 0; round < rounds; round++) {
            Random random = new Random(seed + round);
            List<String> lines = traffic(random);
            List<Episode> expected =
                    BuiltInPacks.episodes(lines.stream().map(JsonLine::parse).toList());
            for (int repeat = 0; repeat < 150; repeat++) {
                lines.add(lines.get(random.nextInt(lines.size())));
            }
            Collections.shuffle(lines, random);
            List<Event> events = new ArrayList<>();
            for (String line : lines) {
                events.add(EventCodec.decode(line.getBytes(StandardCharsets.UTF_8)));
            }

            List<Signal> hits = replay().correlate(events.iterator());
            List<Incident> incidents =
                    replay().incidents(events.iterator(), KNOWLEDGE, StoryLimits.of(Limits.DEFAULT.graceMillis()));

            assertThat(hits.stream()
                            .map(OracleAgreementTest::episode)
                            .map(OracleAgreementTest::brief)
                            .sorted()
                            .toList())
                    .as("round %d", round)
                    .isEqualTo(expected.stream()
                            .map(OracleAgreementTest::brief)
                            .sorted()
                            .toList());
            assertThat(new TreeSet<>(incidents.stream().map(Incident::storyKey).toList()))
                    .isEqualTo(BuiltInPacks.storyKeys(expected));
            episodes += expected.size();
        }
        assertThat(episodes).isGreaterThan(rounds * 5);
    }

    private static Replay replay() {
        return new Replay(DETECTORS, SNAPSHOTS, Limits.DEFAULT, new Meters());
    }

    private static String brief(Episode episode) {
        return episode.rule() + episode.key() + " " + episode.first() + ".." + episode.last() + " n=" + episode.count()
                + " " + episode.organization() + " evidence="
                + episode.evidence().hashCode();
    }

    private static Episode episode(Signal hit) {
        return new Episode(
                hit.ruleId(),
                hit.key(),
                hit.episode().first(),
                hit.episode().last(),
                hit.evidence().count(),
                hit.evidence().eventIds(),
                hit.entities().organization());
    }
}
