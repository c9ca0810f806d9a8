package org.wanglou.rules.indicators.observe;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.wanglou.rules.indicators.pattern.Observing;
import org.wanglou.rules.indicators.pattern.StixPattern;

/**
 * Whether a sequence of observations holds a pattern. Confined to its caller.
 *
 * <p>Searched is an assignment of observations to the brackets of the pattern, each observation given away at most as
 * often as it was seen ({@code number_observed}). The search goes bracket by bracket and hands each partial assignment on
 * to what comes after; a WITHIN or START is checked as soon as a bracket inside it is filled, which cuts most of the tree.
 * Of an observation that lasts, any instant may be the one that counts.
 */
public final class ObservedMatcher {
    private static final long STEPS_MAX = 5_000_000;
    private static final int DEPTH_MAX = 1_500;

    /** The times of what has been given away so far: the latest beginning and the earliest end. */
    private record Span(Instant latestFirst, Instant earliestLast) {
        static final Span NONE = new Span(Instant.MIN, Instant.MAX);

        Span and(Span other) {
            return new Span(
                    latestFirst.isAfter(other.latestFirst) ? latestFirst : other.latestFirst,
                    earliestLast.isBefore(other.earliestLast) ? earliestLast : other.earliestLast);
        }
    }

    private final List<ObservedData> observed;
    private final int[] left;
    private final Steps steps = new Steps(STEPS_MAX);
    private final Map<Observing.Single, boolean[]> matching = new IdentityHashMap<>();
    private int depth;

    private ObservedMatcher(List<ObservedData> observed) {
        this.observed = observed;
        this.left = observed.stream().mapToInt(ObservedData::number).toArray();
    }

    /**
     * Whether the pattern matches.
     *
     * @param observed by time, as {@link ObservedData#in} gives them
     * @throws TooComplexException when it would take too long to say
     * @throws com.google.re2j.PatternSyntaxException when the pattern has an expression that RE2 does not know
     */
    public static boolean matches(StixPattern pattern, List<ObservedData> observed) {
        ObservedMatcher matcher = new ObservedMatcher(observed);
        return matcher.find(pattern.root(), span -> true, span -> true);
    }

    /**
     * Finds an assignment for a node.
     *
     * @param allowed whether a span may still become one that is allowed; false stays false when the span grows
     * @param rest tells whether what comes after is content with it
     */
    private boolean find(Observing node, Predicate<Span> allowed, Predicate<Span> rest) {
        steps.take();
        if (++depth > DEPTH_MAX) {
            throw new TooComplexException();
        }
        try {
            if (node instanceof Observing.Single single) {
                return repeated(single, 1, 0, Span.NONE, allowed, rest);
            }
            if (node instanceof Observing.Joined joined) {
                return joined(joined, 0, Span.NONE, allowed, rest);
            }
            Observing.Qualified qualified = (Observing.Qualified) node;
            if (qualified.qualifier() instanceof Observing.Repeats repeats) {
                return qualified.inner() instanceof Observing.Single single
                        ? repeated(single, repeats.times(), 0, Span.NONE, allowed, rest)
                        : times(qualified.inner(), repeats.times(), Span.NONE, allowed, rest);
            }
            Predicate<Span> own = span -> fits(qualified.qualifier(), span);
            return find(qualified.inner(), allowed.and(own), rest);
        } finally {
            depth--;
        }
    }

    private static boolean fits(Observing.Qualifier qualifier, Span span) {
        if (qualifier instanceof Observing.Within within) {
            Duration apart = span.latestFirst().isAfter(span.earliestLast())
                    ? Duration.between(span.earliestLast(), span.latestFirst())
                    : Duration.ZERO;
            BigDecimal seconds = BigDecimal.valueOf(apart.getSeconds()).add(BigDecimal.valueOf(apart.getNano(), 9));
            return seconds.compareTo(within.seconds()) <= 0;
        }
        Observing.Between between = (Observing.Between) qualifier;
        return span.latestFirst().isBefore(between.stop())
                && !span.earliestLast().isBefore(between.start())
                && between.start().isBefore(between.stop());
    }

    private boolean joined(Observing.Joined joined, int at, Span sofar, Predicate<Span> allowed, Predicate<Span> rest) {
        if (joined.join() == Observing.Join.OR) {
            for (Observing part : joined.parts()) {
                if (find(part, allowed, rest)) {
                    return true;
                }
            }
            return false;
        }
        if (at == joined.parts().size()) {
            return rest.test(sofar);
        }
        boolean ordered = joined.join() == Observing.Join.FOLLOWEDBY && at > 0;
        return find(joined.parts().get(at), span -> allowed.test(sofar.and(span)), span -> {
            if (ordered && sofar.latestFirst().isAfter(span.earliestLast())) {
                return false;
            }
            return joined(joined, at + 1, sofar.and(span), allowed, rest);
        });
    }

    private boolean times(Observing inner, int times, Span sofar, Predicate<Span> allowed, Predicate<Span> rest) {
        if (times == 0) {
            return rest.test(sofar);
        }
        return find(
                inner,
                span -> allowed.test(sofar.and(span)),
                span -> times(inner, times - 1, sofar.and(span), allowed, rest));
    }

    /** Takes observations in their order, of each as many as wanted first, then fewer. */
    private boolean repeated(
            Observing.Single single, int wanted, int from, Span sofar, Predicate<Span> allowed, Predicate<Span> rest) {
        if (wanted == 0) {
            return rest.test(sofar);
        }
        boolean[] matches = matching(single);
        if (++depth > DEPTH_MAX) {
            throw new TooComplexException();
        }
        try {
            for (int i = from; i < left.length; i++) {
                steps.take();
                if (!matches[i] || left[i] == 0) {
                    continue;
                }
                ObservedData one = observed.get(i);
                Span span = sofar.and(new Span(one.first(), one.last()));
                if (!allowed.test(span)) {
                    continue;
                }
                for (int take = Math.min(left[i], wanted); take > 0; take--) {
                    left[i] -= take;
                    boolean found = repeated(single, wanted - take, i + 1, span, allowed, rest);
                    left[i] += take;
                    if (found) {
                        return true;
                    }
                }
            }
            return false;
        } finally {
            depth--;
        }
    }

    private boolean[] matching(Observing.Single single) {
        boolean[] known = matching.get(single);
        if (known == null) {
            known = new boolean[observed.size()];
            for (int i = 0; i < known.length; i++) {
                known[i] = new ComparingMatcher(observed.get(i), steps).matches(single.comparing());
            }
            matching.put(single, known);
        }
        return known;
    }
}
