package org.wanglou.correlator.windows;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How far entries go along an ordered list of rules, each strictly later than the one before: for every length the chain
 * that starts latest, because it is the last to fall out of a window. One step per entry that comes in order; anything
 * else makes it start again. Confined to its task's thread.
 */
final class Chain {
    /** No chain of that length. */
    static final long NONE = Long.MIN_VALUE;

    private record Link(Entry entry, @Nullable Link previous, long start) {}

    private final int tuple;
    private final long[] steps;
    // by length − 1: chains that end before the time of the entry in hand, and at it or before
    private @Nullable Link[] before;
    private @Nullable Link[] upTo;
    private long time;
    private int to;

    /**
     * @param tuple index of the entries' value that names the rule
     * @param order rule ids in their order
     */
    Chain(int tuple, List<String> order) {
        this.tuple = tuple;
        this.steps = order.stream()
                .mapToLong(rule -> KeyedWindows.hash(List.of(rule)))
                .toArray();
        this.before = new Link[steps.length];
        this.upTo = new Link[steps.length];
        this.time = NONE;
    }

    void inserted(boolean inOrder) {
        if (!inOrder) {
            forget();
        }
    }

    void forget() {
        before = new Link[steps.length];
        upTo = new Link[steps.length];
        time = NONE;
        to = 0;
    }

    /** Start of the latest whole chain among all entries, which are in order of time; {@link #NONE} without one. */
    long latestStart(List<Entry> entries) {
        while (to < entries.size()) {
            step(entries.get(to++));
        }
        Link whole = upTo[steps.length - 1];
        return whole == null ? NONE : whole.start;
    }

    private void step(Entry entry) {
        if (entry.time() > time) {
            before = upTo.clone();
            time = entry.time();
        }
        for (int i = 0; i < steps.length; i++) {
            if (entry.values()[tuple] == steps[i]) {
                Link previous = i == 0 ? null : before[i - 1];
                if (i > 0 && previous == null) {
                    return;
                }
                long start = previous == null ? entry.time() : previous.start;
                Link best = upTo[i];
                if (best == null || start > best.start) {
                    upTo[i] = new Link(entry, previous, start);
                }
                return;
            }
        }
    }

    /** Adds those of the entries that the latest chain of each length consists of. */
    void keep(List<Entry> entries, Set<Entry> kept) {
        forget();
        latestStart(entries);
        for (Link last : upTo) {
            for (Link link = last; link != null; link = link.previous) {
                kept.add(link.entry);
            }
        }
        forget();
    }
}
