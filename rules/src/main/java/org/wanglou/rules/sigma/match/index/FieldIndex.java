package org.wanglou.rules.sigma.match.index;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.wanglou.rules.sigma.match.view.View;

/**
 * The needs of all tests of one field: whole values by hash, numbers by value, parts by automaton. Immutable; thread-safe.
 */
public final class FieldIndex {
    private static final int EXACT = 4;

    private final @Nullable Whole whole;
    private final int[][] wholeAtoms;
    private final Map<Double, int[]> numbers = new HashMap<>();
    private final @Nullable Automaton parts;
    // By text: atoms, and beside each where its text must stand, with EXACT when nothing else need be looked at.
    private final int[][] partAtoms;
    private final byte[][] partModes;

    /** Told what is found. */
    public interface Marks {
        /**
         * A test has what it needs.
         *
         * @param exact whether it holds thereby
         */
        void atom(int atom, int value, boolean exact);
    }

    /** One test's need. */
    @SuppressWarnings("ArrayRecordComponent")
    record Entry(int atom, Need need) {}

    FieldIndex(List<Entry> entries) {
        Map<String, List<Entry>> wholes = new LinkedHashMap<>();
        Map<String, List<Entry>> texts = new LinkedHashMap<>();
        Map<Double, List<Integer>> byNumber = new HashMap<>();
        for (Entry entry : entries) {
            switch (entry.need.kind()) {
                case NUMBER ->
                    byNumber.computeIfAbsent(entry.need.number(), key -> new ArrayList<>())
                            .add(entry.atom);
                case WHOLE ->
                    wholes.computeIfAbsent(key(entry), key -> new ArrayList<>()).add(entry);
                default ->
                    texts.computeIfAbsent(key(entry), key -> new ArrayList<>()).add(entry);
            }
        }
        byNumber.forEach((number, atoms) ->
                numbers.put(number, atoms.stream().mapToInt(Integer::intValue).toArray()));
        whole = wholes.isEmpty() ? null : new Whole(keys(wholes));
        wholeAtoms = wholes.values().stream()
                .map(list -> list.stream()
                        .mapToInt(entry -> entry.need.exact() ? entry.atom : ~entry.atom)
                        .toArray())
                .toArray(int[][]::new);
        parts = texts.isEmpty() ? null : new Automaton(keys(texts));
        partAtoms = new int[texts.size()][];
        partModes = new byte[texts.size()][];
        int text = 0;
        for (List<Entry> list : texts.values()) {
            partAtoms[text] = new int[list.size()];
            partModes[text] = new byte[list.size()];
            for (int i = 0; i < list.size(); i++) {
                Need need = list.get(i).need;
                partAtoms[text][i] = list.get(i).atom;
                partModes[text][i] = (byte) (need.kind().ordinal() | (need.exact() ? EXACT : 0) << 2);
            }
            text++;
        }
    }

    private static String key(Entry entry) {
        return new String(entry.need.text(), StandardCharsets.ISO_8859_1);
    }

    private static List<byte[]> keys(Map<String, List<Entry>> texts) {
        return texts.values().stream().map(list -> list.get(0).need.text()).toList();
    }

    /** Tells of every test that has what it needs in one value. */
    public void mark(View view, int value, Marks marks) {
        view.ready(value);
        byte[] bytes = view.folded[value];
        int from = view.foldedFrom[value];
        int length = view.foldedLength[value];
        if (whole != null) {
            int found = whole.find(bytes, from, length);
            if (found >= 0) {
                for (int atom : wholeAtoms[found]) {
                    marks.atom(atom < 0 ? ~atom : atom, value, atom >= 0);
                }
            }
        }
        if (!numbers.isEmpty()) {
            double number = view.number(value);
            int[] atoms = Double.isNaN(number) ? null : numbers.get(number + 0.0);
            if (atoms != null) {
                for (int atom : atoms) {
                    marks.atom(atom, value, true);
                }
            }
        }
        if (parts != null && length > 0) {
            parts.scan(bytes, from, length, (number, at) -> part(number, at, from, length, value, marks));
        }
    }

    private void part(int text, int at, int from, int length, int value, Marks marks) {
        int[] atoms = partAtoms[text];
        byte[] modes = partModes[text];
        int size = textLength(text);
        for (int i = 0; i < atoms.length; i++) {
            int kind = modes[i] & 7;
            boolean stands = kind == Need.Kind.START.ordinal()
                    ? at == from
                    : kind != Need.Kind.END.ordinal() || at + size == from + length;
            if (stands) {
                marks.atom(atoms[i], value, modes[i] >> 4 != 0);
            }
        }
    }

    private int textLength(int text) {
        return parts == null ? 0 : parts.length(text);
    }

    /** States and bytes of the automaton. */
    public int[] extent() {
        return parts == null ? new int[2] : parts.extent();
    }
}
