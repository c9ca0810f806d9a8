package org.wanglou.sensors.format.app;

import java.time.ZoneId;
import org.wanglou.model.Ecs;
import org.wanglou.model.Event;
import org.wanglou.sensors.format.part.Clock;
import org.wanglou.sensors.format.part.Fill;
import org.wanglou.sensors.format.part.Words;

/** Lines that begin with a time in brackets: Kafka, Logstash, Icinga; and NATS, whose process id is in brackets. Pure. */
public final class BracketLine {
    private BracketLine() {}

    /** A line that begins an event. */
    public static boolean begins(byte[] line) {
        return line.length > 5 && line[0] == '[' && line[1] >= '0' && line[1] <= '9';
    }

    /** The index behind {@code [time]}, the time set; -1 when there is none. */
    static int time(String text, Event.Builder event, ZoneId zone) {
        int close = text.startsWith("[") ? text.indexOf(']') : -1;
        if (close < 20 || close > 40) {
            return -1;
        }
        long time = Clock.iso(text.substring(1, close), zone);
        if (time == Clock.NONE) {
            return -1;
        }
        event.set(Ecs.TIMESTAMP, time);
        return close + 1;
    }

    private static void base(Event.Builder event, String dataset, String level, String message) {
        Words.dataset(event, dataset);
        boolean error = level.equalsIgnoreCase("error")
                || level.equalsIgnoreCase("critical")
                || level.equalsIgnoreCase("fatal");
        event.set(Ecs.EVENT_TYPE, error ? Words.ERROR : Words.INFO).set(Ecs.MESSAGE, message);
        Fill.text(event, Ecs.LOG_LEVEL, level);
    }

    /** {@code [time] LEVEL [component]: text (class)}. */
    public static boolean kafka(String text, Event.Builder event, ZoneId zone) {
        int at = time(text, event, zone);
        if (at > 0 && text.startsWith(" [", at)) {
            return patterned(text, at, event);
        }
        int levelEnd = at < 0 ? -1 : text.indexOf(' ', at + 1);
        if (levelEnd < 0 || text.charAt(at) != ' ' || !upper(text, at + 1, levelEnd)) {
            return false;
        }
        String said = text.substring(levelEnd + 1);
        int line = said.indexOf('\n');
        String first = line < 0 ? said : said.substring(0, line);
        int close = first.startsWith("[") ? first.indexOf(']') : -1;
        String component = "unknown";
        if (close > 0) {
            component = first.substring(1, close);
            first = first.substring(close + 1);
            first = first.startsWith(":") ? first.substring(1) : first;
            first = first.startsWith(",") ? first.substring(1) : first;
        }
        int open = first.lastIndexOf(" (");
        String message = first.stripLeading();
        if (open >= 0 && first.endsWith(")")) {
            Fill.text(event, "kafka.log.class", first.substring(open + 2, first.length() - 1));
            message = first.substring(0, open).stripLeading();
        }
        event.set("kafka.log.component", component);
        base(event, "kafka.log", text.substring(at + 1, levelEnd), message);
        if (line > 0) {
            event.set("kafka.log.trace", said.substring(line + 1));
        }
        return true;
    }

    /** {@code [time] [LEVEL] [thread] [class] - [component] text}, another usual pattern of log4j. */
    private static boolean patterned(String text, int at, Event.Builder event) {
        int dash = text.indexOf("] - ", at);
        String[] words = dash < 0
                ? new String[0]
                : text.substring(at, dash + 1).replace("[", "").split("\\] ?", 5);
        if (words.length < 3) {
            return false;
        }
        String said = text.substring(dash + 4);
        int close = said.startsWith("[") ? said.indexOf("] ") : -1;
        if (close > 0) {
            event.set("kafka.log.component", said.substring(1, close));
            said = said.substring(close + 2);
        }
        event.set("kafka.log.thread", words[1].strip()).set("kafka.log.class", words[2].strip());
        base(event, "kafka.log", words[0].strip(), said);
        return true;
    }

    private static boolean upper(String text, int from, int to) {
        for (int i = from; i < to; i++) {
            if (text.charAt(i) < 'A' || text.charAt(i) > 'Z') {
                return false;
            }
        }
        return to > from && to - from < 8;
    }

    /** {@code [time][LEVEL][module] text}. */
    public static boolean logstash(String text, Event.Builder event, ZoneId zone) {
        int at = time(text, event, zone);
        int level = at < 0 || !text.startsWith("[", at) ? -1 : text.indexOf(']', at);
        int module = level < 0 || !text.startsWith("[", level + 1) ? -1 : text.indexOf(']', level + 1);
        if (module < 0) {
            return false;
        }
        String name = text.substring(level + 2, module).strip();
        String said = text.substring(module + 1).strip();
        if (said.startsWith("[") && said.indexOf("] ") > 0) {
            event.set("logstash.log.pipeline_id", said.substring(1, said.indexOf(']')));
            said = said.substring(said.indexOf("] ") + 2);
        }
        event.set("logstash.log.module", name);
        boolean slow = name.startsWith("slowlog");
        base(
                event,
                slow ? "logstash.slowlog" : "logstash.log",
                text.substring(at + 1, level).strip(),
                said);
        int nanos = said.indexOf(":took_in_nanos=>");
        if (nanos > 0) {
            int from = nanos + 16;
            int end = from;
            while (end < said.length() && Character.isDigit(said.charAt(end))) {
                end++;
            }
            Fill.number(event, Ecs.EVENT_DURATION, said.substring(from, end));
        }
        return true;
    }

    /** {@code [time +0200] level/Facility: text}. */
    public static boolean icinga(String text, Event.Builder event, ZoneId zone) {
        int at = time(text, event, zone);
        int slash = at < 0 ? -1 : text.indexOf('/', at);
        int colon = slash < 0 ? -1 : text.indexOf(": ", slash);
        if (colon < 0 || colon - at > 80) {
            return false;
        }
        String level = text.substring(at, slash).strip();
        String dataset = level.equals("debug") || level.equals("notice") ? "icinga.debug" : "icinga.main";
        event.set(dataset + ".facility", text.substring(slash + 1, colon));
        base(event, dataset, level, text.substring(colon + 2));
        if (level.equals("warning")) {
            // a plugin, a check or a notification failed: icinga warns of nothing that went well
            event.set(Ecs.EVENT_TYPE, Words.ERROR);
        }
        return true;
    }

    /** {@code [pid] 2019/02/06 07:19:40.624334 [INF] 192.0.2.1:5000 - cid:1 - text}; times are UTC. */
    public static boolean nats(String text, Event.Builder event, ZoneId zone) {
        int close = text.startsWith("[") ? text.indexOf("] ") : -1;
        int level = close < 0 ? -1 : text.indexOf(" [", close + 2);
        int levelEnd = level < 0 ? -1 : text.indexOf("] ", level);
        if (levelEnd != level + 5 || Fill.whole(text.substring(1, close)) < 0) {
            return false;
        }
        long time = Clock.iso(text.substring(close + 2, level), java.time.ZoneOffset.UTC);
        if (time == Clock.NONE) {
            return false;
        }
        event.set(Ecs.TIMESTAMP, time);
        Fill.number(event, Ecs.PROCESS_PID, text.substring(1, close));
        String word =
                switch (text.substring(level + 2, levelEnd)) {
                    case "INF" -> "info";
                    case "DBG" -> "debug";
                    case "WRN" -> "warning";
                    case "ERR" -> "error";
                    case "FTL" -> "fatal";
                    case "TRC" -> "trace";
                    default -> text.substring(level + 2, levelEnd);
                };
        String said = text.substring(levelEnd + 2);
        base(event, "nats.log", word, said);
        int dash = said.indexOf(" - cid:");
        if (dash > 0) {
            int colon = said.lastIndexOf(':', dash);
            Fill.text(event, "client.ip", Fill.canonical(said.substring(0, Math.max(colon, 0))));
            Fill.number(event, "client.port", said.substring(colon + 1, dash));
            int next = said.indexOf(" - ", dash + 3);
            Fill.text(event, "nats.log.client.id", said.substring(dash + 7, next < 0 ? said.length() : next));
            if (next > 0 && !said.contains("<<-") && !said.contains("->>")) {
                event.set(Ecs.MESSAGE, said.substring(next + 3));
            }
            event.set(
                    Ecs.NETWORK_DIRECTION,
                    said.contains(" - <<- ") || said.contains("<<-")
                            ? "inbound"
                            : said.contains("->>") ? "outbound" : null);
        }
        return true;
    }
}
