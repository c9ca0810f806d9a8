package org.wanglou.sensors.format.conformance;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** What was compared and what came of it, by set. Confined to its run. */
final class Tally {
    /** One set's figures. */
    static final class Row {
        final String set;
        int inputs;
        int agree;
        int onPurpose;
        int missing;
        int wrong;
        final Map<String, Integer> fields = new TreeMap<>();
        final List<String> examples = new ArrayList<>();

        Row(String set) {
            this.set = set;
        }

        int expected() {
            return agree + onPurpose + missing + wrong;
        }

        double agreement() {
            return expected() == 0 ? 1 : (double) agree / expected();
        }
    }

    private final Map<String, Row> rows = new TreeMap<>();

    Row row(String set) {
        return rows.computeIfAbsent(set, Row::new);
    }

    List<Row> rows() {
        return List.copyOf(rows.values());
    }

    double average() {
        return rows.values().stream().mapToDouble(Row::agreement).average().orElse(0);
    }

    String markdown() {
        StringBuilder out = new StringBuilder();
        out.append(
                "| set | inputs | expected fields | agree | differ on purpose | missing | other value | agreement |\n");
        out.append("|---|---|---|---|---|---|---|---|\n");
        for (Row row : rows.values()) {
            out.append(String.format(
                    Locale.ROOT,
                    "| %s | %d | %d | %d | %d | %d | %d | %.1f %% |%n",
                    row.set,
                    row.inputs,
                    row.expected(),
                    row.agree,
                    row.onPurpose,
                    row.missing,
                    row.wrong,
                    100 * row.agreement()));
        }
        out.append(
                String.format(Locale.ROOT, "| **average of the sets** | | | | | | | **%.1f %%** |%n", 100 * average()));
        return out.toString();
    }

    /** Which fields missed, most first, and examples: to work by, not to publish. */
    String details() {
        StringBuilder out = new StringBuilder();
        for (Row row : rows.values()) {
            if (row.fields.isEmpty()) {
                continue;
            }
            out.append("## ").append(row.set).append('\n');
            row.fields.entrySet().stream()
                    .sorted((a, b) -> b.getValue() - a.getValue())
                    .forEach(e -> out.append("  ")
                            .append(e.getKey())
                            .append(' ')
                            .append(e.getValue())
                            .append('\n'));
            row.examples.forEach(e -> out.append("    ").append(e).append('\n'));
        }
        return out.toString();
    }
}
