package org.wanglou.sensors.format.vendor;

import java.time.ZoneId;
import java.util.List;
import org.wanglou.model.Ecs;
import org.wanglou.model.Event;
import org.wanglou.sensors.format.Message;
import org.wanglou.sensors.format.part.Fill;
import org.wanglou.sensors.format.part.Words;

/**
 * Junos in plain words: sessions ({@code RT_FLOW_SESSION_DENY: session denied …}), filters of the forwarding engine ({@code FW:
 * ge-0/0/0.0 D tcp 192.0.2.1 10.1.1.1 1024 22}), sign-ins, commands and commits of its operators, IKE. Immutable.
 */
public final class JunosText implements Message {
    @Override
    public boolean read(String text, Event.Builder event, ZoneId zone) {
        if (session(text, event) || filter(text, event)) {
            return true;
        }
        if (text.startsWith("IKE negotiation ") || text.startsWith("IPSec negotiation ")) {
            return ike(text, event);
        }
        int colon = text.indexOf(": ");
        return text.startsWith("UI_")
                && colon > 0
                && operator(text.substring(0, colon), text.substring(colon + 2), event);
    }

    private static void base(Event.Builder event, String tag) {
        Words.dataset(event, "juniper.srx");
        Words.observer(event, "Juniper", "SRX", "firewall");
        event.set("juniper.srx.tag", tag);
    }

    /** {@code RT_FLOW_SESSION_CLOSE: session closed TCP FIN: 10.1.1.5/51000->198.51.100.7/443 junos-https …}. */
    private static boolean session(String text, Event.Builder event) {
        int flow = text.indexOf("RT_FLOW_SESSION_");
        int colon = flow < 0 || flow > 40 ? -1 : text.indexOf(':', flow);
        int arrow = colon < 0 ? -1 : text.indexOf("->", colon);
        if (arrow < 0) {
            return false;
        }
        int from = text.lastIndexOf(' ', arrow) + 1;
        String[] words = text.substring(from).split(" ", 40);
        sides(words[0], event);
        int at = words.length > 1 && words[1].startsWith("0x") ? 2 : 1;
        Fill.text(event, Ecs.NETWORK_PROTOCOL, words.length > at && !words[at].equals("None") ? words[at] : "");
        for (int i = at; i < words.length; i++) {
            if (words[i].indexOf("->") > 0) {
                nat(words[i], event);
            } else if (protocol(words[i]) && i + 3 < words.length) {
                int bracket = words[i].indexOf('(');
                Words.transport(event, bracket < 0 ? words[i] : words[i].substring(0, bracket));
                Fill.text(event, Ecs.RULE_NAME, words[i + 1]);
                Fill.text(event, Ecs.INGRESS_ZONE, words[i + 2]);
                Fill.text(event, Ecs.EGRESS_ZONE, words[i + 3]);
                break;
            }
        }
        int closed = text.indexOf("session closed ", colon);
        if (closed > 0 && from - 2 > closed + 15) {
            Fill.text(event, Ecs.EVENT_REASON, text.substring(closed + 15, from - 2));
        }
        Juniper.done(text.substring(flow, colon), event);
        return true;
    }

    /** {@code 6} or, of a session that was denied, {@code 6(0)}. */
    private static boolean protocol(String word) {
        int bracket = word.indexOf('(');
        long number = Fill.whole(bracket < 0 ? word : word.substring(0, bracket));
        return number >= 0 && number < 256;
    }

    private static void sides(String pair, Event.Builder event) {
        int arrow = pair.indexOf("->");
        Fill.sourceWithPort(event, pair.substring(0, arrow));
        Fill.destinationWithPort(event, pair.substring(arrow + 2));
    }

    private static void nat(String pair, Event.Builder event) {
        Event.Builder aside = Event.builder();
        sides(pair, aside);
        Object source = aside.get(Ecs.SOURCE_IP);
        Object destination = aside.get(Ecs.DESTINATION_IP);
        if (source != null && !source.equals(event.get(Ecs.SOURCE_IP))) {
            event.set(Ecs.SOURCE_NAT_IP, source).set(Ecs.SOURCE_NAT_PORT, aside.get(Ecs.SOURCE_PORT));
        }
        if (destination != null && !destination.equals(event.get(Ecs.DESTINATION_IP))) {
            event.set(Ecs.DESTINATION_NAT_IP, destination)
                    .set(Ecs.DESTINATION_NAT_PORT, aside.get(Ecs.DESTINATION_PORT));
        }
    }

    /** {@code FW: interface A|D|R protocol source destination port port}. */
    private static boolean filter(String text, Event.Builder event) {
        int mark = text.startsWith("FW: ") ? 0 : text.indexOf(" FW: ") + 1;
        String[] words = mark == 0 && !text.startsWith("FW: ")
                ? new String[0]
                : text.substring(mark + 4).split(" +", 9);
        if (words.length < 7
                || words[1].length() != 1
                || Fill.canonical(words[3]).isEmpty()) {
            return false;
        }
        boolean denied = words[1].equals("D") || words[1].equals("R");
        base(event, "PFE_FW_SYSLOG_IP");
        event.set(Ecs.EVENT_CATEGORY, Words.NETWORK).set(Ecs.EVENT_ACTION, denied ? "deny" : "allow");
        Words.verdict(event, denied ? "deny" : "allow");
        Fill.text(event, Ecs.INGRESS_INTERFACE, words[0]);
        Words.transport(event, words[2]);
        Fill.source(event, words[3]);
        Fill.destination(event, words[4]);
        Fill.number(event, Ecs.SOURCE_PORT, words[5]);
        Fill.number(event, Ecs.DESTINATION_PORT, words[6]);
        return true;
    }

    private static boolean ike(String text, Event.Builder event) {
        boolean failed = text.contains("failed");
        base(event, "KMD_IKE");
        event.set(Ecs.EVENT_CATEGORY, List.of("network", "session"))
                .set(Ecs.EVENT_TYPE, failed ? Words.CONNECTION : Words.CONNECTION_START)
                .set(Ecs.EVENT_ACTION, "vpn_negotiation")
                .set(Ecs.EVENT_OUTCOME, failed ? Words.FAILURE : Words.SUCCESS)
                .set(Ecs.NETWORK_PROTOCOL, "ipsec");
        Fill.sourceWithPort(event, between(text, "Remote: ", ","));
        Fill.destinationWithPort(event, between(text, "Local: ", ","));
        Fill.text(event, Ecs.EVENT_REASON, between(text, "with error: ", "."));
        return true;
    }

    /** {@code UI_LOGIN_EVENT: User 'li' login, …}, {@code UI_CMDLINE_READ_LINE: User 'li', command '…'}, {@code UI_COMMIT: …}. */
    private static boolean operator(String tag, String said, Event.Builder event) {
        base(event, tag);
        Fill.text(event, Ecs.USER_NAME, between(said, "ser '", "'"));
        boolean in = tag.equals("UI_LOGIN_EVENT");
        boolean out = tag.equals("UI_LOGOUT_EVENT");
        boolean commit = tag.startsWith("UI_COMMIT") || tag.startsWith("UI_CFG");
        event.set(Ecs.EVENT_CATEGORY, in ? Words.AUTHENTICATION_SESSION : out ? Words.SESSION : Words.CONFIGURATION)
                .set(Ecs.EVENT_TYPE, in ? Words.START : out ? Words.END : commit ? Words.CHANGE : Words.ACCESS)
                .set(Ecs.EVENT_ACTION, in ? "login" : out ? "logout" : commit ? "configuration-change" : "command")
                .set(Ecs.EVENT_OUTCOME, Words.SUCCESS);
        int command = said.indexOf("command '");
        int end = command < 0 ? -1 : said.lastIndexOf('\'');
        Fill.text(
                event,
                Ecs.PROCESS_COMMAND_LINE,
                end > command + 9 ? said.substring(command + 9, end).strip() : "");
        String[] ssh = between(said, "ssh-connection '", "'").split(" ", 4);
        if (ssh.length == 4) {
            Fill.source(event, ssh[0]);
            Fill.number(event, Ecs.SOURCE_PORT, ssh[1]);
            Fill.destination(event, ssh[2]);
            Fill.number(event, Ecs.DESTINATION_PORT, ssh[3]);
        }
        return true;
    }

    private static String between(String said, String before, String behind) {
        int at = said.indexOf(before);
        int end = at < 0 ? -1 : said.indexOf(behind, at + before.length());
        return end < 0 ? "" : said.substring(at + before.length(), end);
    }
}
