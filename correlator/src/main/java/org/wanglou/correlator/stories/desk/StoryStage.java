package org.wanglou.correlator.stories.desk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.common.serialization.BytesSerializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;
import org.wanglou.bus.Wire;
import org.wanglou.bus.codec.IncidentCodec;
import org.wanglou.bus.codec.SignalCodec;
import org.wanglou.bus.codec.TickCodec;
import org.wanglou.correlator.CanaryWatch;
import org.wanglou.correlator.stories.Knowledge;
import org.wanglou.correlator.stories.StoryLimits;
import org.wanglou.correlator.time.Watermark;
import org.wanglou.correlator.wire.Kind;
import org.wanglou.correlator.wire.Outlet;
import org.wanglou.correlator.wire.Sealer;
import org.wanglou.model.Canary;
import org.wanglou.model.Incident;
import org.wanglou.model.Meters;
import org.wanglou.model.Signal;
import org.wanglou.model.Snapshots;
import org.wanglou.model.Tick;

/**
 * Kafka's side of the stories: reads {@code wanglou.stories}, keeps {@link StoryDesk}'s rows in a logged store and forwards
 * incident revisions to {@code wanglou.incidents}. The clock is the minimum over all partitions of detect and of windows.
 * Confined to its task's thread.
 */
public final class StoryStage implements Processor<byte[], byte[], byte[], byte[]> {
    public static final String NAME = "stories";
    public static final String ROWS = "story-rows";
    public static final String CLOCK = "story-clock";
    public static final String TO_INCIDENTS = "to-incidents";

    private final Supplier<Knowledge> current;
    private final Snapshots snapshots;
    private final StoryLimits limits;
    private final Sealer sealer;
    private final Meters meters;
    private final CanaryWatch canaries;
    private final Watermark clock;

    private @Nullable Knowledge inUse;
    // set by init, which Kafka Streams calls before anything else
    @SuppressWarnings("NullAway.Init")
    private StoryDesk desk;

    @SuppressWarnings("NullAway.Init")
    private ProcessorContext<byte[], byte[]> context;

    @SuppressWarnings("NullAway.Init")
    private KeyValueStore<Bytes, byte[]> rows;

    @SuppressWarnings("NullAway.Init")
    private KeyValueStore<Bytes, byte[]> clockRows;

    @SuppressWarnings("NullAway.Init")
    private Outlet outlet;

    /** @param current the knowledge in force; read at each record, so that a swap falls between two */
    public StoryStage(
            Supplier<Knowledge> current,
            Snapshots snapshots,
            StoryLimits limits,
            int partitions,
            Sealer sealer,
            Meters meters) {
        this(current, snapshots, limits, partitions, sealer, meters, new CanaryWatch());
    }

    /** @param canaries told of each canary, which goes no further */
    public StoryStage(
            Supplier<Knowledge> current,
            Snapshots snapshots,
            StoryLimits limits,
            int partitions,
            Sealer sealer,
            Meters meters,
            CanaryWatch canaries) {
        this.canaries = canaries;
        this.current = current;
        this.snapshots = snapshots;
        this.limits = limits;
        this.sealer = sealer;
        this.meters = meters;
        this.clock = new Watermark(Stream.of("detect", "windows")
                .flatMap(stage ->
                        IntStream.range(0, partitions).mapToObj(partition -> Watermark.partition(stage, partition)))
                .toList());
    }

    @Override
    public void init(ProcessorContext<byte[], byte[]> processorContext) {
        context = processorContext;
        rows = context.getStateStore(ROWS);
        clockRows = context.getStateStore(CLOCK);
        outlet = new Outlet(NAME, context, sealer, meters);
        try (KeyValueIterator<Bytes, byte[]> heard = clockRows.all()) {
            while (heard.hasNext()) {
                KeyValue<Bytes, byte[]> row = heard.next();
                ByteBuffer value = ByteBuffer.wrap(row.value);
                clock.hear(text(row.key), value.getLong(), value.getLong());
            }
        }
        Knowledge knowledge = current.get();
        inUse = knowledge;
        desk = new StoryDesk(knowledge, snapshots, limits, meters);
        List<Decided.Row> all = new ArrayList<>();
        try (KeyValueIterator<Bytes, byte[]> stored = rows.all()) {
            stored.forEachRemaining(row -> all.add(new Decided.Row(text(row.key), row.value)));
        }
        desk.restore(all, clock.now());
    }

    private static String text(Bytes key) {
        return new String(key.get(), StandardCharsets.UTF_8);
    }

    private static Bytes bytes(String key) {
        return Bytes.wrap(key.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        Knowledge knowledge = current.get();
        if (knowledge != inUse) {
            desk.swap(knowledge);
            inUse = knowledge;
        }
        if (Kind.of(record, Wire.SIGNAL_1, context) == Kind.TICK) {
            tick(record);
        } else {
            signal(record);
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
        String upstream = Watermark.partition(tick.stage(), tick.partition());
        boolean rose = clock.hear(upstream, tick.receive(), tick.lowWater());
        Watermark.Heard heard = clock.heard(upstream);
        clockRows.put(
                bytes(upstream),
                ByteBuffer.allocate(16)
                        .putLong(heard.receive())
                        .putLong(heard.lowWater())
                        .array());
        if (rose) {
            desk.advance(clock.now(), decided -> apply(decided, record, ""));
        }
    }

    private void signal(Record<byte[], byte[]> record) {
        Signal signal;
        try {
            signal = SignalCodec.decode(record.value());
        } catch (IOException | RuntimeException e) {
            outlet.deadLetter(record, "malformed_signal", "no signal/1");
            return;
        }
        if (Canary.is(signal)) {
            canaries.heard(signal.time());
            return;
        }
        Decided decided;
        try {
            decided = desk.accept(signal);
        } catch (RuntimeException e) {
            rebuild(signal.entities().organization());
            outlet.deadLetter(record, "story_failed", e.getClass().getSimpleName());
            return;
        }
        apply(decided, record, Wire.header(record.headers(), Wire.TRACE));
    }

    /** The rows are the truth: what a failed step may have half changed is made from them again. */
    private void rebuild(String organization) {
        desk.forget(organization);
        List<Decided.Row> own = new ArrayList<>();
        for (String prefix : List.of(StoryRows.signalKey(organization, ""), StoryRows.incidentKey(organization, ""))) {
            try (KeyValueIterator<Bytes, byte[]> stored = rows.prefixScan(bytes(prefix), new BytesSerializer())) {
                stored.forEachRemaining(row -> own.add(new Decided.Row(text(row.key), row.value)));
            }
        }
        desk.restore(own, clock.now());
    }

    private void apply(Decided decided, Record<byte[], byte[]> cause, String trace) {
        for (Decided.Row row : decided.rows()) {
            byte[] value = row.value();
            if (value == null) {
                rows.delete(bytes(row.key()));
            } else {
                rows.put(bytes(row.key()), value);
            }
        }
        for (Incident incident : decided.incidents()) {
            meters.counter(
                            "wanglou_correlator_incident_revisions_total",
                            "status",
                            incident.status().name().toLowerCase(java.util.Locale.ROOT))
                    .increment();
            outlet.payload(
                    TO_INCIDENTS,
                    incident.id().getBytes(StandardCharsets.UTF_8),
                    IncidentCodec.encode(incident),
                    Wire.INCIDENT_1,
                    trace,
                    "",
                    cause);
        }
    }

    @Override
    public void close() {
        desk.close();
    }
}
