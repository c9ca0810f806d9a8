package org.wanglou.rules.sigma.match.decide;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** A condition over atoms. Immutable. */
public abstract class Node {
    /** What is known of the event at hand. */
    public interface Facts {
        /** Whether an atom holds. */
        boolean holds(int atom);
    }

    /** What it takes to decide, as {@link Atom#cost}. */
    final int cost;

    Node(int cost) {
        this.cost = cost;
    }

    /** Decides. */
    public abstract boolean on(Facts facts);

    /** An atom. */
    public static Node atom(int atom, int cost) {
        return new Node(cost) {
            @Override
            public boolean on(Facts facts) {
                return facts.holds(atom);
            }
        };
    }

    public static Node not(Node part) {
        return new Node(part.cost) {
            @Override
            public boolean on(Facts facts) {
                return !part.on(facts);
            }
        };
    }

    /** All parts, the cheapest first. */
    public static Node all(List<Node> parts) {
        Node[] sorted = sorted(parts);
        return sorted.length == 1
                ? sorted[0]
                : new Node(cost(sorted)) {
                    @Override
                    public boolean on(Facts facts) {
                        for (Node part : sorted) {
                            if (!part.on(facts)) {
                                return false;
                            }
                        }
                        return true;
                    }
                };
    }

    /** Any part, the cheapest first. */
    public static Node any(List<Node> parts) {
        Node[] sorted = sorted(parts);
        return sorted.length == 1
                ? sorted[0]
                : new Node(cost(sorted)) {
                    @Override
                    public boolean on(Facts facts) {
                        for (Node part : sorted) {
                            if (part.on(facts)) {
                                return true;
                            }
                        }
                        return false;
                    }
                };
    }

    private static Node[] sorted(List<Node> parts) {
        Node[] sorted = parts.toArray(Node[]::new);
        Arrays.sort(sorted, Comparator.comparingInt(part -> part.cost));
        return sorted;
    }

    private static int cost(Node[] parts) {
        long sum = 0;
        for (Node part : parts) {
            sum += part.cost;
        }
        return (int) Math.min(sum, 1_000_000);
    }
}
