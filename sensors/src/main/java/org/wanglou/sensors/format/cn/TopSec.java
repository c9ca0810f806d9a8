package org.wanglou.sensors.format.cn;

import java.time.ZoneId;
import org.wanglou.model.Ecs;
import org.wanglou.model.Event;
import org.wanglou.sensors.format.Message;
import org.wanglou.sensors.format.part.Clock;
import org.wanglou.sensors.format.part.Device;
import org.wanglou.sensors.format.part.Marks;
import org.wanglou.sensors.format.part.Put;
import org.wanglou.sensors.format.part.Table;
import org.wanglou.sensors.format.part.Words;

/** TopSec's TopsecOS (WELF): {@code id=tos time="…" fw=… pri=6 type=ac src=… dst=… sport=… dport=… proto=tcp rule=accept …}. Immutable. */
public final class TopSec {
    private static final Table FIELDS = Table.keeping("topsec.tos.")
            .puts(Put.SOURCE, "src", "sip", "srcip")
            .puts(Put.DESTINATION, "dst", "dip", "dstip")
            .puts(Put.SOURCE_PORT, "sport", "srcport")
            .puts(Put.DESTINATION_PORT, "dport", "dstport")
            .put("proto", Put.TRANSPORT)
            .put("smac", Put.mac(Ecs.SOURCE_MAC))
            .put("dmac", Put.mac(Ecs.DESTINATION_MAC))
            .put("indev", Ecs.INGRESS_INTERFACE)
            .put("outdev", Ecs.EGRESS_INTERFACE)
            .puts(Put.text(Ecs.SOURCE_NAT_IP), "sip_nat", "snat", "trans_src", "natsip")
            .puts(Put.text(Ecs.DESTINATION_NAT_IP), "dip_nat", "dnat", "trans_dst", "natdip")
            .puts(Put.number(Ecs.SOURCE_NAT_PORT), "sport_nat", "trans_sport")
            .puts(Put.number(Ecs.DESTINATION_NAT_PORT), "dport_nat", "trans_dport")
            .put("sent", Ecs.SOURCE_BYTES)
            .put("rcvd", Ecs.DESTINATION_BYTES)
            .put("inpkt", Ecs.SOURCE_PACKETS)
            .put("outpkt", Ecs.DESTINATION_PACKETS)
            .put("duration", Put.times(Ecs.EVENT_DURATION, 1_000_000_000L))
            .put("fw", Ecs.OBSERVER_NAME)
            .put("pri", Ecs.EVENT_SEVERITY)
            .put("user", Ecs.USER_NAME)
            .put("rule", Ecs.EVENT_ACTION)
            .put("op", Ecs.EVENT_ACTION)
            .put("policyid", Ecs.RULE_ID)
            .puts(Put.text(Ecs.RULE_ID), "ruleid", "sid")
            .puts(Put.text(Ecs.RULE_NAME), "rulename", "sname", "event", "virus_name")
            .put("msg", (event, value, zone) -> {
                if (!value.isEmpty() && !value.equals("null")) {
                    event.set(Ecs.MESSAGE, value);
                }
            })
            .put("url", Put.URL)
            .put("dname", Ecs.URL_DOMAIN)
            .put("id", Put.NOTHING)
            .put("time", (event, value, zone) -> Clock.stamp(event, Clock.iso(value, zone)));

    public static final Message MESSAGE = Device.keyValue(TopSec::begins, FIELDS, TopSec::finish);

    private TopSec() {}

    private static int begins(String text) {
        return Marks.begins(text, "id=tos|id=ngtos|id=\"tos|id=\"ngtos", "time=");
    }

    private static void finish(String text, Event.Builder event, ZoneId zone) {
        Words.dataset(event, "topsec.tos");
        Words.observer(event, "TopSec", "TopsecOS", "firewall");
        String type = String.valueOf(event.get("topsec.tos.type"));
        String action = event.get(Ecs.EVENT_ACTION) instanceof String word ? word : "";
        Object result = event.get("topsec.tos.result");
        switch (type) {
            case "system", "mgmt", "auth", "config", "management" -> {
                boolean login = action.startsWith("log");
                event.set(Ecs.EVENT_CATEGORY, login ? Words.AUTHENTICATION : Words.CONFIGURATION)
                        .set(Ecs.EVENT_TYPE, action.equals("logout") ? Words.END : login ? Words.START : Words.CHANGE)
                        .set(
                                Ecs.EVENT_OUTCOME,
                                result == null
                                        ? Words.UNKNOWN
                                        : result.equals("0")
                                                ? Words.SUCCESS
                                                : Words.outcome(
                                                        result.toString().equals("1") ? "failed" : result.toString()));
            }
            case "ips", "ids", "av", "waf", "ddos", "antivirus", "attack" -> {
                event.set(Ecs.EVENT_KIND, "alert")
                        .set(
                                Ecs.EVENT_CATEGORY,
                                type.contains("av") || type.contains("virus")
                                        ? Words.MALWARE
                                        : Words.NETWORK_INTRUSION);
                Words.verdict(event, action);
            }
            default -> {
                event.set(Ecs.EVENT_CATEGORY, Words.NETWORK);
                Words.verdict(event, action);
            }
        }
    }
}
