package org.wanglou.rules.sigma;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.wanglou.crypto.sm.Sm3;
import org.wanglou.model.Event;
import org.wanglou.rules.Pack;
import org.wanglou.rules.RuleProblem;
import org.wanglou.rules.behaviour.BehaviourRule;
import org.wanglou.rules.indicators.IndicatorSet;
import org.wanglou.rules.sigma.match.Matcher;
import org.wanglou.rules.sigma.match.Matching;
import org.wanglou.rules.sigma.match.RuleCost;

/** The rules of all packs, compiled together. Immutable; thread-safe. */
public final class RuleSet {
    private final List<Pack> packs;
    private final Map<String, SigmaRule> rules;
    private final List<CorrelationRule> correlations;
    private final List<BehaviourRule> behaviours;
    private final List<RuleProblem> problems;
    private final Set<String> referred;
    private final Set<String> quiet;
    private final Matcher matcher;
    private final String digest;

    private RuleSet(
            List<Pack> packs,
            Map<String, SigmaRule> rules,
            List<CorrelationRule> correlations,
            List<BehaviourRule> behaviours,
            List<RuleProblem> problems) {
        this.packs = List.copyOf(packs);
        this.rules = rules;
        this.correlations = List.copyOf(correlations);
        this.behaviours = List.copyOf(behaviours);
        this.problems = List.copyOf(problems);
        this.referred = new TreeSet<>();
        this.quiet = new TreeSet<>();
        for (CorrelationRule correlation : correlations) {
            referred.addAll(correlation.ruleIds());
        }
        quiet.addAll(referred);
        behaviours.forEach(behaviour -> quiet.addAll(behaviour.ruleIds()));
        for (CorrelationRule correlation : correlations) {
            if (correlation.generate()) {
                quiet.removeAll(correlation.ruleIds());
            }
        }
        rules.values().stream().filter(SigmaRule::generate).forEach(rule -> quiet.remove(rule.id()));
        this.matcher = new Matcher(List.copyOf(rules.values()), true, IndicatorSet.FIELDS);
        StringBuilder versions = new StringBuilder();
        rules.values().forEach(rule -> versions.append(rule.id())
                .append('@')
                .append(rule.version())
                .append('\n'));
        correlations.forEach(rule ->
                versions.append(rule.id()).append('@').append(rule.version()).append('\n'));
        behaviours.forEach(rule ->
                versions.append(rule.id()).append('@').append(rule.version()).append('\n'));
        this.digest =
                Sm3.hex(versions.toString().getBytes(StandardCharsets.UTF_8)).substring(0, 32);
    }

    /** Compiles; of two rules with one id the first stays and the second becomes a problem. */
    public static RuleSet compile(List<Pack> packs) {
        Map<String, SigmaRule> rules = new LinkedHashMap<>();
        Map<String, CorrelationRule> correlations = new LinkedHashMap<>();
        Map<String, BehaviourRule> behaviours = new LinkedHashMap<>();
        List<RuleProblem> problems = new ArrayList<>();
        for (Pack pack : packs) {
            problems.addAll(pack.problems());
            for (SigmaRule rule : pack.rules()) {
                if (rules.putIfAbsent(rule.id(), rule) != null) {
                    problems.add(new RuleProblem(
                            rule.file(), rule.line(), "rule id " + rule.id() + " is taken", "give it its own id"));
                }
            }
            for (CorrelationRule rule : pack.correlations()) {
                if (rules.containsKey(rule.id()) || correlations.putIfAbsent(rule.id(), rule) != null) {
                    problems.add(new RuleProblem(
                            rule.file(), rule.line(), "rule id " + rule.id() + " is taken", "give it its own id"));
                }
            }
            for (BehaviourRule rule : pack.behaviours()) {
                boolean taken = rules.containsKey(rule.id()) || correlations.containsKey(rule.id());
                if (taken || behaviours.putIfAbsent(rule.id(), rule) != null) {
                    problems.add(new RuleProblem(
                            rule.file(), rule.line(), "rule id " + rule.id() + " is taken", "give it its own id"));
                }
            }
        }
        return new RuleSet(
                packs, rules, List.copyOf(correlations.values()), List.copyOf(behaviours.values()), problems);
    }

    /** Gives every rule that matches the event. */
    public void match(Event event, Consumer<SigmaRule> matched) {
        matcher.match(event, matched);
    }

    /** A thread's own use of the compiled rules, which takes records too. */
    public Matching open() {
        return matcher.open();
    }

    /** Whether some detection rule looks at a field, or at all values. */
    public boolean looksAt(String field) {
        return matcher.looksAt(field);
    }

    /** What each detection rule has cost since it was compiled. */
    public List<RuleCost> costs() {
        return matcher.costs();
    }

    /** The packs it was compiled from. */
    public List<Pack> packs() {
        return packs;
    }

    public List<SigmaRule> rules() {
        return List.copyOf(rules.values());
    }

    public List<CorrelationRule> correlations() {
        return correlations;
    }

    /** Rules about behaviour, those that are switched off too. */
    public List<BehaviourRule> behaviours() {
        return behaviours;
    }

    public Optional<SigmaRule> rule(String id) {
        return Optional.ofNullable(rules.get(id));
    }

    /** Ids of the rules that some correlation refers to. */
    public Set<String> referredRules() {
        return java.util.Collections.unmodifiableSet(referred);
    }

    /** True when a rule's own signals go to stories: no correlation and no behaviour refers to it, or one says {@code generate}. */
    public boolean speaks(String ruleId) {
        return !quiet.contains(ruleId);
    }

    /** 32 hex digits over ids and versions of all rules. */
    public String digest() {
        return digest;
    }

    public List<RuleProblem> problems() {
        return problems;
    }

    /** Why a detection rule did or did not match; empty when there is no such rule. */
    public Optional<Explanation> explain(String ruleId, Event event) {
        return matcher.explain(ruleId, event);
    }
}
