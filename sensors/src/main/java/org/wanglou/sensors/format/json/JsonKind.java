package org.wanglou.sensors.format.json;

import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.function.Predicate;
import org.wanglou.model.Event;
import org.wanglou.sensors.format.Message;
import org.wanglou.sensors.format.part.JsonScanner;
import org.wanglou.sensors.format.part.JsonShape;

/**
 * One kind of JSON log: the keys it knows, and what follows from them once all are read.
 *
 * @param name the format's name
 * @param shape its keys
 * @param finish completes the event; false when the object turns out to be none of this kind
 */
public record JsonKind(String name, JsonShape shape, Predicate<Event.Builder> finish) implements Message {

    /** The name of the format, which several shapes may share. */
    public String format() {
        return name.equals("winlogbeat") || name.equals("windows-nxlog-json") ? "windows-event-json" : name;
    }

    /** Reads the object a scanner stands at. */
    boolean read(JsonScanner scanner, Event.Builder event) {
        return scanner.object(shape, event) && finish.test(event);
    }

    @Override
    public boolean read(String text, Event.Builder event, ZoneId zone) {
        if (text.isEmpty() || text.charAt(0) != '{') {
            return false;
        }
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        // Fields of an object that breaks off, or is not all there is, must not stay in the event: it is read aside
        // first.
        JsonScanner aside = new JsonScanner(bytes, 0, bytes.length, zone);
        if (!read(aside, Event.builder()) || !aside.atEnd()) {
            return false;
        }
        return read(new JsonScanner(bytes, 0, bytes.length, zone), event);
    }
}
