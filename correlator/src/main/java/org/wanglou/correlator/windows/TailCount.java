package org.wanglou.correlator.windows;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The distinct values in the window that ends at the latest entry, kept up as entries arrive in order so that a flood
 * costs one step per entry; anything out of order makes it start again. Confined to its task's thread.
 */
final class TailCount {
    private final int index;
    private final long spanMillis;
    private final Map<Long, Integer> occurrences = new HashMap<>();
    private int from;
    private int to;

    TailCount(int index, long spanMillis) {
        this.index = index;
        this.spanMillis = spanMillis;
    }

    void inserted(boolean inOrder) {
        if (!inOrder) {
            forget();
        }
    }

    void forget() {
        occurrences.clear();
        from = 0;
        to = 0;
    }

    /** Distinct values in (instant − span, instant], where no entry is later than {@code instant}. */
    int at(long instant, List<Entry> entries) {
        while (to < entries.size()) {
            change(entries.get(to++), 1);
        }
        while (from < to && entries.get(from).time() <= instant - spanMillis) {
            change(entries.get(from++), -1);
        }
        return occurrences.size();
    }

    private void change(Entry entry, int by) {
        long value = entry.values()[index];
        if (value != 0) {
            occurrences.merge(value, by, (old, step) -> old + step == 0 ? null : old + step);
        }
    }
}
