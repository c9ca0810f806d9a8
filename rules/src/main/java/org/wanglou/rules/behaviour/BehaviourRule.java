package org.wanglou.rules.behaviour;

import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.wanglou.model.Level;

/**
 * One rule about behaviour. It looks at the signals of the Sigma rules it refers to, entity by entity, in order of event
 * time. Immutable.
 *
 * @param version digest of the rule's text
 * @param ruleIds ids of the rules whose signals are looked at, resolved
 * @param groupBy the entity: ECS fields; a signal that lacks one is not looked at
 * @param fields what is looked at: the fields whose tuple of values is new or rare; for {@link Type#TRAVEL} one field with
 *     the place; empty for a volume of signals, one field for a volume of its sum
 * @param bounds see {@link Bounds}
 * @param terms of {@link Type#OUT_OF_TERM}
 * @param enabled false: read and listed, never run
 */
public record BehaviourRule(
        String id,
        String title,
        String version,
        Level level,
        List<String> tags,
        Type type,
        List<String> ruleIds,
        List<String> groupBy,
        List<String> fields,
        Bounds bounds,
        Terms terms,
        boolean enabled,
        String packId,
        String file,
        int line) {
    public BehaviourRule {
        tags = List.copyOf(tags);
        ruleIds = List.copyOf(ruleIds);
        groupBy = List.copyOf(groupBy);
        fields = List.copyOf(fields);
    }

    /** What is looked for. */
    public enum Type {
        /** A value that the entity has not shown within the memory. */
        FIRST_SEEN,
        /** A value that is at most a share of what the entity has shown. */
        RARE,
        /** More in an interval than the same hour of the week used to bring. */
        VOLUME,
        /** Two places too far apart for the time between. */
        TRAVEL,
        /** Anything at all between two terms. */
        OUT_OF_TERM;

        /** The word in rule files. */
        public String word() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    /**
     * Where the rule begins and ends.
     *
     * @param learning an entity is watched this long in silence first
     * @param memory a value, or a whole entity, not met for so long is forgotten
     * @param interval of a volume
     * @param values values of an entity that are remembered; beyond, the one unmet longest is forgotten
     * @param least signals an entity must have shown (first seen, rare) or the least volume that counts
     * @param share of {@link Type#RARE}: at most this part, between 0 and 1
     * @param factor of a volume: times the mean; of travel: kilometres per hour
     * @param distance of travel: kilometres below which nothing is said
     * @param zone whose hours and days are meant
     */
    public record Bounds(
            Duration learning,
            Duration memory,
            Duration interval,
            int values,
            long least,
            double share,
            double factor,
            double distance,
            ZoneId zone) {}

    /** What state belongs to: two rules alike in this go on with each other's state. */
    public Map<String, Object> identity() {
        return Map.of(
                "behaviour",
                type.word(),
                "fields",
                fields,
                "groupBy",
                groupBy,
                "interval",
                bounds.interval().toMillis(),
                "rule",
                id,
                "rules",
                ruleIds.stream().sorted().toList());
    }
}
