package org.wanglou.rules.sigma.match;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.wanglou.rules.sigma.Condition;
import org.wanglou.rules.sigma.SigmaRule;
import org.wanglou.rules.sigma.ValueTest;
import org.wanglou.rules.sigma.match.decide.Atom;
import org.wanglou.rules.sigma.match.decide.Atoms;
import org.wanglou.rules.sigma.match.decide.Node;
import org.wanglou.rules.sigma.match.index.Indexes;
import org.wanglou.rules.sigma.match.index.Needs;
import org.wanglou.rules.sigma.match.view.Names;

/** Rules compiled together: tests that are alike are one atom, and each rule waits at the atoms it needs. Immutable. */
final class Program {
    private record Key(String field, ValueTest test) {}

    final SigmaRule[] rules;
    final Names names;
    final Atom[] atoms;
    final Node[] conditions;
    /** By rule, the number of its scope; scopes are few. */
    final int[] scopeOf;

    final Node[] scopes;
    final Indexes indexes;
    /** By atom, the rules that wait at it. */
    final int[][] waiting;
    /** Rules that need nothing. */
    final int[] always;
    /** Whether a rule needs no text, so that the scan cannot spare it. */
    final boolean[] textless;
    /** Whether some test looks at every value. */
    final boolean everywhere;

    private final Map<Key, Integer> numbers = new HashMap<>();
    private final List<Atom> made = new ArrayList<>();
    private final List<ValueTest> tests = new ArrayList<>();

    /** @param routed whether a rule's scope counts */
    Program(List<SigmaRule> list, boolean routed) {
        rules = list.toArray(SigmaRule[]::new);
        Set<String> fields = new LinkedHashSet<>();
        for (SigmaRule rule : rules) {
            collect(scope(rule), fields);
            collect(rule.condition(), fields);
        }
        names = new Names(fields);
        conditions = new Node[rules.length];
        scopeOf = new int[rules.length];
        Map<Condition, Integer> scopeNumbers = new HashMap<>();
        List<Node> scopeNodes = new ArrayList<>();
        List<Needs> needs = new ArrayList<>();
        textless = new boolean[rules.length];
        for (int i = 0; i < rules.length; i++) {
            Condition scope = routed ? scope(rules[i]) : Condition.EVERYTHING;
            scopeOf[i] = scopeNumbers.computeIfAbsent(scope, key -> {
                scopeNodes.add(node(key));
                return scopeNodes.size() - 1;
            });
            conditions[i] = node(rules[i].condition());
            Needs own = Needs.of(rules[i].condition(), this::number);
            textless[i] = own == null || own.atoms().stream().anyMatch(this::textless);
            Needs scoped = own == null ? Needs.of(scope, this::number) : null;
            needs.add(own == null ? scoped : own);
        }
        scopes = scopeNodes.toArray(Node[]::new);
        atoms = made.toArray(Atom[]::new);
        List<List<Integer>> waits = new ArrayList<>();
        made.forEach(atom -> waits.add(new ArrayList<>(0)));
        List<Integer> needless = new ArrayList<>();
        Set<Integer> needed = new TreeSet<>();
        for (int i = 0; i < rules.length; i++) {
            Needs need = needs.get(i);
            if (need == null) {
                needless.add(i);
                continue;
            }
            needed.addAll(need.atoms());
            for (int atom : need.atoms()) {
                waits.get(atom).add(i);
            }
        }
        waiting = waits.stream().map(Program::array).toArray(int[][]::new);
        always = array(needless);
        indexes = new Indexes(names.size(), made, tests, needed);
        everywhere = made.stream().anyMatch(atom -> atom.field == Atom.EVERYWHERE);
    }

    private boolean textless(int atom) {
        return org.wanglou.rules.sigma.match.index.Need.of(tests.get(atom)).isEmpty();
    }

    static Condition scope(SigmaRule rule) {
        return new Condition.All("scope", List.of(rule.scope(), LogSources.scope(rule.logsource())));
    }

    private static int[] array(List<Integer> list) {
        return list.stream().mapToInt(Integer::intValue).toArray();
    }

    /** The tree of a condition, its atoms numbered. */
    private Node node(Condition condition) {
        if (condition instanceof Condition.All all) {
            return Node.all(all.parts().stream().map(this::node).toList());
        }
        if (condition instanceof Condition.Any any) {
            return Node.any(any.parts().stream().map(this::node).toList());
        }
        if (condition instanceof Condition.Not not) {
            return Node.not(node(not.part()));
        }
        int atom = number(condition);
        return Node.atom(atom, made.get(atom).cost);
    }

    private int number(Condition leaf) {
        Key key = key(leaf);
        Integer known = numbers.get(key);
        if (known != null) {
            return known;
        }
        int field = leaf instanceof Condition.Item ? names.number(key.field) : Atom.EVERYWHERE;
        made.add(Atoms.of(field, key.test, names::number));
        tests.add(key.test);
        numbers.put(key, made.size() - 1);
        return made.size() - 1;
    }

    private static Key key(Condition leaf) {
        return leaf instanceof Condition.Item item
                ? new Key(item.field(), item.test())
                : new Key("", ((Condition.Keyword) leaf).test());
    }

    /** The number of a test's atom, null when no rule makes it. */
    @Nullable
    Integer atom(Condition leaf) {
        return numbers.get(key(leaf));
    }

    private static void collect(Condition condition, Set<String> names) {
        if (condition instanceof Condition.All all) {
            all.parts().forEach(part -> collect(part, names));
        } else if (condition instanceof Condition.Any any) {
            any.parts().forEach(part -> collect(part, names));
        } else if (condition instanceof Condition.Not not) {
            collect(not.part(), names);
        } else if (condition instanceof Condition.Item item) {
            names.add(item.field());
            if (item.test() instanceof ValueTest.FieldRef ref) {
                names.add(ref.field());
            }
        }
    }
}
