package org.wanglou.sensors.format.cn;

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

/**
 * QiAnXin (and its former name 360): the NSG firewall's {@code devid="3" dname="NSG" module="flow" addr_src="…" …} and the
 * SecSSL gateway's bar-parted sign-ins. Immutable.
 */
public final class QiAnXin {
    private static final Table FIELDS = Table.keeping("qianxin.nsg.")
            .puts(Put.SOURCE, "addr_src", "src_addr", "sip", "src_ip")
            .puts(Put.DESTINATION, "addr_dst", "dst_addr", "dip", "dst_ip")
            .puts(Put.SOURCE_PORT, "port_src", "src_port", "sport")
            .puts(Put.DESTINATION_PORT, "port_dst", "dst_port", "dport")
            .puts(Put.TRANSPORT, "proto", "protocol")
            .put("nataddr_src", (event, value, zone) -> nat(event, value, true))
            .put("nataddr_dst", (event, value, zone) -> nat(event, value, false))
            .put(
                    "natport_src",
                    (event, value, zone) -> Fill.number(event, Ecs.SOURCE_NAT_PORT, value.equals("0") ? "" : value))
            .put(
                    "natport_dst",
                    (event, value, zone) ->
                            Fill.number(event, Ecs.DESTINATION_NAT_PORT, value.equals("0") ? "" : value))
            .put("zone_src", Ecs.INGRESS_ZONE)
            .put("zone_dst", Ecs.EGRESS_ZONE)
            .put("interface_src", Ecs.INGRESS_INTERFACE)
            .put("interface_dst", Ecs.EGRESS_INTERFACE)
            .put("bytes_src", Ecs.SOURCE_BYTES)
            .put("bytes_dst", Ecs.DESTINATION_BYTES)
            .put("appname", Ecs.NETWORK_APPLICATION)
            .put("app_name", Ecs.NETWORK_APPLICATION)
            .put("action", Ecs.EVENT_ACTION)
            .put("rule", Ecs.RULE_NAME)
            .put("rule_name", Ecs.RULE_NAME)
            .put("threat_name", Ecs.RULE_NAME)
            .put("user_src", Ecs.USER_NAME)
            .put("user", Ecs.USER_NAME)
            .put("dname", Ecs.OBSERVER_NAME)
            .put("serial", "observer.serial_number")
            .put("severity", Ecs.LOG_LEVEL)
            .put("type", "qianxin.nsg.type")
            .put("url", Put.URL)
            .put("host", Ecs.URL_DOMAIN)
            .put("time", Put.EPOCH_TIME);

    public static final Message NSG = Device.keyValue(QiAnXin::begins, FIELDS, QiAnXin::finish);
    public static final Message SEC_SSL = QiAnXin::secSsl;

    private QiAnXin() {}

    private static void nat(Event.Builder event, String value, boolean source) {
        if (!value.equals("::") && !value.equals("0.0.0.0")) {
            Fill.address(event, source ? Ecs.SOURCE_NAT_IP : Ecs.DESTINATION_NAT_IP, value);
        }
    }

    private static int begins(String text) {
        return Marks.begins(text, "devid=", "module=", "vsys=");
    }

    private static void finish(String text, Event.Builder event, ZoneId zone) {
        Words.dataset(event, "qianxin.nsg");
        Words.observer(event, "QiAnXin", "NSG", "firewall");
        String module = String.valueOf(event.get("qianxin.nsg.module"));
        boolean threat = module.equals("ips") || module.equals("av") || module.equals("threat") || module.equals("waf");
        event.set(Ecs.EVENT_KIND, threat ? "alert" : "event")
                .set(
                        Ecs.EVENT_CATEGORY,
                        module.equals("av")
                                ? List.of("network", "malware")
                                : threat ? Words.NETWORK_INTRUSION : Words.NETWORK);
        Words.verdict(event, event.get(Ecs.EVENT_ACTION) instanceof String action ? action : "");
    }

    /** {@code 20150304 15:28:14 SecSSL3600 |5|0x02000465|用户|Login|user1|成功|text …IP[192.0.2.1]…}. */
    private static boolean secSsl(String text, Event.Builder event, ZoneId zone) {
        int name = text.indexOf("SecSSL");
        int bar = name < 0 ? -1 : text.indexOf('|', name);
        String[] cells = bar < 0 ? new String[0] : text.substring(bar + 1).split("\\|", 8);
        if (cells.length < 7 || name > 60) {
            return false;
        }
        Words.dataset(event, "qianxin.secssl");
        Words.observer(event, "QiAnXin", text.substring(name, bar).strip(), "vpn");
        String date = text.length() > 17
                ? text.substring(0, 4) + '-' + text.substring(4, 6) + '-' + text.substring(6, 8) + text.substring(8, 17)
                : "";
        Clock.stamp(event, Clock.iso(date, zone));
        boolean login = cells[3].toLowerCase(java.util.Locale.ROOT).startsWith("log");
        event.set(Ecs.EVENT_CODE, cells[1])
                .set(Ecs.EVENT_ACTION, cells[3])
                .set(Ecs.EVENT_CATEGORY, login ? Words.AUTHENTICATION : Words.CONFIGURATION)
                .set(Ecs.EVENT_TYPE, cells[3].equalsIgnoreCase("logout") ? Words.END : login ? Words.START : Words.INFO)
                .set(Ecs.EVENT_OUTCOME, Words.outcome(cells[5]));
        Fill.number(event, Ecs.EVENT_SEVERITY, cells[0]);
        Fill.text(event, Ecs.USER_NAME, cells[4]);
        Fill.text(event, Ecs.MESSAGE, cells[6]);
        int ip = cells[6].indexOf("IP[");
        int close = ip < 0 ? -1 : cells[6].indexOf(']', ip);
        if (close > 0) {
            Fill.source(event, cells[6].substring(ip + 3, close));
        }
        return true;
    }
}
