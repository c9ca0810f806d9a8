package org.wanglou.ui.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PublicKey;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.wanglou.bus.codec.Jsons;
import org.wanglou.crypto.merkle.TreeHash;
import org.wanglou.store.ledger.LedgerEntry;
import org.wanglou.store.ledger.LedgerVerifier;
import org.wanglou.store.ledger.Verdict;
import org.wanglou.store.ledger.Verdict.Problem;
import org.wanglou.ui.report.document.Indicator.Ref;
import org.wanglou.ui.report.document.ReportDocument;

/** Looks up the records of a report in an exported ledger bundle. Confined to one thread. */
final class BundledRecords {
    private final ReportDocument report;
    private final Path bundle;
    private final List<Problem> problems;
    private final List<String> notes;

    /** Records not found yet, by leaf index. */
    private final Map<Long, Ref> wanted = new TreeMap<>();

    private long found;
    private boolean itself;

    BundledRecords(ReportDocument report, Path bundle, List<Problem> problems, List<String> notes) {
        this.report = report;
        this.bundle = bundle;
        this.problems = problems;
        this.notes = notes;
    }

    /** Returns how many records were found as the report names them. */
    long check(Optional<PublicKey> ledgerKey, String reportSm3) {
        Verdict verdict = new LedgerVerifier(ledgerKey, Optional.empty()).bundle(bundle);
        problems.addAll(verdict.problems());
        notes.addAll(verdict.notes());
        if (!verdict.usable()) {
            return 0;
        }
        if (!verdict.origin().equals(report.ledger().origin())) {
            problem(
                    "changed",
                    "the bundle is of the ledger " + verdict.origin() + ", the report of "
                            + report.ledger().origin());
            return 0;
        }
        want();
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(Files.newInputStream(bundle), StandardCharsets.UTF_8))) {
            TreeHash hash = TreeHash.ofOrigin(verdict.origin());
            lines.readLine();
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                leaf(line, hash, reportSm3);
            }
        } catch (IOException e) {
            problem("unreadable", "cannot be read: " + e.getMessage());
        }
        wanted.forEach(
                (index, ref) -> problem("missing", "leaf " + index + " of " + name(ref) + " is not in the bundle"));
        if (!itself) {
            notes.add("the bundle does not hold the report's own entry: it may have been exported before");
        }
        return found;
    }

    private void want() {
        long unsealed = 0;
        for (ReportDocument.Section section : report.sections()) {
            for (var indicator : section.indicators()) {
                for (Ref ref : indicator.records()) {
                    unsealed += ref.sealed() ? 0 : 1;
                    Ref other = ref.sealed() ? wanted.putIfAbsent(ref.ledgerIndex(), ref) : null;
                    if (other != null && !other.equals(ref)) {
                        problem("changed", "the report names two records at leaf " + ref.ledgerIndex());
                    }
                }
            }
        }
        if (unsealed > 0) {
            notes.add(unsealed + " records waited for the ledger when the report was made");
        }
    }

    private void leaf(String line, TreeHash hash, String reportSm3) {
        JsonNode node;
        try {
            node = Jsons.mapper().readTree(line);
        } catch (IOException e) {
            return; // named by the bundle's own verification
        }
        byte[] bytes = node.path("leaf").asText().getBytes(StandardCharsets.UTF_8);
        Ref ref = wanted.remove(node.path("index").asLong(-1));
        boolean mine = line.contains(report.id());
        if (ref == null && !mine) {
            return;
        }
        LedgerEntry entry;
        try {
            entry = LedgerEntry.parse(bytes);
        } catch (IllegalArgumentException e) {
            return; // likewise
        }
        if (mine && entry.objType().equals("report") && entry.id().equals(report.id())) {
            itself = true;
            if (!entry.bodySm3().equals(reportSm3)) {
                problem(
                        "changed",
                        "leaf " + node.path("index").asLong() + " seals a report of this id with SM3 "
                                + entry.bodySm3());
            }
        }
        if (ref != null) {
            compare(ref, entry, HexFormat.of().formatHex(hash.leaf(bytes)));
        }
    }

    private void compare(Ref ref, LedgerEntry entry, String leafHash) {
        if (!leafHash.equals(ref.leafHash())) {
            problem("changed", "leaf " + ref.ledgerIndex() + " is not the one that the report names for " + name(ref));
        } else if (!entry.objType().equals(ref.objectType())
                || !entry.id().equals(ref.objectId())
                || entry.rev() != ref.revision()) {
            problem("changed", "leaf " + ref.ledgerIndex() + " seals another object than " + name(ref));
        } else {
            found++;
        }
    }

    private static String name(Ref ref) {
        return ref.objectType() + " " + ref.objectId() + " revision " + ref.revision();
    }

    private void problem(String code, String message) {
        problems.add(new Problem(code, bundle.toString(), message));
    }
}
