package org.wanglou.model.judgement;

import java.util.Collection;
import java.util.List;
import org.wanglou.model.Signal;

/**
 * The only words a story DRL may say: the global {@code story}.
 *
 * <p>What is said is collected as a set and combined after firing, so it may be said twice and in any order: for one
 * (rule, key) the signals are united; the gravest outcome (spread, success, attempt) wins and brings its title and
 * category (equal outcomes: {@code extend} over {@code emit}, then the greater title); a story exists only when it was
 * emitted and not suppressed. Its severity is the highest level among its signals, at least high when the outcome is
 * success, critical when it is spread. An empty category is taken from the first signal (by time, id) whose tags name one.
 */
public interface StoryVerbs {
    /** Opens the story (rule, key) with these signals. */
    void emit(
            String rule,
            String key,
            Collection<Signal> signals,
            String title,
            String outcome,
            String category,
            String playbook);

    default void emit(
            String rule, String key, Signal signal, String title, String outcome, String category, String playbook) {
        emit(rule, key, List.of(signal), title, outcome, category, playbook);
    }

    /** Adds signals to a story that is emitted elsewhere, possibly making it louder. */
    void extend(String rule, String key, Collection<Signal> signals, String title, String outcome, String category);

    default void extend(String rule, String key, Signal signal, String title, String outcome, String category) {
        extend(rule, key, List.of(signal), title, outcome, category);
    }

    /** Takes the story (rule, key) away, giving the reason. */
    void suppress(String rule, String key, String reason);

    /**
     * Grades: of all counted rows of one scheme the gravest wins; only the shipped grading may call this.
     *
     * @param basis ids of the other rows used and the reasoning in words
     * @param counts false for a result shown beside the proposal, such as "若核定为第三级"
     */
    void judge(GradeQuestion question, GradeRow row, String basis, boolean counts);
}
