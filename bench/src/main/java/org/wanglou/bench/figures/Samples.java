package org.wanglou.bench.figures;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A list of measured values and their order statistics (nearest rank). Immutable. */
record Samples(List<Double> sorted) {
    static Samples of(List<Double> values) {
        List<Double> copy = new ArrayList<>(values);
        copy.sort(Double::compare);
        return new Samples(List.copyOf(copy));
    }

    /** Nearest rank: the smallest value that at least that share of the values does not exceed. NaN when there is none. */
    double percentile(double share) {
        if (sorted.isEmpty()) {
            return Double.NaN;
        }
        int rank = (int) Math.ceil(share * sorted.size());
        return sorted.get(Math.max(0, Math.min(sorted.size() - 1, rank - 1)));
    }

    Map<String, Object> summary() {
        Map<String, Object> summary = new LinkedHashMap<>();
        summary.put("samples", sorted.size());
        summary.put("p50", round(percentile(0.50)));
        summary.put("p90", round(percentile(0.90)));
        summary.put("p99", round(percentile(0.99)));
        summary.put("max", round(percentile(1)));
        return summary;
    }

    static double round(double value) {
        return Math.round(value * 100) / 100.0;
    }
}
