package org.wanglou.rules.sigma.match.view;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.wanglou.model.Ecs;
import org.wanglou.model.Event;
import org.wanglou.rules.sigma.match.Values;

/** Fills a view from an event. Stateless. */
public final class EventReader {
    private EventReader() {}

    /** @param all whether values of fields that no rule looks at are wanted too */
    public static void read(Event event, View view, boolean all) {
        view.clear();
        for (int slot = 0; slot < Ecs.slots(); slot++) {
            put(view, slot, event.get(Ecs.at(slot)));
        }
        for (Map.Entry<String, Object> extra : event.extra().entrySet()) {
            int number = view.names.number(extra.getKey());
            if (all || number >= 0) {
                put(view, number, extra.getValue());
            }
        }
    }

    private static void put(View view, int number, @Nullable Object value) {
        if (value == null) {
            return;
        }
        view.open(number, value instanceof List<?>);
        if (value == Event.NULL) {
            view.putNull();
        } else if (value instanceof List<?> list) {
            list.forEach(one -> one(view, one));
        } else {
            one(view, value);
        }
    }

    private static void one(View view, Object value) {
        byte kind = value instanceof Long
                ? View.WHOLE
                : value instanceof Double ? View.FLOAT : value instanceof Boolean ? View.TRUTH : View.TEXT;
        view.put(kind, text(value));
    }

    static String text(Object value) {
        return Values.text(value);
    }
}
