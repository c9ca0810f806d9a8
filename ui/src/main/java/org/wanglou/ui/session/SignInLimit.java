package org.wanglou.ui.session;

import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Semaphore;

/**
 * How often one address may try to sign in or to use a link, and how many may try at once: each try costs 64 MiB and a
 * third of a second. A bucket of {@value #BURST} tries refills one in {@value #REFILL_MILLIS} ms; addresses beyond
 * {@value #ADDRESSES} push the one out that was quiet longest. Thread-safe.
 */
final class SignInLimit {
    static final int BURST = 20;
    static final long REFILL_MILLIS = 3_000;
    static final int ADDRESSES = 10_000;
    private static final int AT_ONCE = 8;

    private record Bucket(long left, long at) {}

    private final Clock clock;
    private final Semaphore running = new Semaphore(AT_ONCE);
    private final Map<String, Bucket> buckets = new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Bucket> eldest) {
            return size() > ADDRESSES;
        }
    };

    SignInLimit(Clock clock) {
        this.clock = clock;
    }

    /** Takes one try of that address; false when it has none left. */
    synchronized boolean take(String address) {
        long now = clock.millis();
        Bucket bucket = buckets.getOrDefault(address, new Bucket(BURST, now));
        long refilled = Math.max(0, (now - bucket.at()) / REFILL_MILLIS);
        long left = Math.min(BURST, bucket.left() + refilled);
        long at = left == BURST ? now : bucket.at() + refilled * REFILL_MILLIS;
        buckets.put(address, new Bucket(Math.max(0, left - 1), at));
        return left > 0;
    }

    /** Takes one of the places for those who try at once; false when all are taken. */
    boolean begin() {
        return running.tryAcquire();
    }

    void end() {
        running.release();
    }
}
