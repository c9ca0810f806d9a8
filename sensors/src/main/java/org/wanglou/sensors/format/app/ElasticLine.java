package org.wanglou.sensors.format.app;

import java.time.ZoneId;
import java.util.Locale;
import org.wanglou.model.Ecs;
import org.wanglou.model.Event;
import org.wanglou.sensors.format.json.JsonKind;
import org.wanglou.sensors.format.part.Clock;
import org.wanglou.sensors.format.part.Fill;
import org.wanglou.sensors.format.part.JsonShape;
import org.wanglou.sensors.format.part.Pairs;
import org.wanglou.sensors.format.part.Put;
import org.wanglou.sensors.format.part.Table;
import org.wanglou.sensors.format.part.Words;

/** Elasticsearch's server, deprecation, slow and audit logs, as text (to 6) and as JSON (from 7). Immutable. */
public final class ElasticLine {
    private static final Put TIME = (event, value, zone) -> Clock.stamp(event, Clock.iso(value, zone));
    private static final Put OUTCOME = (event, value, zone) -> {
        event.set(Ecs.EVENT_ACTION, value);
        boolean failed = value.endsWith("failed") || value.endsWith("denied") || value.startsWith("tampered");
        event.set(Ecs.EVENT_OUTCOME, failed ? Words.FAILURE : Words.SUCCESS);
    };

    private static final Table FIELDS = Table.keeping("elasticsearch.")
            .puts(TIME, "timestamp", "@timestamp")
            .puts(Put.text(Ecs.LOG_LEVEL), "level", "log.level")
            .puts(Put.text(Ecs.MESSAGE), "message")
            .puts(Put.text("log.logger"), "log.logger")
            .puts(Put.text("elasticsearch.component"), "component")
            .puts(Put.text("elasticsearch.cluster.name"), "cluster.name", "elasticsearch.cluster.name")
            .puts(Put.text("elasticsearch.cluster.uuid"), "cluster.uuid", "elasticsearch.cluster.uuid")
            .puts(Put.text("elasticsearch.node.name"), "node.name", "elasticsearch.node.name")
            .puts(Put.both(Put.text("elasticsearch.node.id"), Put.text("host.id")), "node.id", "elasticsearch.node.id")
            .puts(Put.text("process.thread.name"), "process.thread.name")
            .puts(Put.text("service.name"), "service.name")
            .puts(Put.text("elasticsearch.type"), "type", "event.dataset")
            .puts(Put.text("elasticsearch.audit.layer"), "event.type")
            .puts(OUTCOME, "event.action")
            .puts(
                    Put.text(Ecs.USER_NAME),
                    "user.name",
                    "put.user.name",
                    "delete.user.name",
                    "change.disable.user.name",
                    "change.enable.user.name",
                    "change.password.user.name")
            .puts(Put.text("user.email"), "put.user.email")
            .puts(Put.text("user.full_name"), "put.user.full_name")
            .puts(Put.text(Ecs.USER_EFFECTIVE_NAME), "user.run_as.name")
            .puts(Put.text("elasticsearch.audit.user.realm"), "user.realm")
            .puts(Put.text("user.roles"), "user.roles")
            .puts(
                    (event, value, zone) -> {
                        event.set(Ecs.SOURCE_ADDRESS, value);
                        int colon = value.lastIndexOf(':');
                        Fill.address(event, Ecs.SOURCE_IP, colon > 0 ? value.substring(0, colon) : value);
                        Fill.number(event, Ecs.SOURCE_PORT, value.substring(colon + 1));
                    },
                    "origin.address")
            .puts(Put.both(Put.text("http.request.id"), Put.text("elasticsearch.audit.request.id")), "request.id")
            .puts(Put.text(Ecs.HTTP_METHOD), "request.method")
            .puts((event, value, zone) -> Fill.text(event, Ecs.URL_ORIGINAL, value), "url.path", "uri")
            .puts(Put.NOTHING, "request.body")
            .puts(
                    (event, value, zone) -> {
                        long millis = Fill.whole(value);
                        if (millis >= 0) {
                            event.set(Ecs.EVENT_DURATION, millis * 1_000_000);
                        }
                    },
                    "took_millis",
                    "elasticsearch.slowlog.took_millis");

    public static final JsonKind KIND = new JsonKind("elasticsearch", JsonShape.of(FIELDS), ElasticLine::json);

    private ElasticLine() {}

    /** A line that begins an event. */
    public static boolean begins(byte[] line) {
        return line.length > 0 && line[0] == '{' || BracketLine.begins(line);
    }

    private static boolean json(Event.Builder event) {
        String type = String.valueOf(event.get("elasticsearch.type"));
        boolean audit = event.get("elasticsearch.audit.layer") != null || type.equals("audit");
        Object logger = event.get("log.logger");
        String kind = audit
                ? "audit"
                : type.contains("slowlog") || String.valueOf(logger).contains("slowlog")
                        ? "slowlog"
                        : type.contains("deprecation") ? "deprecation" : "server";
        if (kind.equals("server") && event.get(Ecs.MESSAGE) instanceof String said && said.startsWith("[")) {
            int close = said.indexOf("] ");
            if (close > 0) {
                int slash = said.indexOf('/');
                event.set("elasticsearch.index.name", said.substring(1, slash > 0 && slash < close ? slash : close))
                        .set(Ecs.MESSAGE, said.substring(close + 2));
            }
        }
        return base(event, kind);
    }

    private static boolean base(Event.Builder event, String kind) {
        Words.dataset(event, "elasticsearch." + kind);
        event.set(Ecs.EVENT_CATEGORY, Words.DATABASE)
                .set(Ecs.EVENT_TYPE, kind.equals("audit") ? Words.ACCESS : Words.INFO);
        return true;
    }

    public static boolean read(String text, Event.Builder event, ZoneId zone) {
        if (text.startsWith("{")) {
            if (!KIND.read(text, event, zone)) {
                return false;
            }
            boolean whole = "elasticsearch.audit".equals(event.get(Ecs.EVENT_DATASET))
                    || "elasticsearch.slowlog".equals(event.get(Ecs.EVENT_DATASET)) && event.get("log.logger") != null;
            if (whole) {
                event.set(Ecs.MESSAGE, text);
            }
            return true;
        }
        int at = BracketLine.time(text, event, zone);
        if (at < 0) {
            return false;
        }
        if (text.startsWith(" [", at)) {
            return audit(text, at, event);
        }
        int level = text.startsWith("[", at) ? text.indexOf(']', at) : -1;
        int component = level < 0 || !text.startsWith("[", level + 1) ? -1 : text.indexOf(']', level + 1);
        if (component < 0) {
            return false;
        }
        String name = text.substring(level + 2, component).strip();
        String said = text.substring(component + 1).strip();
        event.set(Ecs.LOG_LEVEL, text.substring(at + 1, level).strip()).set("elasticsearch.component", name);
        boolean slow = name.contains("slowlog");
        boolean deprecation =
                name.startsWith("o.e.d.") && said.toLowerCase(Locale.ROOT).contains("deprecat");
        if (!deprecation && said.startsWith("[") && said.indexOf("] ") >= 0) {
            Fill.text(event, "elasticsearch.node.name", said.substring(1, said.indexOf(']')));
            said = said.substring(said.indexOf("] ") + 2).strip();
            int close = said.startsWith("[") ? said.indexOf("] ") : -1;
            if (close > 0 && !slow) {
                Fill.text(event, "elasticsearch.index.name", said.substring(1, said.indexOf(']')));
                said = said.substring(close + 2);
            }
        }
        event.set(Ecs.MESSAGE, slow ? text : said);
        int took = said.indexOf("took_millis[");
        if (took > 0) {
            int end = said.indexOf(']', took);
            long millis = end < 0 ? -1 : Fill.whole(said.substring(took + 12, end));
            if (millis >= 0) {
                event.set(Ecs.EVENT_DURATION, millis * 1_000_000);
            }
        }
        return base(event, slow ? "slowlog" : deprecation ? "deprecation" : "server");
    }

    /** {@code [time] [node] [rest] [authentication_failed] origin_address=[192.0.2.1], principal=[li], uri=[/]}. */
    private static boolean audit(String text, int from, Event.Builder event) {
        int pairs = text.indexOf("=[", from);
        int last = text.lastIndexOf(']', pairs < 0 ? text.length() : pairs);
        String[] words = text.substring(from, last).replace("[", "").split("\\]\\s*", 5);
        if (pairs < 0 || last < from || words.length < 2) {
            return false;
        }
        OUTCOME.text(event, words[words.length - 1].strip(), java.time.ZoneOffset.UTC);
        event.set(Ecs.EVENT_ACTION, null)
                .set("elasticsearch.audit.event_type", words[words.length - 1].strip())
                .set("elasticsearch.audit.layer", words[words.length - 2].strip());
        Pairs all = Pairs.parted(text, last + 1, '=', ',');
        while (all.next()) {
            String value = all.value();
            String plain =
                    value.startsWith("[") && value.endsWith("]") ? value.substring(1, value.length() - 1) : value;
            switch (all.key()) {
                case "origin_address" -> Fill.address(event, Ecs.SOURCE_IP, plain);
                case "principal" -> Fill.text(event, Ecs.USER_NAME, plain);
                case "uri" -> Fill.text(event, Ecs.URL_ORIGINAL, plain);
                case "request_body" -> {
                    // what a user searched for is not kept
                }
                default ->
                    Fill.text(event, "elasticsearch.audit." + (all.key().length() < 40 ? all.key() : "other"), plain);
            }
        }
        event.set(Ecs.MESSAGE, text);
        return base(event, "audit");
    }
}
