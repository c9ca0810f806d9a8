package org.wanglou.rules.sigma.pipeline;

import java.util.List;
import org.wanglou.rules.sigma.LogSource;
import org.wanglou.rules.sigma.ValueTest;
import org.wanglou.rules.text.YamlNode;

/** The conditions over a whole rule. Stateless. */
final class RuleChecks {
    private RuleChecks() {}

    static Step.RuleCheck of(YamlNode node) {
        String type = node.text("type", "");
        return switch (type) {
            case "logsource" -> logsource(node);
            case "contains_detection_item" -> {
                String field = node.text("field", "");
                String value = node.text("value", "");
                yield rule ->
                        rule.items().stream().anyMatch(item -> item.field().equals(field) && has(item, value));
            }
            case "contains_field" -> {
                String field = node.text("field", "");
                yield rule ->
                        rule.items().stream().anyMatch(item -> item.field().equals(field));
            }
            case "processing_item_applied" -> {
                String id = node.text("processing_item_id", "");
                yield rule -> rule.applied().contains(id);
            }
            case "processing_state" -> state(node);
            case "is_sigma_rule" -> rule -> true;
            case "is_sigma_correlation_rule" -> rule -> false;
            case "tag" -> {
                String tag = node.text("tag", "");
                yield rule -> rule.document().texts("tags").contains(tag);
            }
            case "taxonomy" -> {
                String taxonomy = node.text("taxonomy", "sigma");
                yield rule -> rule.document().text("taxonomy", "sigma").equals(taxonomy);
            }
            case "rule_attribute" -> attribute(node);
            default ->
                throw new BadRule(
                        node.line(), "unknown rule condition '" + type + "'", "see pySigma's list of conditions");
        };
    }

    static Step.RuleCheck state(YamlNode node) {
        String key = node.text("key", "");
        String wanted = node.text("val", "");
        String op = node.text("op", "eq");
        return rule -> {
            String value = rule.state().get(key);
            return value != null && compare(value, op, wanted);
        };
    }

    private static Step.RuleCheck logsource(YamlNode node) {
        LogSource wanted = new LogSource(node.text("category", ""), node.text("product", ""), node.text("service", ""));
        return rule -> wanted.contains(rule.logsource());
    }

    private static Step.RuleCheck attribute(YamlNode node) {
        String attribute = node.text("attribute", "");
        String wanted = node.text("value", "");
        String op = node.text("op", "eq");
        return rule -> {
            String own = rule.attributes().get(attribute);
            List<String> values = own == null ? rule.document().texts(attribute) : List.of(own);
            boolean list =
                    rule.document().get(attribute).filter(YamlNode::isList).isPresent();
            return switch (op) {
                case "in" -> list && values.contains(wanted);
                case "not_in" -> list && !values.contains(wanted);
                default -> values.size() == 1 && compare(values.get(0), op, wanted);
            };
        };
    }

    private static final List<String> LEVELS = List.of(
            "informational",
            "low",
            "medium",
            "high",
            "critical",
            "unsupported",
            "deprecated",
            "experimental",
            "test",
            "stable");

    // Levels and states in their order, numbers as such, everything else (dates) as text.
    private static boolean compare(String value, String op, String wanted) {
        int order;
        if (LEVELS.contains(value) && LEVELS.contains(wanted)) {
            order = LEVELS.indexOf(value) - LEVELS.indexOf(wanted);
        } else if (value.matches("-?[0-9.]{1,18}") && wanted.matches("-?[0-9.]{1,18}")) {
            order = new java.math.BigDecimal(value).compareTo(new java.math.BigDecimal(wanted));
        } else {
            order = value.compareTo(wanted);
        }
        return switch (op) {
            case "ne" -> order != 0;
            case "gt" -> order > 0;
            case "gte" -> order >= 0;
            case "lt" -> order < 0;
            case "lte" -> order <= 0;
            default -> order == 0;
        };
    }

    private static boolean has(Draft.Item item, String value) {
        return item.values().stream()
                .flatMap(one -> one.forms().stream())
                .anyMatch(form -> form instanceof ValueTest.Text text
                                && text.glob().sigma().equals(value)
                        || form instanceof ValueTest.Number number
                                && value.matches("-?[0-9.]{1,18}")
                                && number.value() == Double.parseDouble(value));
    }
}
