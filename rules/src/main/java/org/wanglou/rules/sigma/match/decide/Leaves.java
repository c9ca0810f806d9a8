package org.wanglou.rules.sigma.match.decide;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.wanglou.rules.sigma.Condition;
import org.wanglou.rules.sigma.ValueTest;
import org.wanglou.rules.sigma.match.view.Names;

/** The tests of conditions, numbered: those that are alike get one number. Grows while a set is compiled. */
public final class Leaves {
    private record Key(String field, ValueTest test) {}

    private final Names names;
    private final Map<Key, Integer> numbers = new HashMap<>();
    private final List<Atom> atoms = new ArrayList<>();
    private final List<ValueTest> tests = new ArrayList<>();

    public Leaves(Names names) {
        this.names = names;
    }

    /** The tree of a condition. */
    public Node node(Condition condition) {
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
        return Node.atom(atom, atoms.get(atom).cost);
    }

    /** The number of a test's atom, made if it is new. */
    public int number(Condition leaf) {
        Key key = key(leaf);
        Integer known = numbers.get(key);
        if (known != null) {
            return known;
        }
        int field = leaf instanceof Condition.Item ? names.number(key.field) : Atom.EVERYWHERE;
        atoms.add(Atoms.of(field, key.test, names::number));
        tests.add(key.test);
        numbers.put(key, atoms.size() - 1);
        return atoms.size() - 1;
    }

    /** The number of a test's atom, null when there is none. */
    public @Nullable Integer known(Condition leaf) {
        return numbers.get(key(leaf));
    }

    private static Key key(Condition leaf) {
        return leaf instanceof Condition.Item item
                ? new Key(item.field(), item.test())
                : new Key("", ((Condition.Keyword) leaf).test());
    }

    public List<Atom> atoms() {
        return atoms;
    }

    /** By atom. */
    public List<ValueTest> tests() {
        return tests;
    }

    /** Every test of a condition. */
    public static void each(Condition condition, Consumer<Condition> leaf) {
        if (condition instanceof Condition.All all) {
            all.parts().forEach(part -> each(part, leaf));
        } else if (condition instanceof Condition.Any any) {
            any.parts().forEach(part -> each(part, leaf));
        } else if (condition instanceof Condition.Not not) {
            each(not.part(), leaf);
        } else {
            leaf.accept(condition);
        }
    }

    /** Adds the names of the fields that a condition looks at. */
    public static void fields(Condition condition, Set<String> names) {
        each(condition, leaf -> {
            if (leaf instanceof Condition.Item item) {
                names.add(item.field());
                if (item.test() instanceof ValueTest.FieldRef ref) {
                    names.add(ref.field());
                }
            }
        });
    }
}
