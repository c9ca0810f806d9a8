package org.wanglou.sensors.format.db;

import java.time.ZoneId;
import org.wanglou.model.Ecs;
import org.wanglou.model.Event;
import org.wanglou.sensors.format.part.Clock;
import org.wanglou.sensors.format.part.Fill;
import org.wanglou.sensors.format.part.Scan;
import org.wanglou.sensors.format.part.Words;

/** Redis' log: {@code 812:M 24 Nov 2026 09:59:58.123 * text}, and the older forms without year or process. Pure. */
public final class RedisLine {
    private RedisLine() {}

    public static boolean read(String text, Event.Builder event, ZoneId zone) {
        Scan scan = new Scan(text, 0);
        boolean bracket = scan.take('[');
        int from = scan.at();
        String pid = "";
        String role = "";
        if (scan.digits() > 0 && (bracket && scan.peek() == ']' || scan.peek() == ':')) {
            pid = text.substring(from, scan.at());
            scan.skip(1);
            if (!bracket) {
                role = switch (scan.peek()) {
                    case 'M' -> "master";
                    case 'S' -> "slave";
                    case 'C' -> "child";
                    case 'X' -> "sentinel";
                    default -> "";
                };
                scan.skip(1);
            }
            scan.blanks();
        } else {
            scan.to(0);
        }
        int signal = text.indexOf(":signal-handler (");
        if (signal > 0 && signal < 12) {
            return signal(text, signal, event);
        }
        int day = scan.number(2);
        if (day < 1 || !scan.blank()) {
            return false;
        }
        int month = Clock.month(text, scan.at());
        scan.skip(3);
        if (month == 0 || !scan.blank()) {
            return false;
        }
        int year = Clock.digits(text, scan.at(), 4);
        if (year > 1990) {
            scan.skip(5);
        }
        long clock = Clock.clock(text, scan.at());
        if (clock < 0) {
            return false;
        }
        scan.skip(8);
        if (scan.take('.')) {
            clock += Math.max(Clock.digits(text, scan.at(), 3), 0);
            scan.digits();
        }
        scan.blanks();
        String level = level(scan.peek());
        if (level.isEmpty()) {
            return false;
        }
        Words.dataset(event, "redis.log");
        if (year > 1990) {
            Clock.stamp(event, Clock.of(year, month, day, clock, zone));
        }
        event.set(Ecs.EVENT_CATEGORY, Words.DATABASE)
                .set(Ecs.EVENT_TYPE, Words.INFO)
                .set(Ecs.LOG_LEVEL, level);
        Fill.number(event, Ecs.PROCESS_PID, pid);
        Fill.text(event, "redis.log.role", role);
        event.set(Ecs.MESSAGE, text.substring(Math.min(scan.at() + 2, text.length())));
        return true;
    }

    /** {@code 812:signal-handler (1496141844) Received SIGINT scheduling shutdown...}. */
    private static boolean signal(String text, int at, Event.Builder event) {
        int close = text.indexOf(") ", at);
        if (close < 0 || Fill.whole(text.substring(0, at)) < 0) {
            return false;
        }
        Words.dataset(event, "redis.log");
        event.set(Ecs.EVENT_CATEGORY, Words.DATABASE).set(Ecs.EVENT_TYPE, Words.INFO);
        Fill.number(event, Ecs.PROCESS_PID, text.substring(0, at));
        Clock.stamp(event, Clock.epoch(text.substring(at + 17, close)));
        event.set(Ecs.MESSAGE, text.substring(close + 2));
        return true;
    }

    private static String level(char mark) {
        return switch (mark) {
            case '.' -> "debug";
            case '-' -> "verbose";
            case '*' -> "notice";
            case '#' -> "warning";
            default -> "";
        };
    }
}
