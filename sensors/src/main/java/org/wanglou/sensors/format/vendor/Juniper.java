package org.wanglou.sensors.format.vendor;

import java.time.ZoneId;
import java.util.List;
import org.wanglou.model.Ecs;
import org.wanglou.model.Event;
import org.wanglou.sensors.format.Message;
import org.wanglou.sensors.format.part.Fill;
import org.wanglou.sensors.format.part.Pairs;
import org.wanglou.sensors.format.part.Put;
import org.wanglou.sensors.format.part.Table;
import org.wanglou.sensors.format.part.Words;

/**
 * Juniper SRX: structured syslog ({@code RT_FLOW - RT_FLOW_SESSION_CLOSE [junos@2636.… source-address="…" …]}) and the
 * unstructured session lines; NetScreen's {@code key=value} traffic log. Immutable.
 */
public final class Juniper implements Message {
    private static final Table FIELDS = Table.keeping("juniper.srx.")
            .put("source-address", Put.SOURCE)
            .put("source-port", Put.SOURCE_PORT)
            .put("destination-address", Put.DESTINATION)
            .put("destination-port", Put.DESTINATION_PORT)
            .put("nat-source-address", Ecs.SOURCE_NAT_IP)
            .put("nat-source-port", Ecs.SOURCE_NAT_PORT)
            .put("nat-destination-address", Ecs.DESTINATION_NAT_IP)
            .put("nat-destination-port", Ecs.DESTINATION_NAT_PORT)
            .put("protocol-id", Put.TRANSPORT)
            .put("protocol-name", Put.TRANSPORT)
            .put("policy-name", Ecs.RULE_NAME)
            .put("rule-name", Ecs.RULE_NAME)
            .put("rulebase-name", "rule.ruleset")
            .put("source-zone-name", Ecs.INGRESS_ZONE)
            .put("destination-zone-name", Ecs.EGRESS_ZONE)
            .put("source-interface-name", Ecs.INGRESS_INTERFACE)
            .put("packet-incoming-interface", Ecs.INGRESS_INTERFACE)
            .put("destination-interface-name", Ecs.EGRESS_INTERFACE)
            .put("bytes-from-client", Ecs.SOURCE_BYTES)
            .put("bytes-from-server", Ecs.DESTINATION_BYTES)
            .put("packets-from-client", Ecs.SOURCE_PACKETS)
            .put("packets-from-server", Ecs.DESTINATION_PACKETS)
            .put("inbound-bytes", Ecs.SOURCE_BYTES)
            .put("outbound-bytes", Ecs.DESTINATION_BYTES)
            .put("elapsed-time", Put.times(Ecs.EVENT_DURATION, 1_000_000_000L))
            .put("session-id-32", "juniper.srx.session_id_32")
            .put("reason", Ecs.EVENT_REASON)
            .put("username", Ecs.USER_NAME)
            .put("application", Put.lower(Ecs.NETWORK_APPLICATION))
            .put("service-name", Put.lower(Ecs.NETWORK_PROTOCOL))
            .put("attack-name", Ecs.RULE_NAME)
            .put("threat-severity", Ecs.LOG_LEVEL)
            .put("action", Ecs.EVENT_ACTION)
            .put("url", Ecs.URL_DOMAIN)
            .put("obj", Put.URL)
            .put("filename", Ecs.FILE_NAME)
            .put("src", Put.SOURCE)
            .put("dst", Put.DESTINATION)
            .put("src_port", Put.SOURCE_PORT)
            .put("dst_port", Put.DESTINATION_PORT)
            .put("proto", Put.TRANSPORT)
            .put("sent", Ecs.SOURCE_BYTES)
            .put("rcvd", Ecs.DESTINATION_BYTES)
            .put("policy_id", Ecs.RULE_ID)
            .put("zone", "juniper.srx.zone")
            .put("UNKNOWN", Put.NOTHING);

    @Override
    public boolean read(String text, Event.Builder event, ZoneId zone) {
        int data = text.indexOf("[junos@");
        if (data >= 0 && data < 120) {
            int end = text.indexOf(']', data);
            int from = text.indexOf(' ', data);
            if (from < 0) {
                return false;
            }
            String kind = kind(text, data, event);
            pairs(text.substring(from, end < from ? text.length() : end), event, zone);
            done(kind, event);
            return true;
        }
        if (text.startsWith("NetScreen device_id=")) {
            pairs(text, event, zone);
            done("netscreen", event);
            return true;
        }
        return plain(text, event);
    }

    /** The event's name: the word before the data, or the message id of the header. */
    private static String kind(String text, int data, Event.Builder event) {
        String before = text.substring(0, data).strip();
        String word = before.substring(before.lastIndexOf(' ') + 1);
        Object id = event.get(Ecs.LOG_SYSLOG_MSGID);
        return word.indexOf('_') > 0 && !word.equals("RT_FLOW") && !word.equals("RT_IDP")
                ? word
                : id instanceof String name ? name : word;
    }

    private static void pairs(String text, Event.Builder event, ZoneId zone) {
        Pairs pairs = Pairs.of(text, 0);
        while (pairs.next()) {
            FIELDS.set(event, pairs.key(), pairs.value(), zone);
        }
    }

    private static void done(String kind, Event.Builder event) {
        Words.dataset(event, "juniper.srx");
        Words.observer(event, "Juniper", kind.equals("netscreen") ? "NetScreen" : "SRX", "firewall");
        event.set("juniper.srx.tag", kind).set(Ecs.EVENT_CATEGORY, Words.NETWORK);
        if (kind.contains("SESSION_DENY")) {
            event.set(Ecs.EVENT_ACTION, "flow_deny");
            Words.verdict(event, "deny");
        } else if (kind.contains("SESSION_CREATE")) {
            event.set(Ecs.EVENT_ACTION, "flow_started")
                    .set(Ecs.EVENT_TYPE, List.of("start", "allowed", "connection"))
                    .set(Ecs.EVENT_OUTCOME, Words.SUCCESS);
        } else if (kind.contains("SESSION_CLOSE")) {
            event.set(Ecs.EVENT_ACTION, "flow_close")
                    .set(Ecs.EVENT_TYPE, List.of("end", "allowed", "connection"))
                    .set(Ecs.EVENT_OUTCOME, Words.SUCCESS);
        } else if (kind.startsWith("IDP_")
                || kind.contains("SCREEN_")
                || kind.startsWith("AAMW")
                || kind.startsWith("ANTI")) {
            event.set(Ecs.EVENT_KIND, "alert")
                    .set(
                            Ecs.EVENT_CATEGORY,
                            kind.startsWith("ANTIVIRUS") || kind.startsWith("AV_")
                                    ? Words.MALWARE
                                    : Words.NETWORK_INTRUSION)
                    .set(Ecs.EVENT_TYPE, Words.INFO);
        } else if (event.get(Ecs.EVENT_ACTION) instanceof String action) {
            Words.verdict(event, action);
        } else {
            event.set(Ecs.EVENT_TYPE, Words.INFO);
        }
    }

    /** {@code RT_FLOW_SESSION_CREATE: session created 10.1.1.5/51000->198.51.100.7/443 …}. */
    private static boolean plain(String text, Event.Builder event) {
        int flow = text.indexOf("RT_FLOW_SESSION_");
        int colon = flow < 0 ? -1 : text.indexOf(':', flow);
        int arrow = colon < 0 ? -1 : text.indexOf("->", colon);
        if (arrow < 0 || flow > 40) {
            return false;
        }
        int from = text.lastIndexOf(' ', arrow) + 1;
        int end = text.indexOf(' ', arrow);
        Fill.sourceWithPort(event, text.substring(from, arrow));
        Fill.destinationWithPort(event, text.substring(arrow + 2, end < 0 ? text.length() : end));
        done(text.substring(flow, colon), event);
        return true;
    }
}
