package org.wanglou.sensors.format.json;

import org.wanglou.model.Ecs;
import org.wanglou.sensors.format.app.AppKinds;
import org.wanglou.sensors.format.app.ElasticLine;
import org.wanglou.sensors.format.part.Clock;
import org.wanglou.sensors.format.part.Fill;
import org.wanglou.sensors.format.part.JsonShape;
import org.wanglou.sensors.format.part.Put;
import org.wanglou.sensors.format.part.Table;
import org.wanglou.sensors.format.part.Words;
import org.wanglou.sensors.format.windows.WindowsFlat;
import org.wanglou.sensors.format.windows.WindowsJson;
import org.wanglou.sensors.format.zeek.ZeekJson;

/** Which kind of JSON log an object is, told from the keys that only that kind has; and the kind of the unknown rest. Pure. */
public final class JsonKinds {
    private static final Put TIME = (event, value, zone) -> {
        if (event.get(Ecs.TIMESTAMP) == null) {
            Clock.stamp(event, Clock.any(value, zone));
        }
    };

    private static final Table GENERIC = Table.keeping("json.")
            .puts(
                    TIME,
                    "@timestamp",
                    "timestamp",
                    "time",
                    "ts",
                    "datetime",
                    "date",
                    "eventTime",
                    "event_time",
                    "createTime",
                    "logTime")
            .puts(Put.text(Ecs.MESSAGE), "message", "msg", "log", "MESSAGE")
            .puts(Put.lower(Ecs.LOG_LEVEL), "level", "severity", "loglevel", "log_level", "levelname")
            .puts(
                    Put.SOURCE,
                    "src_ip",
                    "srcip",
                    "source_ip",
                    "sip",
                    "client_ip",
                    "clientip",
                    "remote_addr",
                    "remoteAddr",
                    "remote_ip",
                    "sourceIp",
                    "srcIp",
                    "clientIp",
                    "ip",
                    "attack_ip",
                    "attacker_ip")
            .puts(
                    Put.DESTINATION,
                    "dst_ip",
                    "dstip",
                    "dest_ip",
                    "destination_ip",
                    "dip",
                    "server_ip",
                    "destinationIp",
                    "dstIp",
                    "destIp")
            .puts(Put.SOURCE_PORT, "src_port", "srcport", "source_port", "sport", "sourcePort", "srcPort")
            .puts(
                    Put.DESTINATION_PORT,
                    "dst_port",
                    "dstport",
                    "dest_port",
                    "destination_port",
                    "dport",
                    "destinationPort",
                    "dstPort")
            .puts(Put.TRANSPORT, "proto", "protocol", "transport")
            .puts(Put.text(Ecs.USER_NAME), "user", "username", "user_name", "userName", "account", "loginName")
            .puts(Put.text(Ecs.HOST_NAME), "hostname", "host_name", "computer", "_HOSTNAME")
            .puts(Put.text(Ecs.HTTP_METHOD), "method", "request_method", "http_method", "httpMethod")
            .puts(Put.URL, "url", "uri", "request_uri", "requestUri")
            .puts(Put.text(Ecs.HTTP_STATUS), "status_code", "statusCode", "http_status")
            .puts(Put.text(Ecs.USER_AGENT_ORIGINAL), "user_agent", "userAgent", "http_user_agent")
            .puts(Put.text(Ecs.EVENT_ACTION), "action", "event_action")
            .puts(Put.text(Ecs.PROCESS_NAME), "program", "appname", "SYSLOG_IDENTIFIER")
            .puts(Put.number(Ecs.PROCESS_PID), "pid", "_PID");

    /** Any other object: well-known names of common things, the rest under {@code json.}. */
    public static final JsonKind GENERIC_KIND = new JsonKind("json", JsonShape.of(GENERIC), event -> {
        if (event.get(Ecs.EVENT_DATASET) == null) {
            Words.dataset(event, "json");
        }
        Object ip = event.get(Ecs.SOURCE_IP);
        if (ip == null
                && event.get(Ecs.SOURCE_ADDRESS) instanceof String text
                && !Fill.canonical(text).isEmpty()) {
            event.set(Ecs.SOURCE_IP, Fill.canonical(text));
        }
        return true;
    });

    private JsonKinds() {}

    /** A Windows event in whichever of its JSON shapes. */
    public static JsonKind windows(JsonFormat.Slice object) {
        if (object.holds("\"Event\"") && object.holds("\"System\"")) {
            return WindowsJson.TREE;
        }
        if (object.holds("\"win\"") && object.holds("\"system\"")) {
            return WindowsFlat.WAZUH;
        }
        return object.holds("\"winlog\"") || object.holds("\"winlog.") ? EcsKind.WINLOGBEAT : WindowsFlat.FLAT;
    }

    private static boolean windowsFlat(JsonFormat.Slice object) {
        boolean id = object.holds("\"EventID\"") || object.holds("\"EventId\"") || object.holds("\"event_id\"");
        return id
                && (object.holds("\"Channel\"")
                        || object.holds("\"SourceName\"")
                        || object.holds("\"EventLog\"")
                        || object.holds("\"EventSourceName\"")
                        || object.holds("\"ProviderName\"")
                        || object.holds("\"channel\"") && object.holds("\"provider\""));
    }

    public static JsonKind of(JsonFormat.Slice object) {
        if (object.holds("\"event_type\"")
                && (object.holds("\"flow_id\"") || object.holds("\"src_ip\"") || object.holds("\"stats\""))) {
            return EveKind.KIND;
        }
        if (object.holds("\"$date\"") && object.holds("\"ctx\"")) {
            return AppKinds.MONGODB;
        }
        if (object.holds("\"loggerName\"") && object.holds("\"timeMillis\"")) {
            return AppKinds.LOGSTASH;
        }
        if (object.holds("\"hostIdentifier\"") && object.holds("\"calendarTime\"")) {
            return AppKinds.OSQUERY_RESULT;
        }
        if (object.holds("\"cluster.uuid\"") || object.holds("\"node.id\"")) {
            return ElasticLine.KIND;
        }
        if (object.holds("\"__REALTIME_TIMESTAMP\"")) {
            return JournalKind.KIND;
        }
        if (object.holds("\"log\"") && object.holds("\"stream\"") && object.holds("\"time\"")) {
            return ContainerKind.KIND;
        }
        if (object.holds("\"Event\"") && object.holds("\"System\"")) {
            return WindowsJson.TREE;
        }
        if (object.holds("\"winlog\"") || object.holds("\"winlog.")) {
            return EcsKind.WINLOGBEAT;
        }
        if (windowsFlat(object)) {
            return WindowsFlat.FLAT;
        }
        if (object.holds("\"win\"") && object.holds("\"providerName\"")) {
            return WindowsFlat.WAZUH;
        }
        if (object.holds("\"id.orig_h\"")
                || object.holds("\"_path\"")
                || object.holds("\"uid\"") && object.holds("\"ts\"")) {
            return ZeekJson.of(object);
        }
        if (object.holds("\"transaction\"") && object.holds("\"producer\"") || object.holds("\"audit_data\"")) {
            return ModSecurityKind.KIND;
        }
        if (object.holds("\"@timestamp\"")
                && (object.holds("\"ecs\"")
                        || object.holds("\"event\"")
                        || object.holds("\"ecs.version\"")
                        || object.holds("\"event."))) {
            return EcsKind.KIND;
        }
        JsonKind china = ChinaKinds.of(object);
        return china == null ? GENERIC_KIND : china;
    }
}
