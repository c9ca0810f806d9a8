package org.wanglou.correlator.behaviour;

import java.util.List;
import org.wanglou.rules.behaviour.BehaviourRule;

/** What a habit may ask and do while it takes a sample. */
interface Turn {
    BehaviourRule rule();

    /** Event time of the entity's first sample. */
    long first();

    /** Samples taken before this one. */
    long total();

    /** How long the entity has been watched and how often it was met, in words. */
    String watched(long now);

    /** True when the entity has been watched long and often enough for its rule to speak. */
    boolean learnt(long now);

    /** Whether one more value may be remembered in this task. */
    boolean room();

    void put(long value, byte[] row);

    void delete(long value);

    void count(String what);

    /**
     * Publishes a signal.
     *
     * @param about tells two words of one sample apart; part of the signal's id
     * @param words why, with the numbers
     * @param eventIds the events behind it, earliest first
     * @param count how many events there were
     */
    void say(Sample sample, String about, String words, List<String> eventIds, long count);
}
