package org.wanglou.rules.sigma.read;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiFunction;
import org.wanglou.rules.sigma.CorrelationDocument;
import org.wanglou.rules.sigma.CorrelationDocument.Kind;
import org.wanglou.rules.sigma.CorrelationDocument.Threshold;
import org.wanglou.rules.sigma.CorrelationRule;
import org.wanglou.rules.sigma.Op;
import org.wanglou.rules.sigma.pipeline.BadRule;

/** Makes the rule that the correlator runs of a valid document, or says why it cannot run yet. Confined to its call. */
final class CorrelationLowering {
    private static final int TEMPORAL_RULES_MAX = 32;
    private static final Duration LONGEST = Duration.ofDays(7);

    /** A valid document that does not run here; the message says why. */
    static final class NotHere extends Exception {
        private static final long serialVersionUID = 1;
        final String remedy;

        NotHere(String message, String remedy) {
            super(message, null, false, false);
            this.remedy = remedy;
        }
    }

    private final CorrelationDocument document;
    private final Map<String, String> ids;
    private final Set<String> correlations;
    private final BiFunction<String, String, String> ecs;

    /**
     * @param ids name or id of every detection → its id
     * @param correlations names and ids of all correlations
     * @param ecs rule id and the author's field → ECS field
     */
    CorrelationLowering(
            CorrelationDocument document,
            Map<String, String> ids,
            Set<String> correlations,
            BiFunction<String, String, String> ecs) {
        this.document = document;
        this.ids = ids;
        this.correlations = correlations;
        this.ecs = ecs;
    }

    CorrelationRule rule() throws NotHere {
        Kind kind = document.kind();
        if (kind.ordinal() > Kind.TEMPORAL_ORDERED.ordinal()) {
            throw new NotHere(
                    "correlation type " + kind.name().toLowerCase(java.util.Locale.ROOT) + " does not run here yet",
                    "use event_count, value_count, temporal or temporal_ordered, or combine signals in a story");
        }
        if (document.expression().isPresent()) {
            throw new NotHere(
                    "conditions in words do not run here yet", "leave the condition out: all rules must come");
        }
        if (document.span().compareTo(LONGEST) > 0) {
            throw new NotHere("a timespan above 7d does not run here", "choose one up to 7d");
        }
        List<String> ruleIds = ruleIds();
        Map<String, Map<String, String>> aliases = aliases(ruleIds);
        List<String> fields = new ArrayList<>();
        List<CorrelationRule.Bound> bounds = kind.temporal() ? temporal(ruleIds.size()) : bounds();
        if (kind.temporal()) {
            fields.add(CorrelationRule.RULE_ITSELF);
        }
        for (String field : document.fields()) {
            fields.add(common(field, ruleIds));
        }
        List<String> groupBy = new ArrayList<>();
        for (String name : document.groupBy()) {
            groupBy.add(aliases.containsKey(name) ? name : grouped(name, ruleIds, aliases));
        }
        return new CorrelationRule(
                document.id(),
                document.name(),
                document.title(),
                document.version(),
                document.level(),
                document.tags(),
                CorrelationRule.Type.valueOf(kind.name()),
                ruleIds,
                groupBy,
                aliases,
                document.span(),
                bounds,
                fields,
                document.generate(),
                1,
                document.packId(),
                document.file(),
                document.line());
    }

    private List<String> ruleIds() throws NotHere {
        Set<String> ruleIds = document.kind() == Kind.TEMPORAL_ORDERED ? new LinkedHashSet<>() : new TreeSet<>();
        for (String name : document.rules()) {
            String id = ids.get(name);
            if (id == null) {
                throw correlations.contains(name)
                        ? new NotHere(
                                "chained correlations do not run here yet (" + name + ")", "refer to detection rules")
                        : new NotHere(
                                "no rule is named " + name + " here, so nothing is counted",
                                "check the id or name, or add the rule");
            }
            if (!ruleIds.add(id) && document.kind() == Kind.TEMPORAL_ORDERED) {
                throw new BadRule(document.line(), "rule " + name + " comes twice", "name each rule once");
            }
        }
        return List.copyOf(ruleIds);
    }

    private Map<String, Map<String, String>> aliases(List<String> ruleIds) {
        Map<String, Map<String, String>> aliases = new LinkedHashMap<>();
        document.aliases().forEach((alias, fields) -> {
            Map<String, String> mapped = new LinkedHashMap<>();
            fields.forEach((rule, field) -> {
                String id = ids.get(rule);
                if (id == null || !ruleIds.contains(id)) {
                    throw new BadRule(
                            document.line(),
                            "alias " + alias + ": " + rule + " is none of the correlation's rules",
                            "check the name");
                }
                mapped.put(id, ecs.apply(id, field));
            });
            aliases.put(alias, mapped);
        });
        return aliases;
    }

    // A name that becomes another field in every rule is an alias of its own.
    private String grouped(String name, List<String> ruleIds, Map<String, Map<String, String>> aliases) {
        Map<String, String> fields = new LinkedHashMap<>();
        ruleIds.forEach(id -> fields.put(id, ecs.apply(id, name)));
        Set<String> distinct = Set.copyOf(fields.values());
        if (distinct.size() == 1) {
            return distinct.iterator().next();
        }
        aliases.put(name, fields);
        return name;
    }

    private String common(String field, List<String> ruleIds) throws NotHere {
        Set<String> distinct = new TreeSet<>();
        ruleIds.forEach(id -> distinct.add(ecs.apply(id, field)));
        if (distinct.size() > 1) {
            throw new NotHere("field " + field + " is " + distinct + " in the rules", "write one correlation for each");
        }
        return distinct.iterator().next();
    }

    /** Counts are whole: a fraction moves to the next whole number that says the same. */
    private List<CorrelationRule.Bound> bounds() {
        List<CorrelationRule.Bound> bounds = new ArrayList<>();
        for (Threshold threshold : document.thresholds()) {
            BigDecimal value = threshold.value();
            if (value.signum() < 0) {
                throw new BadRule(document.line(), "a count is never below 0: " + value, "write gte: 20");
            }
            boolean whole = value.stripTrailingZeros().scale() <= 0;
            if (!whole && (threshold.op() == Op.EQ || threshold.op() == Op.NEQ)) {
                throw new BadRule(document.line(), "a count is never " + value, "write a whole number");
            }
            boolean up = threshold.op() == Op.GTE || threshold.op() == Op.LT;
            BigDecimal near = value.setScale(0, up ? RoundingMode.CEILING : RoundingMode.FLOOR);
            if (near.precision() > 18) {
                throw new BadRule(document.line(), "threshold " + value + " is out of reach", "write a smaller one");
            }
            bounds.add(new CorrelationRule.Bound(threshold.op(), near.longValueExact()));
        }
        return bounds;
    }

    /** All rules must have come, or of a temporal one as many as its condition says. */
    private List<CorrelationRule.Bound> temporal(int rules) throws NotHere {
        if (rules < 2 || rules > TEMPORAL_RULES_MAX) {
            throw new NotHere(
                    "a temporal correlation takes 2 to " + TEMPORAL_RULES_MAX + " rules here, not " + rules,
                    "use event_count for one rule");
        }
        if (document.thresholds().isEmpty()) {
            return List.of(new CorrelationRule.Bound(Op.GTE, rules));
        }
        List<CorrelationRule.Bound> bounds = bounds();
        boolean reachable = bounds.stream()
                .allMatch(bound -> bound.op().rising() && bound.op().holds(rules, bound.count()));
        if (document.kind() == Kind.TEMPORAL_ORDERED || !reachable) {
            throw new NotHere(
                    "a temporal correlation with this condition does not run here",
                    "leave it out, or with type temporal say how many of the rules must come: {gte: 2}");
        }
        return bounds;
    }
}
