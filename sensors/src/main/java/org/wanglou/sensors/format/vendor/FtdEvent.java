package org.wanglou.sensors.format.vendor;

import java.time.ZoneOffset;
import org.wanglou.model.Ecs;
import org.wanglou.model.Event;
import org.wanglou.sensors.format.part.Pairs;
import org.wanglou.sensors.format.part.Put;
import org.wanglou.sensors.format.part.Table;
import org.wanglou.sensors.format.part.Words;

/**
 * Security events of Firepower Threat Defense, {@code 430001} intrusion, {@code 430002} and {@code 430003} connection begun
 * and ended, {@code 430004} file, {@code 430005} malware: {@code Name: value} parted by commas (Cisco, Secure Firewall Threat
 * Defense syslog messages, security event syslog messages). Pure.
 */
final class FtdEvent {
    private static final Table FIELDS = Table.keeping("cisco.ftd.")
            .put("SrcIP", Put.SOURCE)
            .put("DstIP", Put.DESTINATION)
            .put("SrcPort", Put.SOURCE_PORT)
            .put("DstPort", Put.DESTINATION_PORT)
            .put("NAT_InitiatorIP", Ecs.SOURCE_NAT_IP)
            .put("NAT_InitiatorPort", Ecs.SOURCE_NAT_PORT)
            .put("NAT_ResponderIP", Ecs.DESTINATION_NAT_IP)
            .put("NAT_ResponderPort", Ecs.DESTINATION_NAT_PORT)
            .put("Protocol", Put.TRANSPORT)
            .put("IngressInterface", Ecs.INGRESS_INTERFACE)
            .put("EgressInterface", Ecs.EGRESS_INTERFACE)
            .put("IngressZone", Ecs.INGRESS_ZONE)
            .put("EgressZone", Ecs.EGRESS_ZONE)
            .put("AccessControlRuleAction", Ecs.EVENT_ACTION)
            .put("AccessControlRuleReason", Ecs.EVENT_REASON)
            .put("AccessControlRuleName", Ecs.RULE_NAME)
            .put("User", Put.text(Ecs.USER_NAME))
            .put("ApplicationProtocol", Put.lower(Ecs.NETWORK_PROTOCOL))
            .put("WebApplication", Put.lower(Ecs.NETWORK_APPLICATION))
            .put("InitiatorPackets", Ecs.SOURCE_PACKETS)
            .put("ResponderPackets", Ecs.DESTINATION_PACKETS)
            .put("InitiatorBytes", Ecs.SOURCE_BYTES)
            .put("ResponderBytes", Ecs.DESTINATION_BYTES)
            .put("ConnectionDuration", Put.times(Ecs.EVENT_DURATION, 1_000_000_000L))
            .put("FirstPacketSecond", Put.time(Ecs.EVENT_START))
            .put("URL", Put.URL)
            .put("URI", Put.URL)
            .put("ReferencedHost", Ecs.URL_DOMAIN)
            .put("UserAgent", Ecs.USER_AGENT_ORIGINAL)
            .put("HTTPResponse", Ecs.HTTP_STATUS)
            .put("DNSQuery", Ecs.DNS_QUESTION_NAME)
            .put("DNSRecordType", Ecs.DNS_QUESTION_TYPE)
            .put("InlineResult", Ecs.EVENT_ACTION)
            .put("Message", Ecs.RULE_NAME)
            .put("SID", Ecs.RULE_ID)
            .put("Revision", "rule.version")
            .put("Classification", Ecs.RULE_CATEGORY)
            .put("FileName", Ecs.FILE_NAME)
            .put("FileSHA256", "file.hash.sha256")
            .put("FileSize", Put.number("file.size"))
            .put("FileAction", Ecs.EVENT_ACTION)
            .put("ThreatName", Ecs.RULE_NAME);

    private FtdEvent() {}

    static void read(String number, String said, Event.Builder event) {
        Pairs pairs = Pairs.parted(said, 0, ':', ',');
        while (pairs.next()) {
            String value = pairs.value();
            boolean nobody = value.equals("No Authentication Required") || value.equals("Unknown");
            nobody |= value.equals("Not Found") || value.equals("Invalid ID");
            boolean named = pairs.key().equals("User") || pairs.key().equals("ThreatName");
            FIELDS.set(event, pairs.key(), named && nobody ? "" : value, ZoneOffset.UTC);
        }
        String action = event.get(Ecs.EVENT_ACTION) instanceof String word ? word : "";
        boolean malware = number.equals("430005");
        boolean alert = malware || number.equals("430001");
        event.set(Ecs.EVENT_KIND, alert ? "alert" : "event")
                .set(
                        Ecs.EVENT_CATEGORY,
                        malware
                                ? java.util.List.of("network", "malware")
                                : alert ? Words.NETWORK_INTRUSION : Words.NETWORK);
        Words.verdict(event, action.startsWith("Block") ? "block" : action.equals("Trust") ? "allow" : action);
    }
}
