package org.wanglou.rules.indicators.read;

import java.util.Optional;
import org.wanglou.rules.indicators.value.PublicSuffixes;
import org.wanglou.rules.indicators.warning.Warninglists;

/**
 * How lists are taken in. Immutable.
 *
 * @param source name of the source where the list gives none; empty: the file's name
 * @param confidence of indicators whose list gives none, 0–100
 * @param lifetimeMillis how long an indicator counts whose list gives no end, from the last time its source names; 0:
 *     without end
 * @param observables whether objects that a bundle merely describes count as indicators too
 * @param most indicators that are taken at most
 * @param now instant from which one that has ended is counted as expired, milliseconds UTC
 * @param seed of the table's hash
 */
public record IntakeOptions(
        Optional<String> source,
        int confidence,
        long lifetimeMillis,
        boolean observables,
        int most,
        long now,
        long seed,
        PublicSuffixes suffixes,
        Warninglists warnings) {
    /** Indicators of one source at most, unless it is said otherwise. */
    public static final int MOST = 20_000_000;

    private static final int CONFIDENCE = 50;
    private static final long PLAIN_SEED = 0x5eedL;

    /** For small lists whose author is trusted: no warning lists, nothing expires at intake. */
    public static IntakeOptions plain() {
        return new IntakeOptions(
                Optional.empty(),
                CONFIDENCE,
                0,
                false,
                MOST,
                Long.MIN_VALUE,
                PLAIN_SEED,
                PublicSuffixes.builtIn(),
                Warninglists.NONE);
    }

    public IntakeOptions at(long time, long newSeed) {
        return new IntakeOptions(
                source, confidence, lifetimeMillis, observables, most, time, newSeed, suffixes, warnings);
    }

    public IntakeOptions against(PublicSuffixes newSuffixes, Warninglists newWarnings) {
        return new IntakeOptions(
                source, confidence, lifetimeMillis, observables, most, now, seed, newSuffixes, newWarnings);
    }

    public IntakeOptions from(String name, int newConfidence, long newLifetimeMillis, boolean newObservables) {
        return new IntakeOptions(
                name.isEmpty() ? Optional.empty() : Optional.of(name),
                newConfidence,
                newLifetimeMillis,
                newObservables,
                most,
                now,
                seed,
                suffixes,
                warnings);
    }
}
