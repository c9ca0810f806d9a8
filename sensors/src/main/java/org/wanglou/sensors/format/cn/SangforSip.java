package org.wanglou.sensors.format.cn;

import java.time.ZoneId;
import org.wanglou.model.Ecs;
import org.wanglou.model.Event;
import org.wanglou.sensors.format.Message;
import org.wanglou.sensors.format.json.ChinaKinds;
import org.wanglou.sensors.format.part.Clock;
import org.wanglou.sensors.format.part.Fill;

/** Sangfor SIP: {@code 2026-11-24 10:00:00|!secevent|!192.0.2.1|!{"event_type":"E02",…}}. Immutable. */
public final class SangforSip implements Message {
    @Override
    public boolean read(String text, Event.Builder event, ZoneId zone) {
        int object = text.indexOf("|!{");
        int kind = object < 0 ? -1 : text.indexOf("|!");
        if (object < 0 || object > 160 || kind >= object) {
            return false;
        }
        String[] cells = text.substring(0, object).split("\\|!", 6);
        if (!ChinaKinds.SIP_KIND.read(text.substring(object + 2).strip(), event, zone)) {
            return false;
        }
        event.set("wanglou.log_type", cells[1]);
        if (event.get(Ecs.TIMESTAMP) == null) {
            Clock.stamp(event, Clock.any(cells[0].strip(), zone));
        }
        if (cells.length > 2) {
            Fill.text(event, "observer.ip", Fill.canonical(cells[2]));
        }
        return true;
    }
}
