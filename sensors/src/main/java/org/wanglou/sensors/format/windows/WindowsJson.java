package org.wanglou.sensors.format.windows;

import java.time.ZoneId;
import java.util.List;
import org.wanglou.model.Ecs;
import org.wanglou.model.Event;
import org.wanglou.sensors.format.json.JsonKind;
import org.wanglou.sensors.format.part.Clock;
import org.wanglou.sensors.format.part.Fill;
import org.wanglou.sensors.format.part.JsonShape;
import org.wanglou.sensors.format.part.Put;
import org.wanglou.sensors.format.part.Table;

/** Windows events as JSON: the tree {@code {"Event":{"System":…,"EventData":…}}} of dump tools, and NXLog's flat object. */
public final class WindowsJson {
    private static final String DATA = WindowsEcs.DATA;

    /** Attributes are written {@code #attributes.Name}, {@code @Name}, {@code Name} or beside the element, by tool. */
    private static Table attributes(Table table, String element, String attribute, Put put) {
        String at = "Event.System." + element;
        return table.puts(
                put,
                at + ".#attributes." + attribute,
                at + ".@" + attribute,
                at + "." + attribute,
                at + "_attributes." + attribute);
    }

    private static Table tree() {
        Table table = Table.keeping("winlog.")
                .within("Event", "winlog.")
                .within("Event.System", "winlog.")
                .within("Event.EventData", DATA)
                .within("Event.UserData", "winlog.user_data.")
                .put("Event.#attributes", Put.NOTHING)
                .put("Event.#attributes.xmlns", Put.NOTHING)
                .put("Event.@xmlns", Put.NOTHING)
                .puts(ID, "Event.System.EventID", "Event.System.EventID.#text", "Event.System.EventID.Value")
                .put("Event.System.EventID.#attributes.Qualifiers", "winlog.qualifiers")
                .put("Event.System.Version", "winlog.version")
                .put("Event.System.Level", LEVEL)
                .put("Event.System.Task", "winlog.task")
                .put("Event.System.Opcode", "winlog.opcode")
                .put("Event.System.Keywords", "winlog.keywords")
                .put("Event.System.EventRecordID", "winlog.record_id")
                .put("Event.System.Channel", WindowsEcs.CHANNEL)
                .put("Event.System.Computer", WindowsEcs.COMPUTER)
                .put("Event.RenderingInfo.Message", Ecs.MESSAGE)
                .put("Event.EventData.Data", UNNAMED)
                .put("Event.EventData.Data.#text", UNNAMED)
                .put("Event.EventData.Binary", Put.NOTHING);
        attributes(table, "Provider", "Name", Put.text(WindowsEcs.PROVIDER));
        attributes(table, "Provider", "Guid", Put.text("winlog.provider_guid"));
        attributes(table, "TimeCreated", "SystemTime", Put.ISO_TIME);
        attributes(table, "Execution", "ProcessID", Put.number("winlog.process.pid"));
        attributes(table, "Execution", "ThreadID", Put.number("winlog.process.thread.id"));
        attributes(table, "Security", "UserID", Put.text("winlog.user.identifier"));
        attributes(table, "Correlation", "ActivityID", Put.text("winlog.activity_id"));
        return table;
    }

    private static final Put ID = (event, value, zone) -> {
        if (Fill.whole(value) >= 0) {
            event.set("winlog.event_id", value);
        }
    };

    static final Put LEVEL = (event, value, zone) -> Fill.text(
            event,
            Ecs.LOG_LEVEL,
            switch (value) {
                case "0", "4" -> "information";
                case "1" -> "critical";
                case "2" -> "error";
                case "3" -> "warning";
                case "5" -> "verbose";
                default -> value.toLowerCase(java.util.Locale.ROOT);
            });

    /** Data without names are numbered from {@code param1}; xmltodict's {@code {"@Name":…,"#text":…}} have theirs. */
    private static final Put UNNAMED = new Put() {
        @Override
        public void text(Event.Builder event, String value, ZoneId zone) {
            other(event, List.of(value), zone);
        }

        @Override
        public void other(Event.Builder event, Object value, ZoneId zone) {
            int number = 1;
            for (Object item : value instanceof List<?> list ? list : List.of(value)) {
                String text = String.valueOf(item);
                String name = text.startsWith("{") ? member(text, "\"@Name\"") : "";
                if (name.isEmpty()) {
                    event.set(DATA + "param" + number, text);
                    number++;
                } else {
                    event.set(DATA + name, member(text, "\"#text\""));
                }
            }
        }
    };

    private static String member(String object, String key) {
        int at = object.indexOf(key);
        int open = at < 0 ? -1 : object.indexOf('"', object.indexOf(':', at) + 1);
        if (open < 0) {
            return "";
        }
        int end = open + 1;
        while (end < object.length() && object.charAt(end) != '"') {
            end += object.charAt(end) == '\\' ? 2 : 1;
        }
        return org.wanglou.sensors.format.part.Pairs.unescape(object, open + 1, Math.min(end, object.length()));
    }

    private static Table flat() {
        return Table.keeping(DATA)
                .puts(ID, "EventID", "EventId", "event_id", "Id")
                .puts(Put.text(WindowsEcs.CHANNEL), "Channel", "LogName", "log_name")
                .puts(Put.text(WindowsEcs.PROVIDER), "SourceName", "ProviderName", "Provider_Name", "source_name")
                .puts(Put.text("winlog.provider_guid"), "ProviderGuid", "Provider_Guid")
                .puts(Put.text(WindowsEcs.COMPUTER), "Hostname", "ComputerName", "Computer", "computer_name")
                .put("Message", Ecs.MESSAGE)
                .put("message", Ecs.MESSAGE)
                .put("Task", "winlog.task")
                .put("TaskValue", "winlog.task")
                .put("Opcode", "winlog.opcode")
                .put("OpcodeValue", Put.NOTHING)
                .put("Version", "winlog.version")
                .puts(Put.text("winlog.record_id"), "RecordNumber", "EventRecordID", "RecordId", "record_number")
                .put("Keywords", KEYWORDS)
                .put("EventType", EVENT_TYPE)
                .put("Severity", LEVEL)
                .put("SeverityValue", Put.NOTHING)
                .put("Level", LEVEL)
                .put("ExecutionProcessID", Put.number("winlog.process.pid"))
                .put("ExecutionThreadID", Put.number("winlog.process.thread.id"))
                .put("ThreadID", Put.number("winlog.process.thread.id"))
                .put("Category", "winlog.task_name")
                .put("ActivityID", "winlog.activity_id")
                .put("UserID", "winlog.user.identifier")
                .put("EventReceivedTime", Put.NOTHING)
                .put("SourceModuleName", Put.NOTHING)
                .put("SourceModuleType", Put.NOTHING)
                .put("@version", Put.NOTHING)
                .put("tags", Ecs.TAGS)
                .put("host", Put.NOTHING)
                .put("port", Put.NOTHING)
                .puts(TIME, "@timestamp", "TimeCreated", "EventTime", "SystemTime", "UtcTimeCreated");
    }

    /** NXLog writes the bits as a signed number, dump tools in hexadecimal. */
    private static final Put KEYWORDS = (event, value, zone) -> {
        String bits = value;
        if (!value.startsWith("0x") && value.matches("-?\\d{1,19}")) {
            try {
                bits = "0x" + Long.toHexString(Long.parseLong(value));
            } catch (NumberFormatException e) {
                bits = value;
            }
        }
        event.set("winlog.keywords", bits);
    };

    private static final Put EVENT_TYPE = (event, value, zone) -> {
        if (value.startsWith("AUDIT_")) {
            event.set("winlog.keywords", value);
        } else if (event.get(DATA + "EventType") == null
                && !value.equals("INFO")
                && !value.equals("WARNING")
                && !value.equals("ERROR")) {
            event.set(DATA + "EventType", value);
        }
    };

    private static final Put TIME = (event, value, zone) -> {
        if (event.get(Ecs.TIMESTAMP) == null) {
            Clock.stamp(event, Clock.any(value, zone));
        }
    };

    public static final JsonKind TREE = new JsonKind("windows-event-json", JsonShape.of(tree()), WindowsEcs::finish);
    public static final JsonKind FLAT = new JsonKind("windows-nxlog-json", JsonShape.of(flat()), WindowsEcs::finish);

    private WindowsJson() {}
}
