package org.wanglou.rules.sigma.regex;

/** What expressions may still cost, and have cost, while one rule looks at one event. Confined to its thread. */
public final class Steps {
    private final long budget;
    private long left;
    private long used;
    private int exceeded;

    /** @param budget steps that one search may take */
    public Steps(long budget) {
        this.budget = budget;
        this.left = budget;
    }

    /** Begins a search. */
    void begin(long most) {
        left = most;
    }

    long budget() {
        return budget;
    }

    /** One step; false when there are none left. */
    boolean step() {
        used++;
        return --left >= 0;
    }

    void add(long steps) {
        used += steps;
    }

    void exceed() {
        exceeded++;
    }

    /** Steps used since {@link #reset}. */
    public long used() {
        return used;
    }

    /** Searches given up since {@link #reset}. */
    public int exceeded() {
        return exceeded;
    }

    public void reset() {
        used = 0;
        exceeded = 0;
    }
}
