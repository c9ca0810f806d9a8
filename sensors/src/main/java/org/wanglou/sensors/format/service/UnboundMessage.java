package org.wanglou.sensors.format.service;

import java.time.ZoneId;
import org.wanglou.model.Ecs;
import org.wanglou.model.Event;
import org.wanglou.sensors.format.Message;
import org.wanglou.sensors.format.part.Fill;

/** Unbound's query and reply log: {@code [1:0] info: 192.0.2.1 www.example.cn. A IN [NOERROR 0.012 0 60]}. Immutable. */
public final class UnboundMessage implements Message {
    @Override
    public boolean read(String text, Event.Builder event, ZoneId zone) {
        int info = text.indexOf("info: ");
        int query = text.indexOf("query: ");
        int reply = text.indexOf("reply: ");
        int at = info >= 0 ? info + 6 : query >= 0 ? query + 7 : reply >= 0 ? reply + 7 : -1;
        if (at < 0) {
            return false;
        }
        String[] words = text.substring(at).split(" ", 10);
        if (words.length < 4
                || Fill.canonical(words[0]).isEmpty()
                        && Fill.canonical(words[0].split("@", 2)[0]).isEmpty()) {
            return false;
        }
        String[] source = words[0].split("@", 2);
        boolean answered = words.length > 4;
        Query.ask(event, words[1], words[2], answered ? "dns_reply" : "dns_query");
        Fill.source(event, source[0]);
        if (source.length > 1) {
            Fill.number(event, Ecs.SOURCE_PORT, source[1]);
        }
        event.set("dns.question.class", words[3]).set("dns.type", answered ? "answer" : "query");
        if (answered) {
            Fill.text(event, Ecs.DNS_RESPONSE_CODE, words[4]);
        }
        return true;
    }
}
