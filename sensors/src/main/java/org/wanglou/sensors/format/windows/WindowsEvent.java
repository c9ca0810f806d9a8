package org.wanglou.sensors.format.windows;

import org.wanglou.model.Event;
import org.wanglou.sensors.format.windows.ecs.WindowsEcs;

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
        // Without an id it still is what its sender says it is.
        WindowsEcs.finish(event);
        return true;
    }
}
