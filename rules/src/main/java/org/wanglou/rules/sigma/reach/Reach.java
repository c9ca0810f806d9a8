package org.wanglou.rules.sigma.reach;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.wanglou.rules.sigma.Condition;
import org.wanglou.rules.sigma.LogSource;
import org.wanglou.rules.sigma.SigmaRule;
import org.wanglou.rules.sigma.ValueTest;
import org.wanglou.rules.sigma.read.LogSources;

/**
 * What becomes of one rule on events of this system. Immutable.
 *
 * @param missing fields it asks for that no format writes for its log source
 * @param reason in words, empty when it runs
 */
public record Reach(Verdict verdict, Set<String> missing, String reason) {
    public Reach {
        missing = Set.copyOf(missing);
    }

    /** How much of a rule works. */
    public enum Verdict {
        RUNS,
        LIMITED,
        CANNOT;

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private enum Truth {
        FALSE,
        OPEN,
        TRUE
    }

    /** @param notes what reading the rule had to say of it, such as a placeholder without values */
    public static Reach of(SigmaRule rule, ProducedFields produced, List<String> notes) {
        LogSource source = rule.logsource();
        boolean explained = LogSources.explained(source);
        Set<String> datasets = produced.datasets(rule).orElse(Set.of());
        if (!explained && datasets.isEmpty()) {
            return new Reach(Verdict.CANNOT, Set.of(), "no format writes events of " + source);
        }
        Set<String> missing = new TreeSet<>();
        Truth truth = truth(rule.condition(), produced, datasets, missing);
        if (truth == Truth.FALSE) {
            String why =
                    missing.isEmpty() ? String.join("; ", notes) : "it needs fields that no format writes: " + missing;
            return new Reach(Verdict.CANNOT, missing, why);
        }
        if (!missing.isEmpty()) {
            return new Reach(Verdict.LIMITED, missing, "no format writes " + missing + "; the rest of the rule works");
        }
        return notes.isEmpty()
                ? new Reach(Verdict.RUNS, missing, "")
                : new Reach(Verdict.LIMITED, missing, String.join("; ", notes));
    }

    // Three values: what stands on a field nobody writes is decided, the rest is open.
    private static Truth truth(
            Condition condition, ProducedFields produced, Set<String> datasets, Set<String> missing) {
        if (condition instanceof Condition.All all) {
            return all.parts().stream()
                    .map(part -> truth(part, produced, datasets, missing))
                    .reduce(Truth.TRUE, (a, b) -> a.compareTo(b) < 0 ? a : b);
        }
        if (condition instanceof Condition.Any any) {
            return any.parts().stream()
                    .map(part -> truth(part, produced, datasets, missing))
                    .reduce(Truth.FALSE, (a, b) -> a.compareTo(b) > 0 ? a : b);
        }
        if (condition instanceof Condition.Not not) {
            return Truth.values()[
                    2 - truth(not.part(), produced, datasets, missing).ordinal()];
        }
        if (condition instanceof Condition.Item item && !produced.holds(datasets, item.field())) {
            missing.add(item.field());
            boolean absence = item.test() instanceof ValueTest.Null
                    || item.test() instanceof ValueTest.Exists exists && !exists.wanted();
            return absence ? Truth.TRUE : Truth.FALSE;
        }
        return Truth.OPEN;
    }
}
