package org.wanglou.correlator.windows;

import java.util.List;
import org.wanglou.correlator.routes.Route;
import org.wanglou.rules.sigma.CorrelationRule;

/** When a rule's condition holds over a key's entries. Confined to its task's thread. */
final class Conditions {
    private final Route route;
    private final EntryList entries;
    private final List<Chain> looking;

    Conditions(Route route, EntryList entries) {
        this.route = route;
        this.entries = entries;
        this.looking = chains(route);
    }

    /** One chain for each order of the route. */
    static List<Chain> chains(Route route) {
        int tuple = route.counted().indexOf(List.of(CorrelationRule.RULE_ITSELF));
        return route.orders().stream().map(order -> new Chain(tuple, order)).toList();
    }

    /**
     * Whether more entries can only make it true: then a crossing is published at once. What the next entry may undo is
     * published only when its window is settled.
     */
    static boolean speculative(CorrelationRule rule) {
        return rule.bounds().stream().allMatch(bound -> bound.op().rising());
    }

    boolean counts(CorrelationRule rule, Entry entry) {
        return rule.valueFields().isEmpty() || entry.values()[valueIndex(rule)] != 0;
    }

    private int valueIndex(CorrelationRule rule) {
        return rule.valueFields().isEmpty() ? -1 : route.counted().indexOf(rule.valueFields());
    }

    /** As {@link #holdsAt}, where no entry is later than the instant. */
    boolean holdsAtEnd(CorrelationRule rule, long instant) {
        if (isOrdered(rule)) {
            return entries.chainStart(order(rule)) > instant - route.spanMillis();
        }
        int index = valueIndex(rule);
        return rule.holds(
                index < 0
                        ? entries.weight(instant - route.spanMillis(), instant)
                        : entries.distinctAtEnd(index, instant));
    }

    private int order(CorrelationRule rule) {
        return route.orders().indexOf(rule.ruleIds());
    }

    private static boolean isOrdered(CorrelationRule rule) {
        return rule.type() == CorrelationRule.Type.TEMPORAL_ORDERED;
    }

    boolean holdsAt(CorrelationRule rule, long instant) {
        if (isOrdered(rule)) {
            List<Entry> window = entries.within(instant - route.spanMillis(), instant);
            Chain chain = looking.get(order(rule));
            chain.forget();
            return chain.latestStart(window) != Chain.NONE;
        }
        return rule.holds(count(rule, instant - route.spanMillis(), instant));
    }

    /** Entries, or distinct values, in (from, to]. */
    long count(CorrelationRule rule, long from, long to) {
        int tuple = valueIndex(rule);
        return tuple < 0 ? entries.weight(from, to) : entries.distinct(tuple, from, to);
    }
}
