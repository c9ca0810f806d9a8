package org.wanglou.sensors.format.service;

import java.time.ZoneId;
import java.util.Locale;
import org.wanglou.model.Ecs;
import org.wanglou.model.Event;
import org.wanglou.sensors.format.Message;
import org.wanglou.sensors.format.part.Clock;
import org.wanglou.sensors.format.part.Fill;
import org.wanglou.sensors.format.part.Pairs;
import org.wanglou.sensors.format.part.Words;

/**
 * The audit trail of Apereo CAS (Inspektr), the unified sign-in of education platforms: the block of {@code WHO: li},
 * {@code WHAT: …}, {@code ACTION: AUTHENTICATION_SUCCESS}, {@code WHEN: …}, {@code CLIENT IP ADDRESS: …}, or its single-line
 * form parted by bars. Immutable.
 */
public final class CasMessage implements Message {
    /** A line that begins a block. */
    public static boolean begins(byte[] line) {
        String text = new String(line, 0, Math.min(line.length, 200), java.nio.charset.StandardCharsets.ISO_8859_1);
        return text.contains("Audit trail record BEGIN") || text.startsWith("20") && text.indexOf('|') > 0;
    }

    @Override
    public boolean read(String text, Event.Builder event, ZoneId zone) {
        int who = text.indexOf("WHO: ");
        if (who >= 0 && text.indexOf("ACTION: ", who) > 0) {
            return block(text, who, event, zone);
        }
        return line(text, event, zone);
    }

    private static boolean block(String text, int from, Event.Builder event, ZoneId zone) {
        String user = "";
        String action = "";
        Pairs pairs = Pairs.parted(text, from, ':', '\n');
        while (pairs.next()) {
            String value = pairs.value();
            switch (pairs.key()) {
                case "WHO" -> user = value;
                case "WHAT" -> Fill.text(event, Ecs.MESSAGE, value);
                case "ACTION" -> action = value;
                case "APPLICATION" -> Fill.text(event, "cas.application", value);
                case "WHEN" -> when(value, event, zone);
                case "CLIENT IP ADDRESS" -> Fill.source(event, value);
                case "SERVER IP ADDRESS" -> Fill.destination(event, value);
                case "USER-AGENT" -> Fill.text(event, Ecs.USER_AGENT_ORIGINAL, value);
                default -> {
                    // the frame of the block
                }
            }
        }
        return done(user, action, event);
    }

    /** {@code when|CAS|who|what|ACTION|client|server} in the order that Inspektr's single-line writer has. */
    private static boolean line(String text, Event.Builder event, ZoneId zone) {
        String[] cells = text.split("\\|", 12);
        if (cells.length < 6) {
            return false;
        }
        int action = -1;
        for (int i = 0; i < cells.length; i++) {
            if (cells[i].matches(
                    "[A-Z][A-Z_]{3,60}_(SUCCESS|FAILED|CREATED|NOT_CREATED|TRIGGERED|DESTROYED|VALIDATED)")) {
                action = i;
            }
        }
        if (action < 1) {
            return false;
        }
        when(cells[0].strip(), event, zone);
        for (String cell : cells) {
            if (event.get(Ecs.SOURCE_IP) == null
                    && !Fill.canonical(cell.strip()).isEmpty()) {
                Fill.source(event, cell.strip());
            }
        }
        return done(cells[Math.max(action - 2, 1)].strip(), cells[action], event);
    }

    private static void when(String value, Event.Builder event, ZoneId zone) {
        long time = Clock.any(value, zone);
        if (time == Clock.NONE && value.length() >= 24) {
            // java.util.Date: "Tue Nov 24 09:59:58 CST 2026"
            time = Clock.ctime(value.substring(0, 19) + value.substring(value.length() - 5), zone);
        }
        Clock.stamp(event, time);
    }

    private static boolean done(String user, String action, Event.Builder event) {
        if (action.isEmpty()) {
            return false;
        }
        boolean failed = action.endsWith("_FAILED") || action.endsWith("NOT_CREATED");
        boolean login = action.startsWith("AUTHENTICATION_") && !action.startsWith("AUTHENTICATION_EVENT");
        boolean logout = action.startsWith("TICKET_GRANTING_TICKET_DESTROYED") || action.startsWith("LOGOUT");
        Words.dataset(event, "cas.audit");
        event.set(Ecs.EVENT_ACTION, action.toLowerCase(Locale.ROOT))
                .set(Ecs.EVENT_CATEGORY, login || logout ? Words.AUTHENTICATION : Words.SESSION)
                .set(Ecs.EVENT_TYPE, logout ? Words.END : failed ? Words.INFO : Words.START)
                .set(Ecs.EVENT_OUTCOME, failed ? Words.FAILURE : Words.SUCCESS);
        int comma = user.indexOf("username: ");
        String name = comma >= 0 ? user.substring(comma + 10).replace("]", "") : user;
        if (!name.startsWith("audit:")) {
            Fill.text(event, Ecs.USER_NAME, name.strip());
        }
        return true;
    }
}
