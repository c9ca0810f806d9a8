package org.wanglou.rules.sigma.match;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;

/** What each rule of a set has cost so far, by number. Thread-safe. */
final class Costs {
    private static final int COLUMNS = 4;

    private final AtomicLongArray cells;
    private final AtomicLong events = new AtomicLong();

    Costs(int rules) {
        cells = new AtomicLongArray(rules * COLUMNS);
    }

    void add(int rule, long evaluated, long matched, long steps, long exceeded) {
        cells.addAndGet(rule * COLUMNS, evaluated);
        cells.addAndGet(rule * COLUMNS + 1, matched);
        if (steps != 0) {
            cells.addAndGet(rule * COLUMNS + 2, steps);
            cells.addAndGet(rule * COLUMNS + 3, exceeded);
        }
    }

    void events(long more) {
        events.addAndGet(more);
    }

    long events() {
        return events.get();
    }

    RuleCost of(int rule, String id, boolean textless) {
        int at = rule * COLUMNS;
        return new RuleCost(id, cells.get(at), cells.get(at + 1), cells.get(at + 2), cells.get(at + 3), textless);
    }
}
