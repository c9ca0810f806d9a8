package org.wanglou.bench.oracle;

import java.util.List;
import java.util.function.LongPredicate;
import java.util.function.Predicate;

/**
 * A correlation rule of type {@code event_count} or {@code value_count}, reduced to its arithmetic.
 *
 * @param id the rule's id
 * @param filter which events it counts
 * @param groupBy ECS paths whose values make the key; an event that lacks one is not counted
 * @param spanMillis the window at t is (t − span, t]
 * @param valueField path whose distinct values are counted; empty counts events
 * @param condition on the count
 * @param rising whether more events can only make the condition true ({@code gte}, {@code gt}); if not, a window is judged
 *     once no event can come into it, at its last millisecond
 */
public record CountingRule(
        String id,
        Predicate<JsonLine> filter,
        List<String> groupBy,
        long spanMillis,
        String valueField,
        LongPredicate condition,
        boolean rising) {
    public CountingRule {
        groupBy = List.copyOf(groupBy);
    }

    /** The common case: at least that many events. */
    public static CountingRule atLeast(
            String id, Predicate<JsonLine> filter, List<String> groupBy, long spanMillis, long threshold) {
        return new CountingRule(id, filter, groupBy, spanMillis, "", count -> count >= threshold, true);
    }
}
