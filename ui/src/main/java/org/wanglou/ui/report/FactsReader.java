package org.wanglou.ui.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.wanglou.crypto.merkle.Checkpoint;
import org.wanglou.model.Category;
import org.wanglou.model.cases.Case;
import org.wanglou.model.cases.Deadline;
import org.wanglou.model.cases.Message;
import org.wanglou.store.cases.CaseDatabase.Transaction;
import org.wanglou.store.ledger.Ledger;
import org.wanglou.store.reports.PeriodRows;
import org.wanglou.store.reports.PeriodRows.Sent;
import org.wanglou.store.reports.Seal;
import org.wanglou.ui.report.document.Indicator;
import org.wanglou.ui.report.sections.CaseFact;
import org.wanglou.ui.report.sections.Facts;
import org.wanglou.ui.report.sections.SealBook;

/** Reads what the sections compute from, inside one transaction. Confined to one thread. */
final class FactsReader {
    private final Units units;
    private final Range range;
    private final Map<String, Category> categories = new HashMap<>();

    FactsReader(Units units, Range range, List<Category> categories) {
        this.units = units;
        this.range = range;
        categories.forEach(category -> this.categories.put(category.key(), category));
    }

    /** @param archived whether the archive holds events of the period */
    Facts read(Transaction tx, Ledger ledger, boolean archived) {
        PeriodRows rows = tx.period();
        List<CaseFact> cases = new ArrayList<>();
        rows.cases(units.ids(), range.from(), range.to(), about -> cases.add(CaseFact.of(about, category(about))));
        List<Deadline> deadlines = new ArrayList<>();
        rows.deadlines(units.ids(), range.from(), range.to(), deadlines::add);
        List<Sent> messages = new ArrayList<>();
        rows.messages(units.ids(), range.from(), range.to(), messages::add);

        SealBook.Builder seals = wanted(cases, deadlines, messages);
        Entries entries = new Entries();
        // Decisions on these cases come after they were opened, but not always within the period.
        rows.seals(units.ids(), range.from(), Long.MAX_VALUE, seal -> {
            entries.count(seal);
            seals.add(seal);
        });
        seals.complete(rows::sealsOf);
        SealBook book = seals.build();
        // Taken last: what the database calls sealed is under this head.
        String checkpoint = ledger.checkpointText();
        long size = Checkpoint.parse(checkpoint).size();
        return new Facts(
                units.root().id(),
                range.from(),
                range.to(),
                archived || !cases.isEmpty() || !deadlines.isEmpty() || !messages.isEmpty(),
                cases,
                deadlines,
                messages,
                book,
                new Facts.Ledgered(
                        checkpoint, size, entries.all, entries.pending, different(book, ledger, size), entries.first));
    }

    /** The category that counts: the person's, else the machine's. */
    private Category category(Case about) {
        String key = about.confirmedCategory();
        Category machine = about.incident().category();
        if (key.isEmpty() || key.equals(machine.key())) {
            return machine;
        }
        return categories.getOrDefault(key, new Category(key, "", "", key, false));
    }

    private static SealBook.Builder wanted(List<CaseFact> cases, List<Deadline> deadlines, List<Sent> messages) {
        SealBook.Builder seals = new SealBook.Builder();
        for (CaseFact about : cases) {
            seals.want("incident", about.incidentId());
            seals.want("case", about.id());
        }
        for (Deadline deadline : deadlines) {
            if (deadline.state() != Deadline.State.EXPECTED && deadline.state() != Deadline.State.EXPECTED_PASSED) {
                seals.want("deadline", deadline.id());
            }
            seals.want("case", deadline.caseId());
        }
        for (Sent sent : messages) {
            if (sent.state() != Message.State.OWED) {
                seals.want(sent.state() == Message.State.DEAD ? "attempt" : "message", sent.id());
            }
            seals.want("case", sent.caseId());
        }
        return seals;
    }

    /** How many seals are not what the ledger holds at their index. */
    private static long different(SealBook book, Ledger ledger, long size) {
        return book.all().stream()
                .flatMap(List::stream)
                .filter(Seal::sealed)
                .filter(seal ->
                        seal.index() >= size || !Arrays.equals(ledger.leafHash(seal.index()), bytes(seal.leafHash())))
                .count();
    }

    private static byte[] bytes(String hex) {
        try {
            return HexFormat.of().parseHex(hex);
        } catch (IllegalArgumentException e) {
            return new byte[0];
        }
    }

    /** Entries of the period. */
    private final class Entries {
        private long all;
        private long pending;
        private final List<Seal> first = new ArrayList<>();

        void count(Seal seal) {
            if (seal.at() >= range.to()) {
                return;
            }
            all++;
            pending += seal.sealed() ? 0 : 1;
            if (first.size() < Indicator.MOST_RECORDS) {
                first.add(seal);
            }
        }
    }
}
