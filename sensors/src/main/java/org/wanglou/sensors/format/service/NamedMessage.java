package org.wanglou.sensors.format.service;

import java.time.ZoneId;
import java.util.List;
import org.wanglou.model.Ecs;
import org.wanglou.model.Event;
import org.wanglou.sensors.format.Message;
import org.wanglou.sensors.format.part.Fill;
import org.wanglou.sensors.format.part.Words;

/**
 * BIND's log (named, categories queries, query-errors, security, update): {@code client @0x… 192.0.2.1#53123 (name): query:
 * name IN A + (192.0.2.53)}. Immutable.
 */
public final class NamedMessage implements Message {
    @Override
    public boolean read(String text, Event.Builder event, ZoneId zone) {
        int client = text.indexOf("client ");
        if (client < 0 || client > 60) {
            return portZero(text, event);
        }
        int at = client + 7;
        if (text.startsWith("@0x", at)) {
            at = text.indexOf(' ', at) + 1;
        }
        int hash = at > 0 ? text.indexOf('#', at) : -1;
        if (hash < 0 || hash - at > 50) {
            return false;
        }
        int portEnd = hash + 1;
        while (portEnd < text.length() && text.charAt(portEnd) >= '0' && text.charAt(portEnd) <= '9') {
            portEnd++;
        }
        int say = text.indexOf(": ", portEnd);
        if (say < 0) {
            return false;
        }
        Words.dataset(event, "dns.bind");
        Fill.source(event, text.substring(at, hash));
        Fill.number(event, Ecs.SOURCE_PORT, text.substring(hash + 1, portEnd));
        String said = text.substring(say + 2);
        said = said.startsWith("UDP: ") || said.startsWith("TCP: ") ? said.substring(5) : said;
        String view = "";
        if (said.startsWith("view ")) {
            int colon = said.indexOf(": ");
            view = colon > 0 ? said.substring(5, colon) : "";
            said = colon > 0 ? said.substring(colon + 2) : said;
            said = said.startsWith("UDP: ") || said.startsWith("TCP: ") ? said.substring(5) : said;
        }
        Fill.text(event, "bind.view", view);
        int open = text.indexOf('(', portEnd);
        String bracket =
                open > 0 && open < say ? text.substring(open + 1, Math.max(open + 1, text.lastIndexOf(')', say))) : "";
        said(said, bracket, event);
        return true;
    }

    private static void said(String said, String bracket, Event.Builder event) {
        boolean denied = said.endsWith(" denied") || said.contains(" denied ") || said.contains("REFUSED");
        if (said.startsWith("query: ")) {
            String[] words = said.substring(7).split(" ", 8);
            Query.ask(event, words[0], words.length > 2 ? words[2] : "", "dns_query");
            if (words.length > 1) {
                event.set("dns.question.class", words[1]);
            }
            int server = said.lastIndexOf(" (");
            if (server > 0 && said.endsWith(")")) {
                Fill.destination(event, said.substring(server + 2, said.length() - 1));
            }
            event.set("dns.type", "query");
            int response = said.indexOf(" response: ");
            if (response > 0) {
                answer(said.substring(response + 11), event);
            }
        } else {
            int quote = said.indexOf('\'');
            int close = quote < 0 ? -1 : said.indexOf('\'', quote + 1);
            String[] question = close > 0 ? said.substring(quote + 1, close).split("/", 3) : new String[] {bracket};
            String action = said.startsWith("query failed")
                    ? "dns_query_failed"
                    : said.startsWith("query")
                            ? "dns_query"
                            : said.contains("transfer")
                                    ? "dns_zone_transfer"
                                    : said.contains("update") ? "dns_update" : "dns_message";
            Query.ask(event, question[0], question.length > 1 ? question[1] : "", action);
            if (said.startsWith("query failed (")) {
                event.set(Ecs.DNS_RESPONSE_CODE, said.substring(14, Math.max(14, said.indexOf(')'))));
            }
        }
        if (denied) {
            event.set(Ecs.EVENT_TYPE, List.of("protocol", "denied")).set(Ecs.EVENT_OUTCOME, Words.FAILURE);
        }
    }

    /** {@code NOERROR +ED www.example.cn 28800 IN A 198.51.100.7; …} of Infoblox. */
    private static void answer(String response, Event.Builder event) {
        String[] words = response.split(" ", 64);
        event.set("dns.type", "answer").set(Ecs.DNS_RESPONSE_CODE, words[0]).set(Ecs.EVENT_ACTION, "dns_reply");
        for (int i = 2; i < words.length; i++) {
            String address = words[i].endsWith(";") ? words[i].substring(0, words[i].length() - 1) : words[i];
            if ((words[i - 1].equals("A") || words[i - 1].equals("AAAA"))
                    && !Fill.canonical(address).isEmpty()) {
                Fill.add(event, Ecs.DNS_RESOLVED_IP, Fill.canonical(address));
            }
        }
        if (words[0].equals("REFUSED")) {
            event.set(Ecs.EVENT_TYPE, List.of("protocol", "denied")).set(Ecs.EVENT_OUTCOME, Words.FAILURE);
        }
    }

    /** {@code dropping source port zero packet from [192.0.2.1].0}. */
    private static boolean portZero(String text, Event.Builder event) {
        int from = text.indexOf("packet from [");
        int close = from < 0 ? -1 : text.indexOf(']', from);
        if (close < 0) {
            return false;
        }
        event.set(Ecs.EVENT_CATEGORY, Words.NETWORK)
                .set(Ecs.EVENT_TYPE, Words.DENIED)
                .set(Ecs.EVENT_ACTION, "dns_dropped")
                .set(Ecs.NETWORK_PROTOCOL, "dns");
        Fill.source(event, text.substring(from + 13, close));
        return true;
    }
}
