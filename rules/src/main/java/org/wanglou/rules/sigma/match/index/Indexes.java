package org.wanglou.rules.sigma.match.index;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.wanglou.rules.sigma.ValueTest;
import org.wanglou.rules.sigma.match.decide.Atom;

/** The indexes of all fields, and of all values together. Immutable. */
public final class Indexes {
    private final @Nullable FieldIndex[] byField;
    private final @Nullable FieldIndex everywhere;
    private final int[][] present;
    private final boolean[] complete;

    /**
     * Indexes the atoms that rules were given as needs.
     *
     * @param tests by atom
     */
    public Indexes(int fields, List<Atom> atoms, List<ValueTest> tests, Set<Integer> needed) {
        Map<Integer, List<FieldIndex.Entry>> entries = new TreeMap<>();
        Map<Integer, List<Integer>> whereThere = new TreeMap<>();
        complete = new boolean[atoms.size()];
        for (int atom : needed) {
            int field = atoms.get(atom).field;
            List<Need> needs = Need.of(tests.get(atom));
            complete[atom] = !needs.isEmpty();
            if (needs.isEmpty()) {
                whereThere.computeIfAbsent(field, key -> new ArrayList<>()).add(atom);
            }
            for (Need need : needs) {
                entries.computeIfAbsent(field, key -> new ArrayList<>()).add(new FieldIndex.Entry(atom, need));
            }
        }
        byField = new FieldIndex[fields];
        FieldIndex all = null;
        for (Map.Entry<Integer, List<FieldIndex.Entry>> entry : entries.entrySet()) {
            if (entry.getKey() < 0) {
                all = new FieldIndex(entry.getValue());
            } else {
                byField[entry.getKey()] = new FieldIndex(entry.getValue());
            }
        }
        everywhere = all;
        present = new int[fields + 1][];
        for (int field = Atom.EVERYWHERE; field < fields; field++) {
            present[field + 1] = whereThere.getOrDefault(field, List.of()).stream()
                    .mapToInt(Integer::intValue)
                    .toArray();
        }
    }

    public @Nullable FieldIndex of(int field) {
        return byField[field];
    }

    /** Of tests that look at every value. */
    public @Nullable FieldIndex everywhere() {
        return everywhere;
    }

    /** Atoms that have to be tried wherever a field, or for {@link Atom#EVERYWHERE} any field, is there. */
    public int[] present(int field) {
        return present[field + 1];
    }

    /** Whether an atom cannot hold unless the scan says that it has what it needs. */
    public boolean complete(int atom) {
        return complete[atom];
    }

    /** Bytes of the automata's tables. */
    public long bytes() {
        long bytes = everywhere == null ? 0 : everywhere.extent()[1];
        for (FieldIndex index : byField) {
            bytes += index == null ? 0 : index.extent()[1];
        }
        return bytes;
    }
}
