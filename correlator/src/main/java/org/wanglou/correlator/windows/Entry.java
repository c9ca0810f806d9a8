package org.wanglou.correlator.windows;

import java.util.Comparator;
import org.wanglou.model.Entities;

/**
 * One signal in a window.
 *
 * @param time event time, milliseconds UTC
 * @param hash first 64 bits of the signal's id: a signal is inserted once
 * @param eventId id of its event
 * @param values hash of the value of each counted field of the route, 0 where absent
 * @param weight 1; more for a bucket of folded entries, whose time is that of the latest
 */
@SuppressWarnings("ArrayRecordComponent") // compared by place in the window, never by equals
record Entry(long time, long hash, String eventId, long[] values, Entities entities, long weight) {
    /** The order of evidence: by time, then id. */
    static final Comparator<Entry> ORDER =
            Comparator.comparingLong(Entry::time).thenComparing(Entry::eventId).thenComparingLong(Entry::hash);

    /** A bucket of this and the next entry. */
    Entry foldedInto(Entry next) {
        return new Entry(next.time, next.hash, next.eventId, next.values, next.entities, weight + next.weight);
    }
}
