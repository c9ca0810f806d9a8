package org.wanglou.correlator.detect;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.wanglou.model.Ecs;
import org.wanglou.model.Event;
import org.wanglou.model.registry.Registry;
import org.wanglou.rules.sigma.match.Matching;
import org.wanglou.rules.sigma.match.view.View;

/**
 * A look at a record as it stands, without decoding it: nearly every event is nothing to any detector, and then that is all that
 * has to be known of it. Where it is something, or the record is unusual, the whole event is decoded and inspected as if nobody
 * had looked. Confined to its task's thread.
 */
final class Glance {
    /** What {@link Registry#targetOf} asks, and the stage. */
    private static final Set<String> ALWAYS = Set.of(
            Ecs.DESTINATION_IP.name(),
            Ecs.HOST_IP.name(),
            Ecs.HOST_NAME.name(),
            Ecs.URL_DOMAIN.name(),
            Ecs.TIMESTAMP.name(),
            Ecs.EVENT_INGESTED.name(),
            Ecs.WL_SOURCE.name(),
            Ecs.WL_ASSET.name());

    private final Detectors detectors;
    private final List<Detector> others = new ArrayList<>();
    private final @Nullable Matching matching;
    private final int[] fields;
    private final boolean assetMatters;
    private Event event = Event.builder().build();
    private boolean found;

    Glance(Detectors detectors) {
        this.detectors = detectors;
        Set<String> read = new TreeSet<>(ALWAYS);
        Matching opened = null;
        boolean whole = false;
        boolean asset = false;
        for (Detector detector : detectors.all()) {
            if (detector instanceof SigmaDetector sigma && opened == null) {
                opened = sigma.rules().open();
                asset = sigma.rules().looksAt(Ecs.WL_ASSET.name());
                continue;
            }
            Optional<Set<String>> reads = detector.reads();
            whole |= reads.isEmpty();
            reads.ifPresent(read::addAll);
            others.add(detector);
        }
        int[] numbers = new int[read.size()];
        if (opened != null) {
            View view = opened.view();
            numbers = read.stream().mapToInt(view.names::number).toArray();
            for (int number : numbers) {
                whole |= number < 0;
            }
        }
        fields = numbers;
        matching = whole ? null : opened;
        assetMatters = asset;
    }

    Detectors detectors() {
        return detectors;
    }

    /** True when no detector finds anything; the event's time and source can then be asked. */
    boolean findsNothing(byte[] record, Registry registry) {
        if (matching == null) {
            return false;
        }
        found = false;
        try {
            if (!matching.match(record, 0, record.length, rule -> found = true) || found) {
                return false;
            }
            event = part(matching.view());
            Event enriched = registry.enrich(event);
            if (assetMatters && !enriched.equals(event)) {
                return false;
            }
            for (Detector detector : others) {
                detector.inspect(enriched, finding -> found = true);
            }
            return !found;
        } catch (RuntimeException e) {
            // Whatever it is, the decoded event meets it again, where it is told.
            return false;
        }
    }

    private Event part(View view) {
        Event.Builder part = Event.builder();
        for (int field : fields) {
            Object value = view.value(field);
            if (value != null) {
                part.set(view.names.name(field), value);
            }
        }
        return part.build();
    }

    long timeMillis() {
        return event.timeMillis();
    }

    String source() {
        return event.text(Ecs.WL_SOURCE).orElse("unknown");
    }
}
