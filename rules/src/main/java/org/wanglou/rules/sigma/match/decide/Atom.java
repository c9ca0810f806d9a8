package org.wanglou.rules.sigma.match.decide;

import org.wanglou.rules.sigma.match.view.View;
import org.wanglou.rules.sigma.regex.Steps;

/** One test of one field, or of all values, shared by all rules that make it. Immutable. */
public abstract class Atom {
    /** In place of a field: every value of the event. */
    public static final int EVERYWHERE = -1;

    /** Field number. */
    public final int field;
    /** What it takes to try it, roughly in tens of nanoseconds. */
    public final int cost;

    Atom(int field, int cost) {
        this.field = field;
        this.cost = cost;
    }

    /** Whether it holds for the event. */
    public boolean on(View view, Steps steps) {
        int from = field < 0 ? 0 : view.first(field);
        int to = field < 0 ? view.stated : from + view.count(field);
        for (int value = from; value < to; value++) {
            view.ready(value);
            if (holds(view, value, steps)) {
                return true;
            }
        }
        return false;
    }

    /** Whether it holds for one value, which is ready. */
    public abstract boolean holds(View view, int value, Steps steps);
}
