package org.wanglou.rules.sigma;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.wanglou.model.Level;

/**
 * One Sigma correlation of the kinds that run: event_count, value_count, temporal and temporal_ordered. Immutable.
 *
 * @param ruleIds ids of the rules it refers to, resolved; sorted, but of temporal_ordered in the order they must come
 * @param groupBy ECS names or aliases; an event that lacks one is not counted
 * @param aliases alias → rule id → ECS field
 * @param span window (t − span, t]
 * @param bounds all must hold; never empty. Of a temporal rule: how many of the referred rules must have come
 * @param valueFields the fields whose distinct tuples are counted; empty for event_count, {@link #RULE_ITSELF} for a
 *     temporal rule
 * @param generate true when the referred rules' signals go to stories too
 * @param chainLevel 1: counts base signals
 */
public record CorrelationRule(
        String id,
        String name,
        String title,
        String version,
        Level level,
        List<String> tags,
        Type type,
        List<String> ruleIds,
        List<String> groupBy,
        Map<String, Map<String, String>> aliases,
        Duration span,
        List<Bound> bounds,
        List<String> valueFields,
        boolean generate,
        int chainLevel,
        String packId,
        String file,
        int line) {
    public CorrelationRule {
        tags = List.copyOf(tags);
        ruleIds = List.copyOf(ruleIds);
        groupBy = List.copyOf(groupBy);
        aliases = Map.copyOf(aliases);
        bounds = List.copyOf(bounds);
        valueFields = List.copyOf(valueFields);
    }

    /** In place of a field: the id of the rule that made the signal. */
    public static final String RULE_ITSELF = "wanglou.rule";

    /** What is looked for. */
    public enum Type {
        EVENT_COUNT,
        VALUE_COUNT,
        /** Signals of all referred rules, in any order. */
        TEMPORAL,
        /** Signals of all referred rules, each later than that of the rule before. */
        TEMPORAL_ORDERED
    }

    /** One comparison of the count. */
    public record Bound(Op op, long count) {}

    public Op op() {
        return bounds.get(0).op();
    }

    public long count() {
        return bounds.get(0).count();
    }

    /** The first value field, as a temporal rule has one too; empty for event_count. */
    public Optional<String> field() {
        return valueFields.stream().findFirst();
    }

    /** True when every bound holds for this count. */
    public boolean holds(long count) {
        for (Bound bound : bounds) {
            if (!bound.op().holds(count, bound.count())) {
                return false;
            }
        }
        return true;
    }

    /** The ECS field that stands for a group-by name in signals of one referred rule. */
    public String fieldOf(String groupByName, String ruleId) {
        return aliases.getOrDefault(groupByName, Map.of()).getOrDefault(ruleId, groupByName);
    }
}
