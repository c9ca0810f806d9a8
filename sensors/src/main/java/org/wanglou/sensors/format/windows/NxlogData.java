package org.wanglou.sensors.format.windows;

import java.time.ZoneId;
import org.wanglou.model.Ecs;
import org.wanglou.model.Event;
import org.wanglou.sensors.format.part.Fill;
import org.wanglou.sensors.format.windows.ecs.WindowsEcs;

/**
 * Windows events as NXLog's {@code to_syslog_ietf} writes them: the fields are parameters of {@code [NXLOG@14506 …]} (RFC 5424
 * section 6.3), the provider is the header's application, the rendered message stands behind. Pure.
 */
final class NxlogData {
    private static final String ELEMENT = "[NXLOG@14506 ";
    private static final int MOST = 512;

    private NxlogData() {}

    static boolean read(String text, Event.Builder event, ZoneId zone) {
        int at = text.indexOf(ELEMENT);
        if (at < 0 || at > 300 || text.indexOf("EventID=", at) < 0) {
            return false;
        }
        Event.Builder aside = Event.builder();
        fill(text, at, aside, zone);
        if (!WindowsFlat.finish(aside)) {
            return false;
        }
        // what the header's tag named is the provider, no process
        event.set(Ecs.PROCESS_NAME, null).set(Ecs.PROCESS_PID, null);
        fill(text, at, event, zone);
        if (event.get(WindowsEcs.COMPUTER) == null && event.get(Ecs.HOST_NAME) instanceof String host) {
            event.set(WindowsEcs.COMPUTER, host);
        }
        return WindowsFlat.finish(event);
    }

    private static void fill(String text, int from, Event.Builder event, ZoneId zone) {
        Fill.text(event, WindowsEcs.PROVIDER, text.substring(0, from).strip());
        int at = from + ELEMENT.length();
        for (int i = 0; i < MOST; i++) {
            while (at < text.length() && text.charAt(at) == ' ') {
                at++;
            }
            int equals = text.indexOf("=\"", at);
            if (at >= text.length() || text.charAt(at) == ']' || equals < 0 || equals - at > 128) {
                break;
            }
            String name = text.substring(at, equals);
            StringBuilder value = new StringBuilder();
            at = value(text, equals + 2, value);
            if (WindowsFlat.TABLE.knows(name)) {
                WindowsFlat.TABLE.set(event, name, value.toString(), zone);
            } else {
                event.set(WindowsEcs.DATA + name, value.toString());
            }
        }
        if (at < text.length() && text.charAt(at) == ']') {
            Fill.text(event, Ecs.MESSAGE, text.substring(at + 1).strip());
        }
    }

    /** Reads to the closing quotation mark; the index behind it. */
    private static int value(String text, int from, StringBuilder value) {
        int at = from;
        while (at < text.length() && text.charAt(at) != '"') {
            boolean escape = text.charAt(at) == '\\'
                    && at + 1 < text.length()
                    && (text.charAt(at + 1) == '"' || text.charAt(at + 1) == '\\' || text.charAt(at + 1) == ']');
            at += escape ? 1 : 0;
            value.append(text.charAt(at));
            at++;
        }
        return at + 1;
    }
}
