package org.wanglou.sensors.format.service;

import java.util.Locale;
import org.wanglou.model.Ecs;
import org.wanglou.model.Event;
import org.wanglou.sensors.format.part.Fill;
import org.wanglou.sensors.format.part.Words;

/** A DNS question in ECS. Pure. */
final class Query {
    private Query() {}

    /** Sets what every DNS event has; a name without its final point, in lower case. */
    static void ask(Event.Builder event, String name, String type, String action) {
        String plain = name.length() > 1 && name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
        event.set(Ecs.EVENT_CATEGORY, Words.NETWORK)
                .set(Ecs.EVENT_TYPE, Words.PROTOCOL)
                .set(Ecs.EVENT_ACTION, action)
                .set(Ecs.NETWORK_PROTOCOL, "dns");
        Fill.text(event, Ecs.DNS_QUESTION_NAME, plain.toLowerCase(Locale.ROOT));
        Fill.text(event, Ecs.DNS_QUESTION_TYPE, type);
    }
}
