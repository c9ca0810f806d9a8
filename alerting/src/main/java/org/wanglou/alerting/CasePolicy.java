package org.wanglou.alerting;

import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.function.Supplier;
import org.wanglou.model.Incident;
import org.wanglou.rules.grading.PolicyRow;

/** Which incidents open a case. Thread-safe. */
public interface CasePolicy {
    /** The row that opens a case for the incident as it stands, such as {@code policy#2}; empty for none. */
    String opens(Incident incident);

    /**
     * By the rows of {@code casepolicy.csv} that hold today (in China): the first that fits decides, and an incident that
     * fits none opens no case.
     */
    static CasePolicy of(Supplier<List<PolicyRow>> rows, Clock clock) {
        return incident -> {
            LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.ofHours(8));
            return rows.get().stream()
                    .filter(row -> row.origin().validOn(today))
                    .filter(row -> row.fits(incident.severity(), incident.grades()))
                    .findFirst()
                    .filter(PolicyRow::opens)
                    .map(PolicyRow::id)
                    .orElse("");
        };
    }
}
