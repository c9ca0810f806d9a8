package org.wanglou.correlator.wire;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.wanglou.bus.Wire;
import org.wanglou.bus.codec.Jsons;
import org.wanglou.bus.codec.TickCodec;
import org.wanglou.model.Meters;
import org.wanglou.model.Tick;

/**
 * Forwards typed records to named sinks, always with the causing record's timestamp (receive time) and with headers set
 * by hand: a new record starts with none. Confined to its task's thread.
 */
public final class Outlet {
    /** Name of every stage's sink for dead letters. */
    public static final String DEAD_LETTERS = "to-dead-letter";

    /** Name of every stage's sink for switches of reference data. */
    public static final String SWITCHES = "to-switches";

    public static final String SWITCH_1 = "switch/1";

    public static final String DEAD_LETTER_1 = "dead-letter/1";

    private final String stage;
    private final ProcessorContext<byte[], byte[]> context;
    private final Sealer sealer;
    private final Meters meters;

    public Outlet(String stage, ProcessorContext<byte[], byte[]> context, Sealer sealer, Meters meters) {
        this.stage = stage;
        this.context = context;
        this.sealer = sealer;
        this.meters = meters;
    }

    /** Forwards a payload; {@code trace} and {@code ref} may be empty. */
    public void payload(
            String sink, byte[] key, byte[] value, String type, String trace, String ref, Record<?, ?> cause) {
        Headers headers = new RecordHeaders();
        put(headers, Wire.TYPE, type);
        put(headers, Wire.TRACE, trace);
        put(headers, Wire.REF, ref);
        context.forward(new Record<>(key, value, cause.timestamp(), headers), sink);
    }

    /** Forwards a tick to every partition behind a sink, with the headers of the tick that raised the clock. */
    public void tick(String sink, Tick tick, Record<byte[], byte[]> cause) {
        Headers headers = new RecordHeaders(cause.headers());
        if (headers.lastHeader(Wire.TYPE) == null) {
            put(headers, Wire.TYPE, Wire.TICK_1);
        }
        context.forward(new Record<byte[], byte[]>(null, TickCodec.encode(tick), cause.timestamp(), headers), sink);
    }

    /** Writes down from which record on a task goes by which reference data. */
    public void switched(Switch from, Record<?, ?> cause) {
        meters.counter("wanglou_correlator_switches_total", "stage", stage, "kind", from.kind())
                .increment();
        payload(
                SWITCHES,
                from.task().getBytes(StandardCharsets.UTF_8),
                Jsons.bytes(from),
                SWITCH_1,
                "",
                from.digest(),
                cause);
    }

    /** Counts a record that cannot be used, and keeps it sealed in the dead-letter topic. */
    public void deadLetter(Record<byte[], byte[]> cause, String reason, String detail) {
        meters.counter("wanglou_correlator_dead_letter_total", "stage", stage, "reason", reason)
                .increment();
        Map<String, Object> letter = new TreeMap<>();
        letter.put("stage", stage);
        letter.put("reason", reason);
        letter.put("detail", detail);
        letter.put("receive", cause.timestamp());
        byte[] value = cause.value() == null ? new byte[0] : cause.value();
        letter.put("sealed", Base64.getEncoder().encodeToString(sealer.seal(value)));
        String topic = context.recordMetadata()
                .map(at -> {
                    letter.put("topic", at.topic());
                    letter.put("partition", at.partition());
                    letter.put("offset", at.offset());
                    return at.topic();
                })
                .orElse(stage);
        payload(
                DEAD_LETTERS,
                topic.getBytes(StandardCharsets.UTF_8),
                Jsons.bytes(letter),
                DEAD_LETTER_1,
                Wire.header(cause.headers(), Wire.TRACE),
                "",
                cause);
    }

    private static void put(Headers headers, String name, String value) {
        if (!value.isEmpty()) {
            headers.add(name, value.getBytes(StandardCharsets.UTF_8));
        }
    }
}
