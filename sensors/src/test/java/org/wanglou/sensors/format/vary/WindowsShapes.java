package org.wanglou.sensors.format.vary;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.wanglou.sensors.format.evtx.EvtxOf;

/** The ways in which one Windows event is written: each a format and a text. */
final class WindowsShapes {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String XMLNS = "http://schemas.microsoft.com/win/2004/08/events/event";

    /**
     * @param lacks fields that the shape cannot carry
     * @param why what it has instead
     */
    record Shape(String name, String format, Function<WindowsRecord, String> writer, List<String> lacks, String why) {}

    private WindowsShapes() {}

    static List<Shape> all() {
        List<Shape> all = new ArrayList<>();
        all.add(shape("event xml", "windows-event-xml", one -> xml(one, "")));
        all.add(shape("event xml, quoted otherwise", "windows-event-xml", one -> xml(one, "")
                .replaceAll("='([^'<>]*)'(?=[ />])", "=\"$1\"")));
        all.add(shape("evtx", "evtx", one -> EvtxOf.read(xml(one, ""), one.id())));
        all.add(shape("rendered xml of a collector", "windows-event-xml", one -> xml(one, rendering(one, false))));
        all.add(shape("rendered xml of Chinese Windows", "windows-event-xml", one -> xml(one, rendering(one, true))));
        all.add(shape("winlogbeat", "windows-event-json", one -> json(winlogbeat(one))));
        all.add(shape("winlogbeat dotted", "windows-event-json", one -> json(dotted(winlogbeat(one)))));
        for (String style : new String[] {"#attributes", "@", "_attributes", "attributes", "$", "", "-"}) {
            all.add(shape("tree with " + style, "windows-event-json", one -> json(tree(one, style, false))));
            all.add(shape("tree with list and " + style, "windows-event-json", one -> json(tree(one, style, true))));
        }
        all.add(shape(
                "chainsaw",
                "windows-event-json",
                one -> json(Map.of(
                        "group",
                        "Sigma",
                        "kind",
                        "individual",
                        "document",
                        Map.of("kind", "evtx", "data", tree(one, "#attributes", false))))));
        all.add(shape("nxlog", "windows-event-json", one -> json(nxlog(one))));
        all.add(shape("nxlog in structured data", "windows-snare", WindowsShapes::structured));
        all.add(shape("fluent bit", "windows-event-json", one -> json(flat(one, "ProviderName", "EventData"))));
        all.add(shape("azure table", "windows-event-json", one -> json(azure(one))));
        all.add(shape("evtxecmd", "windows-event-json", one -> json(evtxecmd(one))));
        all.add(new Shape(
                "wazuh",
                "windows-event-json",
                one -> json(wazuh(one)),
                List.of("winlog.user.identifier", "user.id"),
                "the agent leaves out Security/@UserID"));
        return all;
    }

    private static Shape shape(String name, String format, Function<WindowsRecord, String> writer) {
        return new Shape(name, format, writer, List.of(), "");
    }

    static String json(Object tree) {
        try {
            return JSON.writeValueAsString(tree);
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }

    static String xml(WindowsRecord one, String rendering) {
        StringBuilder xml = new StringBuilder("<Event xmlns='")
                .append(XMLNS)
                .append("'><System><Provider Name='")
                .append(one.provider())
                .append('\'');
        if (!one.guid().isEmpty()) {
            xml.append(" Guid='{").append(one.guid()).append("}'");
        }
        xml.append("/><EventID>")
                .append(one.code())
                .append("</EventID><Version>2</Version><Level>")
                .append(one.level())
                .append("</Level><Task>")
                .append(one.task())
                .append("</Task><Opcode>0</Opcode>")
                .append("<Keywords>")
                .append(one.keywords())
                .append("</Keywords><TimeCreated SystemTime='")
                .append(one.time().toString().replace("Z", one.time().getNano() == 0 ? ".0000000Z" : "4567Z"))
                .append("'/><EventRecordID>")
                .append(one.id())
                .append("</EventRecordID><Correlation/>")
                .append("<Execution ProcessID='")
                .append(one.pid())
                .append("' ThreadID='")
                .append(one.tid())
                .append("'/><Channel>")
                .append(one.channel())
                .append("</Channel><Computer>")
                .append(one.computer())
                .append("</Computer><Security UserID='")
                .append(one.sid())
                .append("'/></System>");
        if (one.xmlName().isEmpty()) {
            xml.append("<EventData>");
            one.data().forEach((name, value) -> xml.append(
                            name.startsWith("param") ? "<Data>" : "<Data Name='" + name + "'>")
                    .append(escaped(value))
                    .append("</Data>"));
            xml.append("</EventData>");
        } else {
            xml.append("<UserData><").append(one.xmlName()).append(" xmlns='urn:x'>");
            one.data().forEach((name, value) -> xml.append('<')
                    .append(name)
                    .append('>')
                    .append(escaped(value))
                    .append("</")
                    .append(name)
                    .append('>'));
            xml.append("</").append(one.xmlName()).append("></UserData>");
        }
        return xml.append(rendering).append("</Event>").toString();
    }

    private static String rendering(WindowsRecord one, boolean chinese) {
        String word =
                one.word().isEmpty() ? "" : "<Keyword>" + (chinese ? chinese(one.word()) : one.word()) + "</Keyword>";
        return "<RenderingInfo Culture='" + (chinese ? "zh-CN" : "en-US") + "'><Message>m</Message><Level>"
                + (chinese ? "信息" : "Information") + "</Level><Task>" + (chinese ? "某任务" : one.taskName())
                + "</Task><Opcode>" + (chinese ? "信息" : "Info") + "</Opcode><Channel>"
                + (chinese ? "安全" : one.channel()) + "</Channel><Provider>x</Provider><Keywords>" + word
                + "</Keywords></RenderingInfo>";
    }

    static String chinese(String word) {
        return switch (word) {
            case "Audit Success" -> "审核成功";
            case "Audit Failure" -> "审核失败";
            default -> "经典";
        };
    }

    private static Map<String, Object> winlogbeat(WindowsRecord one) {
        Map<String, Object> winlog = new LinkedHashMap<>();
        winlog.put("event_id", one.code() % 2 == 0 ? (Object) one.code() : Integer.toString(one.code()));
        winlog.put("channel", one.channel());
        winlog.put("provider_name", one.provider());
        if (!one.guid().isEmpty()) {
            winlog.put("provider_guid", '{' + one.guid() + '}');
        }
        winlog.put("record_id", one.id());
        winlog.put("computer_name", one.computer());
        winlog.put("opcode", "Info");
        winlog.put("version", 2);
        if (!one.taskName().isEmpty() || one.provider().endsWith("Sysmon")) {
            winlog.put("task", one.taskName().isEmpty() ? Integer.toString(one.task()) : one.taskName());
        }
        if (!one.word().isEmpty()) {
            winlog.put("keywords", List.of(one.code() % 2 == 0 ? one.word() : chinese(one.word())));
        }
        winlog.put("process", Map.of("pid", one.pid(), "thread", Map.of("id", one.tid())));
        winlog.put("user", Map.of("identifier", one.sid()));
        Map<String, String> data = new LinkedHashMap<>(one.data());
        if (!one.xmlName().isEmpty()) {
            data.put("xml_name", one.xmlName());
        }
        winlog.put(one.xmlName().isEmpty() ? "event_data" : "user_data", data);
        Map<String, Object> event = new LinkedHashMap<>();
        event.put("@timestamp", one.time().toString());
        event.put("log", Map.of("level", level(one)));
        event.put("winlog", winlog);
        return event;
    }

    private static String level(WindowsRecord one) {
        return switch (one.level()) {
            case 2 -> "错误";
            case 3 -> "warning";
            case 5 -> "verbose";
            default -> one.code() % 2 == 0 ? "information" : "信息";
        };
    }

    private static Map<String, Object> dotted(Map<String, Object> tree) {
        Map<String, Object> flat = new LinkedHashMap<>();
        tree.forEach((name, value) -> {
            if (value instanceof Map<?, ?> object) {
                @SuppressWarnings("unchecked")
                Map<String, Object> inner = (Map<String, Object>) object;
                dotted(inner).forEach((below, leaf) -> flat.put(name + '.' + below, leaf));
            } else {
                flat.put(name, value);
            }
        });
        return flat;
    }

    private static Object attributes(String style, Map<String, Object> attributes) {
        if (style.equals("@") || style.equals("-") || style.isEmpty()) {
            Map<String, Object> prefixed = new LinkedHashMap<>();
            attributes.forEach((name, value) -> prefixed.put(style + name, value));
            return prefixed;
        }
        return Map.of(style, attributes);
    }

    private static Map<String, Object> tree(WindowsRecord one, String style, boolean list) {
        boolean typed = style.startsWith("#");
        Map<String, Object> system = new LinkedHashMap<>();
        Map<String, Object> provider = new LinkedHashMap<>();
        provider.put("Name", one.provider());
        if (!one.guid().isEmpty()) {
            provider.put("Guid", typed ? one.guid() : '{' + one.guid() + '}');
        }
        Map<String, Object> time = Map.of("SystemTime", one.time().toString().replace("Z", typed ? "Z" : "+00:00"));
        Map<String, Object> execution = Map.of(
                "ProcessID",
                typed ? (Object) one.pid() : Integer.toString(one.pid()),
                "ThreadID",
                typed ? (Object) one.tid() : Integer.toString(one.tid()));
        Map<String, Object> user = Map.of("UserID", one.sid());
        if (style.equals("_attributes")) {
            system.put("Provider_attributes", provider);
            system.put("TimeCreated_attributes", time);
            system.put("Execution_attributes", execution);
            system.put("Security_attributes", user);
        } else {
            system.put("Provider", attributes(style, provider));
            system.put("TimeCreated", attributes(style, time));
            system.put("Execution", attributes(style, execution));
            system.put("Security", attributes(style, user));
        }
        system.put(
                "EventID",
                switch (style) {
                    case "@" -> Map.of("@Qualifiers", "16384", "#text", Integer.toString(one.code()));
                    case "attributes" -> Map.of("value", one.code());
                    case "$" -> Map.of("_", Integer.toString(one.code()), "$", Map.of("Qualifiers", "0"));
                    default -> one.code();
                });
        system.put("Version", typed ? (Object) 2 : "2");
        system.put("Level", typed ? (Object) one.level() : Integer.toString(one.level()));
        system.put("Task", typed ? (Object) one.task() : Integer.toString(one.task()));
        system.put("Opcode", typed ? (Object) 0 : "0");
        system.put("Keywords", one.keywords());
        system.put("EventRecordID", typed ? (Object) one.id() : Long.toString(one.id()));
        system.put("Correlation", null);
        system.put("Channel", one.channel());
        system.put("Computer", one.computer());
        Map<String, Object> event = new LinkedHashMap<>();
        if (!style.isEmpty() && !style.equals("_attributes")) {
            event.put(
                    style.length() == 1 && !style.equals("$") ? style + "xmlns" : style,
                    style.length() == 1 && !style.equals("$") ? XMLNS : Map.of("xmlns", XMLNS));
        }
        if (list) {
            event.put(one.xmlName().isEmpty() ? "EventData" : "UserData", data(one, style, true));
            event.put("System", system);
        } else {
            event.put("System", system);
            event.put(one.xmlName().isEmpty() ? "EventData" : "UserData", data(one, style, false));
        }
        Map<String, Object> root = new LinkedHashMap<>();
        root.put("Event", event);
        if (style.equals("_attributes")) {
            root.put("Event_attributes", Map.of("xmlns", XMLNS));
        }
        return root;
    }

    private static Object data(WindowsRecord one, String style, boolean list) {
        if (!one.xmlName().isEmpty()) {
            Map<String, Object> element = new LinkedHashMap<>(one.data());
            if (style.startsWith("#")) {
                element.put("#attributes", Map.of("xmlns", "urn:x"));
            }
            return Map.of(one.xmlName(), element);
        }
        List<Object> items = new ArrayList<>();
        Map<String, Object> members = new LinkedHashMap<>();
        one.data().forEach((name, value) -> {
            boolean unnamed = name.startsWith("param");
            Map<String, Object> item = new LinkedHashMap<>();
            if (style.equals("$")) {
                item.put("_", value);
                item.put("$", Map.of("Name", name));
            } else if (style.length() > 1) {
                item.put(style, Map.of("Name", name));
                item.put("#text", value);
            } else {
                item.put(style + "Name", name);
                item.put("#text", value);
            }
            items.add(unnamed ? value : item);
            members.put(
                    name,
                    value.matches("[1-9]\\d{0,8}") && style.startsWith("#") ? (Object) Long.valueOf(value) : value);
        });
        boolean unnamed = one.data().containsKey("param1");
        if (list && items.size() == 1) {
            return Map.of("Data", items.get(0));
        }
        return list || unnamed ? Map.of("Data", unnamed && !list ? Map.of("#text", items) : items) : members;
    }

    private static Map<String, Object> nxlog(WindowsRecord one) {
        Map<String, Object> event = new LinkedHashMap<>();
        event.put(
                "EventTime",
                one.time().plusSeconds(8 * 3600).toString().replace('T', ' ').replace("Z", ""));
        event.put("Hostname", one.computer());
        event.put(
                "Keywords",
                one.keywords().equals("0x0")
                        ? (Object) 0
                        : Long.parseUnsignedLong(one.keywords().substring(2), 16));
        event.put(
                "EventType",
                one.word().startsWith("Audit")
                        ? one.word().toUpperCase(Locale.ROOT).replace(' ', '_')
                        : "INFO");
        event.put("SeverityValue", 2);
        event.put("Severity", one.level() == 3 ? "WARNING" : one.level() == 5 ? "VERBOSE" : "INFO");
        event.put("EventID", one.code());
        event.put("SourceName", one.provider());
        if (!one.guid().isEmpty()) {
            event.put("ProviderGuid", '{' + one.guid() + '}');
        }
        event.put("Version", 2);
        event.put("Task", one.task());
        event.put("OpcodeValue", 0);
        event.put("Opcode", "Info");
        event.put("RecordNumber", one.id());
        event.put("ExecutionProcessID", one.pid());
        event.put("ExecutionThreadID", one.tid());
        event.put("Channel", one.channel());
        event.put("UserID", one.sid());
        event.putAll(one.data());
        if (one.data().get("EventType") != null) {
            event.put("EventType", one.data().get("EventType"));
        }
        event.put("EventReceivedTime", "2026-11-24 12:00:00");
        event.put("SourceModuleName", "eventlog");
        event.put("SourceModuleType", "im_msvistalog");
        return event;
    }

    private static String structured(WindowsRecord one) {
        StringBuilder text = new StringBuilder("<14>1 ")
                .append(one.time())
                .append(' ')
                .append(one.computer())
                .append(' ')
                .append(one.provider().replace(' ', '_'))
                .append(' ')
                .append(one.pid())
                .append(" - [NXLOG@14506");
        Map<String, Object> fields = nxlog(one);
        fields.remove("EventTime");
        fields.remove("Hostname");
        fields.forEach((name, value) -> text.append(' ')
                .append(name)
                .append("=\"")
                .append(String.valueOf(value)
                        .replace("\\", "\\\\")
                        .replace("\"", "\\\"")
                        .replace("]", "\\]"))
                .append('"'));
        return text.append("] An event was logged").toString();
    }

    private static Map<String, Object> flat(WindowsRecord one, String provider, String data) {
        Map<String, Object> event = new LinkedHashMap<>();
        event.put(provider, one.provider());
        if (!one.guid().isEmpty()) {
            event.put("ProviderGuid", '{' + one.guid() + '}');
        }
        event.put("Qualifiers", "");
        event.put("EventID", one.code());
        event.put("Version", 2);
        event.put("Level", one.level());
        event.put("Task", one.task());
        event.put("Opcode", 0);
        event.put("Keywords", one.keywords());
        event.put("TimeCreated", one.time().toString().replace("Z", " +0000").replace('T', ' '));
        event.put("EventRecordID", one.id());
        event.put("ExecutionProcessID", one.pid());
        event.put("ThreadID", one.tid());
        event.put("Channel", one.channel());
        event.put("Computer", one.computer());
        event.put("UserID", one.sid());
        event.put(data, one.data());
        return event;
    }

    private static Map<String, Object> azure(WindowsRecord one) {
        Map<String, Object> row = flat(one, "Provider", "EventData");
        row.remove("ExecutionProcessID");
        row.remove("ThreadID");
        row.put("SystemProcessId", one.pid());
        row.put("SystemThreadId", one.tid());
        row.remove("TimeCreated");
        row.put("TimeGenerated", one.time().toString().replace("Z", "4567Z"));
        row.put("TenantId", "0f8fad5b-d9cb-469f-a165-70867728950e");
        row.put("Type", "WindowsEvent");
        if (one.code() % 2 == 0 && one.xmlName().isEmpty()) {
            row.put("EventData", xml(one, "").replaceAll(".*(<EventData>.*</EventData>).*", "$1"));
            if (!String.valueOf(row.get("EventData")).startsWith("<EventData>")) {
                row.put("EventData", json(one.data()));
            }
        }
        return row;
    }

    private static Map<String, Object> evtxecmd(WindowsRecord one) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("PayloadData1", "Target: x");
        row.put("MapDescription", "something");
        row.put("Computer", one.computer());
        row.put("Channel", one.channel());
        row.put("Provider", one.provider());
        row.put("ProviderGuid", one.guid().isEmpty() ? null : one.guid());
        row.put("EventId", one.code());
        row.put("EventRecordId", Long.toString(one.id()));
        row.put("SystemProcessId", one.pid());
        row.put("SystemThreadId", one.tid());
        row.put("Version", 2);
        row.put("Task", one.task());
        row.put("Opcode", 0);
        row.put(
                "Level",
                one.level() == 0 ? "LogAlways" : one.level() == 3 ? "Warning" : one.level() == 5 ? "Verbose" : "Info");
        row.put("Keywords", one.word().isEmpty() ? "0x8000000000000000" : one.word());
        row.put("UserId", one.sid());
        row.put("TimeCreated", one.time().toString().replace("Z", "4567+00:00"));
        row.put(
                "Payload",
                json(
                        one.xmlName().isEmpty()
                                ? Map.of("EventData", data(one, "@", true))
                                : Map.of("UserData", data(one, "@", true))));
        return row;
    }

    private static Map<String, Object> wazuh(WindowsRecord one) {
        Map<String, Object> system = new LinkedHashMap<>();
        system.put("providerName", one.provider());
        if (!one.guid().isEmpty()) {
            system.put("providerGuid", '{' + one.guid() + '}');
        }
        system.put("eventID", Integer.toString(one.code()));
        system.put("version", "2");
        system.put("level", Integer.toString(one.level()));
        system.put("task", Integer.toString(one.task()));
        system.put("opcode", "0");
        system.put("keywords", one.keywords());
        system.put("systemTime", one.time().toString());
        system.put("eventRecordID", Long.toString(one.id()));
        system.put("processID", Integer.toString(one.pid()));
        system.put("threadID", Integer.toString(one.tid()));
        system.put("channel", one.channel());
        system.put("computer", one.computer());
        Map<String, Object> data = new LinkedHashMap<>();
        one.data()
                .forEach((name, value) -> data.put(
                        name.startsWith("param")
                                ? name
                                : name.substring(0, 1).toLowerCase(Locale.ROOT) + name.substring(1),
                        value));
        return Map.of("win", Map.of("system", system, one.xmlName().isEmpty() ? "eventdata" : "logFileCleared", data));
    }
}
