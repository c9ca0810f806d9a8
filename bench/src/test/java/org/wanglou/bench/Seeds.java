package org.wanglou.bench;

import java.util.SplittableRandom;

/** The seed of a test: drawn now and printed, or given with {@code -Dwanglou.seed}. And whether the full variants run. */
final class Seeds {
    private Seeds() {}

    static long draw(String test) {
        String given = System.getProperty("wanglou.seed", "");
        long seed = given.isEmpty() ? new SplittableRandom().nextLong(1_000_000_000) : Long.parseLong(given);
        System.out.println(test + " seed " + seed);
        return seed;
    }

    static boolean full() {
        return Boolean.getBoolean("wanglou.full");
    }
}
