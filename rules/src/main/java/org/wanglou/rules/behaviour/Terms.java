package org.wanglou.rules.behaviour;

import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.wanglou.rules.RuleProblem;
import org.wanglou.rules.text.CsvReader;

/**
 * The terms of a school year, in order: CSV with the heading {@code name,from,to}, days inclusive. Immutable.
 *
 * <p>What lies before the first term or more than {@link #REACH_DAYS} days after the last one is not known: an old calendar
 * raises no alarm.
 */
public record Terms(List<Term> terms) {
    /** No terms: nothing is known. */
    public static final Terms NONE = new Terms(List.of());

    private static final int REACH_DAYS = 60;

    public Terms {
        terms = terms.stream().sorted(Comparator.comparing(Term::from)).toList();
    }

    /** One term. */
    public record Term(String name, LocalDate from, LocalDate to) {
        boolean holds(LocalDate day) {
            return !day.isBefore(from) && !day.isAfter(to);
        }
    }

    static Terms read(String file, String text, Consumer<RuleProblem> problems) {
        List<Term> terms = new ArrayList<>();
        for (CsvReader.Row row : CsvReader.read(file, text, problems)) {
            try {
                Term term = new Term(row.get("name"), LocalDate.parse(row.get("from")), LocalDate.parse(row.get("to")));
                if (term.to.isBefore(term.from)) {
                    throw new IllegalArgumentException("term " + term.name + " ends before it begins");
                }
                terms.add(term);
            } catch (DateTimeParseException | IllegalArgumentException e) {
                problems.accept(new RuleProblem(
                        file, row.line(), String.valueOf(e.getMessage()), "columns: name,from,to; dates yyyy-mm-dd"));
            }
        }
        return new Terms(terms);
    }

    /** The holiday a day lies in, in words; empty within a term and where the calendar does not reach. */
    public Optional<String> holiday(LocalDate day) {
        if (terms.isEmpty() || day.isBefore(terms.get(0).from)) {
            return Optional.empty();
        }
        Term last = terms.get(terms.size() - 1);
        if (day.isAfter(last.to.plusDays(REACH_DAYS)) || terms.stream().anyMatch(term -> term.holds(day))) {
            return Optional.empty();
        }
        Optional<Term> before =
                terms.stream().filter(term -> term.to.isBefore(day)).reduce((one, next) -> next);
        Optional<Term> after =
                terms.stream().filter(term -> term.from.isAfter(day)).findFirst();
        return Optional.of(before.map(term -> term.name + "（至 " + term.to + "）").orElse("")
                + "之后"
                + after.map(term -> "，" + term.name + "（自 " + term.from + "）之前").orElse(""));
    }
}
