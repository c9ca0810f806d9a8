package org.wanglou.rules.indicators.pattern;

import java.util.List;
import java.util.function.Consumer;

/** What is asked of one observation (STIX 2.1 §9.6). Immutable. */
public sealed interface Comparing {
    /** How a value is compared. */
    enum Operator {
        EQUAL,
        GREATER,
        LESS,
        GREATER_OR_EQUAL,
        LESS_OR_EQUAL,
        IN,
        LIKE,
        MATCHES,
        ISSUBSET,
        ISSUPERSET,
        EXISTS
    }

    /**
     * One comparison. {@code !=} is {@code =} negated; {@code NOT} negates once more.
     *
     * @param values one literal; for {@code IN} any number; none for {@code EXISTS}
     */
    record Test(ObjectPath path, boolean negated, Operator operator, List<Literal> values) implements Comparing {
        public Test {
            values = List.copyOf(values);
        }

        @Override
        public void each(Consumer<Test> sink) {
            sink.accept(this);
        }
    }

    /** All must hold. */
    record All(List<Comparing> parts) implements Comparing {
        public All {
            parts = List.copyOf(parts);
        }

        @Override
        public void each(Consumer<Test> sink) {
            parts.forEach(part -> part.each(sink));
        }
    }

    /** At least one must hold. */
    record Any(List<Comparing> parts) implements Comparing {
        public Any {
            parts = List.copyOf(parts);
        }

        @Override
        public void each(Consumer<Test> sink) {
            parts.forEach(part -> part.each(sink));
        }
    }

    /** Tells every comparison, from left to right. */
    void each(Consumer<Test> sink);
}
