package org.wanglou.rules.sigma.match;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Finds which of many literals occur in a text, in one pass (Aho and Corasick, 1975), and marks the rules that need
 * them. Immutable once built; thread-safe.
 */
final class AhoCorasick {
    // Per node: sorted characters and their targets; failure link; rules to mark, the failure chain's included.
    private final char[][] edges;
    private final int[][] targets;
    private final int[] fail;
    private final int[][] marks;

    private AhoCorasick(char[][] edges, int[][] targets, int[] fail, int[][] marks) {
        this.edges = edges;
        this.targets = targets;
        this.fail = fail;
        this.marks = marks;
    }

    /** @param literals literal → rules; no literal is empty */
    static AhoCorasick of(Map<String, List<Integer>> literals) {
        List<TreeMap<Character, Integer>> nodes = new ArrayList<>();
        List<List<Integer>> out = new ArrayList<>();
        nodes.add(new TreeMap<>());
        out.add(new ArrayList<>());
        literals.forEach((literal, rules) -> {
            int node = 0;
            for (int i = 0; i < literal.length(); i++) {
                Integer next = nodes.get(node).get(literal.charAt(i));
                if (next == null) {
                    next = nodes.size();
                    nodes.add(new TreeMap<>());
                    out.add(new ArrayList<>());
                    nodes.get(node).put(literal.charAt(i), next);
                }
                node = next;
            }
            out.get(node).addAll(rules);
        });
        int[] fail = new int[nodes.size()];
        ArrayDeque<Integer> queue = new ArrayDeque<>(nodes.get(0).values());
        while (!queue.isEmpty()) {
            int node = queue.remove();
            nodes.get(node).forEach((c, child) -> {
                int f = fail[node];
                while (f != 0 && !nodes.get(f).containsKey(c)) {
                    f = fail[f];
                }
                int target = nodes.get(f).getOrDefault(c, 0);
                fail[child] = target;
                out.get(child).addAll(out.get(target));
                queue.add(child);
            });
        }
        char[][] edges = new char[nodes.size()][];
        int[][] targets = new int[nodes.size()][];
        int[][] marks = new int[nodes.size()][];
        for (int n = 0; n < edges.length; n++) {
            edges[n] = new char[nodes.get(n).size()];
            targets[n] = new int[edges[n].length];
            int i = 0;
            for (Map.Entry<Character, Integer> edge : nodes.get(n).entrySet()) {
                edges[n][i] = edge.getKey();
                targets[n][i++] = edge.getValue();
            }
            marks[n] =
                    out.get(n).stream().mapToInt(Integer::intValue).distinct().toArray();
        }
        return new AhoCorasick(edges, targets, fail, marks);
    }

    void scan(String text, long[] candidates) {
        int node = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            int next = step(node, c);
            while (next < 0 && node != 0) {
                node = fail[node];
                next = step(node, c);
            }
            node = Math.max(next, 0);
            for (int rule : marks[node]) {
                candidates[rule >> 6] |= 1L << rule;
            }
        }
    }

    private int step(int node, char c) {
        char[] chars = edges[node];
        int low = 0;
        int high = chars.length - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            if (chars[middle] < c) {
                low = middle + 1;
            } else if (chars[middle] > c) {
                high = middle - 1;
            } else {
                return targets[node][middle];
            }
        }
        return -1;
    }

    /** The literals of one field: whole values by hash, parts by automaton. Immutable. */
    static final class FieldIndex {
        private final Map<String, int[]> whole = new HashMap<>();
        private final Map<Double, int[]> numbers = new HashMap<>();
        private final @Nullable AhoCorasick parts;

        FieldIndex(Map<Literal, List<Integer>> literals) {
            Map<String, List<Integer>> part = new HashMap<>();
            literals.forEach((literal, rules) -> {
                int[] marks = rules.stream().mapToInt(Integer::intValue).toArray();
                switch (literal.kind()) {
                    case WHOLE -> whole.put(literal.text(), marks);
                    case NUMBER -> numbers.put(Double.valueOf(literal.text()) + 0.0, marks);
                    case PART -> part.put(literal.text(), rules);
                }
            });
            parts = part.isEmpty() ? null : of(part);
        }

        void mark(String[] folded, long[] candidates) {
            for (String text : folded) {
                int[] rules = whole.get(text);
                if (rules != null) {
                    mark(rules, candidates);
                }
                if (!numbers.isEmpty()) {
                    rules = numbers.get(Values.number(text) + 0.0);
                    if (rules != null) {
                        mark(rules, candidates);
                    }
                }
                if (parts != null) {
                    parts.scan(text, candidates);
                }
            }
        }

        private static void mark(int[] rules, long[] candidates) {
            for (int rule : rules) {
                candidates[rule >> 6] |= 1L << rule;
            }
        }
    }
}
