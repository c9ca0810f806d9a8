package org.wanglou.rules.playbook;

import java.util.List;
import java.util.Map;

/**
 * A CACAO 2.0 playbook in the part that runs: start, actions, end. Immutable.
 *
 * @param steps in the order they are walked from the start
 */
public record Playbook(String id, String name, String description, List<Step> steps) {
    public Playbook {
        steps = List.copyOf(steps);
    }

    /**
     * One step.
     *
     * @param type CACAO's type: start, end, action …
     * @param action {@code notify}, {@code manual}, or the command's own type
     * @param text the command, or the description
     * @param supported false for what is kept but not run, such as http-api
     * @param next id of the step after it, empty at the end
     */
    public record Step(
            String id,
            String type,
            String name,
            String action,
            String text,
            boolean supported,
            String next,
            Map<String, String> variables) {
        public Step {
            variables = Map.copyOf(variables);
        }
    }
}
