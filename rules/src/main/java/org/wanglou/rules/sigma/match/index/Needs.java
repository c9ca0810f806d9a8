package org.wanglou.rules.sigma.match.index;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;
import org.wanglou.rules.sigma.Condition;
import org.wanglou.rules.sigma.ValueTest;

/**
 * Tests of which one holds whenever a condition does, chosen so that an ordinary event seldom has what they need. Of all parts
 * the rarest is enough; of any part each is needed; a negation needs nothing. Immutable.
 *
 * @param atoms by number
 * @param chance roughly, that an ordinary event makes the rule a candidate
 */
public record Needs(Set<Integer> atoms, double chance) {
    /** A field that only has to be there mostly is. */
    private static final double PRESENT = 0.6;

    public Needs {
        atoms = Set.copyOf(atoms);
    }

    /** Null when nothing is needed: the rule has to be decided for every event. */
    public static @Nullable Needs of(Condition condition, ToIntFunction<Condition> numbers) {
        if (condition instanceof Condition.Item item) {
            return of(item.test(), numbers.applyAsInt(item));
        }
        if (condition instanceof Condition.Keyword keyword) {
            return of(keyword.test(), numbers.applyAsInt(keyword));
        }
        if (condition instanceof Condition.All all) {
            Needs best = null;
            for (Condition part : all.parts()) {
                Needs offer = of(part, numbers);
                if (offer != null && (best == null || offer.chance < best.chance)) {
                    best = offer;
                }
            }
            return best;
        }
        if (condition instanceof Condition.Any any) {
            Set<Integer> union = new TreeSet<>();
            double chance = 0;
            for (Condition part : any.parts()) {
                Needs offer = of(part, numbers);
                if (offer == null) {
                    return null;
                }
                union.addAll(offer.atoms);
                chance += offer.chance;
            }
            return new Needs(union, chance);
        }
        Condition inner = ((Condition.Not) condition).part();
        return inner instanceof Condition.Not twice ? of(twice.part(), numbers) : null;
    }

    private static @Nullable Needs of(ValueTest test, int atom) {
        if (test instanceof ValueTest.Null || test instanceof ValueTest.Exists exists && !exists.wanted()) {
            return null;
        }
        List<Need> needs = Need.of(test);
        double chance = needs.isEmpty() ? PRESENT : 0;
        for (Need need : needs) {
            chance += Commonplace.chance(need);
        }
        return new Needs(Set.of(atom), chance);
    }
}
