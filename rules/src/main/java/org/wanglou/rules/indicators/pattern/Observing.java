package org.wanglou.rules.indicators.pattern;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;

/** What is asked of a sequence of observations (STIX 2.1 §9.4, §9.5). Immutable. */
public sealed interface Observing {
    /** One observation in square brackets. */
    record Single(Comparing comparing) implements Observing {
        @Override
        public void each(Consumer<Single> sink) {
            sink.accept(this);
        }
    }

    /** How several are joined. */
    enum Join {
        AND,
        OR,
        FOLLOWEDBY
    }

    /** Several, from left to right. */
    record Joined(Join join, List<Observing> parts) implements Observing {
        public Joined {
            parts = List.copyOf(parts);
        }

        @Override
        public void each(Consumer<Single> sink) {
            parts.forEach(part -> part.each(sink));
        }
    }

    /** One with a qualifier. */
    record Qualified(Observing inner, Qualifier qualifier) implements Observing {
        @Override
        public void each(Consumer<Single> sink) {
            inner.each(sink);
        }
    }

    /** A condition on the times of what was observed. */
    sealed interface Qualifier {}

    /** All within so many seconds. */
    record Within(BigDecimal seconds) implements Qualifier {}

    /** So many times, each with observations of its own. */
    record Repeats(int times) implements Qualifier {}

    /** From {@code start} on, before {@code stop}. */
    record Between(Instant start, Instant stop) implements Qualifier {}

    /** Tells every observation in brackets, from left to right. */
    void each(Consumer<Single> sink);
}
