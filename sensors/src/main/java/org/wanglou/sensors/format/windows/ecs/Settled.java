package org.wanglou.sensors.format.windows.ecs;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.wanglou.model.Ecs;
import org.wanglou.model.Event;
import org.wanglou.sensors.format.part.Fill;

/** Brings what a shape has set under {@code winlog} to one spelling, before ECS is made of it. Pure. */
final class Settled {
    private static final Map<String, String> LOG_EVENTS = Map.of(
            "104", "LogFileCleared",
            "1100", "ServiceShutdown",
            "1102", "LogFileCleared",
            "1104", "FileIsFull",
            "1105", "AutoBackup");

    private Settled() {}

    static void settle(Event.Builder event) {
        List<Map.Entry<String, Object>> changes = new ArrayList<>();
        for (Map.Entry<String, Object> field : event.sofar().extra().entrySet()) {
            String name = field.getKey();
            if (name.startsWith(WindowsEcs.DATA)) {
                data(name, field.getValue(), changes);
            } else if (name.startsWith(WindowsEcs.USER_DATA)) {
                userData(name, field.getValue(), changes);
            }
        }
        for (Map.Entry<String, Object> change : changes) {
            event.keep(change.getKey(), change.getValue() == Event.NULL ? null : change.getValue());
        }
        rendered(event);
        log(event);
        Object words = event.get("winlog.keywords");
        if (words != null) {
            List<String> known = WindowsValues.keywords(words);
            event.set("winlog.keywords", known.isEmpty() ? null : known);
        }
        Object task = event.get("winlog.task");
        if (task != null) {
            String known = WindowsTasks.named(
                    WindowsEcs.string(event, WindowsEcs.PROVIDER),
                    String.valueOf(task).strip());
            event.set("winlog.task", known.isEmpty() ? null : known);
        }
        texts(event);
    }

    /** What the event log says of itself is UserData; flat shapes write it as any other data. */
    private static void log(Event.Builder event) {
        String element = LOG_EVENTS.get(WindowsEcs.string(event, "winlog.event_id"));
        if (element == null || !WindowsEcs.string(event, WindowsEcs.PROVIDER).equals("Microsoft-Windows-Eventlog")) {
            return;
        }
        List<String> data = new ArrayList<>();
        for (String name : event.sofar().extra().keySet()) {
            if (name.startsWith(WindowsEcs.DATA)) {
                data.add(name);
            }
        }
        for (String name : data) {
            Object value = event.get(name);
            event.set(name, null).set(WindowsEcs.USER_DATA + name.substring(WindowsEcs.DATA.length()), value);
        }
        if (!data.isEmpty() && event.get(WindowsEcs.USER_DATA + "xml_name") == null) {
            event.set(WindowsEcs.USER_DATA + "xml_name", element);
        }
    }

    /** Of a number that is known its word, of another what the sender rendered. */
    private static void rendered(Event.Builder event) {
        for (String name : new String[] {"winlog.task", "winlog.opcode"}) {
            Object said = event.get(name + "_rendered");
            Object number = event.get(name);
            event.set(name + "_rendered", null);
            String provider = WindowsEcs.string(event, WindowsEcs.PROVIDER);
            boolean none = name.endsWith("task") && "0".equals(String.valueOf(number));
            boolean known = none
                    || number != null
                            && (name.endsWith("task")
                                    ? WindowsTasks.known(provider, String.valueOf(number))
                                    : !WindowsValues.opcode(String.valueOf(number))
                                            .equals(String.valueOf(number)));
            if (said != null && !known) {
                event.set(name, said);
            }
        }
    }

    private static void texts(Event.Builder event) {
        for (String name : new String[] {"winlog.event_id", "winlog.record_id", "winlog.qualifiers"}) {
            if (event.get(name) instanceof Long number) {
                event.set(name, Long.toString(number));
            }
        }
        for (String name : new String[] {"winlog.provider_guid", "winlog.activity_id", "winlog.related_activity_id"}) {
            if (event.get(name) instanceof String id) {
                event.set(name, id.isEmpty() ? null : WindowsValues.guid(id));
            }
        }
        if (event.get("winlog.version") instanceof String version) {
            long number = Fill.whole(version.strip());
            event.set("winlog.version", number < 0 ? null : number);
        }
        Object opcode = event.get("winlog.opcode");
        if (opcode != null) {
            String word = WindowsValues.opcode(String.valueOf(opcode));
            event.set("winlog.opcode", word.isEmpty() || word.equals("无") ? null : word);
        }
        Object level = event.get(Ecs.LOG_LEVEL);
        if (level instanceof String said) {
            event.set(Ecs.LOG_LEVEL, WindowsValues.level(said));
        }
    }

    private static void data(String name, Object value, List<Map.Entry<String, Object>> changes) {
        if (value == Event.NULL || "".equals(value)) {
            changes.add(Map.entry(name, Event.NULL));
        } else if (value instanceof Long || value instanceof Boolean || value instanceof Double) {
            changes.add(Map.entry(name, String.valueOf(value)));
        } else if (value instanceof String text) {
            String settled = name.endsWith("Guid") || name.endsWith("GUID") ? WindowsValues.guid(text) : text;
            if (text.length() > 2 && text.charAt(0) == '0' && number(name)) {
                settled = WindowsValues.hex(text);
            }
            if (!settled.equals(text)) {
                changes.add(Map.entry(name, settled));
            }
        }
    }

    private static boolean number(String name) {
        return name.endsWith("LogonId")
                || name.endsWith("ProcessId")
                || name.endsWith("Status")
                || name.endsWith("HandleId")
                || name.endsWith("FailureCode");
    }

    /** UserData is one element of the provider's own name; what stands in it is told by its last name, as Winlogbeat does. */
    private static void userData(String name, Object value, List<Map.Entry<String, Object>> changes) {
        int from = WindowsEcs.USER_DATA.length();
        int first = name.indexOf('.', from);
        boolean nothing = value == Event.NULL || "".equals(value);
        if (first < 0 && !nothing) {
            if (value instanceof Long || value instanceof Boolean) {
                changes.add(Map.entry(name, String.valueOf(value)));
            }
            return;
        }
        changes.add(Map.entry(name, Event.NULL));
        String last = name.substring(name.lastIndexOf('.') + 1);
        if (first < 0 || last.isEmpty() || last.startsWith("xmlns") || last.startsWith("@xmlns")) {
            return;
        }
        changes.add(Map.entry(
                WindowsEcs.USER_DATA + "xml_name", name.substring(from, first).replace("_attributes", "")));
        if (!nothing && name.indexOf("attributes", first) < 0) {
            changes.add(Map.entry(WindowsEcs.USER_DATA + last, value instanceof List ? value : String.valueOf(value)));
        }
    }
}
