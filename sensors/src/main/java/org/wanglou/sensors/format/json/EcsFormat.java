package org.wanglou.sensors.format.json;

import java.io.IOException;
import java.time.ZoneId;
import org.wanglou.bus.codec.EventCodec;
import org.wanglou.model.Event;
import org.wanglou.sensors.format.Decoded;
import org.wanglou.sensors.format.Format;
import org.wanglou.sensors.frame.Frame;

/** One ECS event as a JSON object, nested or dotted. Its own {@code event.id} becomes part of ours in the sink. */
public final class EcsFormat implements Format {
    @Override
    public String name() {
        return "ecs-json";
    }

    @Override
    public Decoded decode(Frame frame, ZoneId zone) {
        try {
            Event.Builder event = EventCodec.decode(frame.bytes()).toBuilder();
            return Decoded.one(event);
        } catch (IOException e) {
            return new Decoded.Malformed("not a JSON object within the bounds");
        }
    }
}
