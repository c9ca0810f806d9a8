package org.wanglou.rules.sigma.read;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.wanglou.model.Level;
import org.wanglou.rules.sigma.CorrelationDocument;
import org.wanglou.rules.sigma.CorrelationDocument.Kind;
import org.wanglou.rules.sigma.CorrelationDocument.Threshold;
import org.wanglou.rules.sigma.Op;
import org.wanglou.rules.sigma.pipeline.BadRule;
import org.wanglou.rules.text.Expression;
import org.wanglou.rules.text.YamlNode;

/** Reads a {@code correlation:} document, every type; what is no correlation is refused with its line. Stateless. */
final class CorrelationReader {
    private static final String TYPES =
            "use event_count, value_count, temporal, temporal_ordered, value_sum, value_avg,"
                    + " value_percentile or value_median";
    // pySigma's lengths: a month is a twelfth, a year 365.2425 days.
    private static final Map<Character, Long> UNITS =
            Map.of('s', 1L, 'm', 60L, 'h', 3600L, 'd', 86_400L, 'w', 604_800L, 'M', 2_629_746L, 'y', 31_556_952L);

    private CorrelationReader() {}

    static CorrelationDocument read(YamlNode document, String packId, String file, String version) {
        YamlNode block = document.get("correlation")
                .filter(YamlNode::isMap)
                .orElseThrow(
                        () -> new BadRule(document.line(), "correlation is no map", "write correlation: {type: …}"));
        Kind kind = kind(block);
        List<String> fields = new ArrayList<>();
        List<Threshold> thresholds = new ArrayList<>();
        Optional<Expression> expression = Optional.empty();
        YamlNode condition = block.get("condition").orElse(null);
        if (condition != null && !condition.isMap() && !condition.isNull()) {
            expression = Optional.of(expression(kind, condition));
        } else if (condition != null) {
            thresholds.addAll(thresholds(condition, fields));
        } else if (!kind.temporal()) {
            throw new BadRule(block.line(), "condition is missing", "add condition: {gte: 20}");
        }
        block.get("field").ifPresent(node -> fields.addAll(block.texts("field")));
        fields(kind, condition == null ? block : condition, fields);
        Set<String> rules = new LinkedHashSet<>();
        for (YamlNode rule : block.get("rules").map(YamlNode::list).orElse(List.of())) {
            if (!rules.add(rule.text()) && kind == Kind.TEMPORAL_ORDERED) {
                throw new BadRule(rule.line(), "rule " + rule.text() + " comes twice", "name each rule once");
            }
        }
        expression.ifPresent(names -> rules.addAll(names.names()));
        if (rules.isEmpty()) {
            throw new BadRule(block.line(), "rules is missing", "name the rules to count");
        }
        String name = document.text("name", "");
        String id = document.text("id", name);
        String title = document.text("title", "");
        if (title.isEmpty()) {
            throw new BadRule(document.line(), "a correlation needs a title", "add title:");
        }
        String word = document.text("level", "medium");
        Level level = Level.of(word)
                .orElseThrow(() -> new BadRule(
                        document.get("level").orElse(document).line(),
                        "unknown level " + word,
                        "use informational, low, medium, high or critical"));
        return new CorrelationDocument(
                id.isEmpty() ? "correlation-" + version : id,
                name,
                title,
                version,
                level,
                document.texts("tags"),
                kind,
                List.copyOf(rules),
                block.texts("group-by"),
                aliases(block),
                span(block),
                thresholds,
                expression,
                fields,
                percentile(kind, condition, block),
                document.text("generate", block.text("generate", "false")).equals("true"),
                packId,
                file,
                document.line());
    }

    private static Kind kind(YamlNode block) {
        String word = block.text("type", "");
        int line = block.get("type").orElse(block).line();
        if (word.endsWith("_extended")) {
            throw new BadRule(
                    line,
                    "unknown correlation type '" + word + "'",
                    "write type: " + word.replace("_extended", "") + " with the condition in words");
        }
        try {
            if (word.equals(word.toLowerCase(Locale.ROOT))) {
                return Kind.valueOf(word.toUpperCase(Locale.ROOT));
            }
        } catch (IllegalArgumentException e) {
            // said below
        }
        throw new BadRule(line, "unknown correlation type '" + word + "'", TYPES);
    }

    private static Expression expression(Kind kind, YamlNode condition) {
        if (!kind.temporal()) {
            throw new BadRule(
                    condition.line(),
                    "only temporal correlations take a condition in words",
                    "write condition: {gte: 20}");
        }
        try {
            return Expression.parse(condition.text());
        } catch (IllegalArgumentException e) {
            throw new BadRule(
                    condition.line(), "condition: " + e.getMessage(), "join names of rules with and, or, not and ( )");
        }
    }

    private static List<Threshold> thresholds(YamlNode condition, List<String> fields) {
        List<Threshold> thresholds = new ArrayList<>();
        condition.map().forEach((key, node) -> {
            if (key.equals("field")) {
                node.list().forEach(field -> fields.add(field.text()));
                return;
            }
            if (key.equals("percentile")) {
                return;
            }
            if (!Set.of("gt", "gte", "lt", "lte", "eq", "neq").contains(key)) {
                throw new BadRule(node.line(), "unknown operator " + key, "use gt, gte, lt, lte, eq or neq");
            }
            if (!(node.value() instanceof Number)) {
                throw new BadRule(
                        node.line(), key + " takes a number, not '" + node.text() + "'", "write " + key + ": 20");
            }
            thresholds.add(new Threshold(Op.valueOf(key.toUpperCase(Locale.ROOT)), decimal(node, key)));
        });
        if (thresholds.isEmpty()) {
            throw new BadRule(condition.line(), "condition compares nothing", "write condition: {gte: 20}");
        }
        return thresholds;
    }

    private static BigDecimal decimal(YamlNode node, String key) {
        try {
            return new BigDecimal(node.text());
        } catch (NumberFormatException e) {
            throw new BadRule(node.line(), key + " takes a number, not '" + node.text() + "'", "write " + key + ": 20");
        }
    }

    private static void fields(Kind kind, YamlNode at, List<String> fields) {
        String name = kind.name().toLowerCase(Locale.ROOT);
        if (kind.valued() == fields.isEmpty()) {
            throw new BadRule(
                    at.line(),
                    name + (fields.isEmpty() ? " needs a" : " takes no") + " field in its condition",
                    "value_count counts the distinct values of condition.field, value_sum and its like read its numbers");
        }
        if (fields.size() > 1 && kind != Kind.VALUE_COUNT) {
            throw new BadRule(at.line(), name + " of several fields has no meaning", "name one field");
        }
    }

    private static Optional<BigDecimal> percentile(
            Kind kind, @org.jspecify.annotations.Nullable YamlNode condition, YamlNode block) {
        Optional<YamlNode> node = Optional.ofNullable(condition)
                .flatMap(one -> one.get("percentile"))
                .or(() -> block.get("percentile"));
        if (node.isEmpty()) {
            return Optional.empty();
        }
        BigDecimal value = decimal(node.get(), "percentile");
        boolean inside = value.signum() >= 0 && value.compareTo(BigDecimal.valueOf(100)) <= 0;
        if (kind != Kind.VALUE_PERCENTILE || !inside) {
            throw new BadRule(
                    node.get().line(),
                    "percentile " + value + " cannot stand here",
                    "write 0 to 100, with value_percentile");
        }
        return Optional.of(value);
    }

    private static Map<String, Map<String, String>> aliases(YamlNode block) {
        Map<String, Map<String, String>> aliases = new LinkedHashMap<>();
        block.get("aliases").map(YamlNode::map).orElse(Map.of()).forEach((alias, node) -> {
            Map<String, String> fields = new LinkedHashMap<>();
            node.map().forEach((rule, field) -> fields.put(rule, field.text()));
            if (fields.isEmpty()) {
                throw new BadRule(node.line(), "alias " + alias + " names no rule", "write alias: {rule: field}");
            }
            aliases.put(alias, Map.copyOf(fields));
        });
        return aliases;
    }

    private static Duration span(YamlNode block) {
        String text = block.text("timespan", block.text("timeframe", ""));
        int line = block.get("timespan").orElse(block).line();
        if (!text.matches("[0-9]{1,6}[smhdwMy]") || text.matches("0+.")) {
            throw new BadRule(line, "timespan '" + text + "' is none", "write a number and s, m, h or d, such as 5m");
        }
        long count = Long.parseLong(text.substring(0, text.length() - 1));
        return Duration.ofSeconds(count * UNITS.getOrDefault(text.charAt(text.length() - 1), 1L));
    }
}
