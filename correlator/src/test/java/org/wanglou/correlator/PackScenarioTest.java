package org.wanglou.correlator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.wanglou.correlator.detect.Detectors;
import org.wanglou.correlator.stories.Knowledge;
import org.wanglou.correlator.stories.StoryLimits;
import org.wanglou.correlator.windows.Limits;
import org.wanglou.crypto.sm.Sm3;
import org.wanglou.model.Ecs;
import org.wanglou.model.Event;
import org.wanglou.model.Incident;
import org.wanglou.model.Meters;
import org.wanglou.rules.Pack;
import org.wanglou.rules.Packs;
import org.wanglou.rules.RuleProblem;
import org.wanglou.rules.Scenario;
import org.wanglou.rules.grading.Tables;
import org.wanglou.rules.indicators.IndicatorRule;
import org.wanglou.rules.sigma.RuleSet;

/** Every scenario of the shipped packs, in order, shuffled and with each event sent twice. */
class PackScenarioTest {
    static final List<Pack> PACKS = Packs.builtIn();
    static final RuleSet RULES = RuleSet.compile(PACKS);
    static final List<IndicatorRule> INDICATORS =
            PACKS.stream().flatMap(pack -> pack.indicators().stream()).toList();
    static final Knowledge KNOWLEDGE = Knowledge.of(PACKS, Tables.builtIn());
    private static final long START = 1_795_000_000_000L;

    static Detectors detectors() {
        return Detectors.of(RULES, INDICATORS);
    }

    @TestFactory
    Stream<DynamicTest> every_scenario_of_a_pack_gives_the_incidents_it_names() {
        return PACKS.stream().flatMap(pack -> scenarios(pack).stream()
                .map(scenario -> DynamicTest.dynamicTest(pack.id() + ": " + scenario.title(), () -> check(scenario))));
    }

    private static List<Scenario> scenarios(Pack pack) {
        List<RuleProblem> problems = new ArrayList<>();
        List<Scenario> scenarios =
                Scenario.read("scenario.yml", pack.files().getOrDefault("scenario.yml", ""), problems::add);
        assertThat(problems).isEmpty();
        return scenarios;
    }

    private static void check(Scenario scenario) {
        List<Event> events = events(scenario, START);
        List<Incident> incidents = replay(events);
        assertThat(incidents).hasSameSizeAs(scenario.incidents());
        for (Scenario.Expected expected : scenario.incidents()) {
            assertThat(incidents).anySatisfy(incident -> {
                assertThat(incident.title()).contains(expected.titleContains());
                assertThat(incident.category().key()).isEqualTo(expected.category());
                assertThat(incident.impact().outcome()).isEqualTo(expected.outcome());
            });
        }
        assertThat(incidents).allSatisfy(incident -> {
            assertThat(incident.status()).isEqualTo(Incident.Status.SETTLED);
            assertThat(incident.grades()).extracting("scheme").contains("gbt20986-2023", "cac-2025");
            assertThat(incident.explanation()).hasSizeGreaterThan(2);
            assertThat(incident.organizationName()).isEqualTo("示范学校");
            assertThat(incident.id()).hasSize(32);
        });
        List<Event> disordered = new ArrayList<>(events);
        disordered.addAll(events);
        Collections.shuffle(disordered, new Random(7));
        assertThat(replay(disordered))
                .extracting(Incident::fingerprint)
                .containsExactlyElementsOf(
                        incidents.stream().map(Incident::fingerprint).toList());
    }

    static List<Incident> replay(List<Event> events) {
        return new Replay(detectors(), Fixed.school(3, 1_200_000), Limits.DEFAULT, new Meters())
                .incidents(events.iterator(), KNOWLEDGE, StoryLimits.DEFAULT);
    }

    /** The scenario's events with ids and times. */
    static List<Event> events(Scenario scenario, long start) {
        List<Event> events = new ArrayList<>();
        for (Scenario.Step step : scenario.steps()) {
            events.add(step.event().toBuilder()
                    .set(Ecs.EVENT_ID, Sm3.id(scenario.title(), Integer.toString(events.size())))
                    .set(Ecs.TIMESTAMP, start + step.atMillis())
                    .set(Ecs.HOST_NAME, "web01")
                    .build());
        }
        return events;
    }
}
