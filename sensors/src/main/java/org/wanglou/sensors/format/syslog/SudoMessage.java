package org.wanglou.sensors.format.syslog;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.wanglou.model.Ecs;
import org.wanglou.model.Event;

/** What sudo says about commands it ran or refused (sudo, lib/eventlog). Immutable. */
final class SudoMessage implements ProgramMessage {
    private static final Pattern COMMAND = Pattern.compile(
            "\\s*(\\S+) : (?:((?!TTY=|PWD=).*?) ; )?(?:TTY=(\\S+) ; )?PWD=(.*?) ; USER=(\\S+) ; (?:GROUP=\\S+ ; )?(?:ENV=.*? ; )?COMMAND=(.*)");

    @Override
    public boolean read(String text, Event.Builder event) {
        Matcher m = COMMAND.matcher(text);
        if (!m.matches()) {
            return false;
        }
        boolean refused = m.group(2) != null;
        event.set(Ecs.EVENT_CATEGORY, List.of("process"))
                .set(Ecs.EVENT_TYPE, List.of(refused ? "denied" : "start"))
                .set(Ecs.EVENT_ACTION, "sudo")
                .set(Ecs.EVENT_OUTCOME, refused ? "failure" : "success")
                .set(Ecs.USER_NAME, m.group(1))
                .set(Ecs.USER_EFFECTIVE_NAME, m.group(5))
                .set(Ecs.PROCESS_WORKING_DIRECTORY, m.group(4))
                .set(Ecs.PROCESS_COMMAND_LINE, m.group(6));
        if (refused) {
            event.set(Ecs.EVENT_REASON, m.group(2));
        }
        return true;
    }
}
