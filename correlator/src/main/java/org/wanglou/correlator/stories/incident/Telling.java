package org.wanglou.correlator.stories.incident;

import java.util.List;
import org.wanglou.model.Signal;

/**
 * What the story rules say of one story.
 *
 * @param rule the story rule
 * @param key what it is about, within the organisation
 * @param signals in order of (time, id)
 * @param outcome attempt, success or spread
 * @param category category key, empty to take it from the signals' tags
 */
public record Telling(
        String rule, String key, List<Signal> signals, String title, String outcome, String category, String playbook) {
    public Telling {
        signals = List.copyOf(signals);
    }

    /** The same with some of its signals. */
    public Telling of(List<Signal> some) {
        return new Telling(rule, key, some, title, outcome, category, playbook);
    }
}
