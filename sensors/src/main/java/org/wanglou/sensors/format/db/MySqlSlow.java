package org.wanglou.sensors.format.db;

import java.time.ZoneId;
import org.wanglou.model.Ecs;
import org.wanglou.model.Event;
import org.wanglou.sensors.format.part.Clock;
import org.wanglou.sensors.format.part.Fill;
import org.wanglou.sensors.format.part.Put;
import org.wanglou.sensors.format.part.Words;

/**
 * The slow query log of MySQL, MariaDB and Percona: comment lines with who, from where and how long, then the statement. One
 * frame is one statement. Pure.
 */
public final class MySqlSlow {
    private MySqlSlow() {}

    /** A line that begins an event; {@code # Time:} stands before the user, but only once a second. */
    public static boolean begins(byte[] line) {
        String start = new String(line, 0, Math.min(line.length, 16), java.nio.charset.StandardCharsets.ISO_8859_1);
        return start.startsWith("# User@Host:");
    }

    /** A time alone, or what the server writes at its start. */
    public static boolean banner(String text) {
        return text.indexOf("# User@Host:") < 0
                && (text.startsWith("# Time: ") || text.contains("started with:") || text.startsWith("Tcp port:"));
    }

    public static boolean read(String text, Event.Builder event, ZoneId zone) {
        int user = text.indexOf("# User@Host: ");
        if (user < 0) {
            return false;
        }
        Words.dataset(event, "mysql.slowlog");
        event.set(Ecs.EVENT_CATEGORY, Words.DATABASE).set(Ecs.EVENT_TYPE, Words.INFO);
        StringBuilder query = new StringBuilder();
        for (String line : text.substring(user).split("\n", 4_000)) {
            if (line.startsWith("# User@Host: ")) {
                who(line.substring(13), event);
            } else if (line.startsWith("# Time: ")) {
                // the time of the next statement
                break;
            } else if (line.startsWith("#")) {
                figures(line.substring(1), event, zone);
            } else if (query.length() == 0 && line.startsWith("SET timestamp=")) {
                String seconds = line.substring(14).replace(";", "").strip();
                Clock.stamp(event, Clock.epoch(seconds));
            } else if (query.length() == 0 && line.regionMatches(true, 0, "use ", 0, 4)) {
                Fill.text(
                        event,
                        "mysql.slowlog.schema",
                        line.substring(4).replace(";", "").strip());
            } else {
                query.append(query.length() == 0 ? "" : "\n").append(line);
            }
        }
        Fill.text(event, "mysql.slowlog.query", query.toString());
        return true;
    }

    /** {@code root[root] @ localhost [192.0.2.1]  Id: 5}. */
    private static void who(String line, Event.Builder event) {
        int open = line.indexOf('[');
        int close = line.indexOf(']', Math.max(open, 0));
        int at = line.indexOf(" @ ");
        if (open < 0 || close < open || at < close) {
            return;
        }
        Fill.text(event, Ecs.USER_NAME, line.substring(0, open));
        Fill.text(event, "mysql.slowlog.current_user", line.substring(open + 1, close));
        int ip = line.indexOf('[', at);
        int ipEnd = ip < 0 ? -1 : line.indexOf(']', ip);
        if (ipEnd < 0) {
            return;
        }
        String host = line.substring(at + 3, ip).strip();
        Fill.source(event, line.substring(ip + 1, ipEnd));
        Fill.text(event, Ecs.SOURCE_DOMAIN, host);
        int id = line.indexOf("Id:", ipEnd);
        if (id > 0) {
            Fill.number(event, "mysql.thread_id", line.substring(id + 3).strip());
        }
    }

    private static void figures(String line, Event.Builder event, ZoneId zone) {
        String[] words = line.strip().split("[ \t]+", 40);
        for (int i = 0; i + 1 < words.length; i++) {
            if (!words[i].endsWith(":") || words[i + 1].endsWith(":")) {
                continue;
            }
            String value = words[++i];
            switch (words[i - 1]) {
                case "Query_time:" ->
                    Put.times(Ecs.EVENT_DURATION, 1_000_000_000L).text(event, value, zone);
                case "Rows_sent:" -> Fill.number(event, "mysql.slowlog.rows_sent", value);
                case "Rows_examined:" -> Fill.number(event, "mysql.slowlog.rows_examined", value);
                case "Rows_affected:" -> Fill.number(event, "mysql.slowlog.rows_affected", value);
                case "Bytes_sent:" -> Fill.number(event, "mysql.slowlog.bytes_sent", value);
                case "Schema:" -> Fill.text(event, "mysql.slowlog.schema", value);
                case "Thread_id:" -> Fill.number(event, "mysql.thread_id", value);
                case "Last_errno:" -> Fill.number(event, "mysql.slowlog.last_errno", value);
                default -> {
                    // figures of the optimiser
                }
            }
        }
    }
}
