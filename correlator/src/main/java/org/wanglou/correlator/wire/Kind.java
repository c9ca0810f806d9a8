package org.wanglou.correlator.wire;

import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.wanglou.bus.Wire;

/** What a record is, by its {@code wl-type}. */
public enum Kind {
    TICK,
    PAYLOAD;

    /**
     * Tells a tick from a payload. A record without a type (a foreign producer of plain ECS JSON) is a payload.
     *
     * @param payload the payload type of the topic, such as {@code event/1}
     * @throws UnknownMajorException for any other type
     */
    public static Kind of(Record<?, ?> record, String payload, ProcessorContext<?, ?> context) {
        String type = Wire.header(record.headers(), Wire.TYPE);
        if (type.isEmpty() || Wire.same(type, payload)) {
            return PAYLOAD;
        }
        if (Wire.same(type, Wire.TICK_1)) {
            return TICK;
        }
        throw context.recordMetadata()
                .map(at -> new UnknownMajorException(type, at.topic(), at.partition(), at.offset()))
                .orElseGet(() -> new UnknownMajorException(type, "?", -1, -1));
    }
}
