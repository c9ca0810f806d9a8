package org.wanglou.store.registry;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A CSV file (RFC 4180) with a header row. Lines that begin with {@code #} before the header are comments. Columns are
 * found by name, English or Chinese, in any order. Immutable.
 */
record CsvTable(String file, List<Row> rows) {
    CsvTable {
        rows = List.copyOf(rows);
    }

    /** One row: where it begins and its cells by column. */
    record Row(int line, Map<String, String> cells) {
        /** The cell without spaces around it, empty when the row has none. */
        String get(String column) {
            return cells.getOrDefault(column, "").strip();
        }
    }

    /** A column: its name here and the other words it may bear in the file. */
    record Column(String name, boolean required, List<String> aliases) {
        static Column required(String name, String... aliases) {
            return new Column(name, true, List.of(aliases));
        }

        static Column optional(String name, String... aliases) {
            return new Column(name, false, List.of(aliases));
        }

        boolean bears(String heading) {
            String plain = heading.strip().toLowerCase(Locale.ROOT);
            return name.equals(plain) || aliases.contains(plain);
        }
    }

    static CsvTable read(String file, String text, List<Column> columns, Consumer<RegistryProblem> problems) {
        List<Line> records = records(file, text, problems);
        Optional<Line> header = records.stream()
                .filter(record -> !record.cells().get(0).startsWith("#"))
                .findFirst();
        if (header.isEmpty()) {
            problems.accept(new RegistryProblem(
                    file, 0, "", "", "the file has no header row", "begin with " + headings(columns)));
            return new CsvTable(file, List.of());
        }
        Map<String, Integer> places = places(file, header.get(), columns, problems);
        for (Column column : columns) {
            if (column.required() && !places.containsKey(column.name())) {
                problems.accept(new RegistryProblem(
                        file,
                        header.get().line(),
                        column.name(),
                        "",
                        "the column is missing",
                        "the header must hold " + headings(columns) + "; the file was not read"));
                return new CsvTable(file, List.of());
            }
        }
        List<Row> rows = new ArrayList<>();
        for (Line record : records.subList(records.indexOf(header.get()) + 1, records.size())) {
            if (record.cells().stream().allMatch(String::isBlank)
                    || record.cells().get(0).startsWith("#")) {
                continue;
            }
            Map<String, String> cells = new HashMap<>();
            places.forEach((name, place) -> {
                if (place < record.cells().size()) {
                    cells.put(name, record.cells().get(place));
                }
            });
            rows.add(new Row(record.line(), Map.copyOf(cells)));
        }
        return new CsvTable(file, rows);
    }

    private static String headings(List<Column> columns) {
        return String.join(",", columns.stream().map(Column::name).toList());
    }

    private static Map<String, Integer> places(
            String file, Line header, List<Column> columns, Consumer<RegistryProblem> problems) {
        Map<String, Integer> places = new HashMap<>();
        for (int i = 0; i < header.cells().size(); i++) {
            String heading = header.cells().get(i);
            Optional<Column> column =
                    columns.stream().filter(known -> known.bears(heading)).findFirst();
            if (column.isPresent()) {
                places.putIfAbsent(column.get().name(), i);
            } else if (!heading.isBlank()) {
                problems.accept(new RegistryProblem(
                        file,
                        header.line(),
                        "",
                        heading.strip(),
                        "unknown column",
                        "it is passed over; known are " + headings(columns)));
            }
        }
        return places;
    }

    /** One record as it stands, with the line it begins in. */
    private record Line(int line, List<String> cells) {}

    private static List<Line> records(String file, String text, Consumer<RegistryProblem> problems) {
        List<Line> records = new ArrayList<>();
        List<String> cells = new ArrayList<>();
        StringBuilder cell = new StringBuilder();
        int line = 1;
        int began = 1;
        int quotedFrom = 0;
        for (int i = 0; i <= text.length(); i++) {
            char c = i < text.length() ? text.charAt(i) : '\n';
            boolean end = i == text.length();
            if (quotedFrom > 0 && !end) {
                if (c == '"' && i + 1 < text.length() && text.charAt(i + 1) == '"') {
                    cell.append('"');
                    i++;
                } else if (c == '"') {
                    quotedFrom = 0;
                } else {
                    cell.append(c);
                    line += c == '\n' ? 1 : 0;
                }
                continue;
            }
            if (c == '"' && cell.length() == 0) {
                quotedFrom = line;
            } else if (c == ',') {
                cells.add(cell.toString());
                cell.setLength(0);
            } else if (c == '\n') {
                if (quotedFrom > 0) {
                    problems.accept(new RegistryProblem(
                            file,
                            quotedFrom,
                            "",
                            "",
                            "a quotation mark is never closed",
                            "close it; the rest was lost"));
                }
                if (!end || cell.length() > 0 || !cells.isEmpty()) {
                    cells.add(cell.toString());
                    records.add(new Line(began, List.copyOf(cells)));
                }
                cells.clear();
                cell.setLength(0);
                line++;
                began = line;
            } else if (c != '\r') {
                cell.append(c);
            }
        }
        return records;
    }
}
