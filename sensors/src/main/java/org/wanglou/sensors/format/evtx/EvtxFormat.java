package org.wanglou.sensors.format.evtx;

import java.time.ZoneId;
import java.util.Optional;
import org.wanglou.model.Ecs;
import org.wanglou.model.Event;
import org.wanglou.sensors.format.Container;
import org.wanglou.sensors.format.Decoded;
import org.wanglou.sensors.format.Format;
import org.wanglou.sensors.format.windows.WindowsXml;
import org.wanglou.sensors.frame.Frame;
import org.wanglou.sensors.frame.Text;

/**
 * EVTX files as responders bring them. A frame is the event XML of one record, which {@link EvtxContainer} makes; it is
 * read as any other event XML, so that the same event has the same fields whichever way it came. Immutable.
 */
public final class EvtxFormat implements Format {
    private static final Container CONTAINER = new EvtxContainer();

    @Override
    public String name() {
        return "evtx";
    }

    @Override
    public Optional<Container> container() {
        return Optional.of(CONTAINER);
    }

    @Override
    public Decoded decode(Frame frame, ZoneId zone) {
        String xml = Text.of(frame.bytes()).strip();
        Event.Builder event = Event.builder().set(Ecs.EVENT_ORIGINAL, xml);
        return xml.startsWith("<Event") && WindowsXml.fill(xml, event, zone)
                ? Decoded.one(event)
                : new Decoded.Malformed("a record without event id, channel and provider");
    }
}
