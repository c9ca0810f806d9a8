package org.wanglou.sensors.format.vendor;

import java.time.ZoneId;
import org.wanglou.model.Ecs;
import org.wanglou.model.Event;
import org.wanglou.sensors.format.Message;
import org.wanglou.sensors.format.part.Clock;
import org.wanglou.sensors.format.part.Fill;
import org.wanglou.sensors.format.part.Scan;
import org.wanglou.sensors.format.part.Words;

/**
 * Alerts of Snort 2 and 3 and of Suricata's fast.log: {@code [1:2001:3] text [Classification: …] [Priority: 1] {TCP}
 * 192.0.2.1:5000 -> 10.1.1.5:80}, with a time before it in files. Immutable.
 */
public final class SnortAlert implements Message {
    @Override
    public boolean read(String text, Event.Builder event, ZoneId zone) {
        int arrow = text.lastIndexOf(" -> ");
        int brace = arrow < 0 ? -1 : text.lastIndexOf('{', arrow);
        int open = text.indexOf('[');
        while (open >= 0 && open < brace && !signature(text, open)) {
            open = text.indexOf('[', open + 1);
        }
        if (brace < 0 || open < 0 || open > brace || open > 0 && text.charAt(0) != '[' && !Scan.digit(text.charAt(0))) {
            return false;
        }
        int close = text.indexOf(']', open);
        int shut = text.indexOf('}', brace);
        if (close < 0 || shut < 0 || shut > arrow) {
            return false;
        }
        String[] id = text.substring(open + 1, close).split(":", 3);
        int say = text.indexOf(" [", close);
        say = say < 0 || say > brace ? brace : say;
        String name = text.substring(close + 1, say).replace("[**]", "").strip();
        Words.dataset(event, "snort.alert");
        Words.observer(event, "Cisco", "Snort", "ids");
        event.set(Ecs.EVENT_KIND, "alert")
                .set(Ecs.EVENT_CATEGORY, Words.NETWORK_INTRUSION)
                .set(Ecs.EVENT_TYPE, text.contains("[Drop]") || text.contains("[drop]") ? Words.DENIED : Words.INFO)
                .set(Ecs.RULE_ID, id[1])
                .set("rule.version", id[2])
                .set("snort.gid", id[0]);
        Fill.text(
                event,
                Ecs.RULE_NAME,
                name.length() > 1 && name.startsWith("\"") && name.endsWith("\"")
                        ? name.substring(1, name.length() - 1)
                        : name);
        Fill.text(event, Ecs.RULE_CATEGORY, bracket(text, "[Classification: "));
        Fill.number(event, Ecs.EVENT_SEVERITY, bracket(text, "[Priority: "));
        Words.transport(event, text.substring(brace + 1, shut));
        Fill.sourceWithPort(event, text.substring(shut + 1, arrow).strip());
        Fill.destinationWithPort(event, text.substring(arrow + 4).strip());
        time(text, event, zone);
        return true;
    }

    /** {@code [gid:sid:rev]}. */
    private static boolean signature(String text, int open) {
        int colons = 0;
        int i = open + 1;
        for (; i < text.length() && text.charAt(i) != ']'; i++) {
            char c = text.charAt(i);
            if (c == ':') {
                colons++;
            } else if (c < '0' || c > '9') {
                return false;
            }
        }
        return colons == 2 && i > open + 5;
    }

    private static String bracket(String text, String mark) {
        int at = text.indexOf(mark);
        int end = at < 0 ? -1 : text.indexOf(']', at);
        return end < 0 ? "" : text.substring(at + mark.length(), end);
    }

    /** {@code 11/24/2026-09:59:58.123456} or, of Snort 2, without the year, which is then left to receipt. */
    private static void time(String text, Event.Builder event, ZoneId zone) {
        if (text.length() > 27 && text.charAt(2) == '/' && text.charAt(5) == '/' && text.charAt(10) == '-') {
            Clock.stamp(
                    event,
                    Clock.iso(
                            text.substring(6, 10)
                                    + '-'
                                    + text.substring(0, 2)
                                    + '-'
                                    + text.substring(3, 5)
                                    + ' '
                                    + text.substring(11, 26),
                            zone));
        }
    }
}
