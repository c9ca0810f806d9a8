package org.wanglou.sensors.format.json;

import java.util.List;
import org.wanglou.model.Ecs;
import org.wanglou.model.Event;
import org.wanglou.sensors.format.part.Clock;
import org.wanglou.sensors.format.part.Fill;
import org.wanglou.sensors.format.part.JsonShape;
import org.wanglou.sensors.format.part.Put;
import org.wanglou.sensors.format.part.Table;
import org.wanglou.sensors.format.part.Words;

/** ModSecurity's audit log in JSON, of version 3 and of version 2. Bodies and cookies are not kept. Pure. */
public final class ModSecurityKind {
    private static final Table FIELDS = Table.keeping("modsecurity.")
            .puts(Put.SOURCE, "transaction.client_ip", "transaction.remote_address")
            .puts(Put.SOURCE_PORT, "transaction.client_port", "transaction.remote_port")
            .puts(Put.DESTINATION, "transaction.host_ip", "transaction.local_address")
            .puts(Put.DESTINATION_PORT, "transaction.host_port", "transaction.local_port")
            .puts(
                    (event, value, zone) -> Clock.stamp(
                            event, value.indexOf('/') > 0 ? Clock.access(value, zone) : Clock.ctime(value, zone)),
                    "transaction.time_stamp",
                    "transaction.time")
            .puts(Put.text("http.request.id"), "transaction.unique_id", "transaction.transaction_id")
            .put("transaction.request.method", Ecs.HTTP_METHOD)
            .put("transaction.request.uri", Put.URL)
            .put("transaction.request.http_version", Ecs.HTTP_VERSION)
            .put("transaction.request.body", Put.NOTHING)
            .puts(
                    Put.text(Ecs.URL_DOMAIN),
                    "transaction.request.headers.Host",
                    "transaction.request.headers.host",
                    "request.headers.Host")
            .puts(
                    Put.text(Ecs.USER_AGENT_ORIGINAL),
                    "transaction.request.headers.User-Agent",
                    "transaction.request.headers.user-agent",
                    "request.headers.User-Agent")
            .puts(
                    Put.NOTHING,
                    "transaction.request.headers.Cookie",
                    "transaction.request.headers.cookie",
                    "transaction.request.headers.Authorization",
                    "request.headers.Cookie",
                    "request.headers.Authorization")
            .puts(Put.text(Ecs.HTTP_STATUS), "transaction.response.http_code", "response.status")
            .put("transaction.response.body", Put.NOTHING)
            .put("transaction.messages.message", Put.text(Ecs.RULE_NAME))
            .put("transaction.messages.details.ruleId", Put.text(Ecs.RULE_ID))
            .put("transaction.messages.details.tags", Ecs.TAGS)
            .put("transaction.messages.details.severity", Put.NOTHING)
            .put("request.request_line", (event, value, zone) -> {
                String[] words = value.split(" ", 3);
                Fill.text(event, Ecs.HTTP_METHOD, words[0]);
                Fill.url(event, words.length > 1 ? words[1] : "");
            })
            .put("audit_data.messages", "modsecurity.messages");

    public static final JsonKind KIND = new JsonKind("modsecurity-json", JsonShape.of(FIELDS), ModSecurityKind::finish);

    private ModSecurityKind() {}

    private static boolean finish(Event.Builder event) {
        Words.dataset(event, "modsecurity.audit");
        boolean alert = event.get(Ecs.RULE_NAME) != null || event.get("modsecurity.messages") != null;
        Object status = event.get(Ecs.HTTP_STATUS);
        boolean denied = Long.valueOf(403).equals(status) || Long.valueOf(406).equals(status);
        event.set(Ecs.EVENT_KIND, alert ? "alert" : "event")
                .set(Ecs.EVENT_CATEGORY, alert ? List.of("web", "intrusion_detection") : Words.WEB)
                .set(Ecs.EVENT_TYPE, denied ? Words.DENIED : Words.ACCESS)
                .set(Ecs.OBSERVER_PRODUCT, "ModSecurity");
        return true;
    }
}
