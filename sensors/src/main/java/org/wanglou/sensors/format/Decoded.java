package org.wanglou.sensors.format;

import java.util.List;
import org.wanglou.model.Event;

/** What a format made of a frame: events, or the reason why none. Immutable but for the builders it hands over. */
public sealed interface Decoded {
    /** One frame may hold several events (flow exports) and, for a keep-alive, none. */
    record Events(List<Event.Builder> events) implements Decoded {
        public Events {
            events = List.copyOf(events);
        }
    }

    /** The frame is none of this format; it is kept as unparsed with the reason, which never quotes the input. */
    record Malformed(String reason) implements Decoded {}

    static Decoded one(Event.Builder event) {
        return new Events(List.of(event));
    }
}
