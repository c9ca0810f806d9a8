package org.wanglou.sensors.format.db;

import java.time.ZoneId;
import java.util.List;
import org.wanglou.model.Ecs;
import org.wanglou.model.Event;
import org.wanglou.sensors.format.part.Clock;
import org.wanglou.sensors.format.part.Fill;
import org.wanglou.sensors.format.part.Words;

/**
 * The error log of MySQL 5.5 to 9 and of MariaDB: {@code time thread [Level] [MY-010116] [Subsystem] text}; and their general
 * query log, of which connections and refusals are taken apart. Pure.
 */
public final class MySqlError {
    private MySqlError() {}

    /** A line that begins an event: one that begins with a digit or names the server. */
    public static boolean begins(byte[] line) {
        return line.length > 6 && line[0] >= '0' && line[0] <= '9' && line[1] >= '0' && line[1] <= '9';
    }

    public static boolean read(String text, Event.Builder event, ZoneId zone) {
        int[] end = new int[1];
        long time = time(text, zone, end);
        if (time == Clock.NONE) {
            return false;
        }
        Words.dataset(event, "mysql.error");
        event.set(Ecs.TIMESTAMP, time).set(Ecs.EVENT_CATEGORY, Words.DATABASE).set(Ecs.EVENT_TYPE, Words.INFO);
        int at = end[0];
        while (at < text.length() && text.charAt(at) <= ' ') {
            at++;
        }
        int thread = at;
        while (thread < text.length() && Character.isDigit(text.charAt(thread))) {
            thread++;
        }
        if (thread > at && thread < text.length() && text.charAt(thread) == ' ') {
            Fill.number(event, "mysql.thread_id", text.substring(at, thread));
            at = thread + 1;
        }
        if (text.startsWith("[", at) && text.indexOf("] ", at) > 0) {
            int close = text.indexOf("] ", at);
            String level = text.substring(at + 1, close);
            event.set(Ecs.LOG_LEVEL, level);
            if (level.equalsIgnoreCase("error")) {
                event.set(Ecs.EVENT_TYPE, List.of("error", "info"));
            }
            at = close + 2;
        }
        String said = text.substring(Math.min(at, text.length()));
        if (said.startsWith("[MY-")) {
            int close = said.indexOf(']');
            Fill.text(event, Ecs.EVENT_CODE, said.substring(1, Math.max(close, 1)));
            int open = said.indexOf('[', Math.max(close, 0));
            int second = open < 0 ? -1 : said.indexOf(']', open);
            if (open == close + 2 && second > 0) {
                Fill.text(event, Ecs.EVENT_PROVIDER, said.substring(open + 1, second));
            }
        }
        event.set(Ecs.MESSAGE, said);
        denied(said, event);
        return true;
    }

    /** ISO 8601, {@code 2019-10-16 17:24:15} or {@code 161209 13:08:33}. */
    static long time(String text, ZoneId zone, int[] end) {
        if (text.length() < 15) {
            return Clock.NONE;
        }
        if (text.charAt(4) == '-') {
            int cut = 12;
            while (cut < text.length() && text.charAt(cut) > ' ') {
                cut++;
            }
            // MariaDB pads a single-digit hour with a blank
            String stamp = text.substring(0, Math.max(cut, Math.min(19, text.length())));
            stamp = stamp.length() > 12 && stamp.charAt(11) == ' '
                    ? stamp.substring(0, 11) + '0' + stamp.substring(12)
                    : stamp;
            end[0] = Math.max(cut, 19);
            return Clock.iso(stamp, zone);
        }
        int year = Clock.digits(text, 0, 2);
        int month = Clock.digits(text, 2, 2);
        int day = Clock.digits(text, 4, 2);
        if (year < 0 || month < 0 || day < 0 || text.charAt(6) != ' ') {
            return Clock.NONE;
        }
        end[0] = 15;
        String clock = text.substring(7, 15).replace(' ', '0');
        return Clock.of(2000 + year, month, day, Clock.clock(clock, 0), zone);
    }

    /** {@code Access denied for user 'root'@'192.0.2.1' (using password: YES)}. */
    static void denied(String said, Event.Builder event) {
        int at = said.indexOf("Access denied for user '");
        if (at < 0) {
            return;
        }
        int user = at + 24;
        int userEnd = said.indexOf("'@'", user);
        int hostEnd = userEnd < 0 ? -1 : said.indexOf('\'', userEnd + 3);
        event.set(Ecs.EVENT_CATEGORY, List.of("database", "authentication"))
                .set(Ecs.EVENT_ACTION, "login")
                .set(Ecs.EVENT_OUTCOME, Words.FAILURE);
        if (hostEnd > 0) {
            Fill.text(event, Ecs.USER_NAME, said.substring(user, userEnd));
            Fill.source(event, said.substring(userEnd + 3, hostEnd));
        }
    }

    /** The general log: {@code time<tab>thread Connect<tab>root@192.0.2.1 on shop using TCP/IP}. */
    public static boolean general(String text, Event.Builder event, ZoneId zone) {
        int[] end = new int[1];
        long time = time(text, zone, end);
        if (time == Clock.NONE) {
            return false;
        }
        String[] cells = text.substring(end[0]).strip().split("[ \t]+", 3);
        if (cells.length < 2 || Fill.whole(cells[0]) < 0) {
            return false;
        }
        String argument = cells.length > 2 ? cells[2] : "";
        Words.dataset(event, "mysql.general");
        event.set(Ecs.TIMESTAMP, time)
                .set(Ecs.EVENT_CATEGORY, Words.DATABASE)
                .set(Ecs.EVENT_TYPE, Words.ACCESS)
                .set(Ecs.EVENT_ACTION, cells[1].toLowerCase(java.util.Locale.ROOT))
                .set(Ecs.MESSAGE, argument);
        Fill.number(event, "mysql.thread_id", cells[0]);
        if (cells[1].equals("Connect")) {
            denied(argument, event);
            int at = argument.indexOf('@');
            int on = argument.indexOf(" on ", Math.max(at, 0));
            if (at > 0 && on > 0 && event.get(Ecs.EVENT_OUTCOME) == null) {
                event.set(Ecs.EVENT_CATEGORY, List.of("database", "authentication"))
                        .set(Ecs.EVENT_OUTCOME, Words.SUCCESS);
                Fill.text(event, Ecs.USER_NAME, argument.substring(0, at));
                Fill.source(event, argument.substring(at + 1, on).strip());
            }
        } else {
            Fill.text(event, "mysql.general.query", argument);
        }
        return true;
    }
}
