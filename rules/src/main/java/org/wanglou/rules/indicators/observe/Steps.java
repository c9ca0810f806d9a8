package org.wanglou.rules.indicators.observe;

/** What a match may still cost. Confined to its caller. */
final class Steps {
    private long left;

    Steps(long budget) {
        this.left = budget;
    }

    void take() {
        if (--left < 0) {
            throw new TooComplexException();
        }
    }
}
