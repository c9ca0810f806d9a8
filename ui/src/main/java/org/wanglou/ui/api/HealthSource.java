package org.wanglou.ui.api;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How the instance is, as whoever wired it knows. Each call is cheap (no disk scan, no network) and is made on a request's
 * thread. Thread-safe.
 */
public interface HealthSource {
    /** Whether the console answers, every listener is bound and all stages run. */
    boolean ready();

    /** Milliseconds since the process began. */
    long uptimeMillis();

    /** The parts of the instance: broker, sensors, stages, stores. */
    List<Part> parts();

    /** One row for each source of events. */
    List<Source> sources();

    /** The counts of one moment. */
    Flow flow();

    /** From bytes received to signal, when enough was measured. */
    Optional<Latency> latency();

    List<Disk> disks();

    /** Resident memory of the process in bytes, 0 when the system does not tell. */
    long rssBytes();

    /** Result of the algorithms' self-test: {@code ok} or what failed. */
    String cryptoSelfTest();

    enum State {
        OK,
        WARN,
        BAD
    }

    /**
     * One part.
     *
     * @param name zh-CN or a product's name
     * @param detail what is seen, zh-CN
     * @param remedy what to do, zh-CN, empty when well
     */
    record Part(String name, State state, String detail, String remedy) {}

    /**
     * One source of events. Counts are since its identity holds, see {@link Flow}.
     *
     * @param dropped by reason
     * @param unassigned events whose unit nothing tells (未归属)
     * @param perSecond frames a second, over the last seconds
     * @param lastSeen milliseconds UTC, 0 when never
     * @param pending published and not archived yet
     */
    record Source(
            String name,
            long received,
            long published,
            Map<String, Long> dropped,
            long unparsed,
            long masked,
            long unassigned,
            double perSecond,
            long lastSeen,
            long pending) {
        public Source {
            dropped = Map.copyOf(dropped);
        }
    }

    /**
     * What went where, all sources together. Three identities are computed from it and shown: received = published +
     * dropped, published = archived + pendingArchive, published = detected + pendingDetect. The pending counts, in records of which some are ticks, must come
     * from elsewhere than a difference of the others, such as offsets, or the identities prove nothing.
     */
    record Flow(
            long received,
            long published,
            long dropped,
            long archived,
            long detected,
            long pendingArchive,
            long pendingDetect) {}

    /** Milliseconds, over that many samples. */
    record Latency(double p50, double p99, long samples) {}

    record Disk(String path, long usableBytes, long totalBytes) {}
}
