package org.wanglou.rules;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.wanglou.model.Event;
import org.wanglou.rules.sigma.RuleSet;
import org.wanglou.rules.text.YamlNode;
import org.wanglou.rules.text.YamlReader;

/** Runs a pack's {@code *.test.yml}: events each rule must match and must not. Stateless. */
public final class RuleTests {
    private RuleTests() {}

    /** Outcome of a pack's tests. {@code checked} counts events held against a rule. */
    public record Result(int checked, List<RuleProblem> failures) {
        public Result {
            failures = List.copyOf(failures);
        }
    }

    public static Result run(Pack pack) {
        RuleSet rules = RuleSet.compile(List.of(pack));
        List<RuleProblem> failures = new ArrayList<>(pack.problems());
        int[] checked = {0};
        pack.files().forEach((file, text) -> {
            if (!file.endsWith(".test.yml")) {
                return;
            }
            for (YamlNode document : YamlReader.read(file, text, failures::add)) {
                String rule = document.text("rule", "");
                boolean known = rules.rule(rule).isPresent()
                        || pack.indicators()
                                .filter(one -> one.id().equals(rule))
                                .isPresent();
                if (!known) {
                    failures.add(new RuleProblem(file, document.line(), "no rule " + rule, "name a rule of this pack"));
                    continue;
                }
                for (boolean wanted : new boolean[] {true, false}) {
                    for (YamlNode node : document.get(wanted ? "match" : "no-match")
                            .map(YamlNode::list)
                            .orElse(List.of())) {
                        checked[0]++;
                        if (matches(pack, rules, rule, event(node)) != wanted) {
                            failures.add(new RuleProblem(
                                    file,
                                    node.line(),
                                    rule + (wanted ? " does not match" : " matches") + " this event",
                                    "mend the rule or the test; explain shows each part"));
                        }
                    }
                }
            }
        });
        return new Result(checked[0], failures);
    }

    private static boolean matches(Pack pack, RuleSet rules, String rule, Event event) {
        Set<String> matched = new HashSet<>();
        rules.match(event, one -> matched.add(one.id()));
        pack.indicators().filter(one -> !one.set().match(event).isEmpty()).ifPresent(one -> matched.add(one.id()));
        return matched.contains(rule);
    }

    /** The event that a map of ECS fields describes, nested or dotted. */
    static Event event(YamlNode node) {
        Event.Builder event = Event.builder();
        fill(event, "", node);
        return event.build();
    }

    private static void fill(Event.Builder event, String prefix, YamlNode node) {
        node.map().forEach((key, value) -> {
            if (value.isMap()) {
                fill(event, prefix + key + ".", value);
            } else {
                Object plain = value.plain();
                event.set(prefix + key, plain == null ? Event.NULL : plain);
            }
        });
    }
}
