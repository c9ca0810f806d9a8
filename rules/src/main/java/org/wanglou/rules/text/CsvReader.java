package org.wanglou.rules.text;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.wanglou.rules.RuleProblem;

/** Reads CSV (RFC 4180) with a heading line; lines of {@code #} and empty lines are left out. Stateless. */
public final class CsvReader {
    private CsvReader() {}

    /** One line by heading. Absent columns read as the empty text. Immutable. */
    public record Row(int line, Map<String, String> cells) {
        public String get(String column) {
            return cells.getOrDefault(column, "");
        }
    }

    public static List<Row> read(String file, String text, Consumer<RuleProblem> problems) {
        List<Row> rows = new ArrayList<>();
        List<String> heading = List.of();
        int number = 0;
        for (String line : text.split("\r?\n", -1)) {
            number++;
            String content = number == 1 && line.startsWith("\ufeff") ? line.substring(1) : line;
            if (content.isBlank() || content.startsWith("#")) {
                continue;
            }
            List<String> cells = cells(content);
            if (heading.isEmpty()) {
                heading = cells;
                continue;
            }
            if (cells.size() != heading.size()) {
                problems.accept(new RuleProblem(
                        file,
                        number,
                        cells.size() + " cells where the heading has " + heading.size(),
                        "count the commas; put texts with commas in quotes"));
                continue;
            }
            Map<String, String> row = new LinkedHashMap<>();
            for (int i = 0; i < cells.size(); i++) {
                row.put(heading.get(i), cells.get(i));
            }
            rows.add(new Row(number, row));
        }
        return rows;
    }

    private static List<String> cells(String line) {
        List<String> cells = new ArrayList<>();
        StringBuilder cell = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (quoted && c == '"' && i + 1 < line.length() && line.charAt(i + 1) == '"') {
                cell.append('"');
                i++;
            } else if (c == '"') {
                quoted = !quoted;
            } else if (c == ',' && !quoted) {
                cells.add(cell.toString().strip());
                cell.setLength(0);
            } else {
                cell.append(c);
            }
        }
        cells.add(cell.toString().strip());
        return cells;
    }
}
