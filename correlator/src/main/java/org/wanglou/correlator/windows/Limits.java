package org.wanglou.correlator.windows;

/**
 * Bounds of the windows.
 *
 * @param graceMillis how late an entry may come
 * @param entriesMax entries of one key before the oldest fold into buckets
 * @param keysMax live keys of one route and task; a new key beyond is refused and counted, nobody else's is evicted
 */
public record Limits(long graceMillis, int entriesMax, int keysMax) {
    public static final Limits DEFAULT = new Limits(300_000, 4096, 200_000);

    public Limits {
        if (graceMillis < 0 || entriesMax < 16 || keysMax < 1) {
            throw new IllegalArgumentException("limits.grace must be >= 0, entries.max >= 16, keys.max >= 1, are "
                    + graceMillis + ", " + entriesMax + ", " + keysMax);
        }
    }
}
