package org.wanglou.correlator.detect;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;
import org.wanglou.bus.Wire;
import org.wanglou.bus.codec.EventCodec;
import org.wanglou.bus.codec.SignalCodec;
import org.wanglou.bus.codec.TickCodec;
import org.wanglou.correlator.reference.InForce;
import org.wanglou.correlator.reference.Shelf;
import org.wanglou.correlator.time.Watermark;
import org.wanglou.correlator.wire.Kind;
import org.wanglou.correlator.wire.Outlet;
import org.wanglou.correlator.wire.Sealer;
import org.wanglou.model.Canary;
import org.wanglou.model.Ecs;
import org.wanglou.model.Event;
import org.wanglou.model.Meters;
import org.wanglou.model.Snapshots;
import org.wanglou.model.Tick;

/**
 * Kafka's side of detection: reads {@code wanglou.events} and {@code wanglou.flows}, writes routed signals to {@code
 * wanglou.signals} and those no correlation asks for to {@code wanglou.stories}. What cannot be read or makes a rule
 * throw becomes a sealed dead letter; the stage goes on. Confined to its task's thread.
 */
public final class DetectStage implements Processor<byte[], byte[], byte[], byte[]> {
    public static final String NAME = "detect";
    public static final String COUNTS = "detect-counts";
    public static final String TO_SIGNALS = "to-signals";
    public static final String TO_STORIES = "to-stories";

    /** Source under which dead letters count, so that published = detected + pending closes. */
    static final String UNREADABLE = "unreadable";

    private static final int SOURCES_MAX = 1000;

    private final Shelf<Detectors> rules;
    private final Snapshots snapshots;
    private final long graceMillis;
    private final DetectedCounts counts;
    private final Sealer sealer;
    private final Meters meters;

    private final Watermark clock = new Watermark(List.of());
    private final Map<String, Long> totals = new HashMap<>();
    // set by init, which Kafka Streams calls before anything else
    @SuppressWarnings("NullAway.Init")
    private ProcessorContext<byte[], byte[]> context;

    @SuppressWarnings("NullAway.Init")
    private KeyValueStore<Bytes, byte[]> rows;

    @SuppressWarnings("NullAway.Init")
    private Outlet outlet;

    @SuppressWarnings("NullAway.Init")
    private InForce<Detectors> force;

    private @Nullable Glance glance;

    /** @param rules where the task finds its detectors */
    public DetectStage(
            Shelf<Detectors> rules,
            Snapshots snapshots,
            long graceMillis,
            DetectedCounts counts,
            Sealer sealer,
            Meters meters) {
        this.rules = rules;
        this.snapshots = snapshots;
        this.graceMillis = graceMillis;
        this.counts = counts;
        this.sealer = sealer;
        this.meters = meters;
    }

    @Override
    public void init(ProcessorContext<byte[], byte[]> processorContext) {
        context = processorContext;
        rows = context.getStateStore(COUNTS);
        outlet = new Outlet(NAME, context, sealer, meters);
        force = InForce.open(NAME, rules, context, outlet);
        try (KeyValueIterator<Bytes, byte[]> stored = rows.all()) {
            while (stored.hasNext()) {
                KeyValue<Bytes, byte[]> row = stored.next();
                String source = new String(row.key.get(), StandardCharsets.UTF_8);
                long total = ByteBuffer.wrap(row.value).getLong();
                totals.put(source, total);
                counts.tell(context.taskId().partition(), source, total);
            }
        }
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        Kind kind = Kind.of(record, Wire.EVENT_1, context);
        force.before(record);
        if (kind == Kind.TICK) {
            tick(record);
        } else {
            event(record);
        }
    }

    private void tick(Record<byte[], byte[]> record) {
        Tick tick;
        try {
            tick = TickCodec.decode(record.value());
        } catch (IOException | RuntimeException e) {
            outlet.deadLetter(record, "malformed_tick", "no tick/1");
            return;
        }
        String topic = context.recordMetadata().map(at -> at.topic()).orElse("");
        if (!clock.hear(Watermark.upstream(topic, tick), tick.receive(), tick.lowWater())) {
            return;
        }
        Map<String, Long> cumulative = new TreeMap<>();
        totals.forEach((source, total) -> cumulative.put(source + "/detected", total));
        Tick own = new Tick(NAME, NAME, context.taskId().partition(), 0, tick.receive(), clock.now(), cumulative);
        outlet.tick(TO_SIGNALS, own, record);
        outlet.tick(TO_STORIES, own, record);
    }

    private void event(Record<byte[], byte[]> record) {
        Event event;
        List<Detection.Sighted> sighted;
        Detectors detectors = force.value();
        if (unremarkable(record.value(), detectors)) {
            return;
        }
        try {
            event = EventCodec.decode(record.value());
            boolean late = clock.now() > event.timeMillis() + graceMillis;
            if (late) {
                meters.counter("wanglou_correlator_late_total").increment();
            }
            sighted = new Detection(detectors).inspect(event, snapshots.registry(), late);
        } catch (IOException e) {
            outlet.deadLetter(record, "malformed_event", "not a JSON object");
            count(UNREADABLE);
            return;
        } catch (RuntimeException e) {
            // A rule that throws on this event would throw again: it must not hold up the partition.
            outlet.deadLetter(record, "detection_failed", e.getClass().getSimpleName());
            count(UNREADABLE);
            return;
        }
        for (Detection.Sighted one : sighted) {
            forward(one, event.id(), detectors.digest(), record);
        }
        if (!Canary.is(event)) {
            count(event.text(Ecs.WL_SOURCE).orElse("unknown"));
        }
    }

    /** Most events are seen through without being decoded; true when that was enough. */
    private boolean unremarkable(byte[] record, Detectors detectors) {
        Glance own = glance;
        if (own == null || own.detectors() != detectors) {
            own = new Glance(detectors);
            glance = own;
        }
        if (!own.findsNothing(record, snapshots.registry())) {
            return false;
        }
        if (clock.now() > own.timeMillis() + graceMillis) {
            meters.counter("wanglou_correlator_late_total").increment();
        }
        count(own.source());
        return true;
    }

    private void forward(Detection.Sighted one, String trace, String ref, Record<byte[], byte[]> cause) {
        byte[] value = SignalCodec.encode(one.signal());
        for (byte[] key : one.routedKeys()) {
            outlet.payload(TO_SIGNALS, key, value, Wire.SIGNAL_1, trace, ref, cause);
        }
        if (one.toStories()) {
            byte[] key = one.signal().entities().organization().getBytes(StandardCharsets.UTF_8);
            outlet.payload(TO_STORIES, key, value, Wire.SIGNAL_1, trace, ref, cause);
        }
        meters.counter(
                        "wanglou_correlator_signals_total",
                        "kind",
                        one.signal().kind().name().toLowerCase(java.util.Locale.ROOT))
                .increment();
    }

    private void count(String named) {
        String source = totals.containsKey(named) || totals.size() < SOURCES_MAX ? named : "other";
        long total = totals.merge(source, 1L, Long::sum);
        rows.put(
                Bytes.wrap(source.getBytes(StandardCharsets.UTF_8)),
                ByteBuffer.allocate(Long.BYTES).putLong(total).array());
        counts.tell(context.taskId().partition(), source, total);
    }
}
