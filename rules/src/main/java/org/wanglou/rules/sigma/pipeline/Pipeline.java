package org.wanglou.rules.sigma.pipeline;

import java.util.List;
import java.util.Map;

/**
 * One processing pipeline. Immutable; thread-safe.
 *
 * @param priority lower ones go first
 * @param backends {@code allowed_backends}; empty: all
 * @param vars values for placeholders
 * @param digest of its text
 */
public record Pipeline(
        String name,
        int priority,
        List<String> backends,
        Map<String, List<String>> vars,
        List<Step> steps,
        String digest) {
    public Pipeline {
        backends = List.copyOf(backends);
        vars = Map.copyOf(vars);
        steps = List.copyOf(steps);
    }

    /** Changes a draft; throws {@link BadRule} when the pipeline refuses the rule. */
    public void apply(RuleDraft draft) {
        for (Step step : steps) {
            step.apply(draft, vars);
        }
    }
}
