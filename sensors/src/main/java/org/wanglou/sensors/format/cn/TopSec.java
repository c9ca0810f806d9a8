package org.wanglou.sensors.format.cn;

import java.time.ZoneId;
import org.jspecify.annotations.Nullable;
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
            .puts(there(Put.SOURCE), "src", "sip", "srcip", "src_ip", "src_addr")
            .puts(there(Put.DESTINATION), "dst", "dip", "dstip", "dst_addr")
            .puts(Put.SOURCE_PORT, "sport", "srcport")
            .puts(Put.DESTINATION_PORT, "dport", "dstport")
            .puts(Targets.named("@transport"), "proto", "protoname", "protocol", "protoid")
            .put("dev", Ecs.OBSERVER_NAME)
            .put("action", there(Put.text(Ecs.EVENT_ACTION)))
            .put("policyname", there(Put.text(Ecs.RULE_NAME)))
            .put("rid", Ecs.RULE_ID)
            .put("attack_type", there(Put.text("wanglou.attack_type")))
            .put("risk_name", "wanglou.severity_text")
            .put("application", there(Put.text(Ecs.NETWORK_APPLICATION)))
            .put("appname", there(Put.text(Ecs.NETWORK_APPLICATION)))
            .put("filename", there(Put.text(Ecs.FILE_NAME)))
            .put("bad_domain", "destination.domain")
            .put("trans_sip", Ecs.SOURCE_NAT_IP)
            .put("trans_dip", Ecs.DESTINATION_NAT_IP)
            .puts(Put.text("user.target.name"), "account", "userName")
            .puts(there(Put.DESTINATION), "assetIp")
            .put("vip", "topsec.tos.virtual_ip")
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
            .put("user", there(Put.text(Ecs.USER_NAME)))
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

    /** A value, and not the word for none. */
    private static Put there(Put put) {
        return (event, value, zone) -> {
            boolean none = value.isBlank()
                    || value.equalsIgnoreCase("null")
                    || value.equals("N/A")
                    || value.equals("未知")
                    || value.equals("unknown");
            if (!none) {
                put.text(event, value, zone);
            }
        };
    }

    private static int begins(String text) {
        return Marks.begins(text, "id=tos|id=ngtos|id=\"tos|id=\"ngtos|id=\"NGTOS|id=NGTOS|id=\"TOS|id=TOS", "time=");
    }

    private static void finish(String text, Event.Builder event, ZoneId zone) {
        Words.dataset(event, "topsec.tos");
        Words.observer(event, "TopSec", "TopsecOS", "firewall");
        String type = String.valueOf(event.get("topsec.tos.type"));
        String action = event.get(Ecs.EVENT_ACTION) instanceof String word ? word : "";
        Object result = event.get("topsec.tos.result");
        Object said = event.get(Ecs.MESSAGE);
        String text0 = said instanceof String words ? words : "";
        if (attack(type)) {
            alert(type, action, text0, event);
        } else if (event.get(Ecs.DESTINATION_IP) == null || action.startsWith("log") || sign(type, action)) {
            boolean login =
                    action.contains("log") || type.contains("login") || action.equals("connect") || type.equals("auth");
            boolean out = action.equals("logout") || action.contains("disconnect");
            String told = Meaning.outcome(text0);
            event.set(Ecs.EVENT_CATEGORY, login ? Words.AUTHENTICATION : Words.CONFIGURATION)
                    .set(Ecs.EVENT_TYPE, out ? Words.END : login ? Words.START : Words.CHANGE)
                    .set(Ecs.EVENT_OUTCOME, told.equals(Words.UNKNOWN) ? result(result) : told);
        } else {
            event.set(Ecs.EVENT_CATEGORY, Words.NETWORK);
            Meaning.verdict(event, action);
        }
    }

    private static boolean sign(String type, String action) {
        return type.equals("user_login")
                || type.equals("admin")
                || type.equals("omgt")
                || type.equals("sv_netacc")
                || action.equals("sso");
    }

    private static String result(@Nullable Object result) {
        return result == null
                ? Words.UNKNOWN
                : result.equals("0") ? Words.SUCCESS : Words.outcome(result.equals("1") ? "failed" : result.toString());
    }

    private static boolean attack(String type) {
        return switch (type) {
            case "ips", "av", "avse", "streamav", "waf", "ad_waf", "ddos", "ddos_atk", "antivirus", "attack", "apt" ->
                true;
            default ->
                type.contains("入侵")
                        || type.contains("僵")
                        || type.contains("病毒")
                        || type.contains("攻击")
                        || type.contains("attack");
        };
    }

    private static void alert(String type, String action, String said, Event.Builder event) {
        event.set(Ecs.EVENT_KIND, "alert")
                .set(
                        Ecs.EVENT_CATEGORY,
                        type.contains("av") || type.contains("virus") || type.contains("病毒")
                                ? Words.MALWARE
                                : Words.NETWORK_INTRUSION);
        Object kind = event.get("wanglou.attack_type");
        event.set(Ecs.RULE_CATEGORY, kind);
        if (event.get(Ecs.RULE_NAME) == null) {
            event.set(Ecs.RULE_NAME, said.isEmpty() || said.startsWith("id=") ? kind : said);
        }
        Meaning.verdict(event, action);
    }
}
