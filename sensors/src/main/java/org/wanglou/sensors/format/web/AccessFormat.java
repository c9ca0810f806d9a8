package org.wanglou.sensors.format.web;

import java.time.ZoneId;
import org.wanglou.model.Ecs;
import org.wanglou.model.Event;
import org.wanglou.sensors.format.Decoded;
import org.wanglou.sensors.format.Format;
import org.wanglou.sensors.frame.Frame;
import org.wanglou.sensors.frame.Text;

/**
 * An access log, one request a line.
 *
 * @param name {@code nginx-access} or {@code apache-access}
 * @param dataset {@code nginx.access} or {@code apache.access}
 */
public record AccessFormat(String name, String dataset) implements Format {
    @Override
    public Decoded decode(Frame frame, ZoneId zone) {
        String line = Text.of(frame.bytes());
        Event.Builder event = Event.builder().set(Ecs.EVENT_ORIGINAL, line);
        return AccessLine.read(line, dataset, event)
                ? Decoded.one(event)
                : new Decoded.Malformed("not a line of the common or combined log format");
    }
}
