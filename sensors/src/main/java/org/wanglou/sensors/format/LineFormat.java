package org.wanglou.sensors.format;

import java.time.ZoneId;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.wanglou.model.Ecs;
import org.wanglou.model.Event;
import org.wanglou.sensors.format.syslog.SyslogFormat;
import org.wanglou.sensors.frame.Frame;
import org.wanglou.sensors.frame.Text;

/** A format of text: one message a frame, bare or behind a syslog header. Immutable. */
public final class LineFormat implements Format {
    private final String name;
    private final Message message;
    private final Supplier<Assembler> assembler;
    private final Predicate<String> nothing;
    private final boolean dated;

    public LineFormat(String name, Message message) {
        this(name, message, () -> Assembler.NONE);
    }

    public LineFormat(String name, Message message, Supplier<Assembler> assembler) {
        this(name, message, assembler, line -> false, false);
    }

    /**
     * A format whose lines begin with a time of their own, which must not be taken for a syslog header's.
     *
     * @param nothing recognises frames that hold no event, such as the banner of a server
     */
    static LineFormat dated(String name, Message message, Supplier<Assembler> assembler, Predicate<String> nothing) {
        return new LineFormat(name, message, assembler, nothing, true);
    }

    static LineFormat dated(String name, Message message) {
        return dated(name, message, () -> Assembler.NONE, line -> false);
    }

    private LineFormat(
            String name, Message message, Supplier<Assembler> assembler, Predicate<String> nothing, boolean dated) {
        this.name = name;
        this.message = message;
        this.assembler = assembler;
        this.nothing = nothing;
        this.dated = dated;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Assembler assembler() {
        return assembler.get();
    }

    @Override
    public Decoded decode(Frame frame, ZoneId zone) {
        String line = SyslogFormat.line(Text.of(frame.bytes()));
        boolean first = dated && !line.startsWith("<");
        if (first) {
            Event.Builder event = Event.builder().set(Ecs.EVENT_ORIGINAL, line);
            if (message.read(line, event, zone)) {
                return Decoded.one(event);
            }
        }
        Event.Builder behind = Event.builder().set(Ecs.EVENT_ORIGINAL, line);
        if (SyslogFormat.behindHeader(line, message, behind, zone, frame.receivedMillis())) {
            return Decoded.one(behind);
        }
        if (nothing.test(line)) {
            return new Decoded.Events(List.of());
        }
        if (first) {
            return new Decoded.Malformed("not a line of " + name);
        }
        Event.Builder event = Event.builder().set(Ecs.EVENT_ORIGINAL, line);
        return message.read(line, event, zone) ? Decoded.one(event) : new Decoded.Malformed("not a line of " + name);
    }
}
