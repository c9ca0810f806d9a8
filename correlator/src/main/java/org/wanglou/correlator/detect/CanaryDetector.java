package org.wanglou.correlator.detect;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.wanglou.model.Canary;
import org.wanglou.model.Ecs;
import org.wanglou.model.Event;
import org.wanglou.model.Level;
import org.wanglou.model.Signal;

/** Answers the canary, so that its signal shows that the path is open. Thread-safe. */
final class CanaryDetector implements Detector {
    @Override
    public Optional<Set<String>> reads() {
        return Optional.of(Set.of(Ecs.WL_SOURCE.name()));
    }

    @Override
    public void inspect(Event event, Consumer<Finding> findings) {
        if (Canary.is(event)) {
            findings.accept(new Finding(
                    Canary.NAME,
                    "1",
                    Canary.NAME,
                    Signal.Kind.RULE,
                    Level.INFORMATIONAL,
                    List.of(),
                    List.of(),
                    Map.of()));
        }
    }
}
