package org.wanglou.correlator.detect;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.wanglou.model.Event;
import org.wanglou.model.Signal;
import org.wanglou.rules.indicators.Hit;
import org.wanglou.rules.indicators.IndicatorRule;
import org.wanglou.rules.indicators.IndicatorSet;

/** Every indicator list that names something in the event; one finding for each rule, the first hit of it. Thread-safe. */
final class IndicatorDetector implements Detector {
    private static final int SOURCES_MAX = 8;

    private final List<IndicatorRule> rules;

    IndicatorDetector(List<IndicatorRule> rules) {
        this.rules = List.copyOf(rules);
    }

    @Override
    public Optional<Set<String>> reads() {
        if (!rules.stream().allMatch(rule -> rule.set().looksAtValues())) {
            return Optional.empty();
        }
        return Optional.of(rules.isEmpty() ? Set.of() : IndicatorSet.FIELDS);
    }

    @Override
    public void inspect(Event event, Consumer<Finding> findings) {
        for (IndicatorRule rule : rules) {
            // One event gives one signal for each rule, however many of its fields are known: its id is (rule, event).
            List<Hit> hits = rule.set().match(event);
            if (!hits.isEmpty()) {
                Hit first = hits.get(0);
                findings.accept(new Finding(
                        rule.id(),
                        rule.version(),
                        rule.title(),
                        Signal.Kind.INDICATOR,
                        rule.level(),
                        rule.tags(first),
                        List.of(first.field()),
                        facts(first, hits)));
            }
        }
    }

    /** What was met, and everybody who says so of the same field. */
    private static Map<String, String> facts(Hit first, List<Hit> hits) {
        TreeSet<String> sources = new TreeSet<>();
        hits.stream()
                .filter(hit -> hit.field().equals(first.field()) && sources.size() < SOURCES_MAX)
                .forEach(hit -> sources.add(hit.indicator().source()));
        Map<String, String> facts = new TreeMap<>();
        facts.put("wanglou.indicator", first.indicator().value());
        facts.put("wanglou.indicator_type", first.indicator().type().word());
        facts.put("wanglou.indicator_field", first.field());
        facts.put("wanglou.indicator_source", String.join(", ", sources));
        facts.put(
                "wanglou.indicator_confidence",
                Integer.toString(first.indicator().confidence()));
        if (!first.indicator().origin().marking().isEmpty()) {
            facts.put("wanglou.indicator_marking", first.indicator().origin().marking());
        }
        if (!first.indicator().description().isEmpty()) {
            facts.put("wanglou.indicator_description", first.indicator().description());
        }
        return facts;
    }
}
