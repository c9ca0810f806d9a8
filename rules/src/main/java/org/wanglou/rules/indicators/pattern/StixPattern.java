package org.wanglou.rules.indicators.pattern;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * A pattern that was read. Immutable.
 *
 * @param text as written
 * @param doubts what the grammar lets pass and the standard does not: a hash that cannot be one of its kind, the same
 *     qualifier twice on one observation (STIX 2.1 §9.5). A pattern with doubts has a meaning but is not valid.
 */
public record StixPattern(String text, Observing root, List<String> doubts) {
    /** Characters of the longest pattern that is read. */
    public static final int LENGTH_MAX = 64 << 10;

    private static final Map<String, Set<Integer>> HASH_DIGITS = Map.ofEntries(
            Map.entry("MD5", Set.of(32)),
            Map.entry("MD6", Set.of(32, 40, 56, 64, 96, 128)),
            Map.entry("RIPEMD160", Set.of(40)),
            Map.entry("SHA1", Set.of(40)),
            Map.entry("SHA224", Set.of(56)),
            Map.entry("SHA256", Set.of(64)),
            Map.entry("SHA384", Set.of(96)),
            Map.entry("SHA512", Set.of(128)),
            Map.entry("SHA3224", Set.of(56)),
            Map.entry("SHA3256", Set.of(64)),
            Map.entry("SHA3384", Set.of(96)),
            Map.entry("SHA3512", Set.of(128)),
            Map.entry("SM3", Set.of(64)),
            Map.entry("WHIRLPOOL", Set.of(128)));

    /** Which edition's grammar counts: 2.0 has the times of START and STOP as plain texts. */
    public enum Edition {
        V20,
        V21
    }

    public StixPattern {
        doubts = List.copyOf(doubts);
    }

    /** Reads a pattern of STIX 2.1. */
    public static StixPattern parse(String text) throws BadPattern {
        return parse(text, Edition.V21);
    }

    /**
     * Reads a pattern.
     *
     * @throws BadPattern naming line and column when it is none
     */
    public static StixPattern parse(String text, Edition edition) throws BadPattern {
        if (text.length() > LENGTH_MAX) {
            throw new BadPattern(1, 1, "a pattern has at most " + LENGTH_MAX + " characters");
        }
        Observing root = new PatternParser(text, edition == Edition.V20).pattern();
        List<String> doubts = new ArrayList<>();
        root.each(single -> single.comparing().each(test -> hash(test, doubts)));
        if (edition == Edition.V21) {
            twice(root, doubts);
        }
        return new StixPattern(text, root, doubts);
    }

    private static void hash(Comparing.Test test, List<String> doubts) {
        List<ObjectPath.Step> steps = test.path().steps();
        boolean equality = test.operator() == Comparing.Operator.EQUAL || test.operator() == Comparing.Operator.IN;
        if (!equality
                || !steps.contains(new ObjectPath.Key("hashes"))
                || !(steps.get(steps.size() - 1) instanceof ObjectPath.Key kind)) {
            return;
        }
        Set<Integer> digits =
                HASH_DIGITS.getOrDefault(kind.name().toUpperCase(Locale.ROOT).replace("-", ""), Set.of());
        for (Literal value : test.values()) {
            String text = value.plain();
            if (!digits.isEmpty() && !(digits.contains(text.length()) && text.matches("[0-9a-fA-F]*"))) {
                doubts.add("'" + text + "' is no " + kind.name());
            }
        }
    }

    /** Qualifiers that stand on a bracket itself, without round brackets between, must differ. */
    private static void twice(Observing node, List<String> doubts) {
        Set<String> seen = new HashSet<>();
        Observing inner = node;
        List<String> repeated = new ArrayList<>();
        while (inner instanceof Observing.Qualified qualified) {
            String kind = qualified.qualifier().getClass().getSimpleName();
            if (!seen.add(kind)) {
                repeated.add("the qualifier " + kind + " stands twice on one observation");
            }
            inner = qualified.inner();
        }
        if (inner instanceof Observing.Joined joined) {
            joined.parts().forEach(part -> twice(part, doubts));
        } else {
            doubts.addAll(repeated);
        }
    }
}
