package org.wanglou.sensors.format.syslog;

import java.time.ZoneId;
import org.wanglou.model.Ecs;
import org.wanglou.model.Event;
import org.wanglou.sensors.format.Message;
import org.wanglou.sensors.format.part.Words;

/** Units that systemd started, stopped and saw failing. Immutable. */
final class SystemdMessage implements Message {
    @Override
    public boolean read(String text, Event.Builder event, ZoneId zone) {
        if (text.startsWith("Started ")) {
            return unit(event, text, 8, "service_started", Words.SUCCESS, Words.START);
        }
        if (text.startsWith("Stopped ")) {
            return unit(event, text, 8, "service_stopped", Words.SUCCESS, Words.END);
        }
        if (text.startsWith("Failed to start ")) {
            return unit(event, text, 16, "service_started", Words.FAILURE, Words.ERROR);
        }
        int colon = text.indexOf(": ");
        if (colon > 0 && text.indexOf(' ') > colon && text.indexOf("Failed with result", colon) > 0) {
            return unit(event, text.substring(0, colon), 0, "service_failed", Words.FAILURE, Words.ERROR);
        }
        return PamMessage.read(text, event);
    }

    private static boolean unit(
            Event.Builder event, String text, int from, String action, String outcome, java.util.List<String> type) {
        int end = text.endsWith(".") ? text.length() - 1 : text.length();
        event.set(Ecs.EVENT_CATEGORY, Words.PROCESS)
                .set(Ecs.EVENT_TYPE, type)
                .set(Ecs.EVENT_ACTION, action)
                .set(Ecs.EVENT_OUTCOME, outcome)
                .set("service.name", text.substring(from, Math.max(from, end)));
        return true;
    }
}
