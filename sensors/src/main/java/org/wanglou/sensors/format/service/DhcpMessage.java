package org.wanglou.sensors.format.service;

import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import org.wanglou.model.Ecs;
import org.wanglou.model.Event;
import org.wanglou.sensors.format.Message;
import org.wanglou.sensors.format.part.Fill;
import org.wanglou.sensors.format.part.Words;

/**
 * Leases of ISC dhcpd and dnsmasq (RFC 2131 message names): which hardware address holds which address, by which name.
 * The address given is {@code client.ip}, the machine's {@code client.mac}. Immutable.
 */
public final class DhcpMessage implements Message {
    private static final List<String> KINDS = List.of(
            "DHCPDISCOVER",
            "DHCPOFFER",
            "DHCPREQUEST",
            "DHCPACK",
            "DHCPNAK",
            "DHCPRELEASE",
            "DHCPDECLINE",
            "DHCPINFORM",
            "DHCPEXPIRE",
            "DHCPLEASEQUERY",
            "BOOTREQUEST",
            "BOOTREPLY",
            "DHCPSOLICIT",
            "DHCPADVERTISE",
            "DHCPREPLY",
            "DHCPRENEW",
            "DHCPREBIND");

    @Override
    public boolean read(String text, Event.Builder event, ZoneId zone) {
        String body = text;
        // dnsmasq may put the transaction's number before the message
        int blank = body.indexOf(' ');
        if (blank > 0 && Fill.whole(body.substring(0, blank)) >= 0) {
            body = body.substring(blank + 1);
        }
        int end = 0;
        while (end < body.length() && Character.isUpperCase(body.charAt(end))) {
            end++;
        }
        String kind = body.substring(0, end);
        if (!KINDS.contains(kind)) {
            return other(body, event);
        }
        event.set(Ecs.EVENT_CATEGORY, Words.NETWORK)
                .set(Ecs.EVENT_TYPE, Words.PROTOCOL)
                .set(Ecs.EVENT_ACTION, kind.toLowerCase(Locale.ROOT))
                .set(Ecs.NETWORK_PROTOCOL, "dhcp");
        if (body.startsWith("(", end)) {
            int close = body.indexOf(')', end);
            if (close > 0) {
                Fill.text(event, Ecs.INGRESS_INTERFACE, body.substring(end + 1, close));
                end = close + 1;
            }
        }
        words(body.substring(end).strip().split("[ ,]+", 24), event);
        int said = body.indexOf(": ", end);
        if (said > 0 && kind.equals("DHCPDISCOVER")) {
            event.set(Ecs.EVENT_REASON, body.substring(said + 2));
        }
        return true;
    }

    /** Words name themselves: an address, a hardware address, a name in brackets, an interface after {@code via}. */
    private static void words(String[] words, Event.Builder event) {
        for (int i = 0; i < words.length; i++) {
            String word = words[i].endsWith(":") ? words[i].substring(0, words[i].length() - 1) : words[i];
            if (word.equals("via") && i + 1 < words.length) {
                String via = words[i + 1];
                Fill.text(event, Ecs.INGRESS_INTERFACE, via.endsWith(":") ? via.substring(0, via.length() - 1) : via);
                i++;
            } else if (word.startsWith("(") && word.endsWith(")") && event.get("client.domain") == null) {
                String inside = word.substring(1, word.length() - 1);
                if (Fill.canonical(inside).isEmpty()) {
                    Fill.text(event, "client.domain", inside);
                }
            } else if (word.length() == 17 && word.charAt(2) == ':' && event.get("client.mac") == null) {
                event.set("client.mac", Fill.mac(word));
            } else if (!Fill.canonical(word).isEmpty() && event.get("client.ip") == null) {
                event.set("client.ip", Fill.canonical(word));
            } else if (i == words.length - 1
                    && event.get("client.mac") != null
                    && event.get("client.domain") == null
                    && event.get("client.ip") != null
                    && !word.isEmpty()
                    && Character.isLetter(word.charAt(0))) {
                Fill.text(event, "client.domain", word);
            }
        }
    }

    private static boolean other(String body, Event.Builder event) {
        if (body.startsWith("no free leases") || body.contains(": no free leases") || body.contains("no free leases")) {
            event.set(Ecs.EVENT_ACTION, "dhcp_no_free_leases");
        } else if (body.startsWith("Possible release spoof")) {
            event.set(Ecs.EVENT_ACTION, "dhcp_release_spoof");
        } else if (body.startsWith("Abandoning IP address ")) {
            event.set(Ecs.EVENT_ACTION, "dhcp_abandon");
        } else if (!body.startsWith("IP address ")) {
            return false;
        }
        event.set(Ecs.EVENT_CATEGORY, Words.NETWORK)
                .set(Ecs.EVENT_TYPE, Words.INFO)
                .set(Ecs.NETWORK_PROTOCOL, "dhcp");
        for (String word : body.split("[ :,]+", 24)) {
            String ip = Fill.canonical(word);
            if (!ip.isEmpty()) {
                event.set("client.ip", ip);
                break;
            }
        }
        return true;
    }
}
