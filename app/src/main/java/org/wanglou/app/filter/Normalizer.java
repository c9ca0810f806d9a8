package org.wanglou.app.filter;

import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.wanglou.crypto.sm.Sm3;
import org.wanglou.model.Ecs;
import org.wanglou.model.Event;
import org.wanglou.sensors.format.Container;
import org.wanglou.sensors.format.Decoded;
import org.wanglou.sensors.format.Format;
import org.wanglou.sensors.frame.Frame;
import org.wanglou.sensors.frame.Outer;

/**
 * The sensor's format stage over frames of a file. What cannot be read becomes {@code event.dataset: unparsed}.
 *
 * <p>{@code event.id} is made from the raw frame's digest and the ordinal of that frame among its equals in the run, so the
 * same input gives the same ids. No receipt is set: a file read later was received at no time that means anything, and
 * detection then goes by event time alone. Personal identifiers are not replaced here, that needs the instance's key.
 * Memory grows with the number of distinct frames, about 100 bytes each. Confined to the command's thread.
 */
final class Normalizer {
    private final List<Format> formats;
    private final ZoneId zone;
    private final long receivedMillis;
    private final Map<String, Integer> ordinals = new HashMap<>();
    private int last;

    /**
     * @param formats tried in order, the one that fitted last before the others
     * @param receivedMillis what stands for receipt where a format needs it, as for a time without year
     */
    Normalizer(List<Format> formats, ZoneId zone, long receivedMillis) {
        this.formats = List.copyOf(formats);
        this.zone = zone;
        this.receivedMillis = receivedMillis;
    }

    List<Event> read(byte[] bytes, String peer, long millis, boolean cut) {
        return read(bytes, peer, millis, 1, cut);
    }

    private List<Event> read(byte[] bytes, String peer, long millis, int lines, boolean cut) {
        String digest = Sm3.hex(bytes).substring(0, 32);
        int ordinal = ordinals.merge(digest, 1, Integer::sum) - 1;
        Frame frame = new Frame(bytes, peer, millis, digest + "/" + ordinal, cut, "", lines, Outer.NONE);
        Format format = formats.get(last);
        Decoded decoded = format.decode(frame, zone);
        for (int i = 0; decoded instanceof Decoded.Malformed && i < formats.size(); i++) {
            Decoded other = formats.get(i).decode(frame, zone);
            if (other instanceof Decoded.Events) {
                decoded = other;
                format = formats.get(i);
                last = i;
            }
        }
        return completed(decoded, frame, format.name());
    }

    private List<Event> completed(Decoded decoded, Frame frame, String format) {
        List<Event> events = new ArrayList<>();
        if (decoded instanceof Decoded.Events read) {
            for (int i = 0; i < read.events().size(); i++) {
                events.add(complete(read.events().get(i), frame, format, i));
            }
        } else if (decoded instanceof Decoded.Malformed malformed) {
            Event.Builder unparsed =
                    Event.builder().set(Ecs.EVENT_DATASET, "unparsed").set(Ecs.WL_UNPARSED_REASON, malformed.reason());
            events.add(complete(unparsed, frame, "unparsed", 0));
        }
        return events;
    }

    /** @param lines how many lines of the file the bytes are */
    List<Event> read(byte[] bytes, int lines, boolean cut) {
        return read(bytes, "", receivedMillis, lines, cut);
    }

    /** One message of a file that is no lines. Its id is made from its place in the content: a copy has the same. */
    List<Event> read(Format format, Container.Piece.Message message) {
        Frame frame = new Frame(message.bytes(), "", receivedMillis, message.origin(), message.cut());
        return completed(format.decode(frame, zone), frame, format.name());
    }

    /** Bytes that are no text and could not be read, kept in hexadecimal. */
    Event unparsed(byte[] lost, String reason) {
        byte[] text = HexFormat.of().formatHex(lost).getBytes(StandardCharsets.US_ASCII);
        Frame frame = new Frame(text, "", receivedMillis, "lost/" + Sm3.hex(lost) + '/' + reason, false);
        return completed(new Decoded.Malformed(reason), frame, "unparsed").get(0);
    }

    private Event complete(Event.Builder event, Frame frame, String format, int index) {
        if (!(event.get(Ecs.EVENT_ID) instanceof String)) {
            event.set(Ecs.EVENT_ID, Sm3.id("raw", frame.origin(), Integer.toString(index)));
        }
        absent(event, Ecs.EVENT_DATASET, format);
        absent(event, Ecs.EVENT_KIND, "event");
        absent(event, Ecs.ORGANIZATION_ID, "unassigned");
        event.set(Ecs.EVENT_TIMEZONE, zone.getId());
        if (event.get(Ecs.TIMESTAMP) == null) {
            event.set(Ecs.TIMESTAMP, frame.receivedMillis());
        }
        if (!"flow".equals(event.get(Ecs.EVENT_DATASET))) {
            absent(event, Ecs.EVENT_ORIGINAL, new String(frame.bytes(), StandardCharsets.UTF_8));
        }
        if (frame.cut()) {
            event.set(Ecs.TAGS, List.of("cut"));
        }
        if (frame.lines() > 1) {
            event.set("log.flags", frame.cut() ? List.of("multiline", "truncated") : List.of("multiline"));
        } else if (frame.cut()) {
            event.set("log.flags", List.of("truncated"));
        }
        return event.build();
    }

    private static void absent(Event.Builder event, org.wanglou.model.Field field, String value) {
        if (event.get(field) == null) {
            event.set(field, value);
        }
    }
}
