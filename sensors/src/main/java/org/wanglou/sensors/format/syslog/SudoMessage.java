package org.wanglou.sensors.format.syslog;

import java.time.ZoneId;
import org.wanglou.model.Ecs;
import org.wanglou.model.Event;
import org.wanglou.sensors.format.Message;
import org.wanglou.sensors.format.part.Words;

/** What sudo says about commands it ran or refused (sudo, lib/eventlog): {@code user : [why ;] KEY=value ; …}. Immutable. */
final class SudoMessage implements Message {
    private static final String COMMAND = "COMMAND=";

    @Override
    public boolean read(String text, Event.Builder event, ZoneId zone) {
        String line = text.stripLeading();
        int colon = line.indexOf(" : ");
        // The command may hold anything: what is before it is sudo's own.
        int command = line.indexOf(COMMAND);
        if (colon <= 0 || line.lastIndexOf(' ', colon - 1) >= 0 || command < colon) {
            return PamMessage.read(line, event);
        }
        event.set(Ecs.EVENT_CATEGORY, Words.PROCESS)
                .set(Ecs.EVENT_ACTION, "sudo")
                .set(Ecs.USER_NAME, line.substring(0, colon))
                .set(Ecs.PROCESS_COMMAND_LINE, line.substring(command + COMMAND.length()));
        boolean refused = false;
        int at = colon + 3;
        while (at < command) {
            int end = line.indexOf(" ; ", at);
            end = end < 0 || end > command ? command : end;
            String part = line.substring(at, end);
            if (part.startsWith("TTY=")) {
                event.set("system.auth.sudo.tty", part.substring(4));
            } else if (part.startsWith("PWD=")) {
                event.set(Ecs.PROCESS_WORKING_DIRECTORY, part.substring(4));
            } else if (part.startsWith("USER=")) {
                event.set(Ecs.USER_EFFECTIVE_NAME, part.substring(5));
            } else if (at == colon + 3 && part.indexOf('=') < 0) {
                refused = true;
                event.set(Ecs.EVENT_REASON, part);
            }
            at = end + 3;
        }
        event.set(Ecs.EVENT_TYPE, refused ? Words.INFO : Words.START)
                .set(Ecs.EVENT_OUTCOME, refused ? Words.FAILURE : Words.SUCCESS);
        return true;
    }
}
