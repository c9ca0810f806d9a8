package org.wanglou.sensors.format.cn;

import java.time.ZoneId;
import org.wanglou.model.Ecs;
import org.wanglou.model.Event;
import org.wanglou.sensors.format.Message;
import org.wanglou.sensors.format.part.Clock;
import org.wanglou.sensors.format.part.Scan;

/**
 * Comware's log as the device keeps it and shows it ({@code display logbuffer}, log files): {@code %Nov 24 10:31:00:123 2026
 * H3C SHELL/5/SHELL_LOGIN: …}, with {@code %@number} before it or not. The text is {@link ModuleLog}'s. Immutable.
 */
public final class ComwareLocal implements Message {
    private static final ModuleLog MODULES = new ModuleLog();

    @Override
    public boolean read(String text, Event.Builder event, ZoneId zone) {
        Scan scan = new Scan(text, 0);
        if (!scan.take('%')) {
            return false;
        }
        if (scan.take('@')) {
            scan.digits();
            if (!scan.take('%')) {
                return false;
            }
        }
        int month = Clock.month(text, scan.at());
        if (month == 0) {
            return false;
        }
        scan.skip(3);
        scan.blanks();
        int day = scan.number(2);
        scan.blanks();
        long clock = Clock.clock(text, scan.at());
        if (day < 1 || clock < 0) {
            return false;
        }
        scan.skip(8);
        if (scan.take(':') || scan.take('.')) {
            int millis = Clock.digits(text, scan.at(), 3);
            clock += Math.max(millis, 0);
            scan.digits();
        }
        scan.blanks();
        int year = Clock.digits(text, scan.at(), 4);
        scan.digits();
        scan.blanks();
        int end = scan.tokenEnd();
        if (year < 1970 || end >= text.length()) {
            return false;
        }
        String host = text.substring(scan.at(), end);
        if (!MODULES.read("%%10" + text.substring(end).stripLeading(), event, zone)) {
            return false;
        }
        Clock.stamp(event, Clock.of(year, month, day, clock, zone));
        event.set(Ecs.HOST_NAME, host).set(Ecs.HOST_HOSTNAME, host).set(Ecs.OBSERVER_NAME, host);
        return true;
    }
}
