package org.wanglou.rules.sigma;

import java.util.List;
import java.util.Set;
import org.wanglou.model.Level;

/**
 * One Sigma detection rule. Immutable.
 *
 * @param id the rule's id, or its name when it has none
 * @param name Sigma's {@code name}, empty when absent
 * @param version digest of the rule's text
 * @param scope which events the log source means; a rule matches where scope and condition both hold
 * @param fields ECS names that scope and condition look at
 * @param generate true when its signals go to stories although a correlation refers to it
 * @param packId the pack it came in
 */
public record SigmaRule(
        String id,
        String name,
        String title,
        String version,
        Level level,
        List<String> tags,
        LogSource logsource,
        Condition scope,
        Condition condition,
        Set<String> fields,
        boolean generate,
        String packId,
        String file,
        int line) {
    public SigmaRule {
        tags = List.copyOf(tags);
        fields = Set.copyOf(fields);
    }

    /** A rule whose log source is every event. */
    public SigmaRule(
            String id,
            String name,
            String title,
            String version,
            Level level,
            List<String> tags,
            LogSource logsource,
            Condition condition,
            Set<String> fields,
            boolean generate,
            String packId,
            String file,
            int line) {
        this(
                id,
                name,
                title,
                version,
                level,
                tags,
                logsource,
                Condition.EVERYTHING,
                condition,
                fields,
                generate,
                packId,
                file,
                line);
    }

    /** This under a narrower condition. */
    public SigmaRule narrowed(Condition narrower, Set<String> itsFields, String itsVersion) {
        return new SigmaRule(
                id,
                name,
                title,
                itsVersion,
                level,
                tags,
                logsource,
                scope,
                narrower,
                itsFields,
                generate,
                packId,
                file,
                line);
    }
}
