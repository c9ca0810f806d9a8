package org.wanglou.sensors.format;

import java.time.ZoneId;
import java.util.List;
import org.wanglou.model.Event;
import org.wanglou.sensors.format.app.BracketLine;
import org.wanglou.sensors.format.app.ElasticLine;
import org.wanglou.sensors.format.db.MySqlError;
import org.wanglou.sensors.format.db.PostgresLine;
import org.wanglou.sensors.format.db.RedisLine;
import org.wanglou.sensors.format.service.NamedMessage;

/**
 * Logs of servers that begin with a time and little else: each is asked only when the words that it alone has stand where
 * they must, for their readers take much. Pure.
 */
final class Servers {
    private static final List<String> POSTGRES =
            List.of("LOG:  ", "ERROR:  ", "FATAL:  ", "PANIC:  ", "WARNING:  ", "STATEMENT:  ", "DETAIL:  ", "HINT:  ");
    private static final List<String> POSTGRES_CSV = List.of(",LOG,0", ",ERROR,", ",FATAL,", ",WARNING,0", ",PANIC,");
    private static final List<String> MYSQL =
            List.of(" [Note] ", " [Warning] ", " [ERROR] ", " [System] ", " [note] ", " [warning] ", " [error] ");
    private static final List<String> MYSQL_GENERAL =
            List.of(" Connect\t", " Query\t", " Quit", " Init DB\t", " Prepare\t", " Execute\t");
    private static final List<String> ICINGA =
            List.of("] information/", "] warning/", "] critical/", "] notice/", "] debug/");
    private static final int HEAD = 200;

    private static final Message NAMED = new NamedMessage();

    private Servers() {}

    /** BIND's own file, its time taken off: {@code queries: info: client @0x7f… 192.0.2.1#53123 (name): query: …}. */
    static boolean named(String text, Event.Builder event, ZoneId zone) {
        int client = text.indexOf("client ");
        int hash = client < 0 ? -1 : text.indexOf('#', client);
        return hash > 0
                && hash - client < 80
                && client < 60
                && (client == 0 || text.startsWith(": ", client - 2) && Character.isLetter(text.charAt(0)))
                && whole(NAMED, text, event, zone);
    }

    static boolean postgres(String text, Event.Builder event, ZoneId zone) {
        return (any(text, POSTGRES) || any(text, POSTGRES_CSV))
                && whole((line, one, where) -> PostgresLine.read(line, one, where), text, event, zone);
    }

    static boolean mysqlError(String text, Event.Builder event, ZoneId zone) {
        return any(text, MYSQL) && whole(MySqlError::read, text, event, zone);
    }

    static boolean mysqlGeneral(String text, Event.Builder event, ZoneId zone) {
        return text.indexOf('\t') > 0 && any(text, MYSQL_GENERAL) && whole(MySqlError::general, text, event, zone);
    }

    static boolean redis(String text, Event.Builder event, ZoneId zone) {
        int colon = text.indexOf(':');
        return colon > 0
                && colon < 9
                && colon + 2 < text.length()
                && "MSCX".indexOf(text.charAt(colon + 1)) >= 0
                && text.charAt(colon + 2) == ' '
                && whole(RedisLine::read, text, event, zone);
    }

    static boolean icinga(String text, Event.Builder event, ZoneId zone) {
        return any(text, ICINGA) && whole(BracketLine::icinga, text, event, zone);
    }

    static boolean nats(String text, Event.Builder event, ZoneId zone) {
        int close = text.indexOf("] ");
        return close > 1
                && close + 7 < text.length()
                && text.charAt(close + 6) == '/'
                && whole(BracketLine::nats, text, event, zone);
    }

    static boolean logstash(String text, Event.Builder event, ZoneId zone) {
        return text.indexOf("][") > 20
                && (text.contains("][logstash.") || text.contains("][slowlog.logstash"))
                && whole(BracketLine::logstash, text, event, zone);
    }

    static boolean elasticsearch(String text, Event.Builder event, ZoneId zone) {
        int level = text.indexOf("][");
        return level > 20
                && level < 40
                && text.indexOf("][", level + 2) > 0
                && whole(ElasticLine::read, text, event, zone);
    }

    static boolean kafka(String text, Event.Builder event, ZoneId zone) {
        int close = text.indexOf("] ");
        return close > 20
                && close < 32
                && text.charAt(close - 4) == ','
                && whole(BracketLine::kafka, text, event, zone);
    }

    private static boolean any(String text, List<String> marks) {
        for (String mark : marks) {
            int at = text.indexOf(mark);
            if (at > 0 && at < HEAD) {
                return true;
            }
        }
        return false;
    }

    /** What a reader sets before it declines must not stay in the event: it reads aside first. */
    private static boolean whole(Message reader, String text, Event.Builder event, ZoneId zone) {
        return reader.read(text, Event.builder(), zone) && reader.read(text, event, zone);
    }
}
