package org.wanglou.rules.grading;

import java.time.Duration;
import java.time.LocalDate;
import java.time.Period;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.wanglou.model.Grade;
import org.wanglou.model.Level;
import org.wanglou.model.judgement.RowSource;
import org.wanglou.rules.RuleProblem;
import org.wanglou.rules.text.CsvReader;

/** Reads one table; a row without clause, or with an unknown word, is a problem with file and line. Stateless. */
final class TableReader {
    private TableReader() {}

    static <T> List<T> read(String file, String text, Consumer<RuleProblem> problems, Function<CsvReader.Row, T> make) {
        List<T> rows = new ArrayList<>();
        Set<String> ids = new HashSet<>();
        for (CsvReader.Row row : CsvReader.read(file, text, problems)) {
            try {
                if (!ids.add(need(row, "id"))) {
                    throw new IllegalArgumentException("id " + row.get("id") + " is taken");
                }
                rows.add(make.apply(row));
            } catch (IllegalArgumentException | DateTimeParseException e) {
                problems.accept(new RuleProblem(
                        file, row.line(), String.valueOf(e.getMessage()), "mend this row; the others are in force"));
            }
        }
        return List.copyOf(rows);
    }

    static RowSource origin(CsvReader.Row row) {
        String verified = need(row, "verified");
        if (!verified.equals("已核对") && !verified.equals("待核")) {
            throw new IllegalArgumentException("verified is '" + verified + "', not 已核对 or 待核");
        }
        String to = row.get("to");
        return new RowSource(
                need(row, "source"),
                need(row, "clause"),
                need(row, "edition"),
                verified.equals("已核对"),
                LocalDate.parse(need(row, "from")),
                to.isEmpty() ? LocalDate.MAX : LocalDate.parse(to));
    }

    static String need(CsvReader.Row row, String column) {
        String value = row.get(column);
        if (value.isEmpty()) {
            throw new IllegalArgumentException(column + " is missing");
        }
        return value;
    }

    static String oneOf(CsvReader.Row row, String column, String... words) {
        String value = row.get(column);
        if (!List.of(words).contains(value)) {
            throw new IllegalArgumentException(column + " is '" + value + "', not one of " + String.join(", ", words));
        }
        return value;
    }

    static Grade.Value grade(CsvReader.Row row, String column) {
        return Grade.Value.of(row.get(column))
                .orElseThrow(() -> new IllegalArgumentException(column + " is no grade: '" + row.get(column) + "'"));
    }

    static Optional<Grade.Value> anyGrade(CsvReader.Row row, String column) {
        return row.get(column).equals("*") ? Optional.empty() : Optional.of(grade(row, column));
    }

    static Optional<Level> anyLevel(CsvReader.Row row, String column) {
        String word = row.get(column);
        return word.equals("*")
                ? Optional.empty()
                : Optional.of(Level.of(word)
                        .orElseThrow(() -> new IllegalArgumentException(column + " is no level: '" + word + "'")));
    }

    static Duration duration(CsvReader.Row row, String column) {
        String value = need(row, column);
        return value.startsWith("PT")
                ? Duration.parse(value)
                : Duration.ofDays(Period.parse(value).getDays());
    }
}
