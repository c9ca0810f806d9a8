package org.wanglou.sensors.format.web;

import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import org.wanglou.model.Event;
import org.wanglou.sensors.format.Decoded;
import org.wanglou.sensors.format.Format;
import org.wanglou.sensors.frame.Frame;

/**
 * An access log, one request a line.
 *
 * @param name {@code nginx-access} or {@code apache-access}
 * @param dataset {@code nginx.access} or {@code apache.access}
 */
public record AccessFormat(String name, String dataset) implements Format {
    @Override
    public Decoded decode(Frame frame, ZoneId zone) {
        Event.Builder event = Event.builder();
        return AccessLine.read(new String(frame.bytes(), StandardCharsets.UTF_8), dataset, event)
                ? Decoded.one(event)
                : new Decoded.Malformed("not a line of the common or combined log format");
    }
}
