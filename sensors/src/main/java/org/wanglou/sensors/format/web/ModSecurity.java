package org.wanglou.sensors.format.web;

import org.wanglou.model.Ecs;
import org.wanglou.model.Event;
import org.wanglou.sensors.format.part.Fill;
import org.wanglou.sensors.format.part.Words;

/** One finding of ModSecurity: {@code ModSecurity: Warning. … [id "942100"] [msg "…"] [hostname "…"] [uri "…"]}. Pure. */
final class ModSecurity {
    private ModSecurity() {}

    static void finding(String message, Event.Builder event) {
        boolean denied = message.startsWith("ModSecurity: Access denied");
        event.set(Ecs.EVENT_KIND, "alert")
                .set(Ecs.EVENT_CATEGORY, java.util.List.of("web", "intrusion_detection"))
                .set(Ecs.EVENT_TYPE, denied ? Words.DENIED : Words.INFO)
                .set(Ecs.EVENT_ACTION, denied ? "denied" : "detected")
                .set(Ecs.OBSERVER_PRODUCT, "ModSecurity");
        int at = message.indexOf(" [");
        while (at >= 0 && at + 2 < message.length()) {
            int quote = message.indexOf(" \"", at);
            int end = quote < 0 ? -1 : AccessLine.quoteEnd(message, quote + 2);
            if (end < 0) {
                return;
            }
            put(message.substring(at + 2, quote), message.substring(quote + 2, end), event);
            at = message.indexOf(" [", end);
        }
    }

    static void put(String key, String value, Event.Builder event) {
        switch (key) {
            case "id" -> Fill.text(event, Ecs.RULE_ID, value);
            case "msg" -> Fill.text(event, Ecs.RULE_NAME, value);
            case "tag" -> Fill.add(event, Ecs.TAGS, value);
            case "uri" -> Fill.url(event, value);
            case "hostname" -> Fill.text(event, Ecs.URL_DOMAIN, value);
            case "severity" -> Fill.text(event, Ecs.LOG_LEVEL, value.toLowerCase(java.util.Locale.ROOT));
            case "unique_id" -> Fill.text(event, "http.request.id", value);
            case "data", "file", "line", "rev", "ver", "maturity", "accuracy", "client" ->
                Fill.text(event, "modsecurity." + key, value);
            default -> {
                // text of the match that happens to look like a field
            }
        }
    }
}
