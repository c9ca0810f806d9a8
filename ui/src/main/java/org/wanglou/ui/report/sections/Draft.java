package org.wanglou.ui.report.sections;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.wanglou.store.reports.Seal;
import org.wanglou.ui.report.document.Applicability;
import org.wanglou.ui.report.document.Indicator;
import org.wanglou.ui.report.document.Text;

/** An indicator being written. Confined to one thread. */
final class Draft {
    static final Text INCIDENTS = new Text("起", "incidents");
    static final Text PERCENT = new Text("%", "%");
    static final Text MINUTES = new Text("分钟", "minutes");

    private final Facts facts;
    private final String id;
    private final Text name;
    private String formula = "";
    private Indicator.Rest rest = new Indicator.Rest("", "", "");
    private List<Indicator.Ref> records = List.of();
    private long recordCount;
    private boolean toCheck;

    Draft(Facts facts, String id, String zh, String en) {
        this.facts = facts;
        this.id = id;
        this.name = new Text(zh, en);
    }

    Draft formula(String text) {
        formula = text;
        return this;
    }

    /** @param path of the API below {@code /api/v1}, with a query to which unit and period are added */
    Draft rest(String object, String condition, String path) {
        String period = "org=" + URLEncoder.encode(facts.organization(), StandardCharsets.UTF_8) + "&from="
                + facts.from() + "&to=" + facts.to();
        rest = new Indicator.Rest(object, condition, "/api/v1" + path + (path.contains("?") ? "&" : "?") + period);
        return this;
    }

    <T> Draft records(Collection<T> things, Function<T, Optional<Seal>> seal) {
        recordCount = things.size();
        List<Indicator.Ref> found = new ArrayList<>();
        for (T thing : things) {
            if (found.size() == Indicator.MOST_RECORDS) {
                break;
            }
            seal.apply(thing)
                    .map(at -> new Indicator.Ref(
                            at.objectType(), at.objectId(), at.objectRevision(), at.index(), at.leafHash()))
                    .ifPresent(found::add);
        }
        records = found;
        return this;
    }

    /** There are more records than were handed over. */
    Draft recordCount(long count) {
        recordCount = count;
        return this;
    }

    /** The figure rests on a row that nobody has checked. */
    Draft toCheck(boolean unchecked) {
        toCheck |= unchecked;
        return this;
    }

    /** A number of things; unknown when nothing was observed. */
    Indicator count(Text unit, long count) {
        return facts.observed() ? known(unit, count) : made(unit, null, null, null, Applicability.NO_DATA);
    }

    /** As {@link #count} of something that is known without any observation. */
    Indicator known(Text unit, long count) {
        return made(unit, (double) count, null, null, applicability());
    }

    /** A share of a whole, with the whole as denominator. */
    Indicator countOf(Text unit, long count, long whole) {
        return facts.observed()
                ? made(unit, (double) count, count, whole, applicability())
                : made(unit, null, null, null, Applicability.NO_DATA);
    }

    /** A percentage; not applicable without a denominator. */
    Indicator rate(long numerator, long denominator) {
        if (denominator == 0) {
            return without(PERCENT);
        }
        return made(PERCENT, rounded(100.0 * numerator / denominator), numerator, denominator, applicability());
    }

    /** The median of durations in milliseconds, in minutes, with how many there are as denominator. */
    Indicator medianMinutes(List<Long> millis) {
        if (millis.isEmpty()) {
            return without(MINUTES);
        }
        List<Long> sorted = millis.stream().sorted().toList();
        double middle = (sorted.get((sorted.size() - 1) / 2) + sorted.get(sorted.size() / 2)) / 2.0;
        return made(MINUTES, rounded(middle / 60_000), null, (long) sorted.size(), applicability());
    }

    private Indicator without(Text unit) {
        return made(unit, null, null, null, facts.observed() ? Applicability.NOT_APPLICABLE : Applicability.NO_DATA);
    }

    private Applicability applicability() {
        return toCheck ? Applicability.TO_CHECK : Applicability.APPLICABLE;
    }

    private static double rounded(double value) {
        return Math.round(value * 10) / 10.0;
    }

    private Indicator made(
            Text unit,
            @Nullable Double value,
            @Nullable Long numerator,
            @Nullable Long denominator,
            Applicability applicability) {
        return new Indicator(
                id, name, value, unit, numerator, denominator, formula, applicability, recordCount, records, rest);
    }
}
