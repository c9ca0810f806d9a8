package org.wanglou.rules.indicators.live;

import java.util.List;
import org.wanglou.rules.indicators.Indicator.Side;
import org.wanglou.rules.indicators.IndicatorType;
import org.wanglou.rules.indicators.pattern.Comparing;

/** What becomes of a pattern on the stream. Immutable. */
public sealed interface LivePattern {
    /** A value to look up. */
    record Value(IndicatorType type, String written, Side side, int port) {}

    /** Any of the values is a match. */
    record Indexed(List<Value> values, long from, long to) implements LivePattern {
        public Indexed {
            values = List.copyOf(values);
        }
    }

    /**
     * One of the anchors must be there, and then the whole must hold for the event.
     *
     * @param anchors empty: every event is asked
     */
    record Combined(List<Value> anchors, Comparing condition, long from, long to) implements LivePattern {
        public Combined {
            anchors = List.copyOf(anchors);
        }
    }

    /** Needs several observations: evaluated where windows are, not here. */
    record Windowed(String reason) implements LivePattern {}

    /** No event can answer it. */
    record Unanswerable(String reason) implements LivePattern {}
}
