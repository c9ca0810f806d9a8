package org.wanglou.sensors.format.web;

import java.time.ZoneId;
import org.wanglou.model.Ecs;
import org.wanglou.model.Event;
import org.wanglou.sensors.format.part.Clock;
import org.wanglou.sensors.format.part.Fill;
import org.wanglou.sensors.format.part.Words;

/**
 * Apache's error log, 2.2 and 2.4: {@code [time] [module:level] [pid 1:tid 2] [client 192.0.2.1:40000] text}, and
 * ModSecurity's findings in it. Pure.
 */
public final class ApacheErrorLine {
    private ApacheErrorLine() {}

    public static boolean read(String text, Event.Builder event, ZoneId zone) {
        int close = text.startsWith("[") ? text.indexOf("] [") : -1;
        if (close < 20 || close > 40) {
            return false;
        }
        long time = Clock.ctime(text.substring(1, close), zone);
        if (time == Clock.NONE) {
            return false;
        }
        Words.dataset(event, "apache.error");
        event.set(Ecs.TIMESTAMP, time).set(Ecs.EVENT_CATEGORY, Words.WEB);
        int at = close + 2;
        boolean first = true;
        while (text.startsWith("[", at)) {
            int end = text.indexOf(']', at);
            if (end < 0 || !first && !bracket(text.substring(at + 1, end))) {
                break;
            }
            field(text.substring(at + 1, end), first, event);
            first = false;
            at = end + 1;
            while (at < text.length() && text.charAt(at) == ' ') {
                at++;
            }
        }
        String message = text.substring(at);
        event.set(Ecs.MESSAGE, message);
        int file = message.indexOf("does not exist: ");
        if (file > 0) {
            int end = message.indexOf(", referer: ", file);
            event.set(Ecs.FILE_PATH, message.substring(file + 16, end < 0 ? message.length() : end));
        }
        int referer = message.lastIndexOf(", referer: ");
        if (referer > 0) {
            Fill.text(event, Ecs.HTTP_REFERRER, message.substring(referer + 11));
        }
        if (message.startsWith("ModSecurity: ")) {
            ModSecurity.finding(message, event);
        }
        return true;
    }

    private static boolean bracket(String inside) {
        return inside.startsWith("client ") || inside.startsWith("pid ") || inside.startsWith("remote ");
    }

    private static void field(String inside, boolean level, Event.Builder event) {
        if (level) {
            int colon = inside.indexOf(':');
            String word = inside.substring(colon + 1);
            if (colon > 0) {
                event.set("apache.error.module", inside.substring(0, colon));
            }
            boolean bad = word.equals("error")
                    || word.equals("crit")
                    || word.equals("alert")
                    || word.equals("emerg")
                    || word.equals("warn");
            event.set(Ecs.LOG_LEVEL, word).set(Ecs.EVENT_TYPE, bad ? Words.ERROR : Words.INFO);
        } else if (inside.startsWith("pid ")) {
            int tid = inside.indexOf(":tid ");
            Fill.number(event, Ecs.PROCESS_PID, inside.substring(4, tid < 0 ? inside.length() : tid));
            if (tid > 0) {
                Fill.number(event, "process.thread.id", inside.substring(tid + 5));
            }
        } else {
            Fill.sourceWithPort(event, inside.substring(inside.indexOf(' ') + 1));
        }
    }
}
