package org.wanglou.correlator.detect;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.wanglou.model.Event;
import org.wanglou.model.Signal;
import org.wanglou.rules.indicators.IndicatorRule;
import org.wanglou.rules.indicators.IndicatorSet;

/** Every indicator list that names something in the event; one finding for each rule, the first hit of it. Thread-safe. */
final class IndicatorDetector implements Detector {
    private final List<IndicatorRule> rules;

    IndicatorDetector(List<IndicatorRule> rules) {
        this.rules = List.copyOf(rules);
    }

    @Override
    public Optional<Set<String>> reads() {
        return Optional.of(rules.isEmpty() ? Set.of() : IndicatorSet.FIELDS);
    }

    @Override
    public void inspect(Event event, Consumer<Finding> findings) {
        for (IndicatorRule rule : rules) {
            // One event gives one signal for each rule, however many of its fields are known: its id is (rule, event).
            rule.set().match(event).stream()
                    .findFirst()
                    .ifPresent(hit -> findings.accept(new Finding(
                            rule.id(),
                            rule.version(),
                            rule.title(),
                            Signal.Kind.INDICATOR,
                            rule.level(),
                            rule.tags(hit),
                            List.of(hit.field().name()),
                            Map.of(
                                    "wanglou.indicator", hit.indicator().value(),
                                    "wanglou.indicator_field", hit.field().name(),
                                    "wanglou.indicator_source", hit.indicator().source()))));
        }
    }
}
