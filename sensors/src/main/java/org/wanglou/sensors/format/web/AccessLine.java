package org.wanglou.sensors.format.web;

import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.wanglou.model.Addresses;
import org.wanglou.model.Ecs;
import org.wanglou.model.Event;
import org.wanglou.sensors.format.Times;

/**
 * The common and combined log formats of Apache and nginx (Apache mod_log_config, nginx ngx_http_log_module). Quotes and
 * backslashes inside fields are escaped by both servers; the request line may be anything a client sent. Pure.
 */
public final class AccessLine {
    // Every repetition is bounded or possessive: a line can be 64 KiB of an attacker's making.
    private static final Pattern HEAD = Pattern.compile("(\\S{1,512}) (\\S{1,512}) (.{1,512}?) \\[([^]]{1,64})] \"");
    private static final Pattern NUMBERS = Pattern.compile(" (\\d{3}|-) (\\d{1,40}|-)");
    private static final Pattern REQUEST = Pattern.compile("([A-Z][A-Z_-]{1,30}) (.*?)(?: HTTP/(\\d(?:\\.\\d)?))?");

    private AccessLine() {}

    /** Fills the event from one line; false, leaving it as it is, when the line is none. */
    public static boolean read(String line, String dataset, Event.Builder event) {
        Matcher m = HEAD.matcher(line);
        int requestEnd = m.lookingAt() ? quoteEnd(line, m.end()) : -1;
        if (requestEnd < 0) {
            return false;
        }
        String request = line.substring(m.end(), requestEnd);
        Matcher numbers = NUMBERS.matcher(line).region(requestEnd + 1, line.length());
        if (!numbers.lookingAt()) {
            return false;
        }
        String code = numbers.group(1);
        String size = numbers.group(2);
        OptionalLong time = Times.access(m.group(4));
        if (time.isEmpty()) {
            return false;
        }
        event.set(Ecs.TIMESTAMP, time.getAsLong())
                .set(Ecs.EVENT_DATASET, dataset)
                .set(Ecs.EVENT_MODULE, dataset.substring(0, dataset.indexOf('.')))
                .set(Ecs.EVENT_KIND, "event")
                .set(Ecs.EVENT_CATEGORY, List.of("web"))
                .set(Ecs.EVENT_TYPE, List.of("access"))
                .set(Ecs.SOURCE_ADDRESS, m.group(1));
        Addresses.canonical(m.group(1)).ifPresent(ip -> event.set(Ecs.SOURCE_IP, ip));
        if (!m.group(3).equals("-")) {
            event.set(Ecs.USER_NAME, m.group(3));
        }
        if (!code.equals("-")) {
            long status = Long.parseLong(code);
            event.set(Ecs.HTTP_STATUS, status).set(Ecs.EVENT_OUTCOME, status < 400 ? "success" : "failure");
        }
        if (!size.equals("-") && size.length() < 19) {
            event.set(Ecs.HTTP_BODY_BYTES, Long.parseLong(size));
        }
        request(request, event);
        combined(line, numbers.end(), event);
        return true;
    }

    /** The referrer and the user agent, if both are there. */
    private static void combined(String line, int from, Event.Builder event) {
        if (!line.startsWith(" \"", from)) {
            return;
        }
        int referrerEnd = quoteEnd(line, from + 2);
        if (referrerEnd < 0 || !line.startsWith(" \"", referrerEnd + 1)) {
            return;
        }
        int agentEnd = quoteEnd(line, referrerEnd + 3);
        if (agentEnd >= 0) {
            given(Ecs.HTTP_REFERRER, line.substring(from + 2, referrerEnd), event);
            given(Ecs.USER_AGENT_ORIGINAL, line.substring(referrerEnd + 3, agentEnd), event);
        }
    }

    /** Where the quote that was opened before {@code from} closes, -1 when it does not; a backslash hides what follows. */
    private static int quoteEnd(String line, int from) {
        for (int i = from; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c == '"') {
                return i;
            }
            if (c == '\\') {
                i++;
            }
        }
        return -1;
    }

    private static void given(org.wanglou.model.Field field, String value, Event.Builder event) {
        if (!value.isEmpty() && !value.equals("-")) {
            event.set(field, value);
        }
    }

    private static void request(String request, Event.Builder event) {
        Matcher m = REQUEST.matcher(request);
        if (!m.matches()) {
            return;
        }
        String target = m.group(2);
        event.set(Ecs.HTTP_METHOD, m.group(1)).set(Ecs.URL_ORIGINAL, target);
        if (m.group(3) != null) {
            event.set(Ecs.HTTP_VERSION, m.group(3));
        }
        int question = target.indexOf('?');
        String path = question < 0 ? target : target.substring(0, question);
        event.set(Ecs.URL_PATH, path);
        if (question >= 0) {
            event.set(Ecs.URL_QUERY, target.substring(question + 1));
        }
        int dot = path.lastIndexOf('.');
        if (dot > path.lastIndexOf('/') && dot < path.length() - 1 && path.length() - dot <= 12) {
            event.set(Ecs.URL_EXTENSION, path.substring(dot + 1).toLowerCase(Locale.ROOT));
        }
    }
}
