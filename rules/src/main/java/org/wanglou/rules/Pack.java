package org.wanglou.rules;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.wanglou.model.judgement.Claim;
import org.wanglou.rules.behaviour.BehaviourRule;
import org.wanglou.rules.indicators.IndicatorRule;
import org.wanglou.rules.playbook.Playbook;
import org.wanglou.rules.sigma.CorrelationRule;
import org.wanglou.rules.sigma.SigmaRule;

/**
 * A folder of knowledge about one kind of threat. Immutable.
 *
 * @param id the folder's name or {@code id} of pack.yml
 * @param source where it was read from
 * @param storyDrl text of story.drl
 * @param claims rules whose signals this pack's story takes, so that the default assembly leaves them
 * @param indicators the pack's indicator rule with its list
 * @param files every file's text by relative name
 * @param limits what is valid but does not run here, or not as written
 */
public record Pack(
        String id,
        String title,
        String version,
        String source,
        List<SigmaRule> rules,
        List<CorrelationRule> correlations,
        List<BehaviourRule> behaviours,
        Optional<String> storyDrl,
        List<Claim> claims,
        Optional<Playbook> playbook,
        Optional<IndicatorRule> indicators,
        Map<String, String> files,
        List<RuleProblem> problems,
        List<RuleProblem> limits) {
    public Pack {
        rules = List.copyOf(rules);
        correlations = List.copyOf(correlations);
        behaviours = List.copyOf(behaviours);
        claims = List.copyOf(claims);
        files = java.util.Collections.unmodifiableMap(new TreeMap<>(files));
        problems = List.copyOf(problems);
        limits = List.copyOf(limits);
    }

    /** A pack without limits. */
    public Pack(
            String id,
            String title,
            String version,
            String source,
            List<SigmaRule> rules,
            List<CorrelationRule> correlations,
            Optional<String> storyDrl,
            List<Claim> claims,
            Optional<Playbook> playbook,
            Optional<IndicatorRule> indicators,
            Map<String, String> files,
            List<RuleProblem> problems) {
        this(
                id,
                title,
                version,
                source,
                rules,
                correlations,
                List.of(),
                storyDrl,
                claims,
                playbook,
                indicators,
                files,
                problems,
                List.of());
    }
}
