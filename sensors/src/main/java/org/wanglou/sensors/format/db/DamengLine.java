package org.wanglou.sensors.format.db;

import java.time.ZoneId;
import org.wanglou.model.Ecs;
import org.wanglou.model.Event;
import org.wanglou.sensors.format.part.Clock;
import org.wanglou.sensors.format.part.Fill;
import org.wanglou.sensors.format.part.Words;

/**
 * DM (达梦) databases: the instance's log {@code 2026-11-24 10:00:00.123 [INFO] database P0000004096 T0000000000000004101 text} and
 * the SQL log {@code 2026-11-24 10:00:00.123 (EP[0] sess:0x7f… thrd:4101 user:SYSDBA trxid:7 stmt:… appname:disql ip:::ffff:10.1.1.9)
 * [SEL] select …}. Pure.
 */
public final class DamengLine {
    private DamengLine() {}

    /** True for a line that begins an event. */
    public static boolean begins(byte[] line) {
        return line.length > 24
                && line[4] == '-'
                && line[7] == '-'
                && line[13] == ':'
                && (line[24] == '[' || line[24] == '(');
    }

    public static boolean read(String text, Event.Builder event, ZoneId zone) {
        if (text.length() < 30 || text.charAt(23) != ' ' || text.charAt(4) != '-') {
            return false;
        }
        long time = Clock.iso(text.substring(0, 23), zone);
        if (time == Clock.NONE) {
            return false;
        }
        boolean read = text.startsWith("(EP[", 24) ? sql(text, event) : instance(text, event);
        if (read) {
            Clock.stamp(event, time);
            event.set(Ecs.EVENT_CATEGORY, Words.DATABASE);
        }
        return read;
    }

    /** {@code [INFO] database P0000004096 T0000000000000004101 text}. */
    private static boolean instance(String text, Event.Builder event) {
        int close = text.charAt(24) == '[' ? text.indexOf("] ", 24) : -1;
        int process = close < 0 ? -1 : text.indexOf(" P0", close + 2);
        int thread = process < 0 ? -1 : text.indexOf(" T0", process + 3);
        int end = thread < 0 ? -1 : text.indexOf(' ', thread + 3);
        if (end < 0 || process - close > 24 || thread - process > 16) {
            return false;
        }
        Words.dataset(event, "dameng.log");
        String level = text.substring(25, close);
        String said = text.substring(end).strip();
        boolean failed =
                said.contains("login fail") || said.contains("登录失败") || level.equals("ERROR") || level.equals("FATAL");
        event.set(Ecs.LOG_LEVEL, level)
                .set("service.name", text.substring(close + 2, process).strip())
                .set(Ecs.MESSAGE, said)
                .set(Ecs.EVENT_TYPE, failed ? Words.ERROR : Words.INFO);
        Fill.number(event, Ecs.PROCESS_PID, text.substring(process + 2, thread).strip());
        return true;
    }

    private static boolean sql(String text, Event.Builder event) {
        int close = text.indexOf(") ", 24);
        if (close < 0 || close > 600) {
            return false;
        }
        Words.dataset(event, "dameng.sql");
        for (String pair : text.substring(25, close).split(" ", 24)) {
            int colon = pair.indexOf(':');
            String value = colon < 0 ? "" : pair.substring(colon + 1);
            switch (colon < 0 ? "" : pair.substring(0, colon)) {
                case "user" -> Fill.text(event, Ecs.USER_NAME, value);
                case "ip" -> Fill.source(event, value.startsWith("::ffff:") ? value.substring(7) : value);
                case "appname" -> Fill.text(event, "dameng.sql.application", value);
                case "thrd" -> Fill.number(event, "process.thread.id", value);
                case "sess" -> Fill.text(event, "dameng.sql.session", value);
                case "trxid" -> Fill.text(event, "dameng.sql.transaction", value);
                default -> {
                    // statement addresses say nothing outside the server
                }
            }
        }
        String said = text.substring(close + 2).strip();
        int bracket = said.startsWith("[") ? said.indexOf(']') : -1;
        if (bracket > 0 && bracket < 12) {
            event.set(Ecs.EVENT_ACTION, said.substring(1, bracket));
            said = said.substring(bracket + 1).strip();
        }
        int time = said.lastIndexOf("EXECTIME: ");
        int unit = time < 0 ? -1 : said.indexOf("(ms)", time);
        if (unit > 0) {
            long millis = Fill.whole(said.substring(time + 10, unit).strip());
            if (millis >= 0) {
                event.set(Ecs.EVENT_DURATION, millis * 1_000_000);
            }
        }
        event.set(Ecs.MESSAGE, said).set(Ecs.EVENT_TYPE, Words.ACCESS);
        return true;
    }
}
