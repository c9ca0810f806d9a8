package org.wanglou.sensors.format.windows;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.wanglou.model.Ecs;
import org.wanglou.model.Event;
import org.wanglou.sensors.format.json.JsonKind;
import org.wanglou.sensors.format.part.JsonShape;
import org.wanglou.sensors.format.part.Put;
import org.wanglou.sensors.format.part.Table;
import org.wanglou.sensors.format.windows.ecs.WindowsEcs;

/**
 * Windows events as one flat object, EventData beside the rest or in a member of its own: NXLog, Fluent Bit, the tables of
 * Azure, EvtxECmd, Hayabusa, the OpenTelemetry receiver; and Wazuh's, whose names begin with small letters.
 */
public final class WindowsFlat {
    private static final String DATA = WindowsEcs.DATA;
    /** Hayabusa's abbreviations of channels. */
    private static final Map<String, String> CHANNELS = Map.ofEntries(
            Map.entry("Sec", "Security"),
            Map.entry("Sys", "System"),
            Map.entry("App", "Application"),
            Map.entry("Sysmon", "Microsoft-Windows-Sysmon/Operational"),
            Map.entry("PwSh", "Microsoft-Windows-PowerShell/Operational"),
            Map.entry("PwShClassic", "Windows PowerShell"),
            Map.entry("Defender", "Microsoft-Windows-Windows Defender/Operational"),
            Map.entry("TaskSch", "Microsoft-Windows-TaskScheduler/Operational"));

    private static final Set<String> TABLES = Set.of("SecurityEvent", "Event", "WindowsEvent");

    private static final Put CHANNEL = (event, value, zone) ->
            event.set(WindowsEcs.CHANNEL, CHANNELS.getOrDefault(value, value.isEmpty() ? null : value));

    /** Azure's name of the table is no data; Sysmon has a field of this name too. */
    private static final Put TYPE = (event, value, zone) -> {
        if (!TABLES.contains(value)) {
            event.set(DATA + "Type", value);
        }
    };

    private static final Put EVENT_TYPE = (event, value, zone) -> {
        switch (value) {
            case "AUDIT_SUCCESS", "AUDIT_FAILURE" -> event.set("winlog.keywords", value);
            case "INFO", "WARNING", "ERROR", "VERBOSE", "CRITICAL", "Information" -> {
                // NXLog's name of the level
            }
            default -> event.set(DATA + "EventType", value);
        }
    };

    static final Table TABLE = flat();

    public static final JsonKind FLAT = new JsonKind("windows-nxlog-json", JsonShape.of(TABLE), WindowsFlat::finish);
    public static final JsonKind WAZUH = new JsonKind("windows-nxlog-json", JsonShape.of(wazuh()), event -> {
        capitals(event);
        return WindowsJson.finish(event);
    });

    private WindowsFlat() {}

    private static Table flat() {
        Table table = Table.keeping(DATA)
                .puts(WindowsJson.ID, "EventID", "EventId", "event_id", "Id", "event_id.id", "EventID.id", "EventCode")
                .puts(CHANNEL, "Channel", "LogName", "log_name", "channel", "EventLog")
                .puts(
                        Put.text(WindowsEcs.PROVIDER),
                        "SourceName",
                        "ProviderName",
                        "Provider_Name",
                        "source_name",
                        "Provider",
                        "provider.name",
                        "EventSourceName",
                        "Source",
                        "provider_name")
                .puts(
                        Put.text("winlog.provider_guid"),
                        "ProviderGuid",
                        "Provider_Guid",
                        "provider.guid",
                        "provider_guid")
                .puts(
                        Put.text(WindowsEcs.COMPUTER),
                        "Hostname",
                        "ComputerName",
                        "Computer",
                        "computer_name",
                        "computer",
                        "MachineName")
                .puts(Put.text(Ecs.MESSAGE), "Message", "message", "RenderedDescription", "raw_event")
                .puts(WindowsJson.KEYWORDS, "Keywords", "keywords")
                .puts(
                        Put.text("winlog.record_id"),
                        "RecordNumber",
                        "EventRecordID",
                        "EventRecordId",
                        "RecordId",
                        "RecordID",
                        "record_id",
                        "record_number")
                .put("EventType", EVENT_TYPE)
                .put("Type", TYPE)
                .puts(Put.text(Ecs.LOG_LEVEL), "Severity", "Level", "EventLevelName", "level", "LevelDisplayName")
                .puts(Put.number("winlog.process.pid"), "ExecutionProcessID", "SystemProcessId", "execution.process_id")
                .puts(
                        Put.number("winlog.process.thread.id"),
                        "ExecutionThreadID",
                        "ThreadID",
                        "ThreadId",
                        "SystemThreadId",
                        "execution.thread_id")
                .puts(Put.text("winlog.task"), "Task", "task", "Category", "TaskDisplayName", "TaskCategory")
                .puts(Put.text("winlog.opcode"), "Opcode", "opcode", "OpcodeDisplayName", "OpCode")
                .puts(Put.text("winlog.version"), "Version", "version")
                .puts(
                        Put.text("winlog.activity_id"),
                        "ActivityID",
                        "ActivityId",
                        "Correlation",
                        "correlation.activity_id")
                .puts(Put.text("winlog.user.identifier"), "UserID", "SystemUserId", "security.user_id", "UserId");
        times(table);
        nested(table);
        return nothing(table);
    }

    private static void times(Table table) {
        table.puts(WindowsJson.time(3), "TimeCreated", "SystemTime", "UtcTimeCreated", "system_time", "time_created")
                .puts(
                        WindowsJson.time(3),
                        "TimeCreated.SystemTime",
                        "TimeGenerated",
                        "TimeGenerated [UTC]",
                        "Timestamp")
                .puts(WindowsJson.time(2), "EventTime", "timestamp")
                .puts(WindowsJson.time(1), "@timestamp", "time");
    }

    private static void nested(Table table) {
        table.within("EventData", DATA)
                .within("event_data", DATA)
                .within("AllFieldInfo", DATA)
                .within("ExtraFieldInfo", DATA)
                .within("Details", "winlog.details.")
                .puts(WindowsJson.ITEMS, "EventData", "ParameterXml", "event_data", "StringInserts")
                .put("Payload", new WindowsItems("Payload"))
                .put("Details", DATA + "Details")
                .put("RuleTitle", Ecs.RULE_NAME)
                .put("Details.Cmdline", DATA + "CommandLine")
                .put("Details.ParentCmdline", DATA + "ParentCommandLine")
                .put("Details.SrcIP", DATA + "IpAddress")
                .put("Details.SrcComp", DATA + "WorkstationName")
                .put("Details.TgtUser", DATA + "TargetUserName");
        WindowsJson.ITEMS.into(table, "EventData.Data");
        WindowsJson.ITEMS.into(table, "event_data.data");
    }

    /** What shippers, tables and tools add for themselves; {@code event.original} keeps it. */
    private static Table nothing(Table table) {
        return table.put("tags", Ecs.TAGS)
                .puts(
                        Put.NOTHING,
                        "@version",
                        "host",
                        "port",
                        "TaskValue",
                        "OpcodeValue",
                        "SeverityValue",
                        "EventReceivedTime",
                        "SourceModuleName",
                        "SourceModuleType",
                        "Qualifiers",
                        "qualifiers",
                        "event_id.qualifiers",
                        "provider.event_source",
                        "EventLevel",
                        "EventCategory",
                        "Activity",
                        "TenantId",
                        "SourceSystem",
                        "ManagementGroupName",
                        "MG",
                        "SourceComputerId",
                        "EventOriginId",
                        "_ResourceId",
                        "AzureDeploymentID",
                        "MapDescription",
                        "ChunkNumber",
                        "HiddenRecord",
                        "SourceFile",
                        "ExtraDataOffset",
                        "RecordHash",
                        "RelatedActivityID");
    }

    /**
     * Names that NXLog, Azure and EvtxECmd give to the account of the record itself, and EvtxECmd's own columns, which stand
     * beside the data here and are none.
     */
    static boolean finish(Event.Builder event) {
        boolean typed = event.get(DATA + "AccountType") != null;
        if (typed) {
            move(event, "AccountType", "winlog.user.type");
            move(event, "AccountName", "winlog.user.name");
            move(event, "Domain", "winlog.user.domain");
            event.set(DATA + "Account", null);
        }
        if (event.get(DATA + "PayloadData1") != null || event.get(DATA + "MapDescription") != null) {
            for (String column : new String[] {
                "PayloadData1",
                "PayloadData2",
                "PayloadData3",
                "PayloadData4",
                "PayloadData5",
                "PayloadData6",
                "UserName",
                "RemoteHost",
                "ExecutableInfo",
                "Keywords"
            }) {
                move(event, column, "winlog.columns." + column);
            }
        }
        WindowsItems.settle(event);
        return WindowsJson.finish(event);
    }

    private static void move(Event.Builder event, String name, String field) {
        Object value = event.get(DATA + name);
        event.set(DATA + name, null);
        if (value != null && value != Event.NULL && !"".equals(value)) {
            event.set(field, value);
        }
    }

    private static Table wazuh() {
        Table table = Table.keeping("wazuh.");
        for (String root : new String[] {"win.", "data.win."}) {
            String system = root + "system.";
            table.within(root + "eventdata", DATA)
                    .within(root + "logFileCleared", WindowsEcs.USER_DATA)
                    .within(root + "system", "winlog.")
                    .put(system + "providerName", WindowsEcs.PROVIDER)
                    .put(system + "providerGuid", "winlog.provider_guid")
                    .put(system + "eventID", WindowsJson.ID)
                    .put(system + "version", "winlog.version")
                    .put(system + "level", Ecs.LOG_LEVEL)
                    .put(system + "task", "winlog.task")
                    .put(system + "opcode", "winlog.opcode")
                    .put(system + "keywords", WindowsJson.KEYWORDS)
                    .put(system + "systemTime", WindowsJson.time(3))
                    .put(system + "eventRecordID", "winlog.record_id")
                    .put(system + "processID", Put.number("winlog.process.pid"))
                    .put(system + "threadID", Put.number("winlog.process.thread.id"))
                    .put(system + "channel", WindowsEcs.CHANNEL)
                    .put(system + "computer", WindowsEcs.COMPUTER)
                    .put(system + "message", Ecs.MESSAGE)
                    .put(system + "severityValue", Put.NOTHING);
        }
        return table.put("rule.description", Ecs.RULE_NAME).put("rule.id", Ecs.RULE_ID);
    }

    private static void capitals(Event.Builder event) {
        List<String> small = new ArrayList<>();
        for (String name : event.sofar().extra().keySet()) {
            if (name.startsWith(DATA) || name.startsWith(WindowsEcs.USER_DATA)) {
                small.add(name);
            }
        }
        for (String name : small) {
            int at = (name.startsWith(DATA) ? DATA : WindowsEcs.USER_DATA).length();
            if (at < name.length() && Character.isLowerCase(name.charAt(at))) {
                Object value = event.get(name);
                String own = Character.toUpperCase(name.charAt(at)) + name.substring(at + 1);
                event.set(name, null).set(name.substring(0, at) + own, value);
            }
        }
        if (!small.isEmpty() && small.get(0).startsWith(WindowsEcs.USER_DATA)) {
            event.set(WindowsEcs.USER_DATA + "xml_name", "LogFileCleared");
        }
    }
}
