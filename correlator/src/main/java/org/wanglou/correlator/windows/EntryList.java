package org.wanglou.correlator.windows;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.wanglou.correlator.routes.Route;
import org.wanglou.rules.sigma.CorrelationRule;

/**
 * The entries of one key in order of (time, event id), and how many of them, or of their distinct values, lie in an
 * interval. Confined to its task's thread.
 */
final class EntryList {
    private final List<Entry> entries = new ArrayList<>();
    private final List<TailCount> tails = new ArrayList<>();
    private final List<Chain> chains;
    private final int ruleTuple;
    private final boolean buckets;
    private boolean weighted;

    EntryList(Route route) {
        int tuples = route.counted().size();
        for (int i = 0; i < tuples; i++) {
            tails.add(new TailCount(i, route.spanMillis()));
        }
        this.ruleTuple = route.counted().indexOf(List.of(CorrelationRule.RULE_ITSELF));
        this.chains = Conditions.chains(route);
        // without a value to count, entries may be folded into buckets
        this.buckets = tuples == 0;
    }

    void restore(List<Entry> rows) {
        entries.addAll(rows);
        entries.sort(Entry.ORDER);
        weighted = rows.stream().anyMatch(entry -> entry.weight() > 1);
    }

    /** Inserts an entry; its place, or -1 if it was there already. */
    int add(Entry entry) {
        int found = Collections.binarySearch(entries, entry, Entry.ORDER);
        if (found >= 0) {
            return -1;
        }
        int place = -found - 1;
        boolean inOrder = place == entries.size();
        entries.add(place, entry);
        tails.forEach(tail -> tail.inserted(inOrder));
        chains.forEach(chain -> chain.inserted(inOrder));
        return place;
    }

    boolean isLast(int place) {
        return place == entries.size() - 1;
    }

    Entry get(int place) {
        return entries.get(place);
    }

    int size() {
        return entries.size();
    }

    boolean isEmpty() {
        return entries.isEmpty();
    }

    /** The entries in (from, to]. */
    List<Entry> within(long from, long to) {
        return entries.subList(after(from), after(to));
    }

    /** Index of the first entry later than {@code time}. */
    int after(long time) {
        int lo = 0;
        int hi = entries.size();
        while (lo < hi) {
            int middle = (lo + hi) >>> 1;
            if (entries.get(middle).time() <= time) {
                lo = middle + 1;
            } else {
                hi = middle;
            }
        }
        return lo;
    }

    /** Entries in (from, to]; a bucket counts for all it holds. */
    long weight(long from, long to) {
        int lo = after(from);
        int hi = after(to);
        if (!weighted) {
            return hi - lo;
        }
        long weight = 0;
        for (int i = lo; i < hi; i++) {
            weight += entries.get(i).weight();
        }
        return weight;
    }

    /** Distinct values of a tuple in (from, to]. */
    long distinct(int tuple, long from, long to) {
        Set<Long> distinct = new HashSet<>();
        for (Entry entry : within(from, to)) {
            if (entry.values()[tuple] != 0) {
                distinct.add(entry.values()[tuple]);
            }
        }
        return distinct.size();
    }

    /** As {@link #distinct}, for the window that ends at the latest entry; one step for each entry in a flood. */
    long distinctAtEnd(int tuple, long instant) {
        return tails.get(tuple).at(instant, entries);
    }

    /** Start of the latest whole chain of an order among all entries; {@link Chain#NONE} without one. */
    long chainStart(int order) {
        return chains.get(order).latestStart(entries);
    }

    /** Takes away the entries up to {@code time}, included. */
    List<Entry> removeUntil(long time) {
        return removeFirst(after(time));
    }

    private List<Entry> removeFirst(int count) {
        if (count == 0) {
            return List.of();
        }
        List<Entry> gone = new ArrayList<>(entries.subList(0, count));
        entries.subList(0, count).clear();
        tails.forEach(TailCount::forget);
        chains.forEach(Chain::forget);
        weighted = entries.stream().anyMatch(entry -> entry.weight() > 1);
        return gone;
    }

    /** What a folding took away and put in its place. */
    record Folded(List<Entry> gone, List<Entry> buckets) {}

    /**
     * Folds the older half: neighbours into buckets where entries are counted, away where values are, because a bucket has
     * no set of values. Of each rule that a temporal rule waits for stays the latest entry, and of each order the latest
     * chain of each length: a flood of one rule does not push out the others.
     */
    Folded fold() {
        int half = entries.size() / 4 * 2;
        List<Entry> gone = new ArrayList<>(removeFirst(half));
        if (ruleTuple >= 0) {
            Set<Entry> waiting = waiting(gone);
            entries.addAll(0, gone.stream().filter(waiting::contains).toList());
            gone.removeIf(waiting::contains);
        }
        List<Entry> made = new ArrayList<>();
        for (int i = 0; buckets && i + 1 < half; i += 2) {
            made.add(gone.get(i).foldedInto(gone.get(i + 1)));
        }
        entries.addAll(0, made);
        weighted |= !made.isEmpty();
        return new Folded(gone, made);
    }

    private Set<Entry> waiting(List<Entry> old) {
        Set<Entry> kept = Collections.newSetFromMap(new IdentityHashMap<>());
        Map<Long, Entry> latest = new HashMap<>();
        old.forEach(entry -> latest.put(entry.values()[ruleTuple], entry));
        latest.remove(0L);
        kept.addAll(latest.values());
        chains.forEach(chain -> chain.keep(old, kept));
        return kept;
    }
}
