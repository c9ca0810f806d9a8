package org.wanglou.sensors.format.vendor;

import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import org.wanglou.model.Ecs;
import org.wanglou.model.Event;
import org.wanglou.sensors.format.Message;
import org.wanglou.sensors.format.part.Clock;
import org.wanglou.sensors.format.part.Device;
import org.wanglou.sensors.format.part.Fill;
import org.wanglou.sensors.format.part.Marks;
import org.wanglou.sensors.format.part.Put;
import org.wanglou.sensors.format.part.Table;
import org.wanglou.sensors.format.part.Words;

/** Fortinet FortiGate: traffic, UTM and event logs (FortiOS log message reference). Immutable. */
public final class Fortigate {
    private static final String OWN = "fortinet.firewall.";
    private static final Table FIELDS = Table.keeping(OWN)
            .put("srcip", Put.SOURCE)
            .put("dstip", Put.DESTINATION)
            .put("srcport", Put.SOURCE_PORT)
            .put("dstport", Put.DESTINATION_PORT)
            .put("proto", Put.TRANSPORT)
            .put("sentbyte", Ecs.SOURCE_BYTES)
            .put("rcvdbyte", Ecs.DESTINATION_BYTES)
            .put("sentpkt", Ecs.SOURCE_PACKETS)
            .put("rcvdpkt", Ecs.DESTINATION_PACKETS)
            .put("transip", Ecs.SOURCE_NAT_IP)
            .put("transport", Ecs.SOURCE_NAT_PORT)
            .put("tranip", Ecs.DESTINATION_NAT_IP)
            .put("tranport", Ecs.DESTINATION_NAT_PORT)
            .put("srcmac", Put.mac(Ecs.SOURCE_MAC))
            .put("dstmac", Put.mac(Ecs.DESTINATION_MAC))
            .put("srcintf", Put.both(Put.text(Ecs.INGRESS_INTERFACE), Put.NOTHING))
            .put("dstintf", Ecs.EGRESS_INTERFACE)
            .put("policyid", Ecs.RULE_ID)
            .put("policyname", Ecs.RULE_NAME)
            .put("poluuid", "rule.uuid")
            .put("service", Put.lower(Ecs.NETWORK_PROTOCOL))
            .put("app", Put.lower(Ecs.NETWORK_APPLICATION))
            .put("duration", Put.times(Ecs.EVENT_DURATION, 1_000_000_000L))
            .put("action", Ecs.EVENT_ACTION)
            .put("user", Ecs.USER_NAME)
            .put("unauthuser", OWN + "unauthuser")
            .put("group", "user.group.name")
            .put("ui", OWN + "ui")
            .put("msg", Ecs.MESSAGE)
            .put("logdesc", "rule.description")
            .put("reason", Ecs.EVENT_REASON)
            .put("level", Ecs.LOG_LEVEL)
            .put("logid", Ecs.EVENT_CODE)
            .put("devname", Ecs.OBSERVER_NAME)
            .put("devid", "observer.serial_number")
            .put("hostname", Ecs.URL_DOMAIN)
            .put("url", Put.URL)
            .put("agent", Ecs.USER_AGENT_ORIGINAL)
            .put("httpmethod", Ecs.HTTP_METHOD)
            .put("qname", Ecs.DNS_QUESTION_NAME)
            .put("qtype", Ecs.DNS_QUESTION_TYPE)
            .put("ipaddr", (event, value, zone) -> {
                for (String address : value.split(", *", 32)) {
                    Put.text(Ecs.DNS_RESOLVED_IP).text(event, address, zone);
                }
            })
            .put("filename", Ecs.FILE_NAME)
            .put("filesize", Put.number("file.size"))
            .put("attack", Put.both(Put.text(Ecs.RULE_NAME), Put.text(OWN + "attack")))
            .put("attackid", Put.both(Put.text(Ecs.RULE_ID), Put.text(OWN + "attackid")))
            .put("virus", Put.both(Put.text(Ecs.RULE_NAME), Put.text(OWN + "virus")))
            .put("catdesc", Ecs.RULE_CATEGORY)
            .put("remip", Put.SOURCE)
            .put("locip", Put.DESTINATION)
            .put("remport", Put.SOURCE_PORT)
            .put("locport", Put.DESTINATION_PORT)
            .put("ip", Put.SOURCE)
            .put("xauthuser", Ecs.USER_NAME)
            .put("policytype", "rule.ruleset")
            .put("analyticscksum", "file.hash.sha256")
            .put(
                    "direction",
                    Put.both(
                            Put.text(OWN + "direction"),
                            (event, value, zone) -> Fill.text(
                                    event,
                                    Ecs.NETWORK_DIRECTION,
                                    value.equals("incoming") ? "inbound" : value.equals("outgoing") ? "outbound" : "")))
            .put("tz", Put.text(OWN + "tz"));

    public static final Message MESSAGE = Device.keyValue(Fortigate::begins, FIELDS, Fortigate::finish);

    private Fortigate() {}

    private static int begins(String text) {
        return Marks.begins(text, "logid=|log_id=", "devid=|devname=|device_id=|vd=", "type=");
    }

    private static void finish(String text, Event.Builder event, ZoneId zone) {
        Words.dataset(event, "fortinet.firewall");
        Words.observer(event, "Fortinet", "Fortigate", "firewall");
        time(event, zone);
        String type = word(event, OWN + "type");
        String subtype = word(event, OWN + "subtype");
        String action = event.get(Ecs.EVENT_ACTION) instanceof String a ? a : "";
        switch (type) {
            case "traffic" -> {
                event.set(Ecs.EVENT_CATEGORY, Words.NETWORK);
                Words.verdict(event, action);
            }
            case "utm", "ips", "virus", "webfilter", "dns", "app-ctrl", "dlp", "waf", "anomaly" ->
                threat(event, type.equals("utm") ? subtype : type, action);
            default -> event(event, subtype, action, text);
        }
        if (event.get(Ecs.SOURCE_BYTES) instanceof Long sent
                && event.get(Ecs.DESTINATION_BYTES) instanceof Long received) {
            event.set(Ecs.NETWORK_BYTES, sent + received);
        }
        if (event.get(Ecs.SOURCE_PACKETS) instanceof Long sent
                && event.get(Ecs.DESTINATION_PACKETS) instanceof Long received) {
            event.set(Ecs.NETWORK_PACKETS, sent + received);
        }
    }

    private static String word(Event.Builder event, String name) {
        return event.get(name) instanceof String text ? text.toLowerCase(Locale.ROOT) : "";
    }

    /** {@code eventtime} in seconds to nanoseconds since 1970, else {@code date}, {@code time} and {@code tz}. */
    private static void time(Event.Builder event, ZoneId zone) {
        String date = word(event, OWN + "date");
        String time = word(event, OWN + "time");
        String offset = word(event, OWN + "tz");
        long stamp = Clock.iso(date + ' ' + time + offset, zone);
        if (stamp == Clock.NONE) {
            stamp = Clock.epoch(word(event, OWN + "eventtime"));
        }
        Clock.stamp(event, stamp);
        event.set(OWN + "date", null).set(OWN + "time", null);
    }

    private static void threat(Event.Builder event, String kind, String action) {
        boolean detection = kind.equals("ips") || kind.equals("virus") || kind.equals("anomaly") || kind.equals("waf");
        event.set(Ecs.EVENT_KIND, detection ? "alert" : "event")
                .set(
                        Ecs.EVENT_CATEGORY,
                        kind.equals("virus")
                                ? List.of("network", "malware")
                                : detection
                                        ? Words.NETWORK_INTRUSION
                                        : kind.equals("webfilter") ? Words.NETWORK_WEB : Words.NETWORK);
        Words.verdict(event, action);
        if (kind.equals("dns")) {
            event.set(Ecs.EVENT_TYPE, Words.PROTOCOL);
        }
    }

    private static void event(Event.Builder event, String subtype, String action, String text) {
        String status = word(event, OWN + "status");
        String said = (action + ' ' + status + ' ' + event.get("rule.description")).toLowerCase(Locale.ROOT);
        boolean failed = said.contains("fail") || said.contains("error") || said.contains("denied");
        boolean out = said.contains("logout")
                || said.contains("logoff")
                || said.contains("log off")
                || said.contains("tunnel-down");
        boolean login = action.equals("login")
                || text.contains("logdesc=\"Admin login")
                || action.equals("authentication")
                || said.contains("logon")
                || said.contains("login")
                || action.equals("tunnel-up");
        boolean configured = action.equals("Edit") || action.equals("Add") || action.equals("Delete");
        if (out) {
            event.set(Ecs.EVENT_CATEGORY, Words.SESSION).set(Ecs.EVENT_TYPE, Words.END);
        } else if (login) {
            event.set(Ecs.EVENT_CATEGORY, Words.AUTHENTICATION).set(Ecs.EVENT_TYPE, failed ? Words.INFO : Words.START);
        } else if (subtype.equals("vpn")) {
            event.set(Ecs.EVENT_CATEGORY, Words.NETWORK).set(Ecs.EVENT_TYPE, Words.CONNECTION);
        } else if (configured) {
            event.set(Ecs.EVENT_CATEGORY, Words.CONFIGURATION).set(Ecs.EVENT_TYPE, Words.CHANGE);
        } else {
            event.set(Ecs.EVENT_TYPE, Words.INFO);
        }
        String told = Words.outcome(status);
        if (failed) {
            event.set(Ecs.EVENT_OUTCOME, Words.FAILURE);
        } else if (!told.equals(Words.UNKNOWN) || login || out || configured) {
            event.set(Ecs.EVENT_OUTCOME, told.equals(Words.UNKNOWN) ? Words.SUCCESS : told);
        }
        // "ssh(192.0.2.1)", "GUI(192.0.2.1)": where the administrator sits
        String ui = word(event, OWN + "ui");
        int open = ui.indexOf('(');
        if (event.get(Ecs.SOURCE_IP) == null && open > 0 && ui.endsWith(")")) {
            String address = Fill.canonical(ui.substring(open + 1, ui.length() - 1));
            Fill.source(event, address);
        }
        Fill.text(event, "fortinet.firewall.subtype", subtype);
    }
}
