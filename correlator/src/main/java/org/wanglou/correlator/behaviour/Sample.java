package org.wanglou.correlator.behaviour;

import java.util.Comparator;
import org.wanglou.model.Entities;

/**
 * One signal as a profile takes it.
 *
 * @param time event time, milliseconds UTC
 * @param hash first 64 bits of the signal's id: a signal is taken once
 * @param value what is looked at, as text; empty where nothing is
 */
record Sample(long time, long hash, String eventId, String value, Entities entities) {
    /** The order in which a profile takes them. */
    static final Comparator<Sample> ORDER = Comparator.comparingLong(Sample::time)
            .thenComparing(Sample::eventId)
            .thenComparingLong(Sample::hash);
}
