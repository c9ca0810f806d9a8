package org.wanglou.sensors.format.vary;

import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Another way to write a line.
 *
 * @param name what it does
 * @param of the line rewritten; null where it cannot be done to this line
 * @param differ fields that may come out otherwise, by their beginning
 */
record Variation(String name, Rewrite of, Set<String> differ) {
    @FunctionalInterface
    interface Rewrite {
        @Nullable
        String apply(String format, String text, RandomGenerator random);
    }

    static Variation of(String name, Rewrite of, String... differ) {
        return new Variation(name, of, Set.of(differ));
    }

    boolean mayDiffer(String field) {
        return differ.stream().anyMatch(field::startsWith);
    }
}
