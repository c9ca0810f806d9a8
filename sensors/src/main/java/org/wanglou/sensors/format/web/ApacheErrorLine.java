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
        event.set(Ecs.TIMESTAMP, time);
        fields(text, close + 2, event);
        return true;
    }

    /** As syslog carries it, without its time: {@code [module:level] [pid 1] [client 192.0.2.1:40000] text}. */
    public static boolean untimed(String text, Event.Builder event) {
        int close = text.startsWith("[") ? text.indexOf("] [") : -1;
        if (close < 0 || close > 40 || !bracket(text.substring(close + 3))) {
            return false;
        }
        fields(text, 0, event);
        return true;
    }

    private static void fields(String text, int from, Event.Builder event) {
        Words.dataset(event, "apache.error");
        event.set(Ecs.EVENT_CATEGORY, Words.WEB);
        int at = from;
        boolean first = true;
        while (text.startsWith("[", at)) {
            // "[client [2001:db8::1]:40000]"
            int inner = text.startsWith("[client [", at) || text.startsWith("[remote [", at)
                    ? text.indexOf(']', at) + 1
                    : at;
            int end = text.indexOf(']', inner);
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
        login(message, event);
    }

    /** mod_auth_basic, mod_auth_digest and mod_authz: {@code AH01617: user li: authentication failure for "/x": Password Mismatch}. */
    private static void login(String message, Event.Builder event) {
        String said = message.startsWith("AH0") && message.indexOf(": ") == 7 ? message.substring(9) : message;
        boolean user =
                said.startsWith("user ") || said.startsWith("User ") || said.startsWith("Authorization of user ");
        boolean failed = said.contains("authentication failure")
                || said.contains("not found")
                || said.contains("password mismatch")
                || said.contains("Authorization of user");
        if (user && failed) {
            int from = said.indexOf("ser ") + 4;
            int end = from;
            while (end < said.length() && said.charAt(end) != ' ' && said.charAt(end) != ':') {
                end++;
            }
            event.set(Ecs.EVENT_CATEGORY, java.util.List.of("web", "authentication"))
                    .set(Ecs.EVENT_OUTCOME, Words.FAILURE);
            Fill.text(
                    event,
                    Ecs.USER_NAME,
                    said.substring(from, end).replace("`", "").replace("'", ""));
        } else if (said.startsWith("client denied by server configuration")) {
            event.set(Ecs.EVENT_TYPE, java.util.List.of("error", "denied")).set(Ecs.EVENT_OUTCOME, Words.FAILURE);
        }
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
