package org.wanglou.sensors.format.windows;

import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.wanglou.model.Event;
import org.wanglou.sensors.format.part.JsonScanner;
import org.wanglou.sensors.format.part.JsonShape;
import org.wanglou.sensors.format.part.Put;
import org.wanglou.sensors.format.part.Table;
import org.wanglou.sensors.format.windows.ecs.WindowsEcs;

/**
 * EventData as tools write it into one JSON member: a list of texts (numbered from {@code param1}), of {@code
 * {"@Name":…,"#text":…}} in the spelling of whichever XML library, of {@code {"name":"value"}}; or the whole as a text of
 * XML or JSON. Immutable.
 */
final class WindowsItems implements Put {
    static final String NAME = "winlog.item_name";
    static final String TEXT = "winlog.item_text";

    private static final String[] NAMES = {
        "@Name",
        "Name",
        "_Name",
        "-Name",
        "#attributes.Name",
        "_attributes.Name",
        "attributes.Name",
        "@attributes.Name",
        "$.Name",
        "@name",
        "name"
    };
    private static final String[] TEXTS = {
        "#text",
        "text",
        "_text",
        "_",
        "Text",
        "$text",
        "$value",
        "value",
        "Value",
        "$t",
        "content",
        "#content",
        "__text"
    };
    private static final JsonShape ITEM = JsonShape.of(Table.keeping("item."));
    private static final JsonShape PAYLOAD = payload();

    private final String otherwise;

    /** @param otherwise the field of a text that is neither XML nor JSON */
    WindowsItems(String otherwise) {
        this.otherwise = otherwise;
    }

    private static JsonShape payload() {
        WindowsItems items = new WindowsItems("param1");
        Table table = Table.keeping(WindowsEcs.DATA)
                .within("EventData", WindowsEcs.DATA)
                .within("UserData", WindowsEcs.USER_DATA)
                .puts(Put.NOTHING, "@Name", "xmlns", "@xmlns", "EventData.@Name", "EventData.xmlns")
                .put("EventData.Binary", WindowsEcs.DATA + "Binary");
        items.into(table, "EventData.Data");
        items.into(table, "Data");
        return JsonShape.of(table);
    }

    /** Puts the member of this name into a table, as a list, a text or a single item with attributes. */
    void into(Table table, String key) {
        table.put(key, this);
        for (String name : NAMES) {
            table.put(key + '.' + name, NAME);
        }
        for (String text : TEXTS) {
            table.put(key + '.' + text, new Put() {
                @Override
                public void text(Event.Builder event, String value, ZoneId zone) {
                    event.set(TEXT, value);
                }

                @Override
                public void other(Event.Builder event, Object value, ZoneId zone) {
                    event.set(TEXT, value instanceof List<?> list ? list : String.valueOf(value));
                }
            });
        }
    }

    /** Ends what {@link #into} began: a single item that was no member of a list. */
    static void settle(Event.Builder event) {
        Object text = event.get(TEXT);
        Object name = event.get(NAME);
        event.set(TEXT, null).set(NAME, null);
        if (text instanceof List<?> list) {
            numbered(list, event);
        } else if (text instanceof String one) {
            String field = name instanceof String said && said.length() <= 128 ? said : "param1";
            event.set(WindowsEcs.DATA + field, one);
        }
    }

    @Override
    public void text(Event.Builder event, String value, ZoneId zone) {
        String text = value.strip();
        if (text.startsWith("<") && text.endsWith(">")) {
            WindowsXml.data(text, event, zone);
        } else if (text.startsWith("{") && whole(text, event)) {
            settle(event);
        } else if (!text.isEmpty()) {
            event.set(WindowsEcs.DATA + otherwise, value);
        }
    }

    private static boolean whole(String text, Event.Builder event) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        JsonScanner aside = new JsonScanner(bytes, 0, bytes.length, ZoneOffset.UTC);
        return aside.object(PAYLOAD, Event.builder())
                && aside.atEnd()
                && new JsonScanner(bytes, 0, bytes.length, ZoneOffset.UTC).object(PAYLOAD, event);
    }

    @Override
    public void other(Event.Builder event, Object value, ZoneId zone) {
        event.set(TEXT, null).set(NAME, null);
        if (value instanceof List<?> list) {
            numbered(list, event);
        } else {
            event.set(WindowsEcs.DATA + "param1", String.valueOf(value));
        }
    }

    private static void numbered(List<?> list, Event.Builder event) {
        int number = 1;
        for (Object item : list) {
            String text = item == Event.NULL ? "" : String.valueOf(item);
            if (!text.startsWith("{") || !named(text, event)) {
                if (!text.isEmpty()) {
                    event.set(WindowsEcs.DATA + "param" + number, text);
                }
                number++;
            }
        }
    }

    private static boolean named(String json, Event.Builder event) {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        Event.Builder aside = Event.builder();
        JsonScanner scanner = new JsonScanner(bytes, 0, bytes.length, ZoneOffset.UTC);
        if (!scanner.object(ITEM, aside) || !scanner.atEnd()) {
            return false;
        }
        Map<String, Object> members = aside.sofar().extra();
        String name = first(members, NAMES);
        if (!name.isEmpty()) {
            String text = first(members, TEXTS);
            if (name.length() <= 128 && !text.isEmpty()) {
                event.set(WindowsEcs.DATA + name, text);
            }
            return true;
        }
        members.forEach((key, value) -> {
            if (value != Event.NULL && key.length() <= 128 + 5) {
                event.set(WindowsEcs.DATA + key.substring(5), value instanceof List ? value : String.valueOf(value));
            }
        });
        return true;
    }

    private static String first(Map<String, Object> members, String[] names) {
        for (String name : names) {
            Object value = members.get("item." + name);
            if (value != null && value != Event.NULL) {
                return String.valueOf(value);
            }
        }
        return "";
    }
}
