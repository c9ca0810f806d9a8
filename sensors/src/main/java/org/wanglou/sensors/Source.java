package org.wanglou.sensors;

import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.wanglou.crypto.sm.Sm3Ids;
import org.wanglou.model.Meters;
import org.wanglou.sensors.SensorConfig.Transport;
import org.wanglou.sensors.listen.PeerTable;

/**
 * One source with its accounts. Always: received = published + dropped (by reason) + pending. Pending is what is under
 * way to Kafka or in the spool, counted by itself, so that the equation can fail. Thread-safe.
 */
final class Source {
    static final String RECEIVED = "wanglou_sensors_received_total";
    static final String PUBLISHED = "wanglou_sensors_published_total";
    static final String DROPPED = "wanglou_sensors_dropped_total";

    private final SensorConfig config;
    private final Meters meters;
    private final LongAdder received;
    private final LongAdder published;
    private final LongAdder pending = new LongAdder();
    private final Map<String, LongAdder> dropped = new ConcurrentHashMap<>();
    private final Map<String, LongAdder> others = new ConcurrentHashMap<>();
    private final Sm3Ids ids = new Sm3Ids();
    private final KafkaShare share;
    private final Intake.Known known;
    private final PeerTable peers;
    private long publishedBefore;
    private long bookedAsGone;

    Source(SensorConfig config, Meters meters) {
        this(config, meters, Clock.systemUTC(), KafkaShare.among(1));
    }

    /** @param share of what may be under way to Kafka */
    Source(SensorConfig config, Meters meters, Clock clock, KafkaShare share) {
        this.share = share;
        this.known = config.options().intake().known();
        this.peers = new PeerTable(
                config.options().intake().perPeer(),
                known::allows,
                clock,
                meters.counter("wanglou_sensors_peers_forgotten_total", "source", config.name()));
        meters.gauge("wanglou_sensors_rate", peers::perSecond, "source", config.name());
        meters.gauge("wanglou_sensors_top_peer_rate", this::topRate, "source", config.name());
        meters.gauge("wanglou_sensors_in_flight_bytes", share::taken, "source", config.name());
        this.config = config;
        this.meters = meters;
        this.received = meters.counter(RECEIVED, "source", config.name());
        this.published = meters.counter(PUBLISHED, "source", config.name());
        meters.gauge("wanglou_sensors_pending", pending::sum, "source", config.name());
    }

    SensorConfig config() {
        return config;
    }

    String name() {
        return config.name();
    }

    /** What makes the ids of its events. */
    Sm3Ids ids() {
        return ids;
    }

    /** Its share of what may be under way to Kafka. */
    KafkaShare share() {
        return share;
    }

    /** Its senders. */
    PeerTable peers() {
        return peers;
    }

    private double topRate() {
        return peers.top(1).stream().mapToDouble(PeerTable.Rate::perSecond).sum();
    }

    /** What the configuration says of a sender. */
    Optional<Intake.Peer> peer(String address) {
        return address.isEmpty() ? Optional.empty() : known.peers().find(address);
    }

    /** Whether its sender waits for an answer, or is a file or topic that can be asked again: nothing of it may be spooled. */
    boolean waits() {
        return config.listener() != Transport.UDP && config.listener() != Transport.TCP;
    }

    /** Whether what could not be published is tried again until it can be: nobody else will bring it. */
    boolean held() {
        return config.listener() == Transport.FILE || config.listener() == Transport.KAFKA;
    }

    /** An event has come in and is on its way. */
    void received() {
        received.increment();
        pending.increment();
    }

    void published() {
        published.increment();
        pending.decrement();
    }

    /** An event that was on its way is given up. */
    void dropped(String reason) {
        drop(reason).increment();
        pending.decrement();
    }

    /** A frame that never was on its way has been received all the same. */
    void refused(String reason) {
        received.increment();
        drop(reason).increment();
    }

    private LongAdder drop(String reason) {
        return dropped.computeIfAbsent(reason, r -> meters.counter(DROPPED, "source", name(), "reason", r));
    }

    /** A counter {@code wanglou_sensors_<what>_total} of this source. */
    LongAdder counter(String what) {
        return others.computeIfAbsent(what, w -> meters.counter("wanglou_sensors_" + w + "_total", "source", name()));
    }

    /** What an earlier run of the process had counted; {@code waiting} of it lie in the spool. */
    void restore(SourceCounts before, long waiting) {
        received.add(before.received());
        published.add(before.published());
        long gone = before.received() - before.published();
        for (Map.Entry<String, Long> one : before.dropped().entrySet()) {
            drop(one.getKey()).add(one.getValue());
            gone -= one.getValue();
        }
        pending.add(waiting);
        publishedBefore = before.published();
        if (gone > waiting) {
            bookedAsGone = gone - waiting;
            drop(gone()).add(bookedAsGone);
        } else {
            received.add(waiting - gone);
        }
    }

    private String gone() {
        return waits() ? "handed_back" : "unclean_stop";
    }

    /**
     * Sets the accounts right after a kill: the last second's counts were lost with the process, but what it had
     * published is in Kafka. What was booked as gone and is there was not gone.
     *
     * @param inKafka events of this source in Kafka's topics when this run began, over all runs
     */
    synchronized void settle(long inKafka) {
        long more = inKafka - publishedBefore;
        if (more <= 0) {
            return;
        }
        long found = Math.min(more, bookedAsGone);
        published.add(more);
        received.add(more - found);
        if (found > 0) {
            drop(gone()).add(-found);
        }
        publishedBefore = inKafka;
        bookedAsGone -= found;
    }

    SourceCounts counts() {
        Map<String, Long> drops = new TreeMap<>();
        dropped.forEach((reason, count) -> drops.put(reason, count.sum()));
        return new SourceCounts(name(), received.sum(), published.sum(), drops, pending.sum());
    }
}
