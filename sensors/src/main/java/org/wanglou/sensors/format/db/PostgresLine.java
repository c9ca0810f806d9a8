package org.wanglou.sensors.format.db;

import java.time.ZoneId;
import java.util.List;
import org.wanglou.model.Ecs;
import org.wanglou.model.Event;
import org.wanglou.sensors.format.part.Clock;
import org.wanglou.sensors.format.part.Csv;
import org.wanglou.sensors.format.part.Fill;
import org.wanglou.sensors.format.part.Words;

/**
 * PostgreSQL, openGauss and Kingbase in PostgreSQL's forms: csvlog (§20.8.4 of the manual, columns of releases 9.0 to 17) and
 * stderr with the prefix {@code %m [%p] %q%u@%d }. Pure.
 */
public final class PostgresLine {
    private PostgresLine() {}

    /** A line that begins an event: one that begins with a time. */
    public static boolean begins(byte[] line) {
        return line.length > 19 && line[4] == '-' && line[7] == '-' && line[10] == ' ' && line[13] == ':';
    }

    public static boolean read(String text, Event.Builder event, ZoneId zone) {
        int comma = text.indexOf(',');
        if (comma > 20 && comma < 36 && text.indexOf('[') != comma - 1) {
            List<String> cells = Csv.values(text, ',');
            if (cells.size() >= 22 && csv(cells, event, zone)) {
                return true;
            }
        }
        return plain(text, event, zone);
    }

    private static void base(Event.Builder event) {
        Words.dataset(event, "postgresql.log");
        event.set(Ecs.EVENT_CATEGORY, Words.DATABASE).set(Ecs.EVENT_TYPE, Words.INFO);
    }

    private static boolean csv(List<String> f, Event.Builder event, ZoneId zone) {
        long time = Clock.iso(f.get(0), zone);
        if (time == Clock.NONE || Fill.whole(f.get(3)) < 0) {
            return false;
        }
        base(event);
        event.set(Ecs.TIMESTAMP, time);
        Fill.text(event, Ecs.USER_NAME, f.get(1));
        Fill.text(event, "postgresql.log.database", f.get(2));
        Fill.number(event, Ecs.PROCESS_PID, f.get(3));
        String peer = f.get(4);
        if (!peer.isEmpty() && !peer.startsWith("[local]")) {
            Fill.sourceWithPort(event, peer);
        }
        Fill.text(event, "postgresql.log.session_id", f.get(5));
        Fill.text(event, "postgresql.log.command_tag", f.get(7));
        Fill.text(event, Ecs.LOG_LEVEL, f.get(11));
        Fill.text(event, "postgresql.log.sql_state_code", f.get(12));
        Fill.text(event, "postgresql.log.detail", f.get(14));
        Fill.text(event, "postgresql.log.application_name", f.get(22 < f.size() ? 22 : 21));
        said(f.get(13), event, "");
        return true;
    }

    private static boolean plain(String text, Event.Builder event, ZoneId zone) {
        int open = text.indexOf('[');
        int close = open < 0 ? -1 : text.indexOf("] ", open);
        if (open < 19 || open > 40 || close < 0) {
            return false;
        }
        long time = Clock.iso(text.substring(0, open).strip(), zone);
        String pid = text.substring(open + 1, close);
        int dash = pid.indexOf('-');
        int level = text.indexOf(":  ", close);
        if (time == Clock.NONE || level < 0 || Fill.whole(dash < 0 ? pid : pid.substring(0, dash)) < 0) {
            return false;
        }
        base(event);
        event.set(Ecs.TIMESTAMP, time);
        Fill.number(event, Ecs.PROCESS_PID, dash < 0 ? pid : pid.substring(0, dash));
        String before = text.substring(close + 2, level).strip();
        int blank = before.lastIndexOf(' ');
        event.set(Ecs.LOG_LEVEL, before.substring(blank + 1));
        String who = blank < 0 ? "" : before.substring(0, blank);
        int at = who.lastIndexOf('@');
        if (at > 0) {
            known(event, Ecs.USER_NAME.name(), who.substring(0, at));
            known(event, "postgresql.log.database", who.substring(at + 1));
        }
        String said = text.substring(level + 3);
        said(said, event, at(said) ? text : said);
        return true;
    }

    private static boolean at(String said) {
        return said.startsWith("statement: ") || said.startsWith("duration: ");
    }

    private static void known(Event.Builder event, String field, String value) {
        if (!value.equals("[unknown]")) {
            Fill.text(event, field, value);
        }
    }

    /** Statements with their duration, connections and refusals among the messages. */
    private static void said(String said, Event.Builder event, String message) {
        event.set(Ecs.MESSAGE, message.isEmpty() ? said : message);
        String level = String.valueOf(event.get(Ecs.LOG_LEVEL));
        if (level.equals("ERROR") || level.equals("FATAL") || level.equals("PANIC")) {
            event.set(Ecs.EVENT_TYPE, Words.ERROR);
        }
        String rest = said;
        if (said.startsWith("duration: ")) {
            int ms = said.indexOf(" ms");
            org.wanglou.sensors.format.part.Put.times(Ecs.EVENT_DURATION, 1_000_000)
                    .text(event, ms < 0 ? "" : said.substring(10, ms), java.time.ZoneOffset.UTC);
            rest = ms < 0 ? "" : said.substring(ms + 3).strip();
        }
        int colon = rest.indexOf(": ");
        String step = colon < 0 ? "" : rest.substring(0, colon);
        if (step.equals("statement")
                || step.startsWith("parse ")
                || step.startsWith("bind ")
                || step.startsWith("execute ")) {
            String query = rest.substring(colon + 2);
            if (message.isEmpty()) {
                event.set(Ecs.MESSAGE, query);
            }
            event.set("postgresql.log.query", query)
                    .set(
                            "postgresql.log.query_step",
                            step.indexOf(' ') < 0 ? step : step.substring(0, step.indexOf(' ')));
        } else if (said.startsWith("connection authorized: ") || said.startsWith("connection received: ")) {
            connection(said, event, said.startsWith("connection authorized"));
        } else if (said.startsWith("disconnection: ")) {
            event.set(Ecs.EVENT_ACTION, "disconnection");
            pairs(said, event);
        } else if (said.contains("authentication failed for user \"") || said.startsWith("no pg_hba.conf entry for ")) {
            event.set(Ecs.EVENT_CATEGORY, List.of("database", "authentication"))
                    .set(Ecs.EVENT_ACTION, "login")
                    .set(Ecs.EVENT_OUTCOME, Words.FAILURE);
            quoted(said, "user \"", Ecs.USER_NAME.name(), event);
            int host = said.indexOf("host \"");
            int end = host < 0 ? -1 : said.indexOf('"', host + 6);
            if (end > 0) {
                Fill.source(event, said.substring(host + 6, end));
            }
        }
    }

    private static void connection(String said, Event.Builder event, boolean authorized) {
        pairs(said, event);
        event.set(Ecs.EVENT_ACTION, authorized ? "login" : "connection");
        if (authorized) {
            event.set(Ecs.EVENT_CATEGORY, List.of("database", "authentication")).set(Ecs.EVENT_OUTCOME, Words.SUCCESS);
        }
    }

    private static void pairs(String said, Event.Builder event) {
        org.wanglou.sensors.format.part.Pairs pairs =
                org.wanglou.sensors.format.part.Pairs.of(said, said.indexOf(':') + 1);
        while (pairs.next()) {
            switch (pairs.key()) {
                case "user" -> Fill.text(event, Ecs.USER_NAME, pairs.value());
                case "database" -> Fill.text(event, "postgresql.log.database", pairs.value());
                case "host" -> {
                    if (!pairs.value().equals("[local]")) {
                        Fill.source(event, pairs.value());
                    }
                }
                case "port" -> Fill.number(event, Ecs.SOURCE_PORT, pairs.value());
                default -> {
                    // session time and the like
                }
            }
        }
    }

    private static void quoted(String said, String mark, String field, Event.Builder event) {
        int at = said.indexOf(mark);
        int end = at < 0 ? -1 : said.indexOf('"', at + mark.length());
        if (end > 0) {
            Fill.text(event, field, said.substring(at + mark.length(), end));
        }
    }
}
