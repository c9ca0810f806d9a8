package org.wanglou.rules.sigma.pipeline;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.wanglou.rules.sigma.Glob;
import org.wanglou.rules.sigma.LogSource;
import org.wanglou.rules.sigma.ValueTest;
import org.wanglou.rules.text.YamlNode;

/** Transformations that change or refuse the rule as a whole. Stateless. */
final class RuleTransformations {
    private RuleTransformations() {}

    static Map<String, Function<YamlNode, Step.Transformation>> table() {
        return Map.of(
                "add_condition", RuleTransformations::condition,
                "change_logsource", RuleTransformations::logsource,
                "rule_failure",
                        node -> {
                            String message = node.text("message", "refused by the pipeline");
                            return (rule, step, vars) -> {
                                throw new BadRule(
                                        rule.line(), message, "the pipeline " + step.id() + " refuses such rules");
                            };
                        },
                "detection_item_failure",
                        node -> {
                            String message = node.text("message", "refused by the pipeline");
                            return (rule, step, vars) -> step.each(rule, item -> {
                                throw new BadRule(
                                        item.line(), item.label() + ": " + message, "the pipeline refuses such items");
                            });
                        },
                "set_state",
                        node -> {
                            String key = node.text("key", "");
                            String value = node.text("val", node.text("value", ""));
                            return (rule, step, vars) -> rule.state().put(key, value);
                        },
                "set_custom_attribute",
                        node -> {
                            String key = node.text("attribute", "");
                            String value = node.text("value", "");
                            return (rule, step, vars) -> rule.attributes().put(key, value);
                        },
                // The list of fields to show has no part in what matches.
                "set_field", node -> (rule, step, vars) -> {},
                "nest", RuleTransformations::nest);
    }

    private static Step.Transformation condition(YamlNode node) {
        YamlNode conditions = node.get("conditions")
                .filter(YamlNode::isMap)
                .orElseThrow(
                        () -> new BadRule(node.line(), "conditions is missing", "write conditions: {field: value}"));
        boolean template = node.text("template", "false").equals("true");
        boolean negated = node.text("negated", "false").equals("true");
        return (rule, step, vars) -> {
            List<Draft> items = new ArrayList<>();
            conditions.map().forEach((field, values) -> {
                List<Draft.Value> read = new ArrayList<>();
                for (YamlNode value : values.isNull() ? List.of(values) : values.list()) {
                    read.add(new Draft.Value(
                            field + ": " + value.text(), List.of(test(value, template ? rule.logsource() : null))));
                }
                items.add(new Draft.Item(
                        field,
                        field,
                        read,
                        false,
                        false,
                        node.line(),
                        step.id().isEmpty() ? Set.of() : Set.of(step.id())));
            });
            rule.condition(new Draft.All("added by the pipeline", items), negated);
        };
    }

    private static ValueTest test(YamlNode value, @org.jspecify.annotations.Nullable LogSource source) {
        if (value.isNull()) {
            return new ValueTest.Null();
        }
        if (value.value() instanceof Number number) {
            return new ValueTest.Number(number.doubleValue() + 0.0);
        }
        String text = value.text();
        if (source != null) {
            text = text.replaceAll("\\$\\{?category\\}?", quoted(source.category()))
                    .replaceAll("\\$\\{?product\\}?", quoted(source.product()))
                    .replaceAll("\\$\\{?service\\}?", quoted(source.service()));
        }
        return new ValueTest.Text(Glob.of(text), false);
    }

    private static String quoted(String text) {
        return java.util.regex.Matcher.quoteReplacement(text);
    }

    private static Step.Transformation logsource(YamlNode node) {
        LogSource other = new LogSource(node.text("category", ""), node.text("product", ""), node.text("service", ""));
        return (rule, step, vars) -> rule.logsource(other);
    }

    private static Step.Transformation nest(YamlNode node) {
        List<Step> steps = PipelineReader.steps(node.get("items").orElse(YamlNode.missing(node.line())));
        return (rule, step, vars) -> steps.forEach(inner -> inner.apply(rule, vars));
    }
}
