package org.wanglou.sensors.format.vendor;

import java.time.ZoneId;
import java.util.List;
import org.wanglou.model.Ecs;
import org.wanglou.model.Event;
import org.wanglou.sensors.format.Message;
import org.wanglou.sensors.format.part.Csv;
import org.wanglou.sensors.format.part.Fill;
import org.wanglou.sensors.format.part.Words;

/** The packet filter of pfSense and OPNsense: filterlog's comma-separated fields, IPv4 and IPv6 (raw filter log format). Immutable. */
public final class Filterlog implements Message {
    @Override
    public boolean read(String text, Event.Builder event, ZoneId zone) {
        int colon = text.startsWith("filterlog") ? text.indexOf(": ") : -2;
        List<String> f = Csv.values(colon < 0 ? text : text.substring(colon + 2), ',');
        if (f.size() < 17
                || !f.get(8).equals("4") && !f.get(8).equals("6")
                || !f.get(7).equals("in") && !f.get(7).equals("out")) {
            return false;
        }
        boolean v4 = f.get(8).equals("4");
        // IPv4: tos ecn ttl id offset flags proto-id proto length src dst; IPv6: class flow hop proto proto-id length
        // src dst
        int length = v4 ? 17 : 14;
        if (f.size() < length + 3) {
            return false;
        }
        Words.dataset(event, "pfsense.log");
        Words.observer(event, "netgate", "pfSense", "firewall");
        event.set(Ecs.EVENT_CATEGORY, Words.NETWORK)
                .set(Ecs.NETWORK_TYPE, v4 ? "ipv4" : "ipv6")
                .set(Ecs.NETWORK_DIRECTION, f.get(7).equals("in") ? "inbound" : "outbound")
                .set(Ecs.EVENT_ACTION, f.get(6));
        Words.verdict(event, f.get(6));
        Fill.text(event, Ecs.RULE_ID, f.get(3).isEmpty() ? f.get(0) : f.get(3));
        Fill.text(event, Ecs.INGRESS_INTERFACE, f.get(4));
        Fill.text(event, Ecs.EVENT_REASON, f.get(5));
        Words.transport(event, v4 ? f.get(16) : f.get(12));
        int at = v4 ? 17 : 14;
        Fill.number(event, Ecs.NETWORK_BYTES, f.get(at));
        Fill.source(event, f.get(at + 1));
        Fill.destination(event, f.get(at + 2));
        Object transport = event.get(Ecs.NETWORK_TRANSPORT);
        if (f.size() > at + 4 && ("tcp".equals(transport) || "udp".equals(transport))) {
            Fill.number(event, Ecs.SOURCE_PORT, f.get(at + 3));
            Fill.number(event, Ecs.DESTINATION_PORT, f.get(at + 4));
        }
        if (f.size() > at + 6 && "tcp".equals(transport)) {
            Fill.text(event, "pfsense.tcp.flags", f.get(at + 6));
        }
        return true;
    }
}
