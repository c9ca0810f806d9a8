package org.wanglou.sensors.format.cn;

import java.time.ZoneId;
import org.wanglou.model.Ecs;
import org.wanglou.model.Event;
import org.wanglou.sensors.format.Message;
import org.wanglou.sensors.format.part.Fill;
import org.wanglou.sensors.format.part.Words;

/**
 * Hillstone StoneOS: {@code Traffic@FLOW: SESSION: 192.0.2.1:5000->10.1.1.5:80(TCP), application HTTP, …}, with NAT, threat
 * and event logs of the same build, English or Chinese. Immutable.
 */
public final class Hillstone implements Message {
    @Override
    public boolean read(String text, Event.Builder event, ZoneId zone) {
        int mark = text.indexOf('@');
        int colon = mark < 0 ? -1 : text.indexOf(": ", mark);
        if (colon < 0 || colon - mark > 24) {
            return false;
        }
        int from = mark;
        while (from > 0 && Character.isLetter(text.charAt(from - 1))) {
            from--;
        }
        String kind = text.substring(from, mark);
        if (!kind.equals("Traffic")
                && !kind.equals("Threat")
                && !kind.equals("Event")
                && !kind.equals("Network")
                && !kind.equals("Configuration")
                && !kind.equals("IPS")
                && !kind.equals("Alarm")) {
            return false;
        }
        String said = text.substring(colon + 2);
        Words.dataset(event, "hillstone.stoneos");
        Words.observer(event, "Hillstone", "StoneOS", "firewall");
        event.set("hillstone.type", kind)
                .set("hillstone.module", text.substring(mark + 1, colon))
                .set(Ecs.MESSAGE, said);
        serial(text, event);
        int arrow = said.indexOf("->");
        if (arrow > 0) {
            session(said, arrow, kind, event);
        } else {
            other(said, kind, event);
        }
        return true;
    }

    /** The serial number and virtual system in place of a host: {@code 1304415172004335(root)}. */
    private static void serial(String text, Event.Builder event) {
        int open = text.indexOf('(');
        if (open > 0 && open < 40) {
            int from = text.lastIndexOf(' ', open) + 1;
            if (Fill.whole(text.substring(from, open)) > 0) {
                Fill.text(event, "observer.serial_number", text.substring(from, open));
            }
        }
        if (event.get(Ecs.HOST_NAME) instanceof String host
                && host.indexOf('(') > 0
                && Fill.whole(host.substring(0, host.indexOf('('))) > 0) {
            event.set("observer.serial_number", host.substring(0, host.indexOf('(')))
                    .set(Ecs.HOST_NAME, null)
                    .set(Ecs.HOST_HOSTNAME, null);
        }
    }

    private static void session(String said, int arrow, String kind, Event.Builder event) {
        int from = said.lastIndexOf(' ', arrow) + 1;
        int end = arrow + 2;
        while (end < said.length() && said.charAt(end) != '(' && said.charAt(end) != ',') {
            end++;
        }
        Fill.sourceWithPort(event, said.substring(from, arrow));
        Fill.destinationWithPort(event, said.substring(arrow + 2, end));
        int close = said.indexOf(')', end);
        if (end < said.length() && said.charAt(end) == '(' && close > 0) {
            Words.transport(event, said.substring(end + 1, close));
        }
        boolean threat = kind.equals("Threat") || kind.equals("IPS");
        event.set(Ecs.EVENT_KIND, threat ? "alert" : "event")
                .set(Ecs.EVENT_CATEGORY, threat ? Words.NETWORK_INTRUSION : Words.NETWORK)
                .set(Ecs.EVENT_TYPE, Words.CONNECTION);
        for (String part : said.substring(end).split(",", 40)) {
            part(part.strip(), event);
        }
    }

    private static void part(String part, Event.Builder event) {
        int blank = part.lastIndexOf(' ');
        String value = part.substring(blank + 1);
        if (part.startsWith("application ")) {
            Fill.text(event, Ecs.NETWORK_APPLICATION, part.substring(12));
        } else if (part.startsWith("interface ")) {
            Fill.text(event, Ecs.INGRESS_INTERFACE, value);
        } else if (part.startsWith("policy ") || part.startsWith("rule ")) {
            Fill.text(event, Ecs.RULE_ID, value);
        } else if (part.startsWith("user ")) {
            int at = value.lastIndexOf('@');
            Fill.text(event, Ecs.USER_NAME, at < 0 ? value : value.substring(0, at));
        } else if (part.startsWith("send packets ")) {
            Fill.number(event, Ecs.SOURCE_PACKETS, value);
        } else if (part.startsWith("send bytes ")) {
            Fill.number(event, Ecs.SOURCE_BYTES, value);
        } else if (part.startsWith("receive packets ")) {
            Fill.number(event, Ecs.DESTINATION_PACKETS, value);
        } else if (part.startsWith("receive bytes ")) {
            Fill.number(event, Ecs.DESTINATION_BYTES, value);
        } else if (part.startsWith("snat to ")) {
            int colon = value.lastIndexOf(':');
            Fill.address(event, Ecs.SOURCE_NAT_IP, colon < 0 ? value : value.substring(0, colon));
            Fill.number(event, Ecs.SOURCE_NAT_PORT, colon < 0 ? "" : value.substring(colon + 1));
        } else if (part.startsWith("dnat to ")) {
            int colon = value.lastIndexOf(':');
            Fill.address(event, Ecs.DESTINATION_NAT_IP, colon < 0 ? value : value.substring(0, colon));
            Fill.number(event, Ecs.DESTINATION_NAT_PORT, colon < 0 ? "" : value.substring(colon + 1));
        } else if (part.equals("session end")) {
            event.set(Ecs.EVENT_TYPE, Words.CONNECTION_END);
        } else if (part.equals("session start")) {
            event.set(Ecs.EVENT_TYPE, Words.CONNECTION_START);
        } else if (part.equals("policy deny") || part.equals("deny")) {
            event.set(Ecs.EVENT_ACTION, "deny");
            Words.verdict(event, "deny");
        } else if (part.startsWith("threat name: ") || part.startsWith("threat name ")) {
            Fill.text(event, Ecs.RULE_NAME, part.substring(12).strip());
        } else if (part.startsWith("action: ") || part.startsWith("action ")) {
            Fill.text(event, Ecs.EVENT_ACTION, value);
            Words.verdict(event, value);
        }
    }

    /** {@code Admin user "li" logged in through HTTPS from 192.0.2.1.} */
    private static void other(String said, String kind, Event.Builder event) {
        boolean login = said.contains("logged in") || said.contains("login") || said.contains("登录");
        event.set(Ecs.EVENT_CATEGORY, login ? Words.AUTHENTICATION : Words.CONFIGURATION)
                .set(Ecs.EVENT_TYPE, login ? Words.START : kind.equals("Configuration") ? Words.CHANGE : Words.INFO);
        if (login) {
            event.set(Ecs.EVENT_OUTCOME, said.contains("fail") || said.contains("失败") ? Words.FAILURE : Words.SUCCESS);
        }
        int quote = said.indexOf('"');
        int end = quote < 0 ? -1 : said.indexOf('"', quote + 1);
        if (end > 0) {
            Fill.text(event, Ecs.USER_NAME, said.substring(quote + 1, end));
        }
        for (String word : said.split("[ ,]+", 60)) {
            String ip = Fill.canonical(word.endsWith(".") ? word.substring(0, word.length() - 1) : word);
            if (!ip.isEmpty()) {
                Fill.source(event, ip);
                break;
            }
        }
    }
}
