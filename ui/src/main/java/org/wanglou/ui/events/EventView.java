package org.wanglou.ui.events;

import java.util.Map;
import java.util.TreeMap;
import org.wanglou.model.Ecs;
import org.wanglou.model.Event;
import org.wanglou.model.Field;

/**
 * One event as pages show it: its line as it came, and every other field by its ECS name. Texts are data: they may hold
 * markup and control characters, which JSON escapes and pages show as text. Immutable.
 */
record EventView(String id, long time, long ingested, String dataset, String original, Map<String, Object> fields) {
    static EventView of(Event event) {
        Map<String, Object> fields = new TreeMap<>();
        for (int slot = 0; slot < Ecs.slots(); slot++) {
            Field field = Ecs.at(slot);
            Object value = event.get(field);
            if (value != null && field != Ecs.EVENT_ORIGINAL) {
                fields.put(field.name(), value == Event.NULL ? "" : value);
            }
        }
        event.extra().forEach((name, value) -> fields.put(name, value == Event.NULL ? "" : value));
        return new EventView(
                event.id(),
                event.timeMillis(),
                event.ingestedMillis(),
                event.text(Ecs.EVENT_DATASET).orElse(""),
                event.text(Ecs.EVENT_ORIGINAL).orElse(""),
                fields);
    }
}
