package org.wanglou.sensors;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.wanglou.bus.Publisher;
import org.wanglou.model.Meters;
import org.wanglou.model.Snapshots;
import org.wanglou.sensors.listen.Listener;
import org.wanglou.sensors.listen.UdpListener;
import org.wanglou.sensors.listen.file.FileTail;
import org.wanglou.sensors.privacy.Masking;
import org.wanglou.sensors.spool.DeadLetters;
import org.wanglou.sensors.spool.Parcel;
import org.wanglou.sensors.spool.Replayer;
import org.wanglou.sensors.spool.Spool;

/** All configured sources of this process. {@link #start} binds them, {@link #close} stops them. Thread-safe. */
public final class Sensors implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Sensors.class);

    private final Map<String, Source> sources = new LinkedHashMap<>();
    private final Map<String, Listener> listeners = new LinkedHashMap<>();
    private final Optional<Spool> spool;
    private final Optional<Replayer> replayer;
    private final Optional<Accounts> accounts;
    private final KernelCount kernel;
    private final TickSource ticks;
    private final EventSink sink;

    /** Sensors that keep nothing over a restart and therefore follow no files. */
    public Sensors(
            List<SensorConfig> configured,
            Publisher publisher,
            Snapshots snapshots,
            Masking masking,
            Meters meters,
            String node,
            String epoch,
            long graceMillis,
            Clock clock) {
        this(configured, publisher, snapshots, masking, meters, node, epoch, graceMillis, clock, Durable.NONE);
    }

    /**
     * @param masking replaces personal identifiers before anything is stored
     * @param node stable name of this process
     * @param epoch unique for each start of the process
     * @param graceMillis how far a source may lag before it no longer holds the clock
     * @param durable what survives a restart
     * @throws UncheckedIOException when what an earlier run left cannot be read
     */
    public Sensors(
            List<SensorConfig> configured,
            Publisher publisher,
            Snapshots snapshots,
            Masking masking,
            Meters meters,
            String node,
            String epoch,
            long graceMillis,
            Clock clock,
            Durable durable) {
        this.spool = spool(durable);
        for (SensorConfig sensor : configured) {
            if (sources.put(sensor.name(), new Source(sensor, meters, clock, KafkaShare.among(configured.size())))
                    != null) {
                throw new IllegalArgumentException("two sensors are named " + sensor.name());
            }
        }
        this.accounts = durable.folder().map(Accounts::new);
        restore();
        this.kernel = new KernelCount(meters);
        this.ticks = new TickSource(
                publisher,
                node + "/sensors",
                graceMillis,
                clock,
                meters,
                () -> spool.map(Spool::oldestTimeMillis).orElse(Long.MAX_VALUE),
                this::eachSecond);
        this.sink = new EventSink(
                publisher,
                new Stamper(snapshots, masking, meters, node),
                ticks,
                durable.sealer().map(DeadLetters::new),
                spool);
        this.replayer = spool.map(open -> new Replayer(open, publisher, outcome(meters)));
        Listeners make = new Listeners(sink, meters, epoch, clock, durable);
        sources.values().forEach(source -> listeners.put(source.name(), make.of(source)));
        spool.ifPresent(open -> {
            meters.gauge("wanglou_sensors_spool_parcels", open::count);
            meters.gauge("wanglou_sensors_spool_bytes", open::bytes);
        });
    }

    private static Optional<Spool> spool(Durable durable) {
        if (durable.folder().isEmpty() || durable.sealer().isEmpty()) {
            return Optional.empty();
        }
        Path folder = durable.folder().get().resolve("spool");
        try {
            return Optional.of(Spool.open(folder, durable.sealer().get(), durable.spoolBytes()));
        } catch (IOException e) {
            throw new UncheckedIOException("the spool " + folder + " cannot be read", e);
        }
    }

    private void restore() {
        if (accounts.isEmpty()) {
            return;
        }
        try {
            accounts.get().restore(sources, spool.map(Spool::waiting).orElse(Map.of()));
        } catch (IOException e) {
            throw new UncheckedIOException("the sensors' accounts cannot be read", e);
        }
    }

    private Replayer.Outcome outcome(Meters meters) {
        return new Replayer.Outcome() {
            @Override
            public void published(Parcel parcel) {
                Source source = sources.get(parcel.source());
                if (source != null) {
                    EventSink.arrived(source, parcel);
                }
                meters.counter("wanglou_sensors_replayed_total").increment();
            }

            @Override
            public void lost(String name) {
                Source source = sources.get(name);
                if (source != null) {
                    source.dropped("spool_corrupt");
                }
            }
        };
    }

    private void eachSecond() {
        askKernel();
        saveAccounts();
    }

    private void askKernel() {
        sources.forEach((name, source) -> {
            if (listeners.get(name) instanceof UdpListener udp) {
                kernel.note(name, udp.kernelDrops());
            }
        });
    }

    private void saveAccounts() {
        if (accounts.isPresent()) {
            try {
                accounts.get().save(sources.values());
            } catch (IOException e) {
                LOG.debug("accounts not saved error={}", e.toString());
            }
        }
    }

    public void start() throws IOException {
        for (Listener listener : listeners.values()) {
            listener.start();
        }
        replayer.ifPresent(Replayer::start);
        ticks.start();
    }

    /** Where a source listens, with the real port. */
    public InetSocketAddress boundAddress(String sensor) {
        Listener listener = listeners.get(sensor);
        if (listener == null) {
            throw new IllegalArgumentException("no sensor is named " + sensor + ", only " + listeners.keySet());
        }
        return listener.boundAddress();
    }

    /** Every source with its accounts, in the order of the configuration. */
    public List<SourceState> sources() {
        List<SourceState> states = new ArrayList<>();
        sources.forEach((name, source) -> {
            Listener listener = listeners.get(name);
            if (listener != null) {
                boolean udp = listener instanceof UdpListener;
                states.add(new SourceState(
                        source.counts(),
                        source.config().listener(),
                        listener.boundAddress(),
                        udp ? kernel.of(name) : -1,
                        listener instanceof UdpListener socket ? socket.kernelBuffer() : 0,
                        listener instanceof FileTail tail ? tail.states() : List.of(),
                        source.peers().perSecond(),
                        source.peers().top(5)));
            }
        });
        return states;
    }

    /**
     * Sets the accounts right by what Kafka held when this run began; see {@link Source#settle}.
     *
     * @param inKafka events by source, over all runs
     */
    public void settle(Map<String, Long> inKafka) {
        sources.forEach((name, source) -> source.settle(inKafka.getOrDefault(name, 0L)));
    }

    /** When an event of a source last came, milliseconds UTC; 0 when none has since the start. */
    public long lastHeardMillis(String source) {
        return ticks.lastHeard(source);
    }

    /** Pushes back on every sender that can wait. */
    public void pause(boolean paused) {
        listeners.values().forEach(listener -> listener.pause(paused));
    }

    @Override
    public void close() {
        listeners.values().forEach(Listener::close);
        sink.close();
        replayer.ifPresent(Replayer::close);
        ticks.close();
        askKernel();
        saveAccounts();
        if (spool.isPresent()) {
            try {
                spool.get().close();
            } catch (IOException e) {
                LOG.warn("spool not closed error={}", e.toString());
            }
        }
    }
}
