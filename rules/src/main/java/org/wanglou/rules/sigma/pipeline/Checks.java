package org.wanglou.rules.sigma.pipeline;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiPredicate;
import java.util.function.Function;
import org.wanglou.rules.text.Expression;
import org.wanglou.rules.text.YamlNode;

/** Reads the three kinds of conditions of a step and joins them as its author says. Stateless. */
final class Checks {
    private Checks() {}

    static Step.RuleCheck rules(YamlNode step) {
        BiPredicate<RuleDraft, Draft.Item> joined = join(step, "rule", node -> {
            Step.RuleCheck check = RuleChecks.of(node);
            return (rule, item) -> check.on(rule);
        });
        Draft.Item none = new Draft.Item("", "", List.of(), false, false, 0, java.util.Set.of());
        return rule -> joined.test(rule, none);
    }

    static Step.ItemCheck items(YamlNode step) {
        return join(step, "detection_item", ItemChecks::of)::test;
    }

    static Step.FieldCheck fields(YamlNode step) {
        BiPredicate<RuleDraft, Draft.Item> joined = join(step, "field_name", ItemChecks::field);
        return (rule, item, field) -> joined.test(rule, item.field().equals(field) ? item : item.field(field));
    }

    // A list joined by cond_op (and), or a map of names joined by cond_expr; then cond_not.
    private static BiPredicate<RuleDraft, Draft.Item> join(
            YamlNode step, String kind, Function<YamlNode, BiPredicate<RuleDraft, Draft.Item>> read) {
        YamlNode node = step.get(kind + "_conditions").orElse(YamlNode.missing(step.line()));
        String key = kind.equals("detection_item") ? "detection_item_cond" : kind + "_cond";
        String words = step.text(key + "_expr", step.text(key + "_expression", ""));
        boolean not = step.text(key + "_not", "false").equals("true");
        boolean any = step.text(key + "_op", step.text(key + "_linking", "and")).equals("or");
        Map<String, BiPredicate<RuleDraft, Draft.Item>> named = new LinkedHashMap<>();
        if (node.isMap()) {
            node.map().forEach((name, one) -> named.put(name, read.apply(one)));
        } else {
            int[] count = {0};
            node.list().forEach(one -> named.put(one.text("name", "condition" + count[0]++), read.apply(one)));
        }
        if (!words.isEmpty()) {
            Expression expression = expression(step, words);
            for (String name : expression.names()) {
                if (!named.containsKey(name)) {
                    throw new BadRule(
                            step.line(), "no condition is named " + name, "name it under " + kind + "_conditions");
                }
            }
            return (rule, item) -> expression.holds(name -> {
                        BiPredicate<RuleDraft, Draft.Item> check = named.get(name);
                        return check != null && check.test(rule, item);
                    })
                    != not;
        }
        List<BiPredicate<RuleDraft, Draft.Item>> all = new ArrayList<>(named.values());
        if (all.isEmpty()) {
            return (rule, item) -> true;
        }
        return (rule, item) -> (any
                        ? all.stream().anyMatch(check -> check.test(rule, item))
                        : all.stream().allMatch(check -> check.test(rule, item)))
                != not;
    }

    private static Expression expression(YamlNode step, String words) {
        try {
            return Expression.parse(words);
        } catch (IllegalArgumentException e) {
            throw new BadRule(step.line(), "condition '" + words + "': " + e.getMessage(), "mend the expression");
        }
    }
}
