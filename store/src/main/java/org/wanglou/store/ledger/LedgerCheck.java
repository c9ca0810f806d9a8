package org.wanglou.store.ledger;

import java.io.IOException;
import java.nio.file.Path;
import java.security.PublicKey;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.wanglou.store.cases.CaseDatabase;
import org.wanglou.store.cases.CaseDatabase.OwedEntry;
import org.wanglou.store.ledger.Verdict.Problem;

/**
 * Compares a ledger directory with the case database: the last signed head it knows, and every sealed object it holds.
 * An old directory alone is consistent; this is where it shows. Thread-safe.
 */
public final class LedgerCheck {
    private static final int CHUNK = 256;

    private LedgerCheck() {}

    /** Verifies the directory in full; it may be in use by its writer. */
    public static Verdict check(Path dir, CaseDatabase cases, PublicKey key) {
        // The head first: the directory may grow meanwhile, and must never be found shorter than a head read later.
        String head = cases.transaction(CaseDatabase.Transaction::ledgerHead);
        Verdict.Findings findings = new Verdict.Findings("check", dir.toString());
        Verdict directory = new LedgerVerifier(Optional.of(key), head.isEmpty() ? Optional.empty() : Optional.of(head))
                .directory(dir);
        if (!directory.usable()) {
            for (Problem problem : directory.problems()) {
                findings.problem(problem.code(), problem.where(), problem.message());
            }
            return findings.unusable(dir.toString(), "is not a ledger that can be compared");
        }
        findings.key(key);
        directory.problems().forEach(p -> findings.problem(p.code(), p.where(), p.message()));
        directory.notes().forEach(findings::note);
        findings.leaves(directory.leaves());
        try {
            LedgerReader ledger = LedgerReader.read(dir);
            findings.head(ledger.head());
            objects(findings, ledger, cases);
            orphans(findings, dir, ledger, cases);
        } catch (IOException | Ledger.Refused | IllegalArgumentException e) {
            findings.note("objects were not compared: " + e.getMessage());
        }
        long owed = cases.transaction(CaseDatabase.Transaction::countOwed);
        if (owed > 0) {
            findings.note(owed + " entries are owed and not sealed yet");
        }
        return findings.verdict();
    }

    private static void objects(Verdict.Findings findings, LedgerReader ledger, CaseDatabase cases) {
        List<LedgerEntry> leaves =
                ledger.entries().stream().map(LedgerEntry::parse).toList();
        for (int from = 0; from < leaves.size(); from += CHUNK) {
            List<LedgerEntry> chunk = leaves.subList(from, Math.min(from + CHUNK, leaves.size()));
            Map<Long, OwedEntry> rows = LedgerExport.rows(cases, chunk);
            for (int i = 0; i < chunk.size(); i++) {
                object(findings, ledger, from + i, chunk.get(i), rows);
            }
        }
    }

    /** Rows that name leaves which the directory does not have; the database's own head may have been set back too. */
    private static void orphans(Verdict.Findings findings, Path dir, LedgerReader ledger, CaseDatabase cases)
            throws IOException {
        int size = ledger.entries().size();
        long last = size == 0
                ? Long.MIN_VALUE
                : LedgerEntry.parse(ledger.entries().get(size - 1)).ts();
        List<OwedEntry> rows = cases.transaction(tx -> tx.entriesBetween(last, Long.MAX_VALUE, Integer.MAX_VALUE));
        // Read again: rows may have been sealed while we looked.
        long now = LedgerReader.read(dir).head().size();
        for (OwedEntry row : rows) {
            if (row.index() >= now) {
                findings.problem(
                        "deleted",
                        dir.toString(),
                        "leaf " + row.index() + ", which seals " + row.objectType() + " " + row.objectId()
                                + " revision " + row.objectRevision() + ", is not there: the ledger has " + now
                                + " leaves");
            }
        }
    }

    private static void object(
            Verdict.Findings findings, LedgerReader ledger, long index, LedgerEntry leaf, Map<Long, OwedEntry> rows) {
        String where = "case database, " + leaf.objType() + " " + leaf.id() + " revision " + leaf.rev();
        OwedEntry row = rows.get(leaf.seq());
        if (row == null) {
            findings.problem("missing", where, "leaf " + index + " seals it, its row is gone");
        } else if (!LedgerEntry.objectHash(row.objectJson(), row.salt()).equals(leaf.objHash())
                || !row.bodySm3().equals(leaf.bodySm3())) {
            findings.problem("object", where, "was changed after leaf " + index + " sealed it");
        } else if (row.index() >= 0
                && (row.index() != index
                        || !row.leafHash().equals(HexFormat.of().formatHex(ledger.leafHash(index))))) {
            findings.problem("object", where, "is marked as leaf " + row.index() + ", the ledger has it at " + index);
        } else {
            findings.object();
        }
    }
}
