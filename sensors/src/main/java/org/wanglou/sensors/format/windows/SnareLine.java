package org.wanglou.sensors.format.windows;

import java.time.ZoneId;
import java.util.Locale;
import org.wanglou.model.Ecs;
import org.wanglou.model.Event;
import org.wanglou.sensors.format.Message;
import org.wanglou.sensors.format.part.Clock;
import org.wanglou.sensors.format.part.Fill;
import org.wanglou.sensors.format.windows.ecs.WindowsEcs;

/**
 * Windows events in Snare's syslog form, which NXLog's {@code to_syslog_snare} writes too: {@code MSWinEventLog}, then tab-
 * separated criticality, channel, counter, time, id, source, user, SID type, result, computer, category, data, text. The
 * text is taken apart by {@code said.RenderedMessage}. NXLog's structured data are read here too. Immutable.
 */
public final class SnareLine implements Message {
    private static final int CELLS = 14;

    @Override
    public boolean read(String text, Event.Builder event, ZoneId zone) {
        int at = text.indexOf("MSWinEventLog");
        if (at < 0 || at > 300) {
            return NxlogData.read(text, event, zone);
        }
        String body = text.substring(at + 13).replace("#011", "\t");
        String[] cells = body.split("\t", CELLS);
        if (cells.length < 11 || Fill.whole(cells[5].strip()) < 0) {
            return false;
        }
        Event.Builder aside = Event.builder();
        fill(cells, aside, zone);
        if (!WindowsEcs.finish(aside)) {
            return false;
        }
        fill(cells, event, zone);
        return WindowsEcs.finish(event);
    }

    private static void fill(String[] cells, Event.Builder event, ZoneId zone) {
        event.set("winlog.event_id", cells[5].strip());
        Fill.text(event, WindowsEcs.CHANNEL, cells[2].strip());
        Fill.text(event, WindowsEcs.PROVIDER, cells[6].strip());
        long time = Clock.ctime(cells[4].strip(), zone);
        Clock.stamp(event, time == Clock.NONE ? Clock.any(cells[4].strip(), zone) : time);
        String computer = cells[10].strip();
        Fill.text(event, WindowsEcs.COMPUTER, computer);
        // the header's host may be a relay
        Fill.text(event, Ecs.HOST_NAME, computer);
        Fill.text(event, Ecs.HOST_HOSTNAME, computer);
        String result = cells[9].strip();
        boolean audit = result.toLowerCase(Locale.ROOT).contains("audit") || result.contains("审");
        Fill.text(event, audit ? "winlog.keywords" : Ecs.LOG_LEVEL.name(), result);
        if (audit) {
            Fill.text(event, Ecs.LOG_LEVEL, "information");
        }
        if (cells.length > 11) {
            Fill.text(event, "winlog.task", cells[11].strip());
        }
        String said = cells.length > 13 ? cells[13] : cells[cells.length - 1];
        int tab = said.lastIndexOf('\t');
        boolean counter = tab >= 0 && Fill.whole(said.substring(tab + 1).strip()) >= 0;
        Fill.text(event, Ecs.MESSAGE, (counter ? said.substring(0, tab) : said).strip());
        account(cells[7].strip(), event);
    }

    /** The record's own account, which is the user where the text names none. */
    private static void account(String user, Event.Builder event) {
        if (Fill.absent(user)) {
            return;
        }
        int backslash = user.indexOf('\\');
        if (user.startsWith("S-1-")) {
            event.set("winlog.user.identifier", user);
        } else {
            event.set("winlog.user.name", user.substring(backslash + 1));
            if (backslash > 0) {
                event.set("winlog.user.domain", user.substring(0, backslash));
            }
        }
    }
}
