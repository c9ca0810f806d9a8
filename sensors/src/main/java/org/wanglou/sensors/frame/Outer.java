package org.wanglou.sensors.frame;

import java.util.Map;

/**
 * What the framing said of a message beside its bytes: fields of the envelope, and whose word the event's id follows. A
 * format never sees it; what the payload says itself counts more. Immutable.
 *
 * @param fields by dotted ECS name, values as an event holds them. With an {@code event.dataset} the envelope is an event
 *     in itself, even if no format knows the payload
 * @param document whether the bytes are a JSON object that may carry the line proper in a field ({@code message})
 * @param naming what the event's id is made from
 */
public record Outer(Map<String, Object> fields, boolean document, Naming naming) {
    /** DESIGN 2.1, the table of ids. */
    public enum Naming {
        /** The {@code event.id} of the payload, else the frame's origin. */
        BATCH,
        /** As {@link #BATCH}, but agent, file and offset of the document, if it names them, come first. */
        AGENT,
        /** The frame's origin is the sender's own id and stands whatever the payload says. */
        SENDER
    }

    /** The message is its bytes and nothing else. */
    public static final Outer NONE = new Outer(Map.of(), false, Naming.BATCH);

    /** A JSON object that may be an envelope. */
    public static final Outer DOCUMENT = new Outer(Map.of(), true, Naming.BATCH);

    public Outer {
        fields = Map.copyOf(fields);
    }
}
