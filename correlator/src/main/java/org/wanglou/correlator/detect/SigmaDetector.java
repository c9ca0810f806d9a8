package org.wanglou.correlator.detect;

import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.wanglou.model.Event;
import org.wanglou.model.Signal;
import org.wanglou.rules.sigma.RuleSet;

/** Every Sigma rule that matches. Thread-safe. */
final class SigmaDetector implements Detector {
    private final RuleSet rules;

    SigmaDetector(RuleSet rules) {
        this.rules = rules;
    }

    RuleSet rules() {
        return rules;
    }

    @Override
    public void inspect(Event event, Consumer<Finding> findings) {
        rules.match(
                event,
                rule -> findings.accept(new Finding(
                        rule.id(),
                        rule.version(),
                        rule.title(),
                        Signal.Kind.RULE,
                        rule.level(),
                        rule.tags(),
                        List.copyOf(rule.fields()),
                        Map.of())));
    }
}
