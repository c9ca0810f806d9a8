package org.wanglou.sensors;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.wanglou.model.Meters;

/**
 * The kernel's own count of dropped datagrams of each UDP source, as a gauge of this run's socket and as a counter. They
 * were never received, so they are outside of received = published + dropped + pending. Thread-safe.
 */
final class KernelCount {
    private final Meters meters;
    private final Map<String, Long> last = new ConcurrentHashMap<>();

    KernelCount(Meters meters) {
        this.meters = meters;
    }

    /** @param drops of the socket since it was bound; -1: unknown */
    void note(String source, long drops) {
        Long before = last.put(source, drops);
        if (before == null) {
            meters.gauge("wanglou_sensors_kernel_drops", () -> last.getOrDefault(source, -1L), "source", source);
        }
        long more = Math.max(0, drops) - Math.max(0, before == null ? 0 : before);
        if (more > 0) {
            meters.counter("wanglou_sensors_kernel_dropped_total", "source", source)
                    .add(more);
        }
    }

    /** As noted last; -1 while unknown. */
    long of(String source) {
        return last.getOrDefault(source, -1L);
    }
}
