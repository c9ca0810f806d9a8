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
    private static final Pattern LINE =
            Pattern.compile("(\\S+) (\\S+) (.+?) \\[([^]]+)] \"((?:[^\"\\\\]|\\\\.)*+)\" (\\d{3}|-) (\\d+|-)"
                    + "(?: \"((?:[^\"\\\\]|\\\\.)*+)\" \"((?:[^\"\\\\]|\\\\.)*+)\")?.*");
    private static final Pattern REQUEST = Pattern.compile("([A-Z][A-Z_-]{1,30}) (.*?)(?: HTTP/(\\d(?:\\.\\d)?))?");

    private AccessLine() {}

    /** Fills the event from one line; false, leaving it as it is, when the line is none. */
    public static boolean read(String line, String dataset, Event.Builder event) {
        Matcher m = LINE.matcher(line);
        if (!m.matches()) {
            return false;
        }
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
        if (!m.group(6).equals("-")) {
            long status = Long.parseLong(m.group(6));
            event.set(Ecs.HTTP_STATUS, status).set(Ecs.EVENT_OUTCOME, status < 400 ? "success" : "failure");
        }
        if (!m.group(7).equals("-") && m.group(7).length() < 19) {
            event.set(Ecs.HTTP_BODY_BYTES, Long.parseLong(m.group(7)));
        }
        request(m.group(5), event);
        if (m.group(8) != null) {
            given(Ecs.HTTP_REFERRER, m.group(8), event);
            given(Ecs.USER_AGENT_ORIGINAL, m.group(9), event);
        }
        return true;
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
