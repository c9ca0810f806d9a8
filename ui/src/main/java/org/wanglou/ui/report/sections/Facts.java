package org.wanglou.ui.report.sections;

import java.util.List;
import java.util.function.Predicate;
import org.wanglou.model.cases.Deadline;
import org.wanglou.store.reports.PeriodRows.Sent;
import org.wanglou.store.reports.Seal;

/**
 * What sections compute from, read once. Immutable.
 *
 * @param organization whose subtree it is
 * @param from milliseconds UTC, inclusive
 * @param to milliseconds UTC, exclusive
 * @param observed false when the archive holds no event of the period and nothing else happened either: then nothing is
 *     known, which is not the same as nothing
 * @param cases opened in the period
 * @param deadlines due in the period
 * @param messages owed in the period
 * @param seals of all of these
 */
public record Facts(
        String organization,
        long from,
        long to,
        boolean observed,
        List<CaseFact> cases,
        List<Deadline> deadlines,
        List<Sent> messages,
        SealBook seals,
        Ledgered ledger) {
    public Facts {
        cases = List.copyOf(cases);
        deadlines = List.copyOf(deadlines);
        messages = List.copyOf(messages);
    }

    /**
     * The ledger and its entries of the period.
     *
     * @param checkpoint the signed head, under which all sealed records lie
     * @param size its leaves
     * @param entries made in the period about these units
     * @param pending of these, how many wait
     * @param different seals whose leaf is not the ledger's
     * @param first some of the entries
     */
    public record Ledgered(String checkpoint, long size, long entries, long pending, long different, List<Seal> first) {
        public Ledgered {
            first = List.copyOf(first);
        }
    }

    /** Cases that count as incidents and are such. */
    List<CaseFact> valid(Predicate<CaseFact> which) {
        return cases.stream().filter(CaseFact::valid).filter(which).toList();
    }
}
