package org.wanglou.correlator.behaviour;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.wanglou.rules.behaviour.BehaviourRule;

/** What one entity has done so far, as one type of rule sees it. Samples come in order of (time, id). */
interface Habit {
    /** Takes the next sample: says what is out of the ordinary, then learns from it. */
    void take(Sample sample, Turn turn);

    /** The part of the state that goes into the profile's header row. */
    void write(DataOutput out) throws IOException;

    /** The counterpart of {@link #write}. */
    void read(DataInput in) throws IOException;

    /** A row of the profile beside its header. */
    default void restore(long value, ByteBuffer row) {
        throw new IllegalStateException("this habit has no rows");
    }

    /** How many rows it has. */
    default int rows() {
        return 0;
    }

    /** Deletes all rows. */
    default void end(Turn turn) {}

    static Habit of(BehaviourRule rule) {
        return switch (rule.type()) {
            case FIRST_SEEN, RARE -> new ValuesHabit();
            case VOLUME -> new VolumeHabit();
            case TRAVEL -> new TravelHabit();
            case OUT_OF_TERM -> new TermHabit();
        };
    }
}
