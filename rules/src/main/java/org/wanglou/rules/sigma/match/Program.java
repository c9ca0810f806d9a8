package org.wanglou.rules.sigma.match;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.wanglou.rules.sigma.Condition;
import org.wanglou.rules.sigma.SigmaRule;
import org.wanglou.rules.sigma.match.decide.Atom;
import org.wanglou.rules.sigma.match.decide.Leaves;
import org.wanglou.rules.sigma.match.decide.Node;
import org.wanglou.rules.sigma.match.index.Indexes;
import org.wanglou.rules.sigma.match.index.Need;
import org.wanglou.rules.sigma.match.index.Needs;
import org.wanglou.rules.sigma.match.view.Names;

/** Rules compiled together: tests that are alike are one atom, and each rule waits at the atoms it needs. Immutable. */
final class Program {
    final SigmaRule[] rules;
    final Names names;
    /** What rules look at. */
    final Set<String> fields;

    final Leaves leaves;
    final Atom[] atoms;
    final Node[] conditions;
    /** By rule, the number of its scope; scopes are few. */
    final int[] scopeOf;

    final ScopePlan scopes;
    final Indexes indexes;
    /** By field, the last for every value: the scopes for which its index is of use, as bits. */
    final long[][] fieldScopes;
    /** By atom, the rules that wait at it. */
    final int[][] waiting;
    /** Rules that need nothing. */
    final int[] always;
    /** Whether a rule needs no text, so that the scan cannot spare it. */
    final boolean[] textless;
    /** Whether some test looks at every value. */
    final boolean everywhere;

    /** @param routed whether a rule's scope counts */
    Program(List<SigmaRule> list, boolean routed, Set<String> further) {
        rules = list.toArray(SigmaRule[]::new);
        fields = new LinkedHashSet<>();
        for (SigmaRule rule : rules) {
            Leaves.fields(rule.scope(), fields);
            Leaves.fields(rule.condition(), fields);
        }
        Set<String> all = new LinkedHashSet<>(fields);
        all.addAll(further);
        names = new Names(all);
        leaves = new Leaves(names);
        conditions = new Node[rules.length];
        scopeOf = new int[rules.length];
        textless = new boolean[rules.length];
        Map<Condition, Integer> scopeNumbers = new HashMap<>();
        List<Condition> distinct = new ArrayList<>();
        List<Set<Integer>> needs = new ArrayList<>();
        List<Integer> needless = new ArrayList<>();
        for (int i = 0; i < rules.length; i++) {
            Condition scope = routed ? rules[i].scope() : Condition.EVERYTHING;
            scopeOf[i] = scopeNumbers.computeIfAbsent(scope, key -> {
                distinct.add(key);
                return distinct.size() - 1;
            });
            conditions[i] = leaves.node(rules[i].condition());
            Needs own = Needs.of(rules[i].condition(), leaves::number);
            textless[i] = own == null || own.atoms().stream().anyMatch(this::textless);
            Needs need = own == null ? Needs.of(scope, leaves::number) : own;
            if (need == null) {
                needless.add(i);
            }
            needs.add(need == null ? Set.of() : need.atoms());
        }
        scopes = new ScopePlan(distinct, names);
        atoms = leaves.atoms().toArray(Atom[]::new);
        always = array(needless);
        waiting = waiting(needs);
        Set<Integer> needed = new TreeSet<>();
        needs.forEach(needed::addAll);
        for (int atom = 0; atom < atoms.length; atom++) {
            // A value is scanned for one such test or for all; tried one by one, on long values, they would be dear.
            if (rare(atom) && (atoms[atom].field == Atom.EVERYWHERE || atoms[atom].cost > 2)) {
                needed.add(atom);
            }
        }
        indexes = new Indexes(names.size(), leaves.atoms(), leaves.tests(), needed);
        everywhere = leaves.atoms().stream().anyMatch(atom -> atom.field == Atom.EVERYWHERE);
        fieldScopes = fieldScopes(needs);
    }

    private int[][] waiting(List<Set<Integer>> needs) {
        List<List<Integer>> waits = new ArrayList<>();
        for (int atom = 0; atom < atoms.length; atom++) {
            waits.add(new ArrayList<>(0));
        }
        for (int rule = 0; rule < rules.length; rule++) {
            for (int atom : needs.get(rule)) {
                waits.get(atom).add(rule);
            }
        }
        return waits.stream().map(Program::array).toArray(int[][]::new);
    }

    private long[][] fieldScopes(List<Set<Integer>> needs) {
        long[][] bits = new long[names.size() + 1][scopes.words()];
        for (int rule = 0; rule < rules.length; rule++) {
            int scope = scopeOf[rule];
            needs.get(rule).forEach(atom -> set(bits, atom, scope));
            Leaves.each(rules[rule].condition(), leaf -> {
                int atom = leaves.number(leaf);
                if (indexes.complete(atom)) {
                    set(bits, atom, scope);
                }
            });
        }
        return bits;
    }

    private void set(long[][] bits, int atom, int scope) {
        int field = atoms[atom].field;
        bits[field < 0 ? names.size() : field][scope >> 6] |= 1L << scope;
    }

    private boolean textless(int atom) {
        return Need.of(leaves.tests().get(atom)).isEmpty();
    }

    private boolean rare(int atom) {
        List<Need> needs = Need.of(leaves.tests().get(atom));
        return !needs.isEmpty() && needs.stream().allMatch(Need::rare);
    }

    private static int[] array(List<Integer> list) {
        return list.stream().mapToInt(Integer::intValue).toArray();
    }
}
