package org.wanglou.sensors.format.vendor;

import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import org.wanglou.model.Ecs;
import org.wanglou.model.Event;
import org.wanglou.sensors.format.Message;
import org.wanglou.sensors.format.part.Clock;
import org.wanglou.sensors.format.part.Fill;
import org.wanglou.sensors.format.part.Pairs;
import org.wanglou.sensors.format.part.Put;
import org.wanglou.sensors.format.part.Table;
import org.wanglou.sensors.format.part.Words;

/**
 * Cisco Meraki (Syslog event types and log samples): {@code 1 1795485600.123456789 MX84 flows src=… dst=… … pattern: allow
 * all}, seconds since 1970, the device, the kind, then pairs or words. Immutable.
 */
public final class Meraki implements Message {
    private static final Set<String> KINDS = Set.of(
            "events",
            "urls",
            "flows",
            "firewall",
            "vpn_firewall",
            "cellular_firewall",
            "ip_flow_start",
            "ip_flow_end",
            "ids-alerts",
            "security_event",
            "airmarshal_events",
            "l7_firewall",
            "bridge_anyconnect_client_vpn_firewall",
            "anyconnect_vpn_firewall");
    private static final Table FIELDS = Table.keeping("cisco.meraki.")
            .put("src", (event, value, zone) -> Fill.sourceWithPort(event, value))
            .put("dst", (event, value, zone) -> Fill.destinationWithPort(event, value))
            .put("sport", Put.SOURCE_PORT)
            .put("dport", Put.DESTINATION_PORT)
            .puts(Put.mac(Ecs.SOURCE_MAC), "mac", "client_mac", "MAC")
            .puts(Put.SOURCE, "client_ip", "ip_src", "Client", "last_known_client_ip")
            .put("protocol", (event, value, zone) -> Words.transport(event, value.split("/", 2)[0]))
            .put("translated_src_ip", Ecs.SOURCE_NAT_IP)
            .put("translated_dst_ip", Ecs.DESTINATION_NAT_IP)
            .put("translated_port", Ecs.SOURCE_NAT_PORT)
            .put("agent", Ecs.USER_AGENT_ORIGINAL)
            .put("identity", Ecs.USER_NAME)
            .put("url", Put.URL)
            .put("sha256", "file.hash.sha256")
            .put("disposition", "cisco.meraki.disposition")
            .put("timestamp", Put.NOTHING);

    @Override
    public boolean read(String text, Event.Builder event, ZoneId zone) {
        int at = text.startsWith("1 ") ? 2 : 0;
        int timeEnd = text.indexOf(' ', at);
        int point = text.indexOf('.', at);
        if (point - at != 10 || timeEnd < point) {
            return false;
        }
        long time = Clock.epoch(text.substring(at, timeEnd));
        int nameEnd = text.indexOf(' ', timeEnd + 1);
        int kindEnd = nameEnd < 0 ? -1 : text.indexOf(' ', nameEnd + 1);
        if (time == Clock.NONE || kindEnd < 0 || !KINDS.contains(text.substring(nameEnd + 1, kindEnd))) {
            return false;
        }
        String kind = text.substring(nameEnd + 1, kindEnd);
        String said = text.substring(kindEnd + 1);
        Words.dataset(event, "cisco_meraki.log");
        Words.observer(event, "Cisco", "Meraki", "firewall");
        event.set(Ecs.TIMESTAMP, time)
                .set(Ecs.OBSERVER_NAME, text.substring(timeEnd + 1, nameEnd))
                .set(Ecs.MESSAGE, said)
                .set("cisco.meraki.event_type", kind);
        said(kind, said, event, zone);
        return true;
    }

    private static void said(String kind, String said, Event.Builder event, ZoneId zone) {
        switch (kind) {
            case "urls" -> {
                pairs(said, event, zone);
                String request = behind(said, "request: ");
                int blank = request.indexOf(' ');
                if (blank > 0) {
                    Fill.text(event, Ecs.HTTP_METHOD, request.startsWith("UNKNOWN") ? "" : request.substring(0, blank));
                    Fill.url(event, request.substring(blank + 1).split(" ", 2)[0]);
                }
                event.set(Ecs.EVENT_CATEGORY, Words.NETWORK_WEB).set(Ecs.EVENT_TYPE, Words.ACCESS);
            }
            case "events" -> event(said, event, zone);
            case "airmarshal_events" -> {
                pairs(said, event, zone);
                event.set(Ecs.EVENT_KIND, "alert")
                        .set(Ecs.EVENT_CATEGORY, Words.NETWORK_INTRUSION)
                        .set(Ecs.EVENT_TYPE, Words.INFO);
            }
            case "ids-alerts", "security_event" -> threat(said, event, zone);
            default -> {
                pairs(said, event, zone);
                event.set(Ecs.EVENT_CATEGORY, Words.NETWORK).set(Ecs.EVENT_TYPE, Words.CONNECTION);
                if (kind.startsWith("ip_flow")) {
                    event.set(Ecs.EVENT_TYPE, kind.endsWith("start") ? Words.CONNECTION_START : Words.CONNECTION_END);
                }
                verdict(said, event);
            }
        }
    }

    /** {@code pattern: allow all}, {@code pattern: 1 all}: 1 denies and 0 allows; older lines have the word before the pairs. */
    private static void verdict(String said, Event.Builder event) {
        String pattern = behind(said, "pattern: ");
        String word = pattern.isEmpty() ? said : pattern;
        if (word.startsWith("deny") || word.startsWith("1 ")) {
            event.set(Ecs.EVENT_ACTION, "deny");
            Words.verdict(event, "deny");
        } else if (word.startsWith("allow") || word.startsWith("0 ")) {
            event.set(Ecs.EVENT_ACTION, "allow");
            Words.verdict(event, "allow");
        }
        Fill.text(event, Ecs.RULE_NAME, pattern);
    }

    private static void threat(String said, Event.Builder event, ZoneId zone) {
        pairs(said, event, zone);
        boolean file = said.startsWith("security_filtering_");
        event.set(Ecs.EVENT_KIND, "alert")
                .set(Ecs.EVENT_CATEGORY, file ? List.of("network", "malware") : Words.NETWORK_INTRUSION)
                .set(Ecs.EVENT_TYPE, Words.INFO);
        Object decision = event.get(file ? "cisco.meraki.action" : "cisco.meraki.decision");
        if (decision instanceof String word) {
            event.set(Ecs.EVENT_ACTION, word);
            Words.verdict(event, word);
        }
        if (event.get("cisco.meraki.signature") instanceof String signature) {
            String[] id = signature.split(":", 3);
            Fill.text(event, Ecs.RULE_ID, id.length > 1 ? id[1] : signature);
        }
        Fill.text(
                event,
                Ecs.RULE_NAME,
                file && event.get("cisco.meraki.name") instanceof String name ? name : behind(said, "message: "));
    }

    private static void event(String said, Event.Builder event, ZoneId zone) {
        event.set(Ecs.EVENT_CATEGORY, Words.NETWORK).set(Ecs.EVENT_TYPE, Words.INFO);
        int user = said.indexOf(" user id '");
        if (user > 0) {
            boolean end = said.contains("disconnect");
            String name = said.substring(user + 10, Math.max(user + 10, said.indexOf('\'', user + 10)));
            event.set(Ecs.EVENT_CATEGORY, end ? Words.SESSION : Words.AUTHENTICATION_SESSION)
                    .set(Ecs.EVENT_TYPE, end ? Words.END : Words.START)
                    .set(Ecs.EVENT_ACTION, end ? "vpn_disconnect" : "vpn_login")
                    .set(Ecs.EVENT_OUTCOME, Words.SUCCESS);
            Fill.text(event, Ecs.USER_NAME, name);
            Fill.source(event, behind(said, "connected from ").split(" ", 2)[0]);
            Fill.address(event, Ecs.SOURCE_NAT_IP, behind(said, "local ip ").split(" ", 2)[0]);
            return;
        }
        if (said.startsWith("dhcp ")) {
            event.set(Ecs.EVENT_ACTION, said.startsWith("dhcp lease") ? "dhcp_lease" : "dhcp_no_offer")
                    .set(Ecs.NETWORK_PROTOCOL, "dhcp");
            Fill.source(event, behind(said, "lease of ip ").split(" ", 2)[0]);
            String client = behind(said, "client mac ");
            Fill.text(
                    event,
                    Ecs.SOURCE_MAC,
                    Fill.mac((client.isEmpty() ? behind(said, "for mac ") : client).split(" ", 2)[0]));
            return;
        }
        if (!said.startsWith("type=")) {
            return;
        }
        pairs(said, event, zone);
        Object type = event.get("cisco.meraki.type");
        String word = type instanceof String name ? name : "";
        boolean failed = word.contains("fail") || word.contains("deauth");
        Fill.text(event, Ecs.EVENT_ACTION, word);
        if (word.contains("auth") || word.startsWith("8021x_eap")) {
            event.set(Ecs.EVENT_CATEGORY, Words.AUTHENTICATION)
                    .set(Ecs.EVENT_TYPE, word.contains("deauth") ? Words.END : failed ? Words.INFO : Words.START);
            if (!word.contains("deauth")) {
                event.set(Ecs.EVENT_OUTCOME, failed ? Words.FAILURE : Words.SUCCESS);
            }
        }
        Fill.source(event, behind(said, "Peer IP=").split(" ", 2)[0]);
        String user2 = behind(said, "User=");
        Fill.text(event, Ecs.USER_NAME, user2.isEmpty() ? between(said, "User[", ']') : user2.split(":", 2)[0]);
    }

    private static void pairs(String said, Event.Builder event, ZoneId zone) {
        int end = said.length();
        for (String mark : List.of(" request: ", " pattern: ", " message: ")) {
            int at = said.indexOf(mark);
            end = at >= 0 && at < end ? at : end;
        }
        Pairs pairs = Pairs.of(said.substring(0, end), 0);
        while (pairs.next()) {
            FIELDS.set(event, pairs.key(), pairs.value(), zone);
        }
        if ("0.0.0.0".equals(event.get(Ecs.SOURCE_IP))) {
            event.set(Ecs.SOURCE_IP, null).set(Ecs.SOURCE_ADDRESS, null);
        }
    }

    private static String behind(String said, String mark) {
        int at = said.indexOf(mark);
        return at < 0 ? "" : said.substring(at + mark.length());
    }

    private static String between(String said, String mark, char shut) {
        String rest = behind(said, mark);
        int end = rest.indexOf(shut);
        return end < 0 ? "" : rest.substring(0, end);
    }
}
