package org.wanglou.sensors.format.app;

import org.wanglou.model.Ecs;
import org.wanglou.sensors.format.json.JsonKind;
import org.wanglou.sensors.format.part.JsonShape;
import org.wanglou.sensors.format.part.Put;
import org.wanglou.sensors.format.part.Table;
import org.wanglou.sensors.format.part.Words;

/** MongoDB's structured log (4.4 and later) and osquery's differential results. Immutable. */
public final class AppKinds {
    private static final Table MONGO = Table.keeping("mongodb.log.")
            .put("t.$date", Put.ISO_TIME)
            .put("s", Ecs.LOG_LEVEL)
            .put("c", "mongodb.log.component")
            .put("id", Put.number("mongodb.log.id"))
            .put("ctx", "mongodb.log.context")
            .put("msg", Ecs.MESSAGE)
            .put("attr.remote", "mongodb.log.attr.remote")
            .put("attr.principalName", Ecs.USER_NAME);

    private static final Table OSQUERY = Table.keeping("osquery.result.")
            .put("unixTime", Put.both(Put.EPOCH_TIME, Put.text("osquery.result.unix_time")))
            .put("calendarTime", "osquery.result.calendar_time")
            .put("hostIdentifier", Put.both(Put.text(Ecs.HOST_NAME), Put.text(Ecs.HOST_HOSTNAME)))
            .put("name", Put.both(Put.text(Ecs.RULE_NAME), Put.text("osquery.result.name")))
            .put("action", Put.both(Put.text(Ecs.EVENT_ACTION), Put.text("osquery.result.action")))
            .put("decorations.host_uuid", "host.id")
            .put("decorations.username", Ecs.USER_NAME)
            .put("columns.path", Put.both(Put.text(Ecs.FILE_PATH), Put.text("osquery.result.columns.path")))
            .put("columns.type", Put.both(Put.text("file.type"), Put.text("osquery.result.columns.type")))
            .put("columns.size", Put.both(Put.number("file.size"), Put.text("osquery.result.columns.size")))
            .put(
                    "columns.directory",
                    Put.both(Put.text("file.directory"), Put.text("osquery.result.columns.directory")))
            .put("columns.uid", Put.both(Put.text("file.uid"), Put.text("osquery.result.columns.uid")))
            .put("columns.gid", Put.both(Put.text("file.gid"), Put.text("osquery.result.columns.gid")))
            .put("columns.process", Put.both(Put.text(Ecs.PROCESS_NAME), Put.text("osquery.result.columns.process")))
            .put("columns.source_url", Put.both(Put.text(Ecs.URL_FULL), Put.text("osquery.result.columns.source_url")));

    private static final Table LOGSTASH_FIELDS = Table.keeping("logstash.log.")
            .put("timeMillis", Put.EPOCH_TIME)
            .put("level", Ecs.LOG_LEVEL)
            .put("loggerName", Put.both(Put.text("log.logger"), Put.text("logstash.log.module")))
            .put("thread", "process.thread.name")
            .put("logEvent.message", Ecs.MESSAGE)
            .put("logEvent.took_in_nanos", Put.number(Ecs.EVENT_DURATION));

    /** Logstash's JSON layout ({@code log.format: json}). */
    public static final JsonKind LOGSTASH = new JsonKind("logstash", JsonShape.of(LOGSTASH_FIELDS), event -> {
        Object name = event.get("log.logger");
        Words.dataset(event, String.valueOf(name).startsWith("slowlog") ? "logstash.slowlog" : "logstash.log");
        boolean error = "ERROR".equals(event.get(Ecs.LOG_LEVEL)) || "FATAL".equals(event.get(Ecs.LOG_LEVEL));
        event.set(Ecs.EVENT_TYPE, error ? Words.ERROR : Words.INFO);
        return name != null && event.get(Ecs.TIMESTAMP) != null;
    });

    public static final JsonKind MONGODB = new JsonKind("mongodb", JsonShape.of(MONGO), event -> {
        Words.dataset(event, "mongodb.log");
        event.set(Ecs.EVENT_CATEGORY, Words.DATABASE).set(Ecs.EVENT_TYPE, Words.INFO);
        if (event.get("mongodb.log.attr.remote") instanceof String remote) {
            org.wanglou.sensors.format.part.Fill.sourceWithPort(event, remote);
        }
        if (String.valueOf(event.get(Ecs.MESSAGE)).equals("Authentication failed")) {
            event.set(Ecs.EVENT_CATEGORY, java.util.List.of("database", "authentication"))
                    .set(Ecs.EVENT_OUTCOME, Words.FAILURE);
        }
        return event.get(Ecs.TIMESTAMP) != null;
    });

    public static final JsonKind OSQUERY_RESULT = new JsonKind("osquery", JsonShape.of(OSQUERY), event -> {
        Words.dataset(event, "osquery.result");
        event.set(Ecs.EVENT_TYPE, Words.INFO);
        return event.get(Ecs.RULE_NAME) != null;
    });

    private AppKinds() {}
}
