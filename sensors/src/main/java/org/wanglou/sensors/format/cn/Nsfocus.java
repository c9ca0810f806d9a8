package org.wanglou.sensors.format.cn;

import org.wanglou.model.Ecs;
import org.wanglou.model.Event;
import org.wanglou.sensors.format.Message;
import org.wanglou.sensors.format.part.Clock;
import org.wanglou.sensors.format.part.Device;
import org.wanglou.sensors.format.part.Marks;
import org.wanglou.sensors.format.part.Pairs;
import org.wanglou.sensors.format.part.Put;
import org.wanglou.sensors.format.part.Table;
import org.wanglou.sensors.format.part.Words;

/**
 * Application firewalls and sensors of NSFOCUS ({@code tag:waf_log_websec … src_ip:… event_type:…}, {@code time:…;sip:…;event:…}),
 * WebRay ({@code devicename=waf sip=… attack=…}) and InfoGo ({@code classid:…, devip:…}). Immutable.
 */
public final class Nsfocus {
    private static final Put ATTACK = Put.both(Put.text(Ecs.RULE_CATEGORY), Put.text("wanglou.attack_type"));
    private static final Table FIELDS = Table.keeping("nsfocus.waf.")
            .puts(Put.SOURCE, "src_ip", "sip", "srcip", "src_addr")
            .puts(Put.DESTINATION, "dst_ip", "dip", "dstip", "dst_addr")
            .puts(Put.SOURCE_PORT, "src_port", "sport")
            .puts(Put.DESTINATION_PORT, "dst_port", "dport")
            .puts(Put.TRANSPORT, "ipproto", "protocol")
            .puts((event, value, zone) -> Words.transport(event, value.split("\\.", 2)[0]), "proto")
            .puts(Put.mac(Ecs.SOURCE_MAC), "smac")
            .puts(Put.mac(Ecs.DESTINATION_MAC), "dmac")
            .put("method", (event, value, zone) -> {
                if (!value.equals("UNKNOWN")) {
                    event.set(Ecs.HTTP_METHOD, value);
                }
            })
            .puts(
                    (event, value, zone) ->
                            Put.text(Ecs.URL_DOMAIN).text(event, value.equals("None") ? "" : value, zone),
                    "domain",
                    "host")
            .puts((event, value, zone) -> Put.URL.text(event, value.equals("None") ? "" : value, zone), "uri", "url")
            .puts(ATTACK, "event_type", "attack")
            .puts(Put.text("wanglou.severity_text"), "alertlevel", "danger_degree")
            .put("grade", Ecs.EVENT_SEVERITY)
            .put("action", Ecs.EVENT_ACTION)
            .put("rule_id", Ecs.RULE_ID)
            .put("policy_id", "nsfocus.waf.policy_id")
            .put("user", Ecs.USER_NAME)
            .put("xff", "wanglou.forwarded_for")
            .put("devicename", Ecs.OBSERVER_NAME)
            .put("event", Ecs.RULE_NAME)
            .puts((event, value, zone) -> Clock.stamp(event, Clock.iso(value, zone)), "stat_time", "time");

    private static final Table INFOGO = Table.keeping("infogo.asm.")
            .put("devip", Ecs.HOST_IP)
            .put("devname", Ecs.HOST_NAME)
            .put("level", Ecs.EVENT_SEVERITY)
            .put("content", Ecs.MESSAGE)
            .put("classid", Ecs.EVENT_CODE);

    public static final Message WAF = new Device(
            text -> at(text, "tag:waf_log", "src_ip:"),
            slice -> Pairs.spaced(slice.text(), slice.from(), ':'),
            FIELDS,
            (text, event, zone) -> finish(event, "NSFOCUS", "WAF"));
    public static final Message IDS = new Device(
            text -> Math.max(at(text, "time:", ";sip:"), at(text, "time:", ";src_addr:")),
            slice -> Pairs.parted(slice.text(), slice.from(), ':', ';'),
            FIELDS,
            (text, event, zone) -> finish(event, "NSFOCUS", "NIDS"));
    public static final Message WEBRAY = new Device(
            text -> Marks.begins(text, "devicename=", "sip="),
            slice -> Pairs.spaced(slice.text(), slice.from()),
            FIELDS,
            (text, event, zone) -> finish(event, "WebRay", "WAF"));
    public static final Message INFOGO_ASM = new Device(
            text -> at(text, "classid:", "devip:"),
            slice -> Pairs.parted(slice.text(), slice.from(), ':', ','),
            INFOGO,
            (text, event, zone) -> {
                Words.dataset(event, "infogo.asm");
                Words.observer(event, "InfoGo", "ASM", "nac");
                event.set(Ecs.EVENT_CATEGORY, java.util.List.of("host")).set(Ecs.EVENT_TYPE, Words.INFO);
            });

    private Nsfocus() {}

    private static int at(String text, String first, String then) {
        int at = text.indexOf(first);
        return at >= 0 && at < 100 && text.indexOf(then, at) > 0 ? at : -1;
    }

    private static void finish(Event.Builder event, String vendor, String product) {
        Words.dataset(
                event,
                vendor.equals("WebRay") ? "webray.waf" : "nsfocus." + product.toLowerCase(java.util.Locale.ROOT));
        Words.observer(event, vendor, product, product.equals("WAF") ? "waf" : "ids");
        event.set(Ecs.EVENT_KIND, "alert")
                .set(Ecs.EVENT_CATEGORY, java.util.List.of("web", "intrusion_detection", "network"));
        Words.verdict(event, event.get(Ecs.EVENT_ACTION) instanceof String action ? action : "");
    }
}
