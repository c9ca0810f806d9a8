package org.wanglou.sensors.format.vendor;

import java.time.ZoneId;
import org.wanglou.model.Ecs;
import org.wanglou.model.Event;
import org.wanglou.sensors.format.Message;
import org.wanglou.sensors.format.part.Clock;
import org.wanglou.sensors.format.part.Fill;
import org.wanglou.sensors.format.part.Pairs;
import org.wanglou.sensors.format.part.Words;

/**
 * Cisco ISE (Syslogs guide): {@code CISE_Failed_Attempts 0000075134 1 0 2026-11-24 09:59:58.790 +08:00 0000075201 5405 NOTICE
 * Failed-Attempt: text, Key=Value, …}. Messages longer than a datagram come in parts; each is read for what it has. Immutable.
 */
public final class CiscoIse implements Message {
    @Override
    public boolean read(String text, Event.Builder event, ZoneId zone) {
        if (!text.startsWith("CISE_") && !text.startsWith("CSCOacs_")) {
            return false;
        }
        String[] words = text.split(" ", 5);
        if (words.length < 5 || Fill.whole(words[2]) < 1 || Fill.whole(words[3]) < 0) {
            return false;
        }
        String category = words[0].substring(words[0].indexOf('_') + 1);
        Words.dataset(event, "cisco_ise.log");
        Words.observer(event, "Cisco", "ISE", "nac");
        event.set("cisco.ise.category", category)
                .set("cisco.ise.message_id", words[1])
                .set(Ecs.EVENT_TYPE, Words.INFO);
        String rest = words[4];
        int cut = rest.indexOf(", ");
        String head = cut < 0 ? rest : rest.substring(0, cut);
        if (words[3].equals("0")) {
            head(head, event, zone);
        }
        pairs(rest, cut < 0 || !words[3].equals("0") ? 0 : cut + 2, event);
        kind(category, head, event);
        return true;
    }

    /** {@code 2026-11-24 09:59:58.790 +08:00 0000075201 5405 NOTICE Class: text}. */
    private static void head(String head, Event.Builder event, ZoneId zone) {
        String[] words = head.split(" ", 7);
        if (words.length < 6) {
            return;
        }
        Clock.stamp(event, Clock.iso(words[0] + ' ' + words[1] + words[2], zone));
        Fill.text(event, Ecs.EVENT_CODE, words[4]);
        Fill.text(event, Ecs.LOG_LEVEL, words[5].toLowerCase(java.util.Locale.ROOT));
        Fill.text(event, Ecs.MESSAGE, words.length > 6 ? words[6] : "");
    }

    private static void pairs(String text, int from, Event.Builder event) {
        Pairs pairs = Pairs.parted(text, from, '=', ',');
        int count = 0;
        while (count++ < 600 && pairs.next()) {
            String value = pairs.value();
            switch (pairs.key()) {
                case "User-Name", "UserName", "AdminName", "User" -> Fill.text(event, Ecs.USER_NAME, value);
                case "Calling-Station-ID", "EndPointMACAddress", "EndpointMacAddress" -> {
                    if (event.get(Ecs.SOURCE_MAC) == null) {
                        Fill.text(
                                event,
                                Fill.canonical(value).isEmpty() ? Ecs.SOURCE_MAC : Ecs.SOURCE_IP,
                                Fill.mac(value));
                    }
                }
                case "Framed-IP-Address", "IpAddress", "EndpointIPAddress", "AdminIPAddress", "Remote-Address" ->
                    Fill.source(event, value);
                case "DestinationIPAddress" -> Fill.destination(event, value);
                case "DestinationPort" -> Fill.number(event, Ecs.DESTINATION_PORT, value);
                case "Device IP Address", "NAS-IP-Address" -> Fill.address(event, Ecs.HOST_IP, value);
                case "NetworkDeviceName" -> Fill.text(event, "cisco.ise.network_device", value);
                case "NAS-Port-Id" -> Fill.text(event, "cisco.ise.nas_port_id", value);
                case "FailureReason" -> Fill.text(event, Ecs.EVENT_REASON, value);
                case "CmdSet", "Command" -> Fill.text(event, Ecs.PROCESS_COMMAND_LINE, value);
                case "Step", "StepData", "StepLatency", "State", "Response", "NetworkDeviceGroups" -> {
                    // the way through the policy says nothing about who and what
                }
                default -> {
                    if (value.length() < 300
                            && pairs.key().length() < 60
                            && !pairs.key().contains("assword")) {
                        Fill.text(
                                event,
                                "cisco.ise." + pairs.key().replace('.', '_').replace(' ', '_'),
                                value);
                    }
                }
            }
        }
    }

    private static void kind(String category, String head, Event.Builder event) {
        boolean failed = category.startsWith("Failed") || head.contains("failed") || head.contains("Failed");
        boolean passed = category.startsWith("Passed");
        if (failed || passed) {
            event.set(Ecs.EVENT_CATEGORY, Words.AUTHENTICATION)
                    .set(Ecs.EVENT_TYPE, failed ? Words.INFO : Words.START)
                    .set(Ecs.EVENT_ACTION, failed ? "nac_refused" : "nac_admitted")
                    .set(Ecs.EVENT_OUTCOME, failed ? Words.FAILURE : Words.SUCCESS);
        } else if (category.contains("Accounting")) {
            boolean stop = head.contains("stop");
            event.set(Ecs.EVENT_CATEGORY, Words.SESSION)
                    .set(Ecs.EVENT_TYPE, stop ? Words.END : head.contains("start") ? Words.START : Words.INFO);
        } else if (category.startsWith("Administrative")) {
            event.set(Ecs.EVENT_CATEGORY, Words.CONFIGURATION).set(Ecs.EVENT_TYPE, Words.CHANGE);
        }
    }
}
