package org.wanglou.model;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.DoubleSupplier;

/**
 * The counters and gauges of one process, by name and labels, in the text form of Prometheus.
 *
 * <p>Counters are named {@code wanglou_<room>_<what>_total}. Label values come from configuration or a closed set, never
 * from log content, so the number of series is bounded. Thread-safe.
 */
public final class Meters {
    private final Map<String, LongAdder> counters = new ConcurrentHashMap<>();
    private final Map<String, DoubleSupplier> gauges = new ConcurrentHashMap<>();

    /** The counter of this name; labels are name, value, name, value… */
    public LongAdder counter(String name, String... labels) {
        return counters.computeIfAbsent(series(name, labels), key -> new LongAdder());
    }

    /** Registers a gauge that is asked when read; a second registration replaces the first. */
    public void gauge(String name, DoubleSupplier value, String... labels) {
        gauges.put(series(name, labels), value);
    }

    /** All counters by series name such as {@code wanglou_x_total{source="a"}}, sorted. */
    public Map<String, Long> counts() {
        Map<String, Long> counts = new TreeMap<>();
        counters.forEach((key, adder) -> counts.put(key, adder.sum()));
        return counts;
    }

    /** All gauges by series name, sorted. A gauge that throws reads NaN. */
    public Map<String, Double> gauges() {
        Map<String, Double> values = new TreeMap<>();
        gauges.forEach((key, supplier) -> {
            double value;
            try {
                value = supplier.getAsDouble();
            } catch (RuntimeException e) {
                value = Double.NaN;
            }
            values.put(key, value);
        });
        return values;
    }

    /** The sum over all label sets of a counter's name. */
    public long total(String name) {
        long total = 0;
        for (Map.Entry<String, LongAdder> entry : counters.entrySet()) {
            String key = entry.getKey();
            if (key.equals(name) || key.startsWith(name + "{")) {
                total += entry.getValue().sum();
            }
        }
        return total;
    }

    /** Everything in the Prometheus text exposition format 0.0.4. */
    public String prometheus() {
        StringBuilder text = new StringBuilder();
        counts().forEach((key, value) ->
                text.append(key).append(' ').append(value).append('\n'));
        gauges().forEach((key, value) ->
                text.append(key).append(' ').append(value).append('\n'));
        return text.toString();
    }

    private static String series(String name, String[] labels) {
        if (labels.length == 0) {
            return name;
        }
        StringBuilder series = new StringBuilder(name).append('{');
        for (int i = 0; i + 1 < labels.length; i += 2) {
            if (i > 0) {
                series.append(',');
            }
            series.append(labels[i])
                    .append("=\"")
                    .append(labels[i + 1]
                            .replace("\\", "\\\\")
                            .replace("\"", "\\\"")
                            .replace("\n", "\\n"))
                    .append('"');
        }
        return series.append('}').toString();
    }
}
