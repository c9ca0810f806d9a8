package org.wanglou.sensors.format.windows;

import java.util.List;
import org.wanglou.model.Event;

/** What JSON of Winlogbeat needs before {@code WindowsEcs} reads it. Pure. */
public final class WindowsEvent {
    private WindowsEvent() {}

    public static boolean finish(Event.Builder event) {
        Object id = event.get("winlog.event_id");
        if (id instanceof Long number) {
            event.set("winlog.event_id", Long.toString(number));
        } else if (id == null && event.get("event.code") instanceof String code) {
            event.set("winlog.event_id", code);
        }
        if (event.get("winlog.keywords") instanceof List<?> words) {
            event.set("winlog.keywords", words.isEmpty() ? null : String.valueOf(words.get(0)));
        }
        // Without an id it still is what its sender says it is.
        WindowsEcs.finish(event);
        return true;
    }
}
