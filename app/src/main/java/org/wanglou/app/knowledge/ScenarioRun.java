package org.wanglou.app.knowledge;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.wanglou.correlator.Replay;
import org.wanglou.correlator.detect.Detectors;
import org.wanglou.correlator.stories.Knowledge;
import org.wanglou.correlator.stories.StoryLimits;
import org.wanglou.correlator.windows.Limits;
import org.wanglou.crypto.sm.Sm3;
import org.wanglou.model.Ecs;
import org.wanglou.model.Event;
import org.wanglou.model.Incident;
import org.wanglou.model.Meters;
import org.wanglou.model.Snapshots;
import org.wanglou.model.registry.Registry;
import org.wanglou.rules.Pack;
import org.wanglou.rules.RuleProblem;
import org.wanglou.rules.Scenario;
import org.wanglou.rules.grading.Tables;
import org.wanglou.rules.sigma.RuleSet;

/** Replays a pack's scenarios and compares their incidents. Stateless. */
final class ScenarioRun {
    private static final String FILE = "scenario.yml";
    private static final long START = 1_795_000_000_000L;
    private static final Snapshots EMPTY = new Snapshots() {
        @Override
        public Registry registry() {
            return Registry.EMPTY;
        }

        @Override
        public String registryDigest() {
            return "";
        }
    };

    private ScenarioRun() {}

    /** Returns how many scenarios there are. */
    static int run(Pack pack, Consumer<RuleProblem> failures) {
        List<Scenario> scenarios = Scenario.read(FILE, pack.files().getOrDefault(FILE, ""), failures);
        Detectors detectors = Detectors.of(
                RuleSet.compile(List.of(pack)), pack.indicators().stream().toList());
        Knowledge knowledge = Knowledge.of(List.of(pack), Tables.builtIn());
        for (Scenario scenario : scenarios) {
            List<Incident> incidents = new Replay(detectors, EMPTY, Limits.DEFAULT, new Meters())
                    .incidents(events(scenario).iterator(), knowledge, StoryLimits.DEFAULT);
            compare(scenario, incidents, failures);
        }
        return scenarios.size();
    }

    private static List<Event> events(Scenario scenario) {
        List<Event> events = new ArrayList<>();
        for (Scenario.Step step : scenario.steps()) {
            events.add(step.event().toBuilder()
                    .set(Ecs.EVENT_ID, Sm3.id(scenario.title(), Integer.toString(events.size())))
                    .set(Ecs.TIMESTAMP, START + step.atMillis())
                    .build());
        }
        return events;
    }

    private static void compare(Scenario scenario, List<Incident> incidents, Consumer<RuleProblem> failures) {
        if (incidents.size() != scenario.incidents().size()) {
            failures.accept(new RuleProblem(
                    FILE,
                    0,
                    scenario.title() + ": " + incidents.size() + " incidents instead of "
                            + scenario.incidents().size(),
                    "got " + incidents.stream().map(Incident::title).toList()));
        }
        for (Scenario.Expected expected : scenario.incidents()) {
            boolean found = incidents.stream()
                    .anyMatch(incident -> incident.title().contains(expected.titleContains())
                            && incident.category().key().equals(expected.category())
                            && incident.impact().outcome().equals(expected.outcome()));
            if (!found) {
                failures.accept(new RuleProblem(
                        FILE,
                        0,
                        scenario.title() + ": no incident of category " + expected.category() + ", outcome "
                                + expected.outcome() + ", with a title that contains \"" + expected.titleContains()
                                + "\"",
                        "got "
                                + incidents.stream()
                                        .map(incident -> incident.category().key() + "/"
                                                + incident.impact().outcome() + "/" + incident.title())
                                        .toList()));
            }
        }
    }
}
