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
    private static final Message PLAIN = new JunosText();
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
            .put("application", (event, value, zone) -> told(event, Ecs.NETWORK_APPLICATION, value))
            .put("service-name", (event, value, zone) -> told(event, Ecs.NETWORK_PROTOCOL, value))
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
            .put("mac-address", Put.mac(Ecs.SOURCE_MAC))
            .put("command", Ecs.PROCESS_COMMAND_LINE)
            .put("message", Ecs.MESSAGE)
            .put("category", Ecs.RULE_CATEGORY)
            .put("interface-name", Ecs.INGRESS_INTERFACE)
            .put("UNKNOWN", Put.NOTHING);

    private static void told(Event.Builder event, org.wanglou.model.Field field, String value) {
        if (!value.equals("UNKNOWN") && !value.equals("None")) {
            Fill.text(event, field, value.toLowerCase(java.util.Locale.ROOT));
        }
    }

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
        return PLAIN.read(text, event, zone);
    }

    /** The event's name: the word before the data, or the message id of the header. */
    private static String kind(String text, int data, Event.Builder event) {
        String before = text.substring(0, data).strip();
        String word = before.substring(before.lastIndexOf(' ') + 1);
        Object id = event.get(Ecs.LOG_SYSLOG_MSGID);
        return id instanceof String name ? name : word;
    }

    private static void pairs(String text, Event.Builder event, ZoneId zone) {
        Pairs pairs = Pairs.of(text, 0);
        while (pairs.next()) {
            FIELDS.set(event, pairs.key(), pairs.value(), zone);
        }
    }

    static void done(String kind, Event.Builder event) {
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
                || kind.startsWith("SECINTEL")
                || kind.startsWith("AV_")
                || kind.startsWith("ANTI")) {
            event.set(Ecs.EVENT_KIND, "alert")
                    .set(
                            Ecs.EVENT_CATEGORY,
                            kind.startsWith("ANTIVIRUS") || kind.startsWith("AV_")
                                    ? Words.MALWARE
                                    : Words.NETWORK_INTRUSION)
                    .set(Ecs.EVENT_TYPE, Words.INFO);
            if (event.get(Ecs.EVENT_ACTION) instanceof String action) {
                Words.verdict(event, action);
            }
        } else if (kind.startsWith("WEBFILTER_")) {
            event.set(Ecs.EVENT_CATEGORY, Words.NETWORK_WEB).set(Ecs.EVENT_ACTION, "web_filter");
            Words.verdict(event, kind.contains("BLOCKED") ? "block" : "allow");
        } else if (login(kind, event)) {
            return;
        } else if (event.get(Ecs.EVENT_ACTION) instanceof String action) {
            Words.verdict(event, action);
        } else {
            event.set(Ecs.EVENT_TYPE, Words.INFO);
        }
    }

    /** {@code SSHD_LOGIN_FAILED}, {@code DOT1XD_USR_AUTHENTICATED}, {@code SNMPD_AUTH_FAILURE} and their like. */
    private static boolean login(String kind, Event.Builder event) {
        boolean failed =
                kind.contains("LOGIN_FAILED") || kind.contains("AUTH_FAILURE") || kind.contains("ACCESS_DENIED");
        boolean started =
                kind.contains("LOGIN_EVENT") || kind.contains("USR_AUTHENTICATED") || kind.contains("LOGIN_ACCEPT");
        if (!failed && !started) {
            return false;
        }
        event.set(Ecs.EVENT_CATEGORY, Words.AUTHENTICATION)
                .set(Ecs.EVENT_TYPE, failed ? Words.INFO : Words.START)
                .set(Ecs.EVENT_ACTION, "login")
                .set(Ecs.EVENT_OUTCOME, failed ? Words.FAILURE : Words.SUCCESS);
        return true;
    }
}
