package org.wanglou.sensors.format.service;

import java.time.ZoneId;
import org.wanglou.model.Ecs;
import org.wanglou.model.Event;
import org.wanglou.sensors.format.Message;
import org.wanglou.sensors.format.part.Fill;

/** dnsmasq's query log ({@code --log-queries}, {@code =extra}): who asked what, and what was answered. Immutable. */
public final class DnsmasqMessage implements Message {
    @Override
    public boolean read(String text, Event.Builder event, ZoneId zone) {
        String body = text;
        int blank = body.indexOf(' ');
        String asker = "";
        if (blank > 0 && Fill.whole(body.substring(0, blank)) >= 0) {
            int second = body.indexOf(' ', blank + 1);
            if (second < 0) {
                return false;
            }
            event.set("dns.id", body.substring(0, blank));
            asker = body.substring(blank + 1, second);
            body = body.substring(second + 1);
        }
        if (!words(body, event)) {
            return new DhcpMessage().read(text, event, zone);
        }
        if (!asker.isEmpty() && event.get(Ecs.SOURCE_IP) == null) {
            Fill.sourceWithPort(event, asker);
        } else if (asker.indexOf('/') > 0) {
            Fill.number(event, Ecs.SOURCE_PORT, asker.substring(asker.indexOf('/') + 1));
        }
        return true;
    }

    private static boolean words(String body, Event.Builder event) {
        if (body.startsWith("query[")) {
            int close = body.indexOf("] ");
            int from = close < 0 ? -1 : body.indexOf(" from ", close);
            if (from < 0) {
                return false;
            }
            Query.ask(event, body.substring(close + 2, from), body.substring(6, close), "dns_query");
            Fill.source(event, body.substring(from + 6).strip());
            return true;
        }
        String verb = body.startsWith("forwarded ")
                ? "forwarded "
                : body.startsWith("reply ")
                        ? "reply "
                        : body.startsWith("cached ") ? "cached " : body.startsWith("config ") ? "config " : "";
        int name = verb.length();
        int is = body.indexOf(verb.equals("forwarded ") ? " to " : " is ", name);
        if (verb.isEmpty() || is < 0) {
            return false;
        }
        Query.ask(event, body.substring(name, is), "", "dns_" + verb.strip());
        String answer = body.substring(is + 4).strip();
        if (verb.equals("forwarded ")) {
            Fill.destination(event, answer);
        } else {
            event.set("dns.type", "answer");
            String ip = Fill.canonical(answer);
            if (!ip.isEmpty()) {
                Fill.add(event, Ecs.DNS_RESOLVED_IP, ip);
            } else if (answer.equals("NXDOMAIN") || answer.startsWith("NODATA")) {
                event.set(Ecs.DNS_RESPONSE_CODE, answer.equals("NXDOMAIN") ? "NXDOMAIN" : "NOERROR");
            }
        }
        return true;
    }
}
