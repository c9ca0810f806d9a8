package org.wanglou.sensors.format.vendor;

import java.time.ZoneId;
import java.util.List;
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

/** Sophos XG and SFOS ({@code device="SFW" date=… log_id=… log_type="Firewall" …}) and UTM ({@code id="2002" severity="info" sys="SecureNet" …}). Immutable. */
public final class Sophos {
    private static final Table FIELDS = Table.keeping("sophos.xg.")
            .puts(Put.SOURCE, "src_ip", "srcip", "sourceip")
            .puts(Put.DESTINATION, "dst_ip", "dstip", "destinationip")
            .puts(Put.SOURCE_PORT, "src_port", "srcport")
            .puts(Put.DESTINATION_PORT, "dst_port", "dstport")
            .puts(Put.DESTINATION, "localip")
            .puts(Put.text(Ecs.HTTP_METHOD), "method")
            .puts(Put.text(Ecs.HTTP_STATUS), "httpstatus")
            .puts(Put.text(Ecs.EVENT_REASON), "reason")
            .puts(Put.text(Ecs.USER_AGENT_ORIGINAL), "useragent", "user_agent")
            .puts(Put.TRANSPORT, "protocol", "proto")
            .puts(Put.mac(Ecs.SOURCE_MAC), "src_mac", "srcmac")
            .puts(Put.mac(Ecs.DESTINATION_MAC), "dst_mac", "dstmac")
            .puts(Put.text(Ecs.SOURCE_NAT_IP), "tran_src_ip", "src_trans_ip")
            .puts(Put.number(Ecs.SOURCE_NAT_PORT), "tran_src_port", "src_trans_port")
            .puts(Put.text(Ecs.DESTINATION_NAT_IP), "tran_dst_ip", "dst_trans_ip")
            .puts(Put.number(Ecs.DESTINATION_NAT_PORT), "tran_dst_port", "dst_trans_port")
            .puts(Put.text(Ecs.SOURCE_BYTES), "sent_bytes", "bytes_sent")
            .puts(Put.text(Ecs.DESTINATION_BYTES), "recv_bytes", "bytes_received")
            .puts(Put.text(Ecs.SOURCE_PACKETS), "sent_pkts", "packets_sent")
            .puts(Put.text(Ecs.DESTINATION_PACKETS), "recv_pkts", "packets_received")
            .puts(Put.text(Ecs.INGRESS_INTERFACE), "in_interface", "initf")
            .puts(Put.text(Ecs.EGRESS_INTERFACE), "out_interface", "outitf")
            .puts(Put.text(Ecs.INGRESS_ZONE), "src_zone", "srczone", "srczonetype")
            .puts(Put.text(Ecs.EGRESS_ZONE), "dst_zone", "dstzone", "dstzonetype")
            .puts(Put.text(Ecs.RULE_ID), "fw_rule_id", "fwrule")
            .puts(Put.text(Ecs.RULE_NAME), "fw_rule_name", "signature_msg")
            .puts(Put.text(Ecs.USER_NAME), "user_name", "user")
            .puts(Put.text(Ecs.OBSERVER_NAME), "device_name")
            .puts(Put.text("observer.serial_number"), "device_id", "device_serial_id")
            .puts(Put.text(Ecs.NETWORK_APPLICATION), "application", "app_name")
            .puts(Put.text(Ecs.EVENT_ACTION), "log_subtype", "action")
            .puts(Put.text(Ecs.EVENT_CODE), "log_id", "id")
            .puts(Put.text(Ecs.LOG_LEVEL), "priority", "severity")
            .puts(Put.text(Ecs.MESSAGE), "message")
            .puts(Put.text(Ecs.URL_DOMAIN), "domain", "domainname")
            .puts(Put.URL, "url")
            .puts(Put.text(Ecs.USER_AGENT_ORIGINAL), "ua")
            .puts(Put.text(Ecs.HTTP_REFERRER), "referer")
            .puts(Put.text(Ecs.RULE_CATEGORY), "categoryname")
            .puts(Put.SOURCE, "reported_ip", "ip_address", "ipaddress")
            .puts(
                    (event, value, zone) -> Fill.text(
                            event, Fill.whole(value) < 0 ? Ecs.RULE_CATEGORY.name() : "sophos.xg.category_id", value),
                    "category")
            .puts(Put.text(Ecs.HTTP_STATUS), "httpresponsecode", "statuscode", "status_code")
            .puts(Put.times(Ecs.EVENT_DURATION, 1_000_000_000L), "duration", "con_duration");

    public static final Message MESSAGE = Device.keyValue(Sophos::begins, FIELDS, Sophos::finish);

    private Sophos() {}

    private static int begins(String text) {
        int at = Marks.begins(text, "device=|device_name=|device_model=", "log_id=", "log_type=");
        if (at >= 0) {
            return at;
        }
        return Marks.begins(text, "id=", "severity=", "sys=\"Secure|sys=Secure");
    }

    private static void finish(String text, Event.Builder event, ZoneId zone) {
        boolean utm = event.get("sophos.xg.sys") != null;
        Words.dataset(event, utm ? "sophos.utm" : "sophos.xg");
        Words.observer(event, "Sophos", utm ? "UTM" : "XG", "firewall");
        String date = String.valueOf(event.get("sophos.xg.date"));
        String time = String.valueOf(event.get("sophos.xg.time"));
        Clock.stamp(event, Clock.iso(date + ' ' + time, zone));
        if (event.get("sophos.xg.timestamp") instanceof String stamp) {
            Clock.stamp(event, Clock.any(stamp, zone));
        }
        event.set("sophos.xg.date", null).set("sophos.xg.time", null);
        String type = String.valueOf(event.get("sophos.xg.log_type"));
        String component = String.valueOf(event.get("sophos.xg.log_component"));
        String action = event.get(Ecs.EVENT_ACTION) instanceof String word ? word : "";
        if (type.equals("Event")
                && (component.contains("Auth") || "Authentication".equals(event.get("sophos.xg.log_subtype")))) {
            String status = String.valueOf(event.get("sophos.xg.status"));
            event.set(Ecs.EVENT_CATEGORY, Words.AUTHENTICATION)
                    .set(Ecs.EVENT_TYPE, Words.START)
                    .set(Ecs.EVENT_OUTCOME, Words.outcome(status));
        } else if (type.equals("IDP") || type.equals("ATP") || type.contains("Virus") || type.equals("WAF")) {
            event.set(Ecs.EVENT_KIND, "alert")
                    .set(
                            Ecs.EVENT_CATEGORY,
                            type.contains("Virus") ? List.of("network", "malware") : Words.NETWORK_INTRUSION);
            Words.verdict(event, action);
        } else if (type.equals("Event")) {
            event.set(Ecs.EVENT_CATEGORY, component.contains("VPN") ? Words.SESSION : Words.NETWORK)
                    .set(Ecs.EVENT_TYPE, Words.INFO);
        } else {
            boolean web = event.get(Ecs.URL_ORIGINAL) != null;
            event.set(Ecs.EVENT_CATEGORY, web ? Words.NETWORK_WEB : Words.NETWORK);
            Words.verdict(event, action);
        }
    }
}
