package org.wanglou.correlator.detect;

import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.wanglou.model.Event;

/** One way to notice that an event deserves attention. Pure: no I/O, no clock, no state. Thread-safe. */
interface Detector {
    /** Tells {@code findings} what it sees in one event. */
    void inspect(Event event, Consumer<Finding> findings);

    /**
     * Names of the fields it reads: of an event with these alone it says whether it would find anything. Empty when it needs the
     * whole event.
     */
    default Optional<Set<String>> reads() {
        return Optional.empty();
    }
}
