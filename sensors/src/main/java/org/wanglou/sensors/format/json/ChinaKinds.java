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

/** JSON of Chinese security products: Chaitin SafeLine, Sangfor aTrust, Venustech's sensors. Immutable. */
public final class ChinaKinds {
    private static final Table SAFELINE = Table.keeping("chaitin.safeline.")
            .puts(Put.SOURCE, "src_ip")
            .puts(Put.SOURCE_PORT, "src_port")
            .puts(Put.DESTINATION, "dst_ip", "dest_ip")
            .puts(Put.DESTINATION_PORT, "dst_port", "dest_port")
            .puts(Put.text("url.scheme"), "scheme")
            .puts(Put.text(Ecs.URL_DOMAIN), "host")
            .puts(Put.text(Ecs.HTTP_METHOD), "method")
            .puts(Put.text(Ecs.URL_PATH), "urlpath", "url_path")
            .puts(Put.text(Ecs.URL_QUERY), "query_string")
            .puts(Put.number(Ecs.HTTP_STATUS), "status_code")
            .puts(Put.text("http.request.referrer"), "referer")
            .puts(Put.text(Ecs.USER_AGENT_ORIGINAL), "user_agent")
            .puts(Put.text("event.id"), "event_id")
            .puts(Put.EPOCH_TIME, "timestamp", "req_start_time")
            .puts(Put.text(Ecs.RULE_ID), "rule_id", "req_rule_id")
            .puts(Put.text("wanglou.attack_type"), "attack_type", "req_attack_type")
            .puts(Put.text("wanglou.severity_text"), "risk_level", "req_risk_level")
            .puts(Put.text(Ecs.EVENT_ACTION), "action", "req_action")
            .puts(Put.text(Ecs.EVENT_REASON), "reason")
            .puts(Put.text("wanglou.attack_pattern"), "payload", "req_payload")
            .puts(Put.text("wanglou.forwarded_for"), "x_forwarded_for")
            .puts(Put.NOTHING, "body", "cookie", "req_header_raw", "rsp_body", "rsp_header_raw", "session");

    public static final JsonKind SAFELINE_KIND = new JsonKind("safeline", JsonShape.of(SAFELINE), event -> {
        Words.dataset(event, "chaitin.safeline");
        Words.observer(event, "Chaitin", "SafeLine", "waf");
        alert(event, List.of("web", "intrusion_detection", "network"));
        return true;
    });

    private static final Table ATRUST = Table.keeping("sangfor.atrust.")
            .put("actor.name", Ecs.USER_NAME)
            .put("actor.displayName", "user.full_name")
            .put("actor.id", Ecs.USER_ID)
            .put("actor.groupPath", "group.name")
            .put("src.ip", Put.SOURCE)
            .put("src.port", Put.SOURCE_PORT)
            .put("src.client.httpUserAgent", Ecs.USER_AGENT_ORIGINAL)
            .put("target.name", "user.target.name")
            .put("target.details", Ecs.MESSAGE)
            .put("dst.ip", Put.DESTINATION)
            .put("dst.port", Put.DESTINATION_PORT)
            .put("event.id", "event.id")
            .put("event.mainType", "wanglou.log_type")
            .put("event.subType", Ecs.EVENT_ACTION)
            .put("event.timestamp", Put.EPOCH_TIME)
            .put("event.result", (event, value, zone) -> event.set(Ecs.EVENT_OUTCOME, Words.outcome(value)))
            .put("event.reason", Ecs.EVENT_REASON)
            .put("vendor.dvcIp", (event, value, zone) -> Fill.text(event, "observer.ip", Fill.canonical(value)))
            .put("vendor.dvcId", "observer.serial_number")
            .put("vendor.productVersion", "observer.version")
            .put("vendor.product", Put.NOTHING);

    public static final JsonKind ATRUST_KIND = new JsonKind("sangfor-atrust", JsonShape.of(ATRUST), event -> {
        Words.dataset(event, "sangfor.atrust");
        Words.observer(event, "Sangfor", "aTrust", "vpn");
        String action = String.valueOf(event.get(Ecs.EVENT_ACTION)).toLowerCase(java.util.Locale.ROOT);
        boolean end = action.contains("logout") || action.contains("offline") || action.contains("kick");
        boolean start = action.contains("login") || action.contains("auth") || action.contains("online");
        boolean access = event.get(Ecs.DESTINATION_IP) != null;
        event.set(
                        Ecs.EVENT_CATEGORY,
                        end || start ? Words.AUTHENTICATION : access ? Words.NETWORK : Words.CONFIGURATION)
                .set(Ecs.EVENT_TYPE, end ? Words.END : start ? Words.START : access ? Words.CONNECTION : Words.CHANGE);
        return true;
    });

    private static final Table VENUS = Table.keeping("venustech.ids.")
            .puts(Put.SOURCE, "source.ip", "src_ip", "src_ip_v6")
            .puts(Put.SOURCE_PORT, "source.port", "src_port")
            .puts(Put.mac(Ecs.SOURCE_MAC), "source.mac", "src_mac")
            .puts(Put.DESTINATION, "destination.ip", "dst_ip", "dst_ip_v6")
            .puts(Put.DESTINATION_PORT, "destination.port", "dst_port")
            .puts(Put.mac(Ecs.DESTINATION_MAC), "destination.mac", "dst_mac")
            .puts(Put.EPOCH_TIME, "time", "start_time")
            .puts(Put.text(Ecs.RULE_NAME), "subject", "virus_name")
            .puts(Put.text(Ecs.RULE_ID), "id", "event_type_id")
            .puts(Put.text("wanglou.severity_text"), "event_level_name", "event_level", "level")
            .puts(Put.text("wanglou.attack_type"), "attack_type", "security_type")
            .puts(Put.lower(Ecs.NETWORK_PROTOCOL), "protocol")
            .puts(Put.text("wanglou.attack_result"), "attack_status")
            .puts(Put.text(Ecs.URL_DOMAIN), "http_host")
            .puts(Put.URL, "http_url")
            .puts(Put.text(Ecs.USER_AGENT_ORIGINAL), "http_useragent")
            .puts(Put.text(Ecs.FILE_NAME), "virus_file_name", "name")
            .puts(Put.text("file.hash.md5"), "md5")
            .puts(Put.NOTHING, "http_cookie", "tcp_payload");

    public static final JsonKind VENUS_KIND = new JsonKind("venustech-ids", JsonShape.of(VENUS), event -> {
        Words.dataset(event, "venustech.ids");
        Words.observer(event, "Venustech", "IDS", "ids");
        alert(event, Words.NETWORK_INTRUSION);
        return true;
    });

    private static final Table SIP = Table.keeping("sangfor.sip.")
            .puts(Put.SOURCE, "ip", "src_ip")
            .puts(Put.SOURCE_PORT, "port", "src_port")
            .puts(Put.DESTINATION, "dest_ip", "dst_ip")
            .puts(Put.DESTINATION_PORT, "dest_port", "dst_port")
            .puts(Put.mac(Ecs.SOURCE_MAC), "mac")
            .puts(Put.text(Ecs.USER_NAME), "user_name")
            .puts(Put.text("event.id"), "event_id")
            .puts(Put.text(Ecs.RULE_ID), "event_type_sub")
            .puts(Put.text("wanglou.attack_type"), "event_type")
            .puts(Put.text("wanglou.severity_text"), "event_level")
            .puts(Put.text(Ecs.RULE_NAME), "event_desc", "event_name")
            .puts(Put.text(Ecs.MESSAGE), "result")
            .puts((event, value, zone) -> Clock.stamp(event, Clock.any(value, zone)), "event_time");

    public static final JsonKind SIP_KIND = new JsonKind("sangfor-sip", JsonShape.of(SIP), event -> {
        Words.dataset(event, "sangfor.sip");
        Words.observer(event, "Sangfor", "SIP", "ids");
        alert(event, Words.NETWORK_INTRUSION);
        return true;
    });

    private ChinaKinds() {}

    private static void alert(Event.Builder event, List<String> category) {
        event.set(Ecs.EVENT_KIND, "alert").set(Ecs.EVENT_CATEGORY, category);
        Words.verdict(event, event.get(Ecs.EVENT_ACTION) instanceof String action ? action : "");
        Object type = event.get("wanglou.attack_type");
        event.set(Ecs.RULE_CATEGORY, type);
        if (event.get(Ecs.RULE_NAME) == null) {
            event.set(Ecs.RULE_NAME, type);
        }
    }

    /** Which of them an object is, told from the keys that only that product has; null when it is none. */
    static @org.jspecify.annotations.Nullable JsonKind of(JsonFormat.Slice object) {
        if (object.holds("\"src_ip\"")
                && (object.holds("\"req_rule_id\"")
                        || object.holds("\"site_uuid\"")
                        || object.holds("\"req_detector_name\""))) {
            return SAFELINE_KIND;
        }
        if (object.holds("\"actor\"") && object.holds("\"vendor\"") && object.holds("\"mainType\"")) {
            return ATRUST_KIND;
        }
        boolean venus = object.holds("\"VENUS_IDS") || object.holds("\"VENUS_CS");
        return venus || object.holds("\"event_level_name\"") && object.holds("\"security_type\"") ? VENUS_KIND : null;
    }
}
