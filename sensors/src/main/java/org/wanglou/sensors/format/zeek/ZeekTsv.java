package org.wanglou.sensors.format.zeek;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.wanglou.model.Ecs;
import org.wanglou.model.Event;
import org.wanglou.sensors.format.Message;
import org.wanglou.sensors.format.part.Put;
import org.wanglou.sensors.format.part.Table;

/**
 * Zeek's ASCII log: the header ({@code #separator}, {@code #fields}, {@code #types}, {@code #path}) stands before the line.
 * {@code -} is unset, {@code (empty)} an empty set; bytes written {@code \x…} are undone. Immutable.
 */
public final class ZeekTsv implements Message {
    @Override
    public boolean read(String text, Event.Builder event, ZoneId zone) {
        String separator = "\t";
        String setSeparator = ",";
        String empty = "(empty)";
        String unset = "-";
        String path = "";
        String[] fields = new String[0];
        String[] types = new String[0];
        int at = 0;
        while (text.startsWith("#", at)) {
            int end = text.indexOf('\n', at);
            if (end < 0) {
                return false;
            }
            String line = text.substring(at, end > at && text.charAt(end - 1) == '\r' ? end - 1 : end);
            String value = line.substring(Math.min(
                    line.length(), Math.max(line.indexOf(line.startsWith("#separator") ? " " : separator), 0) + 1));
            if (line.startsWith("#separator")) {
                separator = unescape(value);
            } else if (line.startsWith("#set_separator")) {
                setSeparator = value;
            } else if (line.startsWith("#empty_field")) {
                empty = value;
            } else if (line.startsWith("#unset_field")) {
                unset = value;
            } else if (line.startsWith("#path")) {
                path = value;
            } else if (line.startsWith("#fields")) {
                fields = value.split(java.util.regex.Pattern.quote(separator), 256);
            } else if (line.startsWith("#types")) {
                types = value.split(java.util.regex.Pattern.quote(separator), 256);
            }
            at = end + 1;
        }
        if (fields.length == 0 || separator.isEmpty() || setSeparator.isEmpty()) {
            return false;
        }
        String line = text.substring(at);
        String[] values = line.split(java.util.regex.Pattern.quote(separator), -1);
        if (values.length > fields.length) {
            return false;
        }
        Table table = ZeekFields.of(path);
        event.set(Ecs.EVENT_ORIGINAL, line);
        for (int i = 0; i < values.length; i++) {
            String value = values[i];
            if (value.equals(unset) || value.equals(empty)) {
                continue;
            }
            String type = i < types.length ? types[i] : "string";
            put(table, event, fields[i], value, type, setSeparator, path, zone);
        }
        ZeekFields.finish(path.isEmpty() ? "log" : path, event);
        return true;
    }

    private static void put(
            Table table,
            Event.Builder event,
            String field,
            String value,
            String type,
            String setSeparator,
            String path,
            ZoneId zone) {
        if (type.startsWith("set[") || type.startsWith("vector[")) {
            List<Object> list = new ArrayList<>();
            for (String item : value.split(java.util.regex.Pattern.quote(setSeparator), 512)) {
                list.add(unescape(item));
            }
            table.list(event, field, list, zone);
            return;
        }
        String plain = unescape(value);
        if (table.knows(field)) {
            table.set(event, field, plain, zone);
        } else if (type.equals("count") || type.equals("int")) {
            Put.number("zeek." + path + '.' + field).text(event, plain, zone);
        } else if (type.equals("bool")) {
            event.set("zeek." + path + '.' + field, plain.equals("T"));
        } else if (type.equals("double") || type.equals("interval")) {
            decimal("zeek." + path + '.' + field, plain, event);
        } else {
            table.set(event, field, plain, zone);
        }
    }

    private static void decimal(String field, String text, Event.Builder event) {
        try {
            event.set(field, Double.parseDouble(text));
        } catch (NumberFormatException e) {
            event.set(field, text);
        }
    }

    /** {@code \x09} to the byte it is, UTF-8 taken together. */
    private static String unescape(String text) {
        if (text.indexOf("\\x") < 0) {
            return text;
        }
        byte[] from = text.getBytes(java.nio.charset.StandardCharsets.UTF_8);
        byte[] to = new byte[from.length];
        int length = 0;
        for (int i = 0; i < from.length; i++) {
            int high = from[i] == '\\' && i + 3 < from.length && from[i + 1] == 'x'
                    ? Character.digit(from[i + 2], 16)
                    : -1;
            int low = high < 0 ? -1 : Character.digit(from[i + 3], 16);
            if (low >= 0) {
                to[length++] = (byte) (high << 4 | low);
                i += 3;
            } else {
                to[length++] = from[i];
            }
        }
        return new String(to, 0, length, java.nio.charset.StandardCharsets.UTF_8);
    }
}
