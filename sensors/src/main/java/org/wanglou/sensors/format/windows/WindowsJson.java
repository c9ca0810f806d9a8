package org.wanglou.sensors.format.windows;

import java.time.ZoneId;
import java.util.List;
import org.wanglou.model.Ecs;
import org.wanglou.model.Event;
import org.wanglou.sensors.format.json.JsonKind;
import org.wanglou.sensors.format.part.Fill;
import org.wanglou.sensors.format.part.JsonShape;
import org.wanglou.sensors.format.part.Put;
import org.wanglou.sensors.format.part.Table;
import org.wanglou.sensors.format.windows.ecs.WindowsEcs;
import org.wanglou.sensors.format.windows.ecs.WindowsValues;

/**
 * Windows events as the tree {@code {"Event":{"System":…,"EventData":…}}} of dump tools and of XML-to-JSON libraries, bare
 * or within what a hunting tool puts around it. Attributes and texts are found in every spelling of those libraries.
 */
public final class WindowsJson {
    private static final String DATA = WindowsEcs.DATA;
    private static final String[] ROOTS = {"Event", "document.data.Event", "data.Event", "event.Event", "_source.Event"
    };
    /** What stands between an element's name and its attribute's. */
    private static final String[] ATTRIBUTES = {
        ".#attributes.",
        "_attributes.",
        ".@",
        ".",
        "._attributes.",
        ".attributes.",
        ".@attributes.",
        ".$.",
        ".-",
        "._",
        ".$attributes."
    };
    /** What stands between an element's name and its text when it has attributes. */
    private static final String[] TEXTS = {
        "", ".#text", ".text", "._text", "._", ".Text", ".value", ".Value", ".$t", ".content", ".$value", ".__text"
    };

    /** Numbers or words, one or several. */
    static final Put KEYWORDS = new Put() {
        @Override
        public void text(Event.Builder event, String value, ZoneId zone) {
            event.set("winlog.keywords", value);
        }

        @Override
        public void other(Event.Builder event, Object value, ZoneId zone) {
            event.set("winlog.keywords", value instanceof List<?> list ? list : String.valueOf(value));
        }
    };

    static final String RANK = "winlog.time_rank";
    static final WindowsItems ITEMS = new WindowsItems("param1");

    static final Put ID = (event, value, zone) -> {
        String id = value.strip();
        if (Fill.whole(id) >= 0) {
            // the upper half of the number are the qualifiers of a classic event
            event.set("winlog.event_id", id.length() > 5 ? Long.toString(Fill.whole(id) & 0xffff) : id);
        }
    };

    /** Which of several times holds: that of the event before that of the shipper, one with an offset before one without. */
    static Put time(int rank) {
        return new Put() {
            @Override
            public void text(Event.Builder event, String value, ZoneId zone) {
                long millis = WindowsValues.time(value, zone);
                int own = rank * 2 + (offset(value) ? 1 : 0);
                long before = event.get(RANK) instanceof Long known ? known : -1;
                if (millis != org.wanglou.sensors.format.part.Clock.NONE && own > before) {
                    event.set(Ecs.TIMESTAMP, millis).set(RANK, (long) own);
                }
            }
        };
    }

    private static boolean offset(String time) {
        int last = time.length() - 1;
        return last > 10 && (time.charAt(last) == 'Z' || time.indexOf('+', 10) > 0 || time.lastIndexOf('-') > 10);
    }

    public static final JsonKind TREE = new JsonKind("windows-event-json", JsonShape.of(tree()), WindowsJson::finish);

    private WindowsJson() {}

    static boolean finish(Event.Builder event) {
        WindowsItems.settle(event);
        event.set(RANK, null);
        return WindowsEcs.finish(event);
    }

    private static void element(Table table, String name, Put put, String... elements) {
        for (String element : elements) {
            for (String text : TEXTS) {
                table.put(name + element + text, put);
            }
        }
    }

    private static void attribute(Table table, String element, String attribute, Put put) {
        for (String between : ATTRIBUTES) {
            table.put(element + between + attribute, put);
        }
    }

    private static Table tree() {
        Table table = Table.keeping("winlog.dump.")
                .put("name", Ecs.RULE_NAME)
                .put("document.path", Ecs.LOG_FILE_PATH)
                .puts(Put.NOTHING, "group", "kind", "document.kind", "level", "timestamp", "timestamp_utc", "status");
        for (String root : ROOTS) {
            int point = root.lastIndexOf('.');
            String around = point < 0 ? "" : root.substring(0, point + 1);
            String event = around + "Event";
            table.within(root, "winlog.")
                    .within(root + ".System", "winlog.")
                    .within(root + ".EventData", DATA)
                    .within(root + ".UserData", WindowsEcs.USER_DATA)
                    .within(root + ".RenderingInfo", "winlog.rendering_info.");
            attribute(table, event, "xmlns", Put.NOTHING);
            attribute(table, event, "xmlns:xsi", Put.NOTHING);
            attribute(table, root + ".EventData", "Name", Put.NOTHING);
            attribute(table, root + ".UserData", "xmlns", Put.NOTHING);
            table.put(root + ".RenderingInfo.Message", Ecs.MESSAGE).put(root + ".EventData.Binary", DATA + "Binary");
            ITEMS.into(table, root + ".EventData.Data");
            ITEMS.into(table, root + ".EventData.data");
            system(table, root + ".System.");
        }
        return table;
    }

    private static void system(Table table, String system) {
        element(table, system, ID, "EventID", "EventId", "EventID.ID");
        element(table, system, Put.text("winlog.version"), "Version");
        element(table, system, Put.text(Ecs.LOG_LEVEL), "Level");
        element(table, system, Put.text("winlog.task"), "Task");
        element(table, system, Put.text("winlog.opcode"), "Opcode");
        element(table, system, KEYWORDS, "Keywords");
        element(table, system, Put.text("winlog.record_id"), "EventRecordID", "EventRecordId");
        element(table, system, Put.text(WindowsEcs.CHANNEL), "Channel");
        element(table, system, Put.text(WindowsEcs.COMPUTER), "Computer");
        element(table, system, time(2), "TimeCreated");
        attribute(table, system + "EventID", "Qualifiers", Put.NOTHING);
        attribute(table, system + "Provider", "Name", Put.text(WindowsEcs.PROVIDER));
        attribute(table, system + "Provider", "Guid", Put.text("winlog.provider_guid"));
        attribute(table, system + "Provider", "EventSourceName", Put.NOTHING);
        attribute(table, system + "TimeCreated", "SystemTime", time(3));
        attribute(table, system + "TimeCreated", "RawTime", Put.NOTHING);
        attribute(table, system + "Execution", "ProcessID", Put.number("winlog.process.pid"));
        attribute(table, system + "Execution", "ThreadID", Put.number("winlog.process.thread.id"));
        attribute(table, system + "Security", "UserID", Put.text("winlog.user.identifier"));
        attribute(table, system + "Correlation", "ActivityID", Put.text("winlog.activity_id"));
        attribute(table, system + "Correlation", "RelatedActivityID", Put.text("winlog.related_activity_id"));
    }
}
