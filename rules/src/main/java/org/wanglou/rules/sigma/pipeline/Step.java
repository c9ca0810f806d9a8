package org.wanglou.rules.sigma.pipeline;

import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * One transformation of a pipeline with the conditions under which it acts. Immutable.
 *
 * @param id empty when the author gave none
 * @param rules whether it acts on a rule
 * @param items whether it acts on an item of that rule
 * @param fields whether it acts on a field name of that rule
 */
record Step(String id, RuleCheck rules, ItemCheck items, FieldCheck fields, Transformation transformation) {
    /** Whether a rule is meant. */
    interface RuleCheck {
        boolean on(RuleDraft rule);
    }

    /** Whether an item is meant. */
    interface ItemCheck {
        boolean on(RuleDraft rule, Draft.Item item);
    }

    /** Whether a field name is meant. */
    interface FieldCheck {
        boolean on(RuleDraft rule, Draft.Item item, String field);
    }

    /** What is done to a rule. */
    interface Transformation {
        void on(RuleDraft rule, Step step, Map<String, List<String>> vars);
    }

    void apply(RuleDraft rule, Map<String, List<String>> vars) {
        if (rules.on(rule)) {
            transformation.on(rule, this, vars);
            if (!id.isEmpty()) {
                rule.applied().add(id);
            }
        }
    }

    /** Puts what the function gives in the place of each item that is meant; the same item back means no change. */
    void each(RuleDraft rule, Function<Draft.Item, List<Draft>> change) {
        rule.items(item -> {
            if (!items.on(rule, item) || !fields.on(rule, item, item.field())) {
                return List.of(item);
            }
            List<Draft> changed = change.apply(item);
            if (changed.size() == 1 && changed.get(0).equals(item)) {
                return changed;
            }
            return changed.stream().map(this::marked).toList();
        });
    }

    private Draft marked(Draft draft) {
        if (draft instanceof Draft.Item item) {
            return item.marked(id);
        }
        if (draft instanceof Draft.All all) {
            return new Draft.All(
                    all.label(), all.parts().stream().map(this::marked).toList());
        }
        Draft.Any any = (Draft.Any) draft;
        return new Draft.Any(any.label(), any.parts().stream().map(this::marked).toList());
    }
}
