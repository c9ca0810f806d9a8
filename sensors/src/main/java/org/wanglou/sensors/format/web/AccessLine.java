package org.wanglou.sensors.format.web;

import java.time.ZoneOffset;
import org.wanglou.model.Ecs;
import org.wanglou.model.Event;
import org.wanglou.sensors.format.part.Clock;
import org.wanglou.sensors.format.part.Fill;
import org.wanglou.sensors.format.part.Words;

/**
 * The common and combined log formats of Apache, nginx, Tomcat and Traefik (Apache mod_log_config, nginx
 * ngx_http_log_module), with a virtual host or a list of forwarded addresses before the client if the operator put them
 * there, and Apache's ssl_request_log. Quotes and backslashes inside fields are escaped by the servers; the request line
 * may be anything a client sent. Pure.
 */
public final class AccessLine {
    private AccessLine() {}

    /** Fills the event from one line; false, leaving it as it is, when the line is none. */
    public static boolean read(String line, String dataset, Event.Builder event) {
        int open = timeAt(line);
        int close = open < 0 ? -1 : line.indexOf(']', open);
        if (close < 0 || close - open > 40) {
            return false;
        }
        long time = Clock.access(line.substring(open + 1, close), ZoneOffset.UTC);
        if (time == Clock.NONE) {
            return false;
        }
        if (open == 0) {
            return sslRequest(line, close, time, dataset, event);
        }
        if (!line.startsWith(" \"", close + 1)) {
            return false;
        }
        int request = close + 3;
        int requestEnd = quoteEnd(line, request);
        if (requestEnd < 0 || !line.startsWith(" ", requestEnd + 1)) {
            return false;
        }
        int status = requestEnd + 2;
        int statusEnd = end(line, status);
        int bytesEnd = statusEnd < line.length() ? end(line, statusEnd + 1) : statusEnd;
        String code = line.substring(status, statusEnd);
        if (code.length() != 3 && !code.equals("-")) {
            return false;
        }
        event.set(Ecs.TIMESTAMP, time);
        base(dataset, event);
        status(code, event);
        if (bytesEnd > statusEnd) {
            Fill.number(event, Ecs.HTTP_BODY_BYTES, line.substring(statusEnd + 1, bytesEnd));
        }
        who(line.substring(0, open - 1), event);
        request(line, request, requestEnd, event);
        int at = quoted(line, bytesEnd, Ecs.HTTP_REFERRER, event);
        if (at > bytesEnd) {
            at = quoted(line, at, Ecs.USER_AGENT_ORIGINAL, event);
            if (at < line.length()) {
                AccessTail.read(line.substring(at).strip(), dataset, event);
            }
        }
        return true;
    }

    private static void base(String dataset, Event.Builder event) {
        Words.dataset(event, dataset);
        event.set(Ecs.EVENT_CATEGORY, Words.WEB).set(Ecs.EVENT_TYPE, Words.ACCESS);
    }

    private static void status(String code, Event.Builder event) {
        long status = Fill.whole(code);
        if (status >= 100) {
            event.set(Ecs.HTTP_STATUS, status).set(Ecs.EVENT_OUTCOME, status < 400 ? Words.SUCCESS : Words.FAILURE);
        }
    }

    /** Where the bracket with the time opens: the user's name before it is the client's to choose and may hold brackets. */
    private static int timeAt(String line) {
        int open = line.indexOf('[');
        while (open >= 0
                && !(open + 20 < line.length() && line.charAt(open + 3) == '/' && line.charAt(open + 7) == '/')) {
            open = line.indexOf('[', open + 1);
        }
        return open > 0 && line.charAt(open - 1) != ' ' ? -1 : open;
    }

    private static int end(String line, int from) {
        int end = line.indexOf(' ', from);
        return end < 0 ? line.length() : end;
    }

    /** The index of the closing quote, -1 when there is none. */
    static int quoteEnd(String line, int from) {
        int at = line.indexOf('"', from);
        while (at > from && line.charAt(at - 1) == '\\' && oddBackslashes(line, at - 1, from)) {
            at = line.indexOf('"', at + 1);
        }
        return at;
    }

    private static boolean oddBackslashes(String line, int last, int from) {
        int count = 0;
        while (last >= from && line.charAt(last) == '\\') {
            count++;
            last--;
        }
        return count % 2 == 1;
    }

    /** Sets a quoted field and returns the index behind it, or {@code from} when there is none. */
    private static int quoted(String line, int from, org.wanglou.model.Field field, Event.Builder event) {
        if (!line.startsWith(" \"", from)) {
            return line.startsWith(" - ", from) ? from + 2 : from;
        }
        int end = quoteEnd(line, from + 2);
        if (end < 0) {
            return from;
        }
        Fill.text(event, field, line.substring(from + 2, end));
        return end + 1;
    }

    /** {@code client ident user}; the client may be a list, or stand behind a virtual host. */
    private static void who(String before, Event.Builder event) {
        int dash = before.indexOf(" - ");
        int userAt = dash + 3;
        if (dash < 0) {
            dash = before.indexOf(' ');
            int identEnd = dash < 0 ? -1 : before.indexOf(' ', dash + 1);
            dash = dash < 0 ? before.length() : dash;
            userAt = identEnd < 0 ? before.length() : identEnd + 1;
        }
        Fill.text(event, Ecs.USER_NAME, before.substring(Math.min(userAt, before.length())));
        String client = before.substring(0, dash);
        if (client.indexOf(' ') < 0) {
            Fill.source(event, client);
        } else {
            Forwarded.read(client, event);
        }
    }

    static void request(String line, int from, int to, Event.Builder event) {
        int method = from;
        while (method < to
                && (line.charAt(method) >= 'A' && line.charAt(method) <= 'Z'
                        || line.charAt(method) == '_'
                        || line.charAt(method) == '-'
                        || line.charAt(method) >= 'a' && line.charAt(method) <= 'z')) {
            method++;
        }
        if (method == from || method - from > 32 || method >= to || line.charAt(method) != ' ') {
            if (to > from + 1) {
                event.set("wanglou.request_line", line.substring(from, to));
            }
            return;
        }
        int end = to;
        int version = line.lastIndexOf(" HTTP/", to);
        if (version > method && version + 6 < to) {
            event.set(Ecs.HTTP_VERSION, line.substring(version + 6, to));
            end = version;
        } else if (version == method) {
            event.set(Ecs.HTTP_VERSION, line.substring(version + 6, to));
            end = method + 1;
        }
        event.set(Ecs.HTTP_METHOD, line.substring(from, method));
        Fill.url(event, line.substring(method + 1, Math.max(end, method + 1)));
    }

    /** {@code [time] client protocol cipher "request" bytes} of mod_ssl. */
    private static boolean sslRequest(String line, int close, long time, String dataset, Event.Builder event) {
        String[] words = line.substring(Math.min(close + 2, line.length())).split(" ", 4);
        if (words.length < 4 || !words[3].startsWith("\"")) {
            return false;
        }
        int end = quoteEnd(words[3], 1);
        if (end < 0) {
            return false;
        }
        event.set(Ecs.TIMESTAMP, time);
        base(dataset, event);
        Fill.source(event, words[0]);
        int v = words[1].indexOf('v');
        if (v > 0) {
            event.set("tls.version_protocol", words[1].substring(0, v).toLowerCase(java.util.Locale.ROOT))
                    .set("tls.version", words[1].substring(v + 1));
        }
        Fill.text(event, "tls.cipher", words[2]);
        request(words[3], 1, end, event);
        Fill.number(event, Ecs.HTTP_BODY_BYTES, words[3].substring(end + 1).strip());
        return true;
    }
}
