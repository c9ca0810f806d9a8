package org.wanglou.rules.sigma.match;

import org.wanglou.rules.sigma.regex.Steps;

/** One thread's counts, handed to the set's every so often. Confined to its thread. */
final class Tally {
    private static final int EVENTS = 1024;

    private final Costs costs;
    private final int[] evaluated;
    private final int[] matched;
    private final long[] steps;
    private final int[] exceeded;
    private final int[] touched;
    private int touchedCount;
    private int events;

    Tally(int rules, Costs costs) {
        this.costs = costs;
        evaluated = new int[rules];
        matched = new int[rules];
        steps = new long[rules];
        exceeded = new int[rules];
        touched = new int[rules];
    }

    /** A rule was decided; what it cost in expressions is taken from {@code used}. */
    void decided(int rule, boolean holds, Steps used) {
        if (evaluated[rule]++ == 0) {
            touched[touchedCount++] = rule;
        }
        if (holds) {
            matched[rule]++;
        }
        if (used.used() > 0) {
            steps[rule] += used.used();
            exceeded[rule] += used.exceeded();
            used.reset();
        }
    }

    void event() {
        if (++events >= EVENTS) {
            flush();
        }
    }

    void flush() {
        for (int i = 0; i < touchedCount; i++) {
            int rule = touched[i];
            costs.add(rule, evaluated[rule], matched[rule], steps[rule], exceeded[rule]);
            evaluated[rule] = 0;
            matched[rule] = 0;
            steps[rule] = 0;
            exceeded[rule] = 0;
        }
        costs.events(events);
        touchedCount = 0;
        events = 0;
    }
}
