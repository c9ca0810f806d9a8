package org.wanglou.model;

import java.util.Arrays;

/**
 * The latest durations of something, in milliseconds: a ring of {@value #KEPT}, from which percentiles are read. Thread-safe.
 */
public final class Latencies {
    private static final int KEPT = 1_024;

    private final long[] ring = new long[KEPT];
    private long count;

    /** Notes one; what is below 0, because clocks differ, counts as 0. */
    public synchronized void add(long millis) {
        ring[(int) (count++ % KEPT)] = Math.max(0, millis);
    }

    /** How many were noted in all. */
    public synchronized long count() {
        return count;
    }

    /**
     * The smallest duration that {@code share} of those kept do not exceed (nearest rank); 0 when there are none.
     *
     * @param share above 0, at most 1
     */
    public synchronized long percentile(double share) {
        int size = (int) Math.min(count, KEPT);
        if (size == 0) {
            return 0;
        }
        long[] sorted = Arrays.copyOf(ring, size);
        Arrays.sort(sorted);
        return sorted[Math.max(0, (int) Math.ceil(share * size) - 1)];
    }
}
