package org.wanglou.rules;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.wanglou.model.Event;
import org.wanglou.rules.text.YamlNode;
import org.wanglou.rules.text.YamlReader;

/**
 * A timeline of events and the incidents it must give; times count from a start that the runner chooses. Immutable.
 */
public record Scenario(String title, String organization, List<Step> steps, List<Expected> incidents) {
    public Scenario {
        steps = List.copyOf(steps);
        incidents = List.copyOf(incidents);
    }

    /** One event, {@code atMillis} after the start; it has neither id nor time yet. */
    public record Step(long atMillis, Event event) {}

    /** One incident that must come. */
    public record Expected(String category, String outcome, String titleContains) {}

    public static List<Scenario> read(String file, String text, Consumer<RuleProblem> problems) {
        List<Scenario> scenarios = new ArrayList<>();
        for (YamlNode document : YamlReader.read(file, text, problems)) {
            List<Step> steps = new ArrayList<>();
            String organization = document.text("organization", "unassigned");
            for (YamlNode node : document.get("events").map(YamlNode::list).orElse(List.of())) {
                try {
                    long at = millis(node.text("at", "0s"));
                    long every = millis(node.text("every", "1s"));
                    int repeat = Math.min(Integer.parseInt(node.text("repeat", "1")), 10_000);
                    Event event = RuleTests.event(node.get("event").orElse(YamlNode.missing(node.line()))).toBuilder()
                            .set("organization.id", organization)
                            .build();
                    for (int i = 0; i < repeat; i++) {
                        steps.add(new Step(at + i * every, event));
                    }
                } catch (IllegalArgumentException e) {
                    problems.accept(new RuleProblem(
                            file, node.line(), String.valueOf(e.getMessage()), "write at: 90s, repeat: 20, every: 3s"));
                }
            }
            List<Expected> expected = new ArrayList<>();
            for (YamlNode node : document.get("incidents").map(YamlNode::list).orElse(List.of())) {
                expected.add(new Expected(
                        node.text("category", ""), node.text("outcome", ""), node.text("title-contains", "")));
            }
            scenarios.add(new Scenario(document.text("title", file), organization, steps, expected));
        }
        return List.copyOf(scenarios);
    }

    private static long millis(String text) {
        if (!text.matches("[0-9]{1,9}(ms|s|m|h)")) {
            throw new IllegalArgumentException("no time span: '" + text + "'");
        }
        String digits = text.replaceAll("[a-z]", "");
        long unit =
                switch (text.substring(digits.length())) {
                    case "ms" -> 1;
                    case "s" -> 1_000;
                    case "m" -> 60_000;
                    default -> 3_600_000;
                };
        return Long.parseLong(digits) * unit;
    }
}
