package org.wanglou.correlator.detect;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.wanglou.model.Meters;

/**
 * How many events of each source have been detected, over all tasks of this process and over restarts: the tasks keep
 * their own totals in a logged store, exactly once, and tell them here. Thread-safe.
 */
public final class DetectedCounts {
    private record Cell(int task, String source) {}

    private final Map<Cell, Long> cells = new ConcurrentHashMap<>();
    private final Meters meters;

    public DetectedCounts(Meters meters) {
        this.meters = meters;
    }

    /** A task's total for a source; it falls when a transaction was aborted and the store went back. */
    void tell(int task, String source, long total) {
        Long before = cells.put(new Cell(task, source), total);
        meters.counter("wanglou_correlator_detected_total", "source", source)
                .add(total - (before == null ? 0 : before));
    }

    /** Totals by source. */
    public Map<String, Long> bySource() {
        Map<String, Long> totals = new TreeMap<>();
        cells.forEach((cell, total) -> totals.merge(cell.source, total, Long::sum));
        return totals;
    }
}
