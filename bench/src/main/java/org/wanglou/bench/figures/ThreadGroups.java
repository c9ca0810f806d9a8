package org.wanglou.bench.figures;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Which stage a thread works for, by the first 15 characters of its name, which is all that the kernel keeps. Pure. */
final class ThreadGroups {
    private static final Map<String, Pattern> STAGES = stages();

    private ThreadGroups() {}

    private static Map<String, Pattern> stages() {
        Map<String, Pattern> stages = new LinkedHashMap<>();
        stages.put("sensors", Pattern.compile("sensors-.*|HTTP-Dispatcher"));
        stages.put("detect", Pattern.compile("wanglou-detect.*"));
        stages.put("windows", Pattern.compile("wanglou-windows.*"));
        stages.put("stories", Pattern.compile("wanglou-stories.*|correlator-.*"));
        stages.put("archive", Pattern.compile("archive-.*|Lucene.*|store-.*|bus-archive.*|bus-worker-arch.*"));
        stages.put("alerting", Pattern.compile("alerting-.*|notify-.*|bus-alerting.*"));
        stages.put("ledger", Pattern.compile("ledger-.*"));
        stages.put("case database", Pattern.compile("H2 .*|MVStore.*|HikariPool.*|store-sql.*"));
        stages.put("console", Pattern.compile("ui-.*|qtp.*|Jetty.*|JettyServer.*"));
        stages.put("kafka client network", Pattern.compile("kafka-producer-.*|kafka-admin-cli.*|kafka-coordinat.*"));
        stages.put(
                "kafka broker",
                Pattern.compile("data-plane.*|kafka-.*|raft-.*|quorum-.*|broker-.*|controller-.*|group-.*|transaction.*"
                        + "|TxnMarker.*|ExpirationReap.*|metadata-.*|executor-.*|share-.*|log-.*|LogDir.*|replica.*"
                        + "|delegation.*|Remote.*|ThrottledChan.*|CLIENT.*|event-handler.*|async-.*"));
        // with the serial collector the VM thread collects
        stages.put("garbage collection", Pattern.compile("VM Thread|GC .*|G1 .*"));
        stages.put("compiler", Pattern.compile("C[12] Compiler.*|Sweeper.*"));
        return stages;
    }

    /** CPU seconds by stage, rounded; what belongs to none is {@code other}, its largest threads named. */
    static Map<String, Object> of(Map<String, Double> byThread) {
        Map<String, Double> sums = new LinkedHashMap<>();
        STAGES.keySet().forEach(stage -> sums.put(stage, 0.0));
        Map<String, Double> other = new TreeMap<>();
        byThread.forEach((name, seconds) -> {
            String stage = stage(name);
            if (stage.isEmpty()) {
                other.merge(name, seconds, Double::sum);
            } else {
                sums.merge(stage, seconds, Double::sum);
            }
        });
        Map<String, Object> rounded = new LinkedHashMap<>();
        sums.forEach((stage, seconds) -> rounded.put(stage, Samples.round(seconds)));
        rounded.put(
                "other",
                Samples.round(
                        other.values().stream().mapToDouble(Double::doubleValue).sum()));
        Map<String, Object> named = new LinkedHashMap<>();
        other.entrySet().stream()
                .sorted(Map.Entry.<String, Double>comparingByValue().reversed())
                .limit(8)
                .filter(entry -> entry.getValue() >= 0.1)
                .forEach(entry -> named.put(entry.getKey(), Samples.round(entry.getValue())));
        rounded.put("largest of other", named);
        return rounded;
    }

    private static String stage(String thread) {
        for (Map.Entry<String, Pattern> stage : STAGES.entrySet()) {
            if (stage.getValue().matcher(thread).matches()) {
                return stage.getKey();
            }
        }
        return "";
    }

    /** What each thread name used between two readings. */
    static Map<String, Double> between(Map<String, Double> before, Map<String, Double> after) {
        Map<String, Double> used = new TreeMap<>();
        after.forEach((name, seconds) -> used.put(name, Math.max(0, seconds - before.getOrDefault(name, 0.0))));
        return used;
    }
}
