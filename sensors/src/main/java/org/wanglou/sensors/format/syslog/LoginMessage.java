package org.wanglou.sensors.format.syslog;

import java.time.ZoneId;
import org.wanglou.model.Ecs;
import org.wanglou.model.Event;
import org.wanglou.sensors.format.Message;
import org.wanglou.sensors.format.part.Fill;
import org.wanglou.sensors.format.part.Words;

/** Sessions and logins at the machine: systemd-logind and login(1). Immutable. */
final class LoginMessage implements Message {
    @Override
    public boolean read(String text, Event.Builder event, ZoneId zone) {
        if (text.startsWith("New session ")) {
            int user = text.indexOf(" of user ");
            if (user < 0) {
                return false;
            }
            session(event, Words.START, "session_opened");
            String name = text.substring(user + 9);
            Fill.text(event, Ecs.USER_NAME, name.endsWith(".") ? name.substring(0, name.length() - 1) : name);
            return true;
        }
        if (text.startsWith("Removed session ") || text.startsWith("Session ")) {
            session(event, Words.END, "session_closed");
            return true;
        }
        int failed = text.startsWith("FAILED LOGIN") ? text.indexOf(" FOR ") : -1;
        if (failed > 0) {
            login(event, Words.FAILURE);
            int from = text.indexOf(" FROM ");
            if (from > 0) {
                Fill.source(event, cut(text, from + 6));
            }
            String name = cut(text, failed + 5);
            Fill.text(event, Ecs.USER_NAME, name.replace("'", "").replace("`", ""));
            return true;
        }
        if (text.startsWith("ROOT LOGIN") || text.startsWith("LOGIN ON ") || text.startsWith("DIALUP AT ")) {
            login(event, Words.SUCCESS);
            int by = text.indexOf(" BY ");
            Fill.text(event, Ecs.USER_NAME, by > 0 ? cut(text, by + 4) : "root");
            int from = text.indexOf(" FROM ");
            if (from > 0) {
                Fill.source(event, cut(text, from + 6));
            }
            return true;
        }
        return PamMessage.read(text, event);
    }

    private static String cut(String text, int from) {
        int end = from;
        while (end < text.length() && text.charAt(end) > ' ' && text.charAt(end) != ',') {
            end++;
        }
        return text.substring(from, end);
    }

    private static void login(Event.Builder event, String outcome) {
        event.set(Ecs.EVENT_CATEGORY, Words.AUTHENTICATION)
                .set(Ecs.EVENT_TYPE, outcome.equals(Words.SUCCESS) ? Words.START : Words.INFO)
                .set(Ecs.EVENT_ACTION, "login")
                .set(Ecs.EVENT_OUTCOME, outcome);
    }

    private static void session(Event.Builder event, java.util.List<String> type, String action) {
        event.set(Ecs.EVENT_CATEGORY, Words.SESSION).set(Ecs.EVENT_TYPE, type).set(Ecs.EVENT_ACTION, action);
    }
}
