package org.wanglou.rules.sigma.pipeline;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.wanglou.rules.sigma.ValueTest;

/** A detection as written, modifiers worked in, fields still in the author's names; pipelines change it. Immutable. */
public sealed interface Draft {
    String label();

    /** Every part holds. */
    record All(String label, List<Draft> parts) implements Draft {
        public All {
            parts = List.copyOf(parts);
        }
    }

    /** At least one part holds. */
    record Any(String label, List<Draft> parts) implements Draft {
        public Any {
            parts = List.copyOf(parts);
        }
    }

    /**
     * One {@code field|modifiers: values}.
     *
     * @param field empty for keywords
     * @param values texts are not folded yet
     * @param all every value has to match instead of one
     * @param negated {@code neq}: the whole does not hold
     * @param applied ids of the processing items that have changed it
     */
    record Item(
            String label, String field, List<Value> values, boolean all, boolean negated, int line, Set<String> applied)
            implements Draft {
        public Item {
            values = List.copyOf(values);
            applied = Set.copyOf(applied);
        }

        Item field(String name) {
            return new Item(label, name, values, all, negated, line, applied);
        }

        Item values(List<Value> others) {
            return new Item(label, field, others, all, negated, line, applied);
        }

        Item marked(String id) {
            if (id.isEmpty() || applied.contains(id)) {
                return this;
            }
            Set<String> more = new LinkedHashSet<>(applied);
            more.add(id);
            return new Item(label, field, values, all, negated, line, more);
        }
    }

    /**
     * One value of an item.
     *
     * @param forms the ways to write it, of which any will do
     */
    record Value(String label, List<ValueTest> forms) {
        public Value {
            forms = List.copyOf(forms);
        }
    }
}
