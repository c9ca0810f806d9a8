package org.wanglou.sensors.format.syslog;

import java.time.ZoneId;
import org.wanglou.model.Ecs;
import org.wanglou.model.Event;
import org.wanglou.sensors.format.Message;
import org.wanglou.sensors.format.part.Fill;
import org.wanglou.sensors.format.part.Words;

/** su in the words of util-linux, shadow, BSD and AIX: who became, or failed to become, whom. Immutable. */
final class SuMessage implements Message {
    @Override
    public boolean read(String text, Event.Builder event, ZoneId zone) {
        if (text.startsWith("FAILED SU (to ") || text.startsWith("FAILED su (to ")) {
            int close = text.indexOf(") ", 14);
            return close > 0 && done(event, word(text, close + 2), text.substring(14, close), false);
        }
        if (text.startsWith("(to ")) {
            int close = text.indexOf(") ", 4);
            return close > 0 && done(event, word(text, close + 2), text.substring(4, close), true);
        }
        if (text.startsWith("BAD SU ")) {
            String who = word(text, 7);
            int to = text.indexOf(" to ", 7);
            return to > 0 && done(event, who, word(text, to + 4), false);
        }
        if (text.startsWith("Authentication failed for ") || text.startsWith("pam_authenticate: ")) {
            boolean named = text.startsWith("Authentication failed for ");
            return done(event, "", named ? word(text, 26) : "", false);
        }
        int changing = text.indexOf(" changing from ");
        if (changing > 0) {
            int to = text.indexOf(" to ", changing + 15);
            return to > 0
                    && done(event, text.substring(changing + 15, to), word(text, to + 4), !text.startsWith("failed"));
        }
        if (text.startsWith("Successful su for ")) {
            int by = text.indexOf(" by ");
            return by > 0 && done(event, word(text, by + 4), text.substring(18, by), true);
        }
        if (text.startsWith("FAILED su for ")) {
            int by = text.indexOf(" by ");
            return by > 0 && done(event, word(text, by + 4), text.substring(14, by), false);
        }
        if (text.startsWith("+ ") || text.startsWith("- ") || text.startsWith("'su ")) {
            return shadow(text, event);
        }
        int to = text.indexOf(" to ");
        return to > 0
                && text.indexOf(' ') == to
                && text.indexOf(" on ", to) > 0
                && done(event, text.substring(0, to), word(text, to + 4), true);
    }

    /** {@code + /dev/pts/0 li:root} of shadow, {@code 'su root' failed for li on /dev/pts/0} of Solaris. */
    private static boolean shadow(String text, Event.Builder event) {
        if (text.startsWith("'su ")) {
            int quote = text.indexOf('\'', 4);
            int who = text.indexOf(" for ", quote);
            return who > 0 && done(event, word(text, who + 5), text.substring(4, quote), text.indexOf("succeeded") > 0);
        }
        int colon = text.lastIndexOf(':');
        int blank = text.lastIndexOf(' ');
        return colon > blank
                && blank > 1
                && done(event, text.substring(blank + 1, colon), text.substring(colon + 1), text.charAt(0) == '+');
    }

    private static String word(String text, int from) {
        int end = text.indexOf(' ', from);
        return from > text.length() ? "" : text.substring(from, end < 0 ? text.length() : end);
    }

    private static boolean done(Event.Builder event, String who, String whom, boolean success) {
        event.set(Ecs.EVENT_CATEGORY, Words.AUTHENTICATION)
                .set(Ecs.EVENT_TYPE, success ? Words.START : Words.INFO)
                .set(Ecs.EVENT_ACTION, "su")
                .set(Ecs.EVENT_OUTCOME, success ? Words.SUCCESS : Words.FAILURE);
        if (who.isEmpty()) {
            Fill.text(event, Ecs.USER_NAME, whom);
        } else {
            Fill.text(event, Ecs.USER_NAME, who);
            Fill.text(event, Ecs.USER_EFFECTIVE_NAME, whom);
        }
        return true;
    }
}
