package org.wanglou.sensors.format.web;

import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import org.wanglou.model.Ecs;
import org.wanglou.model.Event;
import org.wanglou.sensors.format.Message;
import org.wanglou.sensors.format.part.Clock;
import org.wanglou.sensors.format.part.Fill;
import org.wanglou.sensors.format.part.Words;

/**
 * ModSecurity's serial audit log: sections A to Z between {@code --1a2b3c4d-A--} and {@code --1a2b3c4d-Z--} (ModSecurity
 * reference manual, Audit Log). A is who spoke to whom, B the request, F the answer, H the findings. Bodies (C, E, I, G) and
 * cookies are kept neither in fields nor in {@code event.original}. Immutable.
 */
public final class ModSecurityAudit implements Message {
    /** A line that begins a transaction. */
    public static boolean begins(byte[] line) {
        return section(line) == 'A';
    }

    private static char section(byte[] line) {
        int length = line.length;
        while (length > 0 && line[length - 1] <= ' ' && line[length - 1] >= 0) {
            length--;
        }
        boolean mark = length >= 9
                && length <= 64
                && line[0] == '-'
                && line[1] == '-'
                && line[length - 1] == '-'
                && line[length - 2] == '-'
                && line[length - 4] == '-';
        return mark ? (char) line[length - 3] : 0;
    }

    @Override
    public boolean read(String text, Event.Builder event, ZoneId zone) {
        if (!text.startsWith("--")) {
            return false;
        }
        StringBuilder kept = new StringBuilder(text.length());
        char section = 0;
        boolean first = false;
        boolean found = false;
        boolean alert = false;
        for (String line : text.split("\n", 2_001)) {
            char mark = section(line.getBytes(java.nio.charset.StandardCharsets.ISO_8859_1));
            if (mark != 0) {
                section = mark;
                first = true;
                kept.append(line).append('\n');
                continue;
            }
            if (section == 0) {
                return false;
            }
            String plain = line.strip();
            switch (section) {
                case 'A' -> found |= who(plain, event, zone);
                case 'B' -> request(plain, first, event);
                case 'F' -> answer(plain, first, event);
                case 'H' -> alert |= finding(plain, event);
                default -> {
                    // bodies, rules that matched, the end
                }
            }
            if (!plain.isEmpty()) {
                first = false;
            }
            if ("ABFHK".indexOf(section) >= 0 && !secret(plain)) {
                kept.append(line).append('\n');
            }
        }
        if (!found) {
            return false;
        }
        finish(event, alert);
        event.set(Ecs.EVENT_ORIGINAL, kept.toString().stripTrailing()).set(Ecs.MESSAGE, null);
        return true;
    }

    private static boolean secret(String line) {
        String small =
                line.length() > 24 ? line.substring(0, 24).toLowerCase(Locale.ROOT) : line.toLowerCase(Locale.ROOT);
        return small.startsWith("cookie:")
                || small.startsWith("set-cookie")
                || small.startsWith("authorization:")
                || small.startsWith("proxy-authorization:");
    }

    /** {@code [24/Nov/2026:10:10:00.123456 +0800] Zx1 198.51.100.71 40004 10.1.1.80 443}. */
    private static boolean who(String line, Event.Builder event, ZoneId zone) {
        int close = line.startsWith("[") ? line.indexOf(']') : -1;
        String[] words =
                close < 0 ? new String[0] : line.substring(close + 1).strip().split(" +", 6);
        if (words.length < 5) {
            return false;
        }
        String time = line.substring(1, close).replaceFirst("\\.\\d+", "").replace("--", "-");
        Clock.stamp(event, Clock.access(time, zone));
        Fill.text(event, "http.request.id", words[0]);
        Fill.source(event, words[1]);
        Fill.number(event, Ecs.SOURCE_PORT, words[2]);
        Fill.destination(event, words[3]);
        Fill.number(event, Ecs.DESTINATION_PORT, words[4]);
        return true;
    }

    private static void request(String line, boolean first, Event.Builder event) {
        if (first && !line.isEmpty()) {
            int blank = line.indexOf(' ');
            int last = line.lastIndexOf(' ');
            if (blank > 0) {
                event.set(Ecs.HTTP_METHOD, line.substring(0, blank));
                boolean version = last > blank && line.startsWith("HTTP/", last + 1);
                Fill.url(event, line.substring(blank + 1, version ? last : line.length()));
                if (version) {
                    Fill.text(event, Ecs.HTTP_VERSION, line.substring(last + 6));
                }
            }
            return;
        }
        int colon = line.indexOf(':');
        String value = colon < 0 ? "" : line.substring(colon + 1).strip();
        switch (colon < 0 ? "" : line.substring(0, colon).toLowerCase(Locale.ROOT)) {
            case "host" -> Fill.authority(event, value);
            case "user-agent" -> Fill.text(event, Ecs.USER_AGENT_ORIGINAL, value);
            case "referer" -> Fill.text(event, Ecs.HTTP_REFERRER, value);
            case "x-forwarded-for" ->
                Fill.text(event, "network.forwarded_ip", Fill.canonical(value.split(",", 2)[0].strip()));
            default -> {
                // other headers say nothing about who or what
            }
        }
    }

    private static void answer(String line, boolean first, Event.Builder event) {
        if (first && line.startsWith("HTTP/")) {
            String[] words = line.split(" ", 3);
            Fill.number(event, Ecs.HTTP_STATUS, words.length > 1 ? words[1] : "");
        }
    }

    private static boolean finding(String line, Event.Builder event) {
        if (line.startsWith("Action: ")) {
            Fill.text(
                    event, Ecs.EVENT_ACTION, line.substring(8).split(" ", 2)[0].toLowerCase(Locale.ROOT));
        }
        if (!line.startsWith("Message: ") && !line.startsWith("Apache-Error: ")) {
            return false;
        }
        if (event.get(Ecs.RULE_ID) == null) {
            Fill.text(event, Ecs.RULE_ID, tag(line, "id"));
            Fill.text(event, Ecs.RULE_NAME, tag(line, "msg"));
            Fill.text(event, "modsecurity.severity", tag(line, "severity"));
            int end = line.indexOf(" [");
            Fill.text(event, Ecs.EVENT_REASON, line.substring(line.indexOf(' ') + 1, end < 9 ? line.length() : end));
        }
        return true;
    }

    private static String tag(String line, String name) {
        int at = line.indexOf("[" + name + " \"");
        int end = at < 0 ? -1 : line.indexOf("\"]", at);
        return end < 0 ? "" : line.substring(at + name.length() + 3, end);
    }

    private static void finish(Event.Builder event, boolean alert) {
        boolean denied = "intercepted".equals(event.get(Ecs.EVENT_ACTION));
        Words.dataset(event, "modsecurity.audit");
        event.set(Ecs.EVENT_KIND, alert ? "alert" : "event")
                .set(Ecs.EVENT_CATEGORY, alert ? List.of("web", "intrusion_detection") : Words.WEB)
                .set(Ecs.EVENT_TYPE, denied ? Words.DENIED : Words.ACCESS)
                .set(Ecs.OBSERVER_PRODUCT, "ModSecurity");
        if (event.get(Ecs.HTTP_STATUS) instanceof Long status) {
            event.set(Ecs.EVENT_OUTCOME, status < 400 ? Words.SUCCESS : Words.FAILURE);
        }
    }
}
