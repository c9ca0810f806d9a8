package org.wanglou.sensors.format.vendor;

import java.time.ZoneId;
import org.wanglou.model.Ecs;
import org.wanglou.model.Event;
import org.wanglou.sensors.format.Message;
import org.wanglou.sensors.format.part.Fill;
import org.wanglou.sensors.format.part.Words;

/**
 * MikroTik RouterOS: firewall lines ({@code forward: in:ether1 out:bridge, … proto TCP (SYN), 192.0.2.1:5000->10.1.1.5:22, len
 * 52}) and sign-ins ({@code login failure for user li from 192.0.2.1 via ssh}). Immutable.
 */
public final class MikroTik implements Message {
    @Override
    public boolean read(String text, Event.Builder event, ZoneId zone) {
        int failure = text.indexOf("login failure for user ");
        int user = text.indexOf("user ");
        int logged = text.indexOf(" logged in from ");
        int from = text.indexOf(" from ");
        if (from > 0 && (failure >= 0 || logged > 0 && user >= 0) && text.indexOf(" via ", from) > 0) {
            return login(text, failure >= 0, from, event);
        }
        int in = text.indexOf(" in:");
        int proto = text.indexOf("proto ", Math.max(in, 0));
        int arrow = text.indexOf("->", Math.max(proto, 0));
        if (in < 0 || proto < 0 || arrow < 0 || text.indexOf(" out:", in) < 0) {
            return false;
        }
        Words.dataset(event, "mikrotik.routeros");
        Words.observer(event, "MikroTik", "RouterOS", "firewall");
        event.set(Ecs.EVENT_CATEGORY, Words.NETWORK).set(Ecs.EVENT_TYPE, Words.CONNECTION);
        Fill.text(event, Ecs.INGRESS_INTERFACE, cut(text, in + 4));
        String out = cut(text, text.indexOf(" out:", in) + 5);
        Fill.text(event, Ecs.EGRESS_INTERFACE, out.startsWith("(") ? "" : out);
        Words.transport(event, cut(text, proto + 6));
        int begin = text.lastIndexOf(' ', arrow) + 1;
        Fill.sourceWithPort(event, text.substring(begin, arrow));
        Fill.destinationWithPort(event, cut(text, arrow + 2));
        int colon = text.indexOf(':');
        String before = colon < in ? text.substring(0, Math.max(colon, 0)) : "";
        int blank = before.lastIndexOf(' ');
        String rule = blank > 0 ? before.substring(0, blank) : "";
        int topics = rule.indexOf(' ');
        // RouterOS puts its topics, parted by commas, before the prefix of the rule
        Fill.text(
                event,
                Ecs.RULE_NAME,
                topics > 0 && rule.lastIndexOf(',', topics) > 0 ? rule.substring(topics + 1) : rule);
        return true;
    }

    private static boolean login(String text, boolean failed, int from, Event.Builder event) {
        Words.dataset(event, "mikrotik.routeros");
        Words.observer(event, "MikroTik", "RouterOS", "router");
        event.set(Ecs.EVENT_CATEGORY, Words.AUTHENTICATION)
                .set(Ecs.EVENT_TYPE, failed ? Words.INFO : Words.START)
                .set(Ecs.EVENT_ACTION, "login")
                .set(Ecs.EVENT_OUTCOME, failed ? Words.FAILURE : Words.SUCCESS);
        int user = text.indexOf("user ") + 5;
        int end = failed ? from : text.indexOf(" logged in", user);
        Fill.text(event, Ecs.USER_NAME, text.substring(Math.min(user, end), end));
        Fill.source(event, cut(text, from + 6));
        Fill.text(event, Ecs.NETWORK_PROTOCOL, cut(text, text.indexOf(" via ", from) + 5));
        return true;
    }

    private static String cut(String text, int from) {
        int end = from;
        while (end < text.length() && text.charAt(end) != ' ' && text.charAt(end) != ',') {
            end++;
        }
        return text.substring(from, end);
    }
}
