package org.wanglou.rules.sigma.match;

import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import org.wanglou.rules.sigma.Condition;
import org.wanglou.rules.sigma.Fold;
import org.wanglou.rules.sigma.ValueTest;

/**
 * A text that must stand in a field for a rule to have a chance. Immutable.
 *
 * @param text folded; of a number its decimal form
 */
record Literal(String field, Kind kind, String text) {
    enum Kind {
        WHOLE,
        PART,
        NUMBER
    }

    private static final int SHORTEST_PART = 2;

    /** Literals of which at least one occurs whenever the condition holds; empty when there are none such. */
    static Optional<Set<Literal>> required(Condition condition) {
        if (condition instanceof Condition.Item item) {
            return of(item).map(Set::of);
        }
        if (condition instanceof Condition.All all) {
            Optional<Set<Literal>> best = Optional.empty();
            for (Condition part : all.parts()) {
                Optional<Set<Literal>> offer = required(part);
                if (offer.isPresent() && (best.isEmpty() || worth(offer.get()) > worth(best.get()))) {
                    best = offer;
                }
            }
            return best;
        }
        if (condition instanceof Condition.Any any && !any.parts().isEmpty()) {
            Set<Literal> union = new LinkedHashSet<>();
            for (Condition part : any.parts()) {
                Optional<Set<Literal>> offer = required(part);
                if (offer.isEmpty()) {
                    return Optional.empty();
                }
                union.addAll(offer.get());
            }
            return Optional.of(union);
        }
        return Optional.empty();
    }

    private static Optional<Literal> of(Condition.Item item) {
        if (item.test() instanceof ValueTest.Number number) {
            return Optional.of(new Literal(item.field(), Kind.NUMBER, String.valueOf(number.value())));
        }
        if (item.test() instanceof ValueTest.Text text) {
            if (text.glob().plain()) {
                return Optional.of(new Literal(
                        item.field(), Kind.WHOLE, Fold.fold(text.glob().text())));
            }
            String longest = Fold.fold(text.glob().longest());
            if (longest.length() >= SHORTEST_PART) {
                return Optional.of(new Literal(item.field(), Kind.PART, longest));
            }
        }
        return Optional.empty();
    }

    // Rare is better: long texts, and not the handful of words that event.* and the like ever hold.
    private static int worth(Set<Literal> literals) {
        int worst = Integer.MAX_VALUE;
        for (Literal literal : literals) {
            int worth = literal.text.length() + (literal.kind == Kind.PART ? 0 : 4);
            if (literal.field.startsWith("event.") || literal.field.startsWith("http.re")) {
                worth -= 20;
            }
            worst = Math.min(worst, worth);
        }
        return worst;
    }
}
