package org.wanglou.sensors;

import java.util.concurrent.TimeUnit;

/**
 * How many bytes of one source may be under way to Kafka at once. The publisher's buffer is one for all sources: without a
 * share of its own, whoever floods would fill it and make every other source wait. Thread-safe.
 */
final class KafkaShare {
    /** Three quarters of the publisher's 32 MiB, for all sources together. */
    private static final long ALL = 24L << 20;

    private static final long LEAST = 2L << 20;
    private static final long MOST = 8L << 20;

    private final long most;
    private long taken;

    private KafkaShare(long most) {
        this.most = most;
    }

    /** The share of each of so many sources: 2 to 8 MiB. */
    static KafkaShare among(int sources) {
        return new KafkaShare(Math.max(LEAST, Math.min(MOST, ALL / Math.max(1, sources))));
    }

    /** Takes room, waiting for it at most so long; false when there is none. One event always has room alone. */
    synchronized boolean take(int bytes, long waitMillis) {
        long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(waitMillis);
        while (taken > 0 && taken + bytes > most) {
            long left = TimeUnit.NANOSECONDS.toMillis(until - System.nanoTime());
            if (left <= 0) {
                return false;
            }
            try {
                wait(left);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
        taken += bytes;
        return true;
    }

    synchronized void give(int bytes) {
        taken -= bytes;
        notifyAll();
    }

    synchronized long taken() {
        return taken;
    }
}
