package org.wanglou.correlator.detect;

import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.wanglou.correlator.routes.Routes;
import org.wanglou.crypto.sm.Sm3;
import org.wanglou.model.Event;
import org.wanglou.rules.indicators.IndicatorRule;
import org.wanglou.rules.sigma.RuleSet;
import org.wanglou.rules.sigma.SigmaRule;

/** The table of detectors over one state of knowledge, with the routes of its correlations. Immutable. */
public final class Detectors {
    public static final Detectors NONE = new Detectors(List.of(), Routes.NONE, "");

    private final List<Detector> detectors;
    private final Routes routes;
    private final String digest;

    Detectors(List<Detector> detectors, Routes routes, String digest) {
        this.detectors = List.copyOf(detectors);
        this.routes = routes;
        this.digest = digest;
    }

    /** Compiled rules and indicator lists. */
    public static Detectors of(RuleSet rules, List<IndicatorRule> indicators) {
        Set<String> speaking =
                rules.rules().stream().map(SigmaRule::id).filter(rules::speaks).collect(Collectors.toSet());
        StringBuilder versions = new StringBuilder(rules.digest());
        indicators.forEach(
                rule -> versions.append('\n').append(rule.id()).append('@').append(rule.version()));
        return new Detectors(
                List.of(new SigmaDetector(rules), new IndicatorDetector(indicators), new CanaryDetector()),
                new Routes(rules.correlations(), speaking),
                Sm3.id(versions.toString()));
    }

    void inspect(Event event, Consumer<Finding> findings) {
        for (Detector detector : detectors) {
            detector.inspect(event, findings);
        }
    }

    /** The ways of signals to their windows. */
    public Routes routes() {
        return routes;
    }

    /** Digest of the rules, as routed signals name it in {@code wl-ref}. */
    public String digest() {
        return digest;
    }
}
