package org.wanglou.rules.sigma.read;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.wanglou.model.Level;
import org.wanglou.rules.sigma.CorrelationRule;
import org.wanglou.rules.sigma.LogSource;
import org.wanglou.rules.sigma.Op;
import org.wanglou.rules.text.YamlNode;

/** Reads a {@code correlation:} document; what does not run yet is refused with its reason. */
final class CorrelationReader {
    private static final Set<String> LATER = Set.of("value_sum", "value_avg", "value_percentile", "value_median");
    private static final Map<String, CorrelationRule.Type> TYPES = Map.of(
            "event_count", CorrelationRule.Type.EVENT_COUNT,
            "value_count", CorrelationRule.Type.VALUE_COUNT,
            "temporal", CorrelationRule.Type.TEMPORAL,
            "temporal_ordered", CorrelationRule.Type.TEMPORAL_ORDERED);
    private static final int TEMPORAL_RULES_MAX = 32;
    private static final long LONGEST = Duration.ofDays(7).toMillis();

    private CorrelationReader() {}

    /** @param ids name or id of every detection rule → its id */
    static CorrelationRule read(
            YamlNode document,
            String packId,
            String file,
            String version,
            Map<String, String> ids,
            Set<String> correlations) {
        YamlNode block = document.get("correlation").orElse(document);
        String kind = block.text("type", "");
        if (LATER.contains(kind)) {
            throw new BadRule(
                    block.get("type").orElse(block).line(),
                    "correlation type " + kind + " is read but does not run yet",
                    "use event_count, value_count, temporal or temporal_ordered, or combine signals in a story");
        }
        CorrelationRule.Type type = TYPES.get(kind);
        if (type == null) {
            throw new BadRule(
                    block.line(),
                    "unknown correlation type '" + kind + "'",
                    "use event_count, value_count, temporal or temporal_ordered");
        }
        List<String> ruleIds = rules(block, ids, correlations, type);
        boolean temporal = type == CorrelationRule.Type.TEMPORAL || type == CorrelationRule.Type.TEMPORAL_ORDERED;
        List<String> fields = new ArrayList<>();
        List<CorrelationRule.Bound> bounds =
                temporal ? all(block, ruleIds, type, fields) : counted(block, kind, fields);
        Map<String, Map<String, String>> aliases = aliases(block, ids);
        List<String> groupBy = new ArrayList<>();
        for (String name : block.texts("group-by")) {
            groupBy.add(aliases.containsKey(name) ? name : FieldMapping.toEcs(LogSource.ANY, name));
        }
        String name = document.text("name", "");
        String id = document.text("id", name);
        String title = document.text("title", "");
        if (id.isEmpty() || title.isEmpty()) {
            throw new BadRule(document.line(), "a correlation needs a title and an id or name", "add them");
        }
        return new CorrelationRule(
                id,
                name,
                title,
                version,
                Level.of(document.text("level", "medium")).orElse(Level.MEDIUM),
                document.texts("tags"),
                type,
                ruleIds,
                groupBy,
                aliases,
                span(block),
                bounds,
                fields,
                document.text("generate", block.text("generate", "false")).equals("true"),
                1,
                packId,
                file,
                document.line());
    }

    private static List<CorrelationRule.Bound> counted(YamlNode block, String kind, List<String> fields) {
        YamlNode condition = block.get("condition")
                .orElseThrow(() -> new BadRule(block.line(), "condition is missing", "add condition: {gte: 20}"));
        List<CorrelationRule.Bound> bounds = bounds(condition, fields);
        if (kind.equals("value_count") == fields.isEmpty()) {
            throw new BadRule(
                    condition.line(),
                    kind + (fields.isEmpty() ? " needs" : " takes no") + " field in its condition",
                    "value_count counts the distinct values of condition.field");
        }
        return bounds;
    }

    /** All referred rules must have come, or of a temporal rule as many as its condition says. */
    private static List<CorrelationRule.Bound> all(
            YamlNode block, List<String> ruleIds, CorrelationRule.Type type, List<String> fields) {
        int line = block.get("rules").orElse(block).line();
        if (ruleIds.size() < 2 || ruleIds.size() > TEMPORAL_RULES_MAX) {
            throw new BadRule(
                    line,
                    "a temporal correlation takes 2 to " + TEMPORAL_RULES_MAX + " rules, not " + ruleIds.size(),
                    "use event_count for one rule");
        }
        fields.add(CorrelationRule.RULE_ITSELF);
        YamlNode condition = block.get("condition").orElse(null);
        if (condition == null) {
            return List.of(new CorrelationRule.Bound(Op.GTE, ruleIds.size()));
        }
        if (!condition.isMap()) {
            throw new BadRule(
                    condition.line(),
                    "conditions in words do not run yet ('" + condition.text() + "')",
                    "leave the condition out: all rules must come");
        }
        List<String> none = new ArrayList<>();
        List<CorrelationRule.Bound> bounds = bounds(condition, none);
        boolean reachable = bounds.stream()
                .allMatch(bound -> bound.op().rising() && bound.op().holds(ruleIds.size(), bound.count()));
        if (type == CorrelationRule.Type.TEMPORAL_ORDERED || !none.isEmpty() || !reachable) {
            throw new BadRule(
                    condition.line(),
                    "a temporal correlation cannot have this condition",
                    "leave it out, or with type temporal say how many of the rules must come: {gte: 2}");
        }
        return bounds;
    }

    private static List<String> rules(
            YamlNode block, Map<String, String> ids, Set<String> correlations, CorrelationRule.Type type) {
        boolean ordered = type == CorrelationRule.Type.TEMPORAL_ORDERED;
        Set<String> ruleIds = ordered ? new LinkedHashSet<>() : new TreeSet<>();
        for (YamlNode rule : block.get("rules").map(YamlNode::list).orElse(List.of())) {
            String id = ids.get(rule.text());
            if (id == null && correlations.contains(rule.text())) {
                throw new BadRule(
                        rule.line(),
                        "chained correlations do not run yet (" + rule.text() + ")",
                        "refer to detection rules");
            }
            if (id == null) {
                throw new BadRule(rule.line(), "no rule is named " + rule.text(), "check the id or name");
            }
            if (!ruleIds.add(id) && ordered) {
                throw new BadRule(rule.line(), "rule " + rule.text() + " comes twice", "name each rule once");
            }
        }
        if (ruleIds.isEmpty()) {
            throw new BadRule(block.line(), "rules is missing", "name the rules to count");
        }
        return List.copyOf(ruleIds);
    }

    private static List<CorrelationRule.Bound> bounds(YamlNode condition, List<String> fields) {
        List<CorrelationRule.Bound> bounds = new ArrayList<>();
        if (!condition.isMap()) {
            throw new BadRule(condition.line(), "condition is no map", "write condition: {gte: 20}");
        }
        condition.map().forEach((key, node) -> {
            if (key.equals("field")) {
                node.list().forEach(field -> fields.add(FieldMapping.toEcs(LogSource.ANY, field.text())));
                return;
            }
            Op op;
            try {
                op = Op.valueOf(key.toUpperCase(Locale.ROOT));
            } catch (IllegalArgumentException e) {
                throw new BadRule(node.line(), "unknown operator " + key, "use gt, gte, lt, lte, eq or neq");
            }
            if (!(node.value() instanceof Long count) || count < 0) {
                throw new BadRule(
                        node.line(), key + " takes a whole number, not '" + node.text() + "'", "write gte: 20");
            }
            bounds.add(new CorrelationRule.Bound(op, count));
        });
        if (bounds.isEmpty()) {
            throw new BadRule(condition.line(), "condition compares nothing", "write condition: {gte: 20}");
        }
        // lt and its like are also true of nothing at all; without a lower bound there is no event to speak from.
        return bounds;
    }

    private static Map<String, Map<String, String>> aliases(YamlNode block, Map<String, String> ids) {
        Map<String, Map<String, String>> aliases = new LinkedHashMap<>();
        block.get("aliases").map(YamlNode::map).orElse(Map.of()).forEach((alias, node) -> {
            Map<String, String> fields = new LinkedHashMap<>();
            node.map().forEach((rule, field) -> {
                String id = ids.get(rule);
                if (id == null) {
                    throw new BadRule(field.line(), "alias " + alias + ": no rule is named " + rule, "check the name");
                }
                fields.put(id, FieldMapping.toEcs(LogSource.ANY, field.text()));
            });
            aliases.put(alias, Map.copyOf(fields));
        });
        return aliases;
    }

    private static Duration span(YamlNode block) {
        String text = block.text("timespan", block.text("timeframe", ""));
        int line = block.get("timespan").orElse(block).line();
        if (!text.matches("[0-9]{1,6}[smhd]")) {
            throw new BadRule(line, "timespan '" + text + "' is none", "write a number and s, m, h or d, such as 5m");
        }
        long count = Long.parseLong(text.substring(0, text.length() - 1));
        long unit =
                switch (text.charAt(text.length() - 1)) {
                    case 's' -> 1_000L;
                    case 'm' -> 60_000L;
                    case 'h' -> 3_600_000L;
                    default -> 86_400_000L;
                };
        if (count == 0 || count * unit > LONGEST) {
            throw new BadRule(line, "timespan " + text + " is outside 1s to 7d", "choose another span");
        }
        return Duration.ofMillis(count * unit);
    }
}
