package org.wanglou.sensors.format.syslog;

import java.time.ZoneId;
import org.wanglou.model.Ecs;
import org.wanglou.model.Event;
import org.wanglou.sensors.format.Message;
import org.wanglou.sensors.format.part.Words;

/** Jobs that cron ran and crontabs that were changed (Vixie cron, cronie): {@code (user) CMD (command)}. Immutable. */
final class CronMessage implements Message {
    @Override
    public boolean read(String text, Event.Builder event, ZoneId zone) {
        int close = text.indexOf(") ");
        if (close < 1 || text.charAt(0) != '(') {
            return PamMessage.read(text, event);
        }
        int open = text.indexOf(" (", close + 1);
        if (open < 0 || text.charAt(text.length() - 1) != ')') {
            return false;
        }
        String verb = text.substring(close + 2, open);
        String what = text.substring(open + 2, text.length() - 1);
        event.set(Ecs.USER_NAME, text.substring(1, close));
        switch (verb) {
            case "CMD" ->
                event.set(Ecs.EVENT_CATEGORY, Words.PROCESS)
                        .set(Ecs.EVENT_TYPE, Words.START)
                        .set(Ecs.EVENT_ACTION, "cron_command")
                        .set(Ecs.PROCESS_COMMAND_LINE, what);
            case "REPLACE", "BEGIN EDIT", "END EDIT", "DELETE", "RELOAD", "LIST" ->
                event.set(Ecs.EVENT_CATEGORY, Words.CONFIGURATION)
                        .set(Ecs.EVENT_TYPE, verb.equals("LIST") ? Words.ACCESS : Words.CHANGE)
                        .set(
                                Ecs.EVENT_ACTION,
                                "crontab_"
                                        + verb.toLowerCase(java.util.Locale.ROOT)
                                                .replace(' ', '_'));
            default -> event.set("cron.event", verb);
        }
        return true;
    }
}
