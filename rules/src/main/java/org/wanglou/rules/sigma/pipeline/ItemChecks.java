package org.wanglou.rules.sigma.pipeline;

import java.util.List;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.wanglou.rules.sigma.ValueTest;
import org.wanglou.rules.text.YamlNode;

/** The conditions over one item, and over its field name. Stateless. */
final class ItemChecks {
    private ItemChecks() {}

    static BiPredicate<RuleDraft, Draft.Item> of(YamlNode node) {
        String type = node.text("type", "");
        boolean all = node.text("cond", "any").equals("all");
        return switch (type) {
            case "match_string" -> {
                Pattern pattern = pattern(node, node.text("pattern", ""));
                boolean negate = node.text("negate", "false").equals("true");
                yield values(
                        all,
                        form -> form instanceof ValueTest.Text text
                                && pattern.matcher(text.glob().sigma()).lookingAt() != negate);
            }
            case "match_value" -> {
                String wanted = node.text("value", "");
                yield values(
                        all,
                        form -> form instanceof ValueTest.Text text
                                        && text.glob().text().equals(wanted)
                                || form instanceof ValueTest.Number number
                                        && wanted.matches("-?[0-9.]{1,18}")
                                        && number.value() == Double.parseDouble(wanted));
            }
            case "contains_wildcard" ->
                values(
                        all,
                        form -> form instanceof ValueTest.Text text
                                && !text.glob().plain());
            case "is_null" -> values(all, form -> form instanceof ValueTest.Null);
            default -> shared(node, type);
        };
    }

    static BiPredicate<RuleDraft, Draft.Item> field(YamlNode node) {
        String type = node.text("type", "");
        if (!type.equals("include_fields") && !type.equals("exclude_fields")) {
            return shared(node, type);
        }
        boolean include = type.equals("include_fields");
        String mode = node.text("mode", node.text("match_type", "plain"));
        List<String> names = node.texts("fields");
        if (mode.startsWith("re")) {
            List<Pattern> patterns =
                    names.stream().map(name -> pattern(node, name)).toList();
            return (rule, item) -> patterns.stream()
                            .anyMatch(pattern -> pattern.matcher(item.field()).lookingAt())
                    == include;
        }
        return (rule, item) -> names.contains(item.field()) == include;
    }

    private static BiPredicate<RuleDraft, Draft.Item> shared(YamlNode node, String type) {
        if (type.equals("processing_item_applied")) {
            String id = node.text("processing_item_id", "");
            return (rule, item) -> item.applied().contains(id);
        }
        if (type.equals("processing_state")) {
            Step.RuleCheck state = RuleChecks.state(node);
            return (rule, item) -> state.on(rule);
        }
        throw new BadRule(node.line(), "unknown condition '" + type + "'", "see pySigma's list of conditions");
    }

    private static BiPredicate<RuleDraft, Draft.Item> values(boolean all, Predicate<ValueTest> test) {
        return (rule, item) -> {
            List<ValueTest> forms = item.values().stream()
                    .flatMap(value -> value.forms().stream())
                    .toList();
            return all ? forms.stream().allMatch(test) : forms.stream().anyMatch(test);
        };
    }

    // Pipelines are the operator's own and run while rules are read, so the platform's expressions will do.
    static Pattern pattern(YamlNode node, String text) {
        try {
            return Pattern.compile(text);
        } catch (PatternSyntaxException e) {
            throw new BadRule(node.line(), "no regular expression: " + text, "mend it");
        }
    }
}
