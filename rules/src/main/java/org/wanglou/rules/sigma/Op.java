package org.wanglou.rules.sigma;

/** A numeric comparison of Sigma. */
public enum Op {
    GT,
    GTE,
    LT,
    LTE,
    EQ,
    NEQ;

    public boolean holds(double value, double bound) {
        return switch (this) {
            case GT -> value > bound;
            case GTE -> value >= bound;
            case LT -> value < bound;
            case LTE -> value <= bound;
            case EQ -> value == bound;
            case NEQ -> value != bound;
        };
    }

    /** True for comparisons that a further event can only make truer; these may be published before settling. */
    public boolean rising() {
        return this == GT || this == GTE;
    }
}
