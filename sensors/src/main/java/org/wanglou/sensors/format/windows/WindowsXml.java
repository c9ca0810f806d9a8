package org.wanglou.sensors.format.windows;

import java.time.ZoneId;
import org.wanglou.model.Ecs;
import org.wanglou.model.Event;
import org.wanglou.sensors.format.Message;
import org.wanglou.sensors.format.part.Clock;
import org.wanglou.sensors.format.part.Fill;
import org.wanglou.sensors.format.part.Put;
import org.wanglou.sensors.format.windows.ecs.WindowsEcs;
import org.wanglou.sensors.format.windows.ecs.WindowsValues;

/**
 * One event in Windows' own XML (schema event.xsd), as wevtutil, WEF and NXLog's {@code to_xml} write it. Read forward by a
 * scanner of our own that knows elements, attributes, text, CDATA and the five entities: no DTD, nothing fetched.
 * Immutable.
 */
public final class WindowsXml implements Message {
    private static final int MAX_ELEMENTS = 5_000;

    /** As {@link #read}, in one pass: what it declines it may have filled in part. */
    public static boolean fill(String text, Event.Builder event, ZoneId zone) {
        int at = text.indexOf("<Event");
        return at >= 0 && parse(text, at, event, zone) && WindowsEcs.finish(event);
    }

    @Override
    public boolean read(String text, Event.Builder event, ZoneId zone) {
        int at = text.indexOf("<Event");
        if (at < 0 || text.indexOf("<System", at) < 0) {
            return false;
        }
        Event.Builder aside = Event.builder();
        return parse(text, at, aside, zone)
                && WindowsEcs.finish(aside)
                && parse(text, at, event, zone)
                && WindowsEcs.finish(event);
    }

    private static boolean parse(String text, int from, Event.Builder event, ZoneId zone) {
        return parse(text, from, "", event, zone);
    }

    /** EventData alone, as a column of a table holds it: {@code <Data Name="…">} or {@code <Param>}, whatever is around. */
    static void data(String text, Event.Builder event, ZoneId zone) {
        parse(text, 0, "EventData", event, zone);
    }

    private static boolean parse(String text, int from, String within, Event.Builder event, ZoneId zone) {
        String section = within;
        boolean fresh = false;
        int unnamed = 1;
        int at = from;
        for (int count = 0; count < MAX_ELEMENTS; count++) {
            int open = text.indexOf('<', at);
            if (open >= 0 && text.startsWith("<![CDATA[", open)) {
                int end = text.indexOf("]]>", open);
                at = end < 0 ? text.length() : end + 3;
                continue;
            }
            int close = open < 0 ? -1 : tagEnd(text, open);
            if (close < 0) {
                return !section.isEmpty();
            }
            at = close + 1;
            String tag = text.substring(open + 1, close);
            if (tag.startsWith("/Event") && local(tag.substring(1)).strip().equals("Event")) {
                return true;
            }
            if (tag.startsWith("/") || tag.startsWith("?") || tag.startsWith("!")) {
                continue;
            }
            boolean empty = tag.endsWith("/");
            int nameEnd = nameEnd(tag);
            String name = local(tag.substring(0, nameEnd));
            if (name.equals("System")
                    || name.equals("EventData")
                    || name.equals("UserData")
                    || name.equals("RenderingInfo")) {
                section = empty ? section : name;
                fresh = true;
                continue;
            }
            String value = empty ? "" : content(text, at);
            switch (section) {
                case "System" -> system(name, tag, value, event, zone);
                case "EventData" -> {
                    String attribute = attribute(tag, "Name");
                    if (name.equals("Data") || name.equals("Param")) {
                        String key = attribute.isEmpty() ? "param" + unnamed++ : attribute;
                        if (!value.isEmpty() && key.length() <= 128) {
                            event.set(WindowsEcs.DATA + key, value);
                        }
                    } else if (!value.isBlank() && name.length() <= 128) {
                        event.set(WindowsEcs.DATA + name, value);
                    }
                }
                case "UserData" -> {
                    if (fresh && name.length() <= 128) {
                        event.set(WindowsEcs.USER_DATA + "xml_name", name);
                    } else if (!value.isBlank() && name.length() <= 128) {
                        event.set(WindowsEcs.USER_DATA + name, value);
                    }
                    fresh = false;
                }
                case "RenderingInfo" -> rendered(name, value, event);
                default -> {
                    // the Event element itself
                }
            }
        }
        return true;
    }

    /** What the sender's Windows said in its own language holds where the numbers say nothing to us. */
    private static void rendered(String name, String value, Event.Builder event) {
        switch (name) {
            case "Message" -> Fill.text(event, Ecs.MESSAGE, value.strip());
            case "Task" -> WindowsEcs.rendered(event, "winlog.task", value);
            case "Opcode" -> WindowsEcs.rendered(event, "winlog.opcode", value);
            case "Channel" -> absent(event, WindowsEcs.CHANNEL, value);
            default -> {
                // Level and Keywords say what their numbers say, Provider is a name to show
            }
        }
    }

    private static void absent(Event.Builder event, String field, String value) {
        if (event.get(field) == null) {
            Fill.text(event, field, value.strip());
        }
    }

    /** The index of the bracket that closes a tag; a bracket inside a quoted attribute closes nothing. */
    private static int tagEnd(String text, int open) {
        char quote = 0;
        for (int i = open + 1; i < text.length(); i++) {
            char c = text.charAt(i);
            if (quote != 0) {
                quote = c == quote ? 0 : quote;
            } else if (c == '"' || c == '\'') {
                quote = c;
            } else if (c == '>') {
                return i;
            }
        }
        return -1;
    }

    private static int nameEnd(String tag) {
        int end = 0;
        while (end < tag.length() && tag.charAt(end) > ' ' && tag.charAt(end) != '/') {
            end++;
        }
        return end;
    }

    private static String local(String name) {
        return name.substring(name.indexOf(':') + 1);
    }

    private static String content(String text, int from) {
        if (text.startsWith("<![CDATA[", from)) {
            int end = text.indexOf("]]>", from);
            return end < 0 ? "" : text.substring(from + 9, end);
        }
        int end = text.indexOf('<', from);
        return end < 0 ? "" : plain(text.substring(from, end));
    }

    private static String attribute(String tag, String name) {
        int at = tag.indexOf(name + "=");
        while (at > 0 && tag.charAt(at - 1) > ' ') {
            at = tag.indexOf(name + "=", at + 1);
        }
        int quote = at + name.length() + 1;
        if (at < 1 || quote >= tag.length()) {
            return "";
        }
        int end = tag.indexOf(tag.charAt(quote), quote + 1);
        return end < 0 ? "" : plain(tag.substring(quote + 1, end));
    }

    private static String plain(String text) {
        if (text.indexOf('&') < 0) {
            return text;
        }
        StringBuilder plain = new StringBuilder(text.length());
        int at = 0;
        while (at < text.length()) {
            char c = text.charAt(at);
            int end = c == '&' ? text.indexOf(';', at) : -1;
            if (end < 0 || end - at > 10) {
                plain.append(c);
                at++;
                continue;
            }
            String entity = text.substring(at + 1, end);
            switch (entity) {
                case "lt" -> plain.append('<');
                case "gt" -> plain.append('>');
                case "amp" -> plain.append('&');
                case "quot" -> plain.append('"');
                case "apos" -> plain.append('\'');
                default -> number(entity, plain);
            }
            at = end + 1;
        }
        return plain.toString();
    }

    private static void number(String entity, StringBuilder plain) {
        try {
            boolean hex = entity.startsWith("#x") || entity.startsWith("#X");
            int code = Integer.parseInt(entity.substring(Math.min(hex ? 2 : 1, entity.length())), hex ? 16 : 10);
            if (entity.startsWith("#") && Character.isValidCodePoint(code)) {
                plain.appendCodePoint(code);
            }
        } catch (NumberFormatException e) {
            plain.append('&').append(entity).append(';');
        }
    }

    private static void system(String name, String tag, String value, Event.Builder event, ZoneId zone) {
        switch (name) {
            case "Provider" -> {
                Fill.text(event, WindowsEcs.PROVIDER, attribute(tag, "Name"));
                Fill.text(event, "winlog.provider_guid", attribute(tag, "Guid"));
            }
            case "EventID" -> {
                WindowsJson.ID.text(event, value, zone);
            }
            case "Version" -> Fill.text(event, "winlog.version", value);
            case "Level" -> Fill.text(event, Ecs.LOG_LEVEL, value);
            case "Task" -> Fill.text(event, "winlog.task", value);
            case "Opcode" -> Fill.text(event, "winlog.opcode", value);
            case "Keywords" -> Fill.text(event, "winlog.keywords", value);
            case "TimeCreated" ->
                Clock.stamp(event, WindowsValues.time(attribute(tag, "SystemTime"), java.time.ZoneOffset.UTC));
            case "EventRecordID" -> Fill.text(event, "winlog.record_id", value);
            case "Correlation" -> {
                Fill.text(event, "winlog.activity_id", attribute(tag, "ActivityID"));
                Fill.text(event, "winlog.related_activity_id", attribute(tag, "RelatedActivityID"));
            }
            case "Execution" -> {
                Put.number("winlog.process.pid").text(event, attribute(tag, "ProcessID"), zone);
                Put.number("winlog.process.thread.id").text(event, attribute(tag, "ThreadID"), zone);
            }
            case "Channel" -> Fill.text(event, WindowsEcs.CHANNEL, value);
            case "Computer" -> Fill.text(event, WindowsEcs.COMPUTER, value);
            case "Security" -> Fill.text(event, "winlog.user.identifier", attribute(tag, "UserID"));
            default -> {
                // elements of later schema versions
            }
        }
    }
}
