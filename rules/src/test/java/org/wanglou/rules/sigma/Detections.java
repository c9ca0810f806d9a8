package org.wanglou.rules.sigma;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.wanglou.model.Event;
import org.wanglou.rules.Pack;
import org.wanglou.rules.RuleProblem;
import org.wanglou.rules.sigma.read.SigmaReader;

/** One detection held against events, by the matcher and by the interpreter, which have to agree. */
final class Detections {
    private Detections() {}

    static Event event(Object... fields) {
        Event.Builder event = Event.builder();
        for (int i = 0; i < fields.length; i += 2) {
            event.set((String) fields[i], fields[i + 1]);
        }
        return event.build();
    }

    static SigmaReader.Result read(String detection) {
        return SigmaReader.read(
                "p",
                Map.of("r.yml", "title: t\nid: t\nlogsource: {category: test}\ndetection:\n" + detection.indent(2)));
    }

    static boolean matches(String detection, Event event) {
        SigmaReader.Result result = read(detection);
        assertThat(result.problems()).isEmpty();
        return matches(result, event);
    }

    static boolean matches(SigmaReader.Result result, Event event) {
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
                Map.of(),
                List.of());
        List<String> matched = new ArrayList<>();
        RuleSet.compile(List.of(pack)).match(event, rule -> matched.add(rule.id()));
        boolean holds = Interpreter.matches(result.rules().get(0), event);
        assertThat(!matched.isEmpty()).as("matcher and interpreter").isEqualTo(holds);
        return holds;
    }

    static boolean item(String item, Event event) {
        return matches("s:\n  " + item + "\ncondition: s", event);
    }

    static RuleProblem problem(String detection) {
        SigmaReader.Result result = read(detection);
        assertThat(result.rules()).isEmpty();
        assertThat(result.problems()).hasSize(1);
        return result.problems().get(0);
    }
}
