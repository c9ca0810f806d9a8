package org.wanglou.sensors.format.syslog;

import java.util.List;
import org.wanglou.model.Ecs;
import org.wanglou.model.Event;

/**
 * What sudo says about commands it ran or refused (sudo, lib/eventlog): {@code user : [reason ; ]TTY=… ; PWD=… ; USER=… ;
 * [GROUP=… ; ][ENV=… ; ]COMMAND=…}. Read from left to right, each name once, so that the command, which is the user's to
 * choose, cannot speak for another field. Immutable.
 */
final class SudoMessage implements ProgramMessage {
    private static final String NEXT = " ; ";

    @Override
    public boolean read(String text, Event.Builder event) {
        String line = text.stripLeading();
        int colon = line.indexOf(" : ");
        int command = line.indexOf("COMMAND=");
        if (colon <= 0 || line.lastIndexOf(' ', colon - 1) >= 0 || command < 0) {
            return false;
        }
        String reason = "";
        String directory = "";
        String target = "";
        for (int at = colon + 3; at < command; ) {
            int end = line.indexOf(NEXT, at);
            if (end < 0 || end > command) {
                return false;
            }
            String part = line.substring(at, end);
            if (part.startsWith("PWD=")) {
                directory = part.substring(4);
            } else if (part.startsWith("USER=")) {
                target = part.substring(5);
            } else if (at == colon + 3 && !part.startsWith("TTY=")) {
                reason = part;
            }
            at = end + NEXT.length();
        }
        if (directory.isEmpty() || target.isEmpty()) {
            return false;
        }
        fill(event, line.substring(0, colon), reason, directory, target, line.substring(command + 8));
        return true;
    }

    private static void fill(
            Event.Builder event, String user, String reason, String directory, String target, String command) {
        boolean refused = !reason.isEmpty();
        event.set(Ecs.EVENT_CATEGORY, List.of("process"))
                .set(Ecs.EVENT_TYPE, List.of(refused ? "denied" : "start"))
                .set(Ecs.EVENT_ACTION, "sudo")
                .set(Ecs.EVENT_OUTCOME, refused ? "failure" : "success")
                .set(Ecs.USER_NAME, user)
                .set(Ecs.USER_EFFECTIVE_NAME, target)
                .set(Ecs.PROCESS_WORKING_DIRECTORY, directory)
                .set(Ecs.PROCESS_COMMAND_LINE, command);
        if (refused) {
            event.set(Ecs.EVENT_REASON, reason);
        }
    }
}
