package org.wanglou.correlator.detect;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.wanglou.bus.codec.Jsons;
import org.wanglou.crypto.sm.Sm3;
import org.wanglou.model.Ecs;
import org.wanglou.model.Entities;
import org.wanglou.model.Event;
import org.wanglou.model.Field;
import org.wanglou.model.Signal;
import org.wanglou.model.registry.Asset;
import org.wanglou.model.registry.Registry;

/** One event as the detectors see it, with what the registry knows about it: the maker of base signals. Immutable. */
final class Observation {
    /** Set to 1 in the fields of a signal whose event came later than the grace: it changes no settled result. */
    static final String LATE = "wanglou.late";

    private static final int VALUE_MAX = 512;
    /** What stories may join or explain by, whatever the rule. */
    private static final List<Field> ALWAYS = List.of(
            Ecs.EVENT_DATASET,
            Ecs.EVENT_OUTCOME,
            Ecs.HOST_NAME,
            Ecs.SOURCE_IP,
            Ecs.DESTINATION_IP,
            Ecs.DESTINATION_PORT,
            Ecs.URL_PATH,
            Ecs.USER_NAME);

    private final Event event;
    private final Entities entities;
    private final boolean late;

    Observation(Event event, Registry registry, boolean late) {
        this.event = event;
        this.late = late;
        Optional<Asset> asset = event.text(Ecs.WL_ASSET).flatMap(registry::asset);
        String target = event.text(Ecs.DESTINATION_IP)
                .or(() -> event.text(Ecs.HOST_IP))
                .or(() -> event.text(Ecs.HOST_NAME))
                .or(() -> event.text(Ecs.URL_DOMAIN))
                .orElse("");
        String organization = event.organization();
        this.entities = new Entities(
                event.text(Ecs.SOURCE_IP).orElse(""),
                target,
                event.text(Ecs.USER_NAME).orElse(""),
                asset.map(Asset::id).orElse(""),
                organization.equals("unassigned")
                        ? asset.map(Asset::organization).orElse(organization)
                        : organization);
    }

    /** The signal of a finding, with the fields its correlations need. */
    Signal signal(Finding finding, List<String> needed) {
        Map<String, String> fields = new TreeMap<>(finding.facts());
        ALWAYS.forEach(field -> keep(fields, field.name()));
        finding.kept().forEach(name -> keep(fields, name));
        needed.forEach(name -> keep(fields, name));
        if (late) {
            fields.put(LATE, "1");
        }
        long time = event.timeMillis();
        return new Signal(
                Sm3.id(finding.ruleId(), event.id()),
                finding.ruleId(),
                finding.ruleVersion(),
                finding.title(),
                finding.kind(),
                time,
                finding.level(),
                finding.tags(),
                entities,
                fields,
                new Signal.Evidence(List.of(event.id()), time, time, 1, false),
                1,
                // One event's word cannot change any more; what stories make of it can.
                Signal.Status.SETTLED,
                new Signal.Episode(time, time),
                0,
                "");
    }

    private void keep(Map<String, String> fields, String name) {
        Object value = event.get(name);
        if (value != null && value != Event.NULL) {
            String text = text(value);
            fields.putIfAbsent(name, text.length() > VALUE_MAX ? text.substring(0, VALUE_MAX) : text);
        }
    }

    private static String text(@Nullable Object value) {
        if (value instanceof List<?> list) {
            return list.size() == 1 ? String.valueOf(list.get(0)) : Jsons.text(list);
        }
        return String.valueOf(value);
    }
}
