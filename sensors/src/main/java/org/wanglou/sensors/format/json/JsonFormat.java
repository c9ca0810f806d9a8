package org.wanglou.sensors.format.json;

import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.wanglou.model.Ecs;
import org.wanglou.model.Event;
import org.wanglou.sensors.format.Assembler;
import org.wanglou.sensors.format.Decoded;
import org.wanglou.sensors.format.Format;
import org.wanglou.sensors.format.JsonLines;
import org.wanglou.sensors.format.part.JsonScanner;
import org.wanglou.sensors.frame.Frame;
import org.wanglou.sensors.frame.Text;

/**
 * A format of JSON objects: one a frame, several behind one another, or an array of them; behind a syslog header too.
 * Immutable.
 */
public final class JsonFormat implements Format {
    /** Objects beyond this number make a frame malformed: no sender batches so many into one. */
    static final int MAX_OBJECTS = 10_000;

    private final String name;
    private final Function<Slice, JsonKind> kinds;
    private final boolean told;

    /** Bytes of one frame from the brace of an object on. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    public record Slice(byte[] bytes, int from, int to) {
        /** Whether these ASCII characters stand anywhere in the slice. */
        public boolean holds(String what) {
            return find(what) >= 0;
        }

        /** Where these ASCII characters stand first, -1 when nowhere. */
        public int find(String what) {
            int last = to - what.length();
            byte first = (byte) what.charAt(0);
            for (int i = from; i <= last; i++) {
                if (bytes[i] == first && matches(what, i)) {
                    return i;
                }
            }
            return -1;
        }

        private boolean matches(String what, int at) {
            for (int j = 1; j < what.length(); j++) {
                if (bytes[at + j] != what.charAt(j)) {
                    return false;
                }
            }
            return true;
        }
    }

    public JsonFormat(JsonKind kind) {
        this(kind.name(), slice -> kind);
    }

    /** @param kinds which kind an object is, told from its bytes */
    public JsonFormat(String name, Function<Slice, JsonKind> kinds) {
        this(name, kinds, false);
    }

    /** @param told whether {@code wanglou.format} of each event is the kind that it turned out to be */
    public JsonFormat(String name, Function<Slice, JsonKind> kinds, boolean told) {
        this.name = name;
        this.kinds = kinds;
        this.told = told;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Assembler assembler() {
        return new JsonLines();
    }

    @Override
    public Decoded decode(Frame frame, ZoneId zone) {
        byte[] bytes = frame.bytes();
        int from = 0;
        while (from < bytes.length && bytes[from] != '{') {
            from++;
        }
        if (from == bytes.length) {
            return new Decoded.Malformed("no JSON object");
        }
        List<Event.Builder> events = new ArrayList<>(1);
        JsonScanner scanner = new JsonScanner(bytes, from, bytes.length, zone);
        boolean whole = read(scanner, bytes, events);
        if (scanner.foreign()) {
            byte[] utf8 = Text.of(bytes).getBytes(StandardCharsets.UTF_8);
            if (!java.util.Arrays.equals(utf8, bytes)) {
                return decode(frame.with(utf8), zone);
            }
        }
        return whole && !events.isEmpty()
                ? new Decoded.Events(events)
                : new Decoded.Malformed("not a JSON object of " + name);
    }

    private boolean read(JsonScanner scanner, byte[] bytes, List<Event.Builder> events) {
        do {
            int start = scanner.position();
            Event.Builder event = Event.builder();
            JsonKind kind = kinds.apply(new Slice(bytes, start, bytes.length));
            if (!kind.read(scanner, event)) {
                return false;
            }
            event.set(Ecs.EVENT_ORIGINAL, new String(bytes, start, scanner.position() - start, StandardCharsets.UTF_8));
            if (told) {
                event.set("wanglou.format", kind.format());
            }
            events.add(event);
        } while (events.size() < MAX_OBJECTS && scanner.another());
        return scanner.atEnd();
    }
}
