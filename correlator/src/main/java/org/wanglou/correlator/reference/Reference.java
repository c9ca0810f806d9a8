package org.wanglou.correlator.reference;

import java.util.List;
import java.util.Optional;
import org.wanglou.rules.RuleProblem;

/** One state of some kind of reference data, such as a compiled rule set. Immutable; thread-safe. */
public interface Reference {
    /** 32 hex digits over its content; of two values with one digest either may be used. */
    String digest();

    /**
     * Its content as bytes from which it can be made again, whose digest is {@link #digest()}; empty for one that lives
     * in memory only and can therefore not be put in force in a recorded way.
     */
    Optional<byte[]> archive();

    /** What in it could not be used. */
    List<RuleProblem> problems();
}
