package org.wanglou.rules.indicators;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * What was met since this state of the lists is in force: hits by source, and hits that a warning list silenced by its
 * name. Names are bounded; what comes after is counted under {@code (other)}. Thread-safe.
 */
public final class Tally {
    private static final int NAMES_MAX = 256;

    private final Map<String, LongAdder> hits = new ConcurrentHashMap<>();
    private final Map<String, LongAdder> silenced = new ConcurrentHashMap<>();

    void hit(String source) {
        count(hits, source);
    }

    void silenced(String list) {
        count(silenced, list);
    }

    private static void count(Map<String, LongAdder> counts, String name) {
        String key = counts.containsKey(name) || counts.size() < NAMES_MAX ? name : "(other)";
        counts.computeIfAbsent(key, fresh -> new LongAdder()).increment();
    }

    /** Hits by source. */
    public Map<String, Long> hits() {
        return sums(hits);
    }

    /** Hits without a signal, by warning list. */
    public Map<String, Long> silenced() {
        return sums(silenced);
    }

    private static Map<String, Long> sums(Map<String, LongAdder> counts) {
        Map<String, Long> sums = new TreeMap<>();
        counts.forEach((name, count) -> sums.put(name, count.sum()));
        return sums;
    }
}
