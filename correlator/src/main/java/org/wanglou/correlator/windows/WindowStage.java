package org.wanglou.correlator.windows;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.wanglou.bus.Wire;
import org.wanglou.bus.codec.SignalCodec;
import org.wanglou.bus.codec.TickCodec;
import org.wanglou.correlator.behaviour.Profiles;
import org.wanglou.correlator.detect.Detectors;
import org.wanglou.correlator.reference.InForce;
import org.wanglou.correlator.reference.Shelf;
import org.wanglou.correlator.routes.Route;
import org.wanglou.correlator.routes.Routes;
import org.wanglou.correlator.time.Multicast;
import org.wanglou.correlator.time.Watermark;
import org.wanglou.correlator.wire.Kind;
import org.wanglou.correlator.wire.Outlet;
import org.wanglou.correlator.wire.Sealer;
import org.wanglou.model.Meters;
import org.wanglou.model.Signal;
import org.wanglou.model.Tick;

/**
 * Kafka's side of the windows: reads {@code wanglou.signals}, keeps {@link KeyedWindows}' rows in a logged store and
 * forwards its hits to {@code wanglou.stories}. The clock is the minimum over all partitions of detect. Confined to its
 * task's thread.
 */
public final class WindowStage implements Processor<byte[], byte[], byte[], byte[]> {
    public static final String NAME = "windows";
    public static final String ROWS = "window-rows";
    public static final String CLOCK = "window-clock";
    public static final String TO_STORIES = "to-stories";

    private final Shelf<Detectors> shelf;
    private final Limits limits;
    private final int partitions;
    private final Sealer sealer;
    private final Meters meters;

    private final Watermark clock;
    private KeyedWindows windows;
    private Profiles profiles;
    // set by init, which Kafka Streams calls before anything else
    @SuppressWarnings("NullAway.Init")
    private ProcessorContext<byte[], byte[]> context;

    @SuppressWarnings("NullAway.Init")
    private KeyValueStore<Bytes, byte[]> rows;

    @SuppressWarnings("NullAway.Init")
    private KeyValueStore<Bytes, byte[]> clockRows;

    @SuppressWarnings("NullAway.Init")
    private Outlet outlet;

    @SuppressWarnings("NullAway.Init")
    private InForce<Detectors> force;

    @SuppressWarnings("NullAway.Init")
    private KnownRoutes known;

    /** @param shelf where the task finds the rule set whose routes and correlations it goes by */
    public WindowStage(Shelf<Detectors> shelf, Limits limits, int partitions, Sealer sealer, Meters meters) {
        this.shelf = shelf;
        this.limits = limits;
        this.partitions = partitions;
        this.sealer = sealer;
        this.meters = meters;
        this.clock = new Watermark(upstreams("detect", partitions));
        this.windows = new KeyedWindows(Routes.NONE, limits, meters);
        this.profiles = new Profiles(Routes.NONE, limits, meters);
    }

    static List<String> upstreams(String stage, int partitions) {
        return IntStream.range(0, partitions)
                .mapToObj(partition -> Watermark.partition(stage, partition))
                .toList();
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
                clock.hear(new String(row.key.get(), StandardCharsets.UTF_8), value.getLong(), value.getLong());
            }
        }
        force = InForce.open(NAME, shelf, context, outlet);
        known = KnownRoutes.open(force.value(), shelf, context.getStateStore(InForce.ROWS));
        windows = new KeyedWindows(known.all(), limits, meters);
        profiles = new Profiles(known.all(), limits, meters);
        List<Outcome.Row> all = new ArrayList<>();
        try (KeyValueIterator<Bytes, byte[]> stored = rows.all()) {
            stored.forEachRemaining(row -> all.add(new Outcome.Row(row.key.get(), row.value)));
        }
        restore(all).forEach(orphan -> rows.delete(Bytes.wrap(orphan)));
    }

    /** Windows and profiles share the store; the route in a row's key tells whose it is. */
    private List<byte[]> restore(List<Outcome.Row> all) {
        Map<Boolean, List<Outcome.Row>> parted =
                all.stream().collect(Collectors.partitioningBy(row -> profiles.takes(row.key())));
        List<byte[]> orphans = new ArrayList<>(windows.restore(parted.getOrDefault(false, List.of()), clock.now()));
        orphans.addAll(profiles.restore(parted.getOrDefault(true, List.of()), clock.now()));
        return orphans;
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        Kind kind = Kind.of(record, Wire.SIGNAL_1, context);
        if (force.before(record)) {
            known.switchTo(force.value());
            known.prune(liveRoutes());
            reroute(record);
        }
        if (kind == Kind.TICK) {
            tick(record);
        } else {
            signal(record);
        }
    }

    private Set<ByteBuffer> liveRoutes() {
        Set<ByteBuffer> live = new HashSet<>(windows.liveRoutes());
        live.addAll(profiles.liveRoutes());
        return live;
    }

    /** Goes on with the routes that are known now; keys whose rules changed are made again of their rows. */
    private void reroute(Record<byte[], byte[]> record) {
        windows.swap(known.all(), outcome -> apply(outcome, record, "")).forEach(this::rebuild);
        profiles.swap(known.all(), outcome -> apply(outcome, record, ""));
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
                Bytes.wrap(upstream.getBytes(StandardCharsets.UTF_8)),
                ByteBuffer.allocate(16)
                        .putLong(heard.receive())
                        .putLong(heard.lowWater())
                        .array());
        if (rose) {
            windows.advance(clock.now(), outcome -> apply(outcome, record, ""));
            profiles.advance(clock.now(), outcome -> apply(outcome, record, ""));
            outlet.tick(
                    TO_STORIES,
                    new Tick(NAME, NAME, context.taskId().partition(), 0, tick.receive(), clock.now(), Map.of()),
                    record);
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
        meet(record);
        Outcome outcome;
        try {
            outcome = profiles.takes(record.key())
                    ? profiles.accept(record.key(), signal)
                    : windows.accept(record.key(), signal);
        } catch (RuntimeException e) {
            rebuild(record.key());
            outlet.deadLetter(record, "window_failed", e.getClass().getSimpleName());
            return;
        }
        apply(outcome, record, Wire.header(record.headers(), Wire.TRACE));
    }

    /** A route that is not known is one of the rule set that the signal was made under. */
    private void meet(Record<byte[], byte[]> record) {
        byte[] key = record.key();
        if (key != null && key.length == Multicast.ROUTED && !windows.knows(key)) {
            if (known.learn(Wire.header(record.headers(), Wire.REF))) {
                reroute(record);
            }
        }
    }

    /** The rows are the truth: what a failed step may have half changed is made from them again. */
    private void rebuild(byte[] key) {
        if (key == null || key.length < 2 * Route.ID_BYTES) {
            return;
        }
        windows.forget(key);
        profiles.forget(key);
        List<Outcome.Row> own = new ArrayList<>();
        try (KeyValueIterator<Bytes, byte[]> stored =
                rows.prefixScan(Bytes.wrap(key), new org.apache.kafka.common.serialization.BytesSerializer())) {
            stored.forEachRemaining(row -> own.add(new Outcome.Row(row.key.get(), row.value)));
        }
        restore(own);
    }

    private void apply(Outcome outcome, Record<byte[], byte[]> cause, String trace) {
        for (Outcome.Row row : outcome.rows()) {
            byte[] value = row.value();
            if (value == null) {
                rows.delete(Bytes.wrap(row.key()));
            } else {
                rows.put(Bytes.wrap(row.key()), value);
            }
        }
        for (Signal hit : outcome.hits()) {
            meters.counter(
                            "wanglou_correlator_hits_total",
                            "status",
                            hit.status().name().toLowerCase(java.util.Locale.ROOT))
                    .increment();
            outlet.payload(
                    TO_STORIES,
                    hit.entities().organization().getBytes(StandardCharsets.UTF_8),
                    SignalCodec.encode(hit),
                    Wire.SIGNAL_1,
                    trace,
                    "",
                    cause);
        }
    }
}
