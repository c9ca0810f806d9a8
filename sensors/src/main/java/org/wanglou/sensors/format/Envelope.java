package org.wanglou.sensors.format;

import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.wanglou.crypto.sm.Sm3;
import org.wanglou.model.Ecs;
import org.wanglou.model.Event;
import org.wanglou.model.Field;
import org.wanglou.sensors.format.json.EcsKind;
import org.wanglou.sensors.format.json.JsonFormat;
import org.wanglou.sensors.format.json.JsonKind;
import org.wanglou.sensors.format.json.JsonKinds;
import org.wanglou.sensors.format.part.JsonScanner;
import org.wanglou.sensors.frame.Frame;
import org.wanglou.sensors.frame.Outer;
import org.wanglou.sensors.frame.Text;

/**
 * The seam between framing and format: a frame may be a document of a shipper (Filebeat, Fluent Bit, Vector, Logstash) that
 * carries the line of the device in a field. The line is read by the source's format, and what the document said beside it
 * is kept: agent, host, file, offset. A document that is the event itself is read as it stands. Pure.
 */
public final class Envelope {
    /** Where shippers put the line, the most faithful copy first. */
    private static final List<String> LINES = List.of("event.original", "message", "log", "MESSAGE");

    private Envelope() {}

    /** What was in the frame, and what lay around it. */
    public record Opened(Decoded decoded, Outer outer) {
        /** Adds what lay around to what was inside; the inside's own word stays. */
        public void complete(List<Event.Builder> events) {
            boolean named = outer.naming() == Outer.Naming.SENDER
                    || outer.naming() == Outer.Naming.AGENT && outer.fields().containsKey(Ecs.EVENT_ID.name());
            for (int i = 0; i < events.size(); i++) {
                Event.Builder event = events.get(i);
                if (named) {
                    event.set(Ecs.EVENT_ID, null);
                }
                for (Map.Entry<String, Object> field : outer.fields().entrySet()) {
                    if (event.get(field.getKey()) == null) {
                        boolean id = field.getKey().equals(Ecs.EVENT_ID.name());
                        event.set(field.getKey(), id && i > 0 ? field.getValue() + "/" + i : field.getValue());
                    }
                }
            }
        }
    }

    /** Reads a frame in a format, whatever it is wrapped in. */
    public static Opened open(Format format, Frame raw, ZoneId zone) {
        Outer outer = raw.outer();
        if (!outer.document()) {
            return new Opened(structured(format.decode(raw, zone), format, raw), outer);
        }
        Event.Builder read = Event.builder();
        JsonScanner scanner = new JsonScanner(raw.bytes(), 0, raw.bytes().length, zone);
        boolean whole = scanner.object(EcsKind.KIND.shape(), read) && scanner.atEnd();
        if (!whole) {
            return new Opened(format.decode(raw, zone), outer);
        }
        byte[] utf8 = scanner.foreign() ? Text.of(raw.bytes()).getBytes(StandardCharsets.UTF_8) : raw.bytes();
        return scanner.foreign() && !Arrays.equals(utf8, raw.bytes())
                ? open(format, raw.with(utf8), zone)
                : document(format, raw, read.build(), zone);
    }

    private static Opened document(Format format, Frame frame, Event document, ZoneId zone) {
        Outer outer = frame.outer();
        byte[] bytes = frame.bytes();
        String id = outer.naming() == Outer.Naming.AGENT ? place(document) : "";
        String carrier = carrier(format, document, bytes);
        if (carrier != null) {
            byte[] line = String.valueOf(document.get(carrier)).getBytes(StandardCharsets.UTF_8);
            Decoded inside = format.decode(inner(frame, line), zone);
            if (inside instanceof Decoded.Events events && !events.events().isEmpty()) {
                return new Opened(inside, new Outer(around(document, carrier, outer, id), true, outer.naming()));
            }
        }
        Map<String, Object> fields = new TreeMap<>(outer.fields());
        if (!id.isEmpty()) {
            fields.put(Ecs.EVENT_ID.name(), id);
        }
        Decoded decoded = format.decode(frame, zone);
        if (decoded instanceof Decoded.Malformed) {
            fields = around(document, "", outer, id);
            fields.remove(Ecs.EVENT_ORIGINAL.name());
            fields.remove(Ecs.EVENT_DATASET.name());
        }
        return new Opened(decoded, new Outer(fields, true, outer.naming()));
    }

    /** A line that no format knows, in an envelope that is an event itself (an OTLP record has time and severity). */
    private static Decoded structured(Decoded decoded, Format format, Frame frame) {
        if (decoded instanceof Decoded.Malformed
                && format.name().equals("auto")
                && frame.outer().fields().containsKey(Ecs.EVENT_DATASET.name())) {
            String text = new String(frame.bytes(), StandardCharsets.UTF_8);
            return Decoded.one(Event.builder()
                    .set(Ecs.EVENT_KIND, "event")
                    .set(Ecs.MESSAGE, text)
                    .set(Ecs.EVENT_ORIGINAL, text)
                    .set("wanglou.format_basis", "the envelope says what it is"));
        }
        return decoded;
    }

    private static Frame inner(Frame frame, byte[] line) {
        return new Frame(line, frame.peer(), frame.receivedMillis(), frame.origin(), frame.cut(), frame.unit());
    }

    /** The field that carries the line; null when the document is the event. */
    private static @Nullable String carrier(Format format, Event document, byte[] bytes) {
        if (format.name().equals("ecs-json")
                || document.get(Ecs.EVENT_CATEGORY) != null
                || "unparsed".equals(document.get(Ecs.EVENT_DATASET))) {
            return null;
        }
        JsonKind kind = JsonKinds.of(new JsonFormat.Slice(bytes, 0, bytes.length));
        if (kind != EcsKind.KIND && kind != JsonKinds.GENERIC_KIND) {
            return null;
        }
        for (String name : LINES) {
            if (document.get(name) instanceof String text && !text.isEmpty()) {
                return name;
            }
        }
        return null;
    }

    /**
     * Agent, file and offset, with what tells a rotated file's offset from the next file's: the file's own marks and the
     * digest of the line. A line that is read and sent again keeps it.
     */
    private static String place(Event document) {
        Object agent = document.get("agent.id") != null ? document.get("agent.id") : document.get("agent.ephemeral_id");
        Object path = document.get(Ecs.LOG_FILE_PATH);
        Object offset = document.get("log.offset");
        if (agent == null || path == null || offset == null) {
            return "";
        }
        Object line =
                document.get(Ecs.EVENT_ORIGINAL) != null ? document.get(Ecs.EVENT_ORIGINAL) : document.get(Ecs.MESSAGE);
        return "file "
                + Sm3.id(
                        String.valueOf(agent),
                        String.valueOf(path),
                        String.valueOf(offset),
                        String.valueOf(document.get("log.file.fingerprint")),
                        String.valueOf(line));
    }

    /** The document's fields but the line and what only a sensor may say. */
    private static Map<String, Object> around(Event document, String carrier, Outer outer, String id) {
        Map<String, Object> fields = new TreeMap<>();
        for (int slot = 0; slot < Ecs.slots(); slot++) {
            Field field = Ecs.at(slot);
            Object value = document.get(field);
            if (value != null) {
                fields.put(field.name(), value);
            }
        }
        fields.putAll(document.extra());
        fields.keySet().removeIf(name -> name.startsWith("wanglou."));
        fields.remove(carrier);
        fields.remove(Ecs.EVENT_INGESTED.name());
        if (!carrier.isEmpty()) {
            fields.remove(Ecs.EVENT_ORIGINAL.name());
        }
        fields.putAll(outer.fields());
        if (!id.isEmpty()) {
            fields.put(Ecs.EVENT_ID.name(), id);
        }
        return fields;
    }
}
