package org.wanglou.sensors.format.web;

import java.time.ZoneId;
import org.wanglou.model.Ecs;
import org.wanglou.model.Event;
import org.wanglou.sensors.format.part.Clock;
import org.wanglou.sensors.format.part.Fill;
import org.wanglou.sensors.format.part.Words;

/** nginx's error log: {@code 2026/11/24 09:59:58 [error] 812#812: *3 text, client: …, server: …, request: "…", host: "…"}. Pure. */
public final class NginxErrorLine {
    private NginxErrorLine() {}

    public static boolean read(String text, Event.Builder event, ZoneId zone) {
        if (text.length() < 24 || text.charAt(4) != '/' || !text.startsWith(" [", 19)) {
            return false;
        }
        long time = Clock.iso(text.substring(0, 19), zone);
        int close = text.indexOf("] ", 21);
        int colon = close < 0 ? -1 : text.indexOf(": ", close);
        int hash = close < 0 ? -1 : text.indexOf('#', close);
        if (time == Clock.NONE || colon < 0 || hash < 0 || hash > colon) {
            return false;
        }
        Words.dataset(event, "nginx.error");
        event.set(Ecs.TIMESTAMP, time)
                .set(Ecs.EVENT_CATEGORY, Words.WEB)
                .set(Ecs.EVENT_TYPE, Words.ERROR)
                .set(Ecs.LOG_LEVEL, text.substring(21, close));
        Fill.number(event, Ecs.PROCESS_PID, text.substring(close + 2, hash));
        Fill.number(event, "process.thread.id", text.substring(hash + 1, colon));
        int at = colon + 2;
        if (text.startsWith("*", at)) {
            int blank = text.indexOf(' ', at);
            if (blank > 0) {
                Fill.number(event, "nginx.error.connection_id", text.substring(at + 1, blank));
                at = blank + 1;
            }
        }
        event.set(Ecs.MESSAGE, text.substring(at));
        context(text, at, event);
        return true;
    }

    /** The pairs that ngx_http_log_error appends; the request among them is the client's text. */
    private static void context(String text, int from, Event.Builder event) {
        int client = text.lastIndexOf(", client: ");
        if (client < from) {
            return;
        }
        Fill.source(event, value(text, client + 10));
        String server = pair(text, client, ", server: ");
        Fill.text(event, "nginx.error.server", server);
        int request = text.indexOf(", request: \"", client);
        if (request > 0) {
            int end = AccessLine.quoteEnd(text, request + 12);
            if (end > 0) {
                AccessLine.request(text, request + 12, end, event);
            }
        }
        Fill.text(event, Ecs.URL_DOMAIN, pair(text, Math.max(request, client), ", host: "));
        Fill.text(event, Ecs.HTTP_REFERRER, pair(text, Math.max(request, client), ", referrer: "));
        Fill.text(event, "nginx.error.upstream", pair(text, Math.max(request, client), ", upstream: "));
    }

    private static String pair(String text, int from, String key) {
        int at = text.indexOf(key, from);
        return at < 0 ? "" : value(text, at + key.length());
    }

    private static String value(String text, int from) {
        if (text.startsWith("\"", from)) {
            int end = AccessLine.quoteEnd(text, from + 1);
            return end < 0 ? "" : text.substring(from + 1, end);
        }
        int end = text.indexOf(", ", from);
        return text.substring(from, end < 0 ? text.length() : end);
    }
}
