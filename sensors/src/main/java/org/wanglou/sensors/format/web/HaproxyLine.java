package org.wanglou.sensors.format.web;

import java.time.ZoneId;
import org.wanglou.model.Ecs;
import org.wanglou.model.Event;
import org.wanglou.sensors.format.part.Clock;
import org.wanglou.sensors.format.part.Fill;
import org.wanglou.sensors.format.part.Words;

/**
 * HAProxy's HTTP and TCP log formats (configuration manual §8.2.2, §8.2.3), told apart by the number of timers. Pure.
 */
public final class HaproxyLine {
    private HaproxyLine() {}

    public static boolean read(String text, Event.Builder event, ZoneId zone) {
        int open = text.indexOf(" [");
        int close = open < 0 ? -1 : text.indexOf("] ", open);
        if (close < 0 || open > 64) {
            return connect(text, event);
        }
        String[] words = text.substring(close + 2).split(" ", 9);
        if (words.length < 7) {
            return false;
        }
        String[] timers = words[2].split("/", 8);
        boolean http = timers.length == 5;
        if (!http && timers.length != 3 || http && words.length < 9) {
            return false;
        }
        Words.dataset(event, "haproxy.log");
        Clock.stamp(event, Clock.access(text.substring(open + 2, close), zone));
        Fill.sourceWithPort(event, text.substring(0, open));
        Fill.text(
                event,
                "haproxy.frontend_name",
                words[0].endsWith("~") ? words[0].substring(0, words[0].length() - 1) : words[0]);
        int slash = words[1].indexOf('/');
        Fill.text(event, "haproxy.backend_name", slash < 0 ? words[1] : words[1].substring(0, slash));
        Fill.text(event, "haproxy.server_name", slash < 0 ? "" : words[1].substring(slash + 1));
        long total = Fill.whole(timers[timers.length - 1].replace("+", ""));
        if (total >= 0) {
            event.set(Ecs.EVENT_DURATION, total * 1_000_000);
        }
        if (http) {
            http(words, timers, event);
        } else {
            event.set(Ecs.EVENT_CATEGORY, Words.NETWORK).set(Ecs.EVENT_TYPE, Words.CONNECTION);
            Fill.number(event, "haproxy.bytes_read", words[3].replace("+", ""));
            state(words[4], words[5], words[6], event);
        }
        return true;
    }

    private static void http(String[] words, String[] timers, Event.Builder event) {
        event.set(Ecs.EVENT_CATEGORY, Words.WEB).set(Ecs.EVENT_TYPE, Words.ACCESS);
        long status = Fill.whole(words[3]);
        if (status >= 100) {
            event.set(Ecs.HTTP_STATUS, status).set(Ecs.EVENT_OUTCOME, status < 400 ? Words.SUCCESS : Words.FAILURE);
        }
        Fill.number(event, "http.response.bytes", words[4].replace("+", ""));
        Fill.number(event, "haproxy.total_waiting_time_ms", timers[1]);
        Fill.number(event, "haproxy.connection_wait_time_ms", timers[2]);
        // words[5] and [6] are captured cookies: credentials that are not kept
        String[] rest = words[8].split(" ", 3);
        state(words[7], rest[0], rest.length > 1 ? rest[1] : "", event);
        String tail = rest.length > 2 ? rest[2] : "";
        if (tail.startsWith("{")) {
            int brace = tail.indexOf('}');
            String host = tail.substring(1, Math.max(1, brace));
            int bar = host.indexOf('|');
            event.set("haproxy.http.request.captured_headers", java.util.List.of(host.split("\\|", 16)));
            Fill.text(event, "haproxy.host", bar < 0 ? host : host.substring(0, bar));
        }
        int quote = tail.indexOf('"');
        int end = tail.lastIndexOf('"');
        if (quote >= 0) {
            AccessLine.request(tail, quote + 1, end > quote ? end : tail.length(), event);
        }
    }

    private static void state(String state, String connections, String queues, Event.Builder event) {
        Fill.text(event, "haproxy.termination_state", state);
        String[] counts = connections.split("/", 6);
        String[] names = {"active", "frontend", "backend", "server", "retries"};
        for (int i = 0; i < names.length && i < counts.length; i++) {
            Fill.number(event, "haproxy.connections." + names[i], counts[i].replace("+", ""));
        }
        String[] queue = queues.split("/", 3);
        Fill.number(event, "haproxy.server_queue", queue[0]);
        if (queue.length > 1) {
            Fill.number(event, "haproxy.backend_queue", queue[1]);
        }
    }

    /** {@code Connect from 192.0.2.1:33312 to 192.0.2.2:8080 (frontend/HTTP)}. */
    private static boolean connect(String text, Event.Builder event) {
        int to = text.startsWith("Connect from ") ? text.indexOf(" to ") : -1;
        int open = to < 0 ? -1 : text.indexOf(" (", to);
        if (open < 0) {
            return false;
        }
        Words.dataset(event, "haproxy.log");
        event.set(Ecs.EVENT_CATEGORY, Words.NETWORK).set(Ecs.EVENT_TYPE, Words.CONNECTION_START);
        Fill.sourceWithPort(event, text.substring(13, to));
        Fill.destinationWithPort(event, text.substring(to + 4, open));
        String[] mode = text.substring(open + 2, text.endsWith(")") ? text.length() - 1 : text.length())
                .split("/", 2);
        Fill.text(event, "haproxy.frontend_name", mode[0]);
        Fill.text(event, "haproxy.mode", mode.length > 1 ? mode[1] : "");
        return true;
    }
}
