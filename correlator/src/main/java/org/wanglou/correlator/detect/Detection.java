package org.wanglou.correlator.detect;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.wanglou.correlator.routes.Route;
import org.wanglou.correlator.routes.Routes;
import org.wanglou.model.Event;
import org.wanglou.model.Signal;
import org.wanglou.model.registry.Registry;

/** The pure core of the detect stage: event in, signals with their ways out. Thread-safe. */
public final class Detection {
    /**
     * A signal and where it goes.
     *
     * @param routedKeys keys for {@code wanglou.signals}, one for each distinct route
     * @param toStories whether a copy goes to its organisation's stories
     */
    public record Sighted(Signal signal, List<byte[]> routedKeys, boolean toStories) {}

    private final Detectors detectors;

    public Detection(Detectors detectors) {
        this.detectors = detectors;
    }

    /**
     * Inspects one event.
     *
     * @param late whether it came later than the grace; its signals say so
     */
    public List<Sighted> inspect(Event event, Registry registry, boolean late) {
        Event enriched = registry.enrich(event);
        List<Finding> findings = new ArrayList<>(2);
        detectors.inspect(enriched, findings::add);
        if (findings.isEmpty()) {
            return List.of();
        }
        Routes routes = detectors.routes();
        Observation observation = new Observation(enriched, registry, late);
        List<Sighted> sighted = new ArrayList<>(findings.size());
        for (Finding finding : findings) {
            Signal signal = observation.signal(finding, routes.fieldsNeeded(finding.ruleId()));
            List<byte[]> keys = new ArrayList<>(1);
            for (Route route : routes.from(finding.ruleId())) {
                Optional<String> keyText = route.keyText(finding.ruleId(), signal.fields());
                keyText.ifPresent(text -> keys.add(route.key(text)));
            }
            sighted.add(new Sighted(signal, keys, routes.toStories(finding.ruleId())));
        }
        return sighted;
    }
}
