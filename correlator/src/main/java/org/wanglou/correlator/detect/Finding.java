package org.wanglou.correlator.detect;

import java.util.List;
import java.util.Map;
import org.wanglou.model.Level;
import org.wanglou.model.Signal;

/**
 * What a detector says of one event, before it becomes a signal.
 *
 * @param kept names of event fields the rule wants to be seen with its signal
 * @param facts further fields, such as the indicator that was hit
 */
public record Finding(
        String ruleId,
        String ruleVersion,
        String title,
        Signal.Kind kind,
        Level level,
        List<String> tags,
        List<String> kept,
        Map<String, String> facts) {
    public Finding {
        tags = List.copyOf(tags);
        kept = List.copyOf(kept);
        facts = Map.copyOf(facts);
    }
}
