package org.wanglou.sensors.format;

import java.time.ZoneId;
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

    public LineFormat(String name, Message message) {
        this(name, message, () -> Assembler.NONE);
    }

    public LineFormat(String name, Message message, Supplier<Assembler> assembler) {
        this.name = name;
        this.message = message;
        this.assembler = assembler;
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
        Event.Builder behind = Event.builder().set(Ecs.EVENT_ORIGINAL, line);
        if (SyslogFormat.behindHeader(line, message, behind, zone, frame.receivedMillis())) {
            return Decoded.one(behind);
        }
        Event.Builder event = Event.builder().set(Ecs.EVENT_ORIGINAL, line);
        return message.read(line, event, zone) ? Decoded.one(event) : new Decoded.Malformed("not a line of " + name);
    }
}
