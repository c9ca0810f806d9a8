package org.wanglou.alerting.notify;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * When a message is tried again, and when it is given up: pauses grow by a factor from the first to the longest, each
 * spread by up to 20 % either way so that messages that failed together do not come back together. Immutable.
 *
 * @param first pause after the first failure
 * @param factor growth from pause to pause, at least 1
 * @param longest no pause is longer (before spreading)
 * @param maxAttempts given up after so many
 * @param maxAge given up when a next attempt would be later than that after the message was owed
 */
public record Backoff(Duration first, double factor, Duration longest, int maxAttempts, Duration maxAge) {
    /** 1 s, 3 s, 9 s, 27 s, 81 s, about 4, 12 and 36 min, then hourly; given up after a day or 40 attempts. */
    public static final Backoff DEFAULT =
            new Backoff(Duration.ofSeconds(1), 3, Duration.ofHours(1), 40, Duration.ofHours(24));

    private static final double SPREAD = 0.2;

    public Backoff {
        if (first.isNegative() || first.isZero() || factor < 1 || longest.compareTo(first) < 0 || maxAttempts < 1) {
            throw new IllegalArgumentException(
                    "back-off needs a first pause above 0, a factor of at least 1, a longest pause not below the first"
                            + " and at least one attempt");
        }
    }

    /** The pause after {@code attempts} failed attempts (1 for the first), spread by {@code random}. */
    public Duration pause(int attempts, RandomGenerator random) {
        double millis = Math.min(first.toMillis() * Math.pow(factor, attempts - 1), longest.toMillis());
        return Duration.ofMillis(Math.round(millis * (1 - SPREAD + 2 * SPREAD * random.nextDouble())));
    }

    /** True when no further attempt is made. */
    public boolean exhausted(int attempts, long createdAt, long nextAt) {
        return attempts >= maxAttempts || nextAt - createdAt > maxAge.toMillis();
    }
}
