package org.wanglou.rules.sigma;

import java.util.List;

/**
 * A rule's condition as a tree; {@code label} is what the author wrote. Field names are ECS names: pipelines, modifiers
 * and placeholders are worked in, and negation ({@code neq} too) is only ever {@link Not}. {@code All} of nothing holds,
 * {@code Any} of nothing does not. Immutable.
 */
public sealed interface Condition {
    /** Holds for every event. */
    Condition EVERYTHING = new All("everything", List.of());

    String label();

    /** Every part holds. */
    record All(String label, List<Condition> parts) implements Condition {
        public All {
            parts = List.copyOf(parts);
        }
    }

    /** At least one part holds. */
    record Any(String label, List<Condition> parts) implements Condition {
        public Any {
            parts = List.copyOf(parts);
        }
    }

    /** The part does not hold. */
    record Not(String label, Condition part) implements Condition {}

    /** One field against one test; a list value matches when any of its elements does. */
    record Item(String label, String field, ValueTest test) implements Condition {}

    /** A test over every value of the event; the test is a {@code Text} or a {@code Regex}. */
    record Keyword(String label, ValueTest test) implements Condition {}
}
