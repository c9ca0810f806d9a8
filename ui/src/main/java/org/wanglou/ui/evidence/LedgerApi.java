package org.wanglou.ui.evidence;

import java.io.IOException;
import java.nio.file.Path;
import java.security.PublicKey;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import org.wanglou.crypto.merkle.Checkpoint;
import org.wanglou.crypto.sm.Keys;
import org.wanglou.store.cases.CaseDatabase;
import org.wanglou.store.cases.CaseDatabase.OwedEntry;
import org.wanglou.store.ledger.Ledger;
import org.wanglou.store.ledger.LedgerCheck;
import org.wanglou.store.ledger.LedgerExport;
import org.wanglou.store.ledger.LedgerReader;
import org.wanglou.store.ledger.Verdict;
import org.wanglou.ui.api.Call;
import org.wanglou.ui.api.Visible;
import org.wanglou.ui.health.HealthApi;
import org.wanglou.ui.http.Problem;
import org.wanglou.ui.session.AuditTrail;

/**
 * The ledger for the auditor: its head, a full check, single proofs, and bundles that verify offline. A full check or an
 * export reads everything there is, so one runs at a time. Thread-safe.
 */
public final class LedgerApi implements HealthApi.LedgerState {
    private final Ledger ledger;
    private final Path directory;
    private final PublicKey key;
    private final CaseDatabase database;
    private final AuditTrail trail;
    private final Semaphore whole = new Semaphore(1);

    public LedgerApi(Ledger ledger, Path directory, PublicKey key, CaseDatabase database, AuditTrail trail) {
        this.ledger = ledger;
        this.directory = directory;
        this.key = key;
        this.database = database;
        this.trail = trail;
    }

    record HeadView(
            String origin,
            long size,
            String root,
            String checkpoint,
            String kid,
            String publicKeyPem,
            long pending,
            String check) {}

    record Finding(String kind, String where, String detail) {}

    record Checked(boolean ok, List<Finding> findings, List<String> notes, long leaves) {}

    @Override
    public long size() {
        return ledger.head().size();
    }

    /** Signature of the head, and that it continues the one the case database knows. */
    @Override
    public String check() {
        try {
            Checkpoint.verified(ledger.checkpointText(), key);
            return ledger.problemAgainst(database.transaction(CaseDatabase.Transaction::ledgerHead))
                    .orElse("ok");
        } catch (Checkpoint.NotTrusted e) {
            return String.valueOf(e.getMessage());
        }
    }

    public void head(Call call) {
        Checkpoint head = ledger.head();
        call.reply(new HeadView(
                head.origin(),
                head.size(),
                head.rootHex(),
                ledger.checkpointText(),
                Keys.kid(key),
                Keys.publicPem(key),
                database.transaction(CaseDatabase.Transaction::countOwed),
                check()));
    }

    public void checkAll(Call call) {
        one(() -> {
            Verdict verdict = LedgerCheck.check(directory, database, key);
            trail.did(call, "ledger.check", "ledger", ledger.origin(), Map.of("ok", verdict.ok() ? "yes" : "no"));
            boolean whole = call.visible().whole();
            call.reply(new Checked(
                    verdict.ok(),
                    verdict.problems().stream()
                            .map(problem -> whole
                                    ? new Finding(problem.code(), here(problem.where()), here(problem.message()))
                                    // Findings name objects of any unit.
                                    : new Finding(problem.code(), "ledger", ""))
                            .toList(),
                    verdict.notes().stream().map(this::here).toList(),
                    verdict.leaves()));
        });
    }

    /** Paths of the server are nobody's business. */
    private String here(String text) {
        return text.replace(directory.toAbsolutePath().toString(), "ledger").replace(directory.toString(), "ledger");
    }

    /** The proof of one object's newest seal, or of that revision's, as a file that verifies offline. */
    public void proof(Call call) {
        Visible visible = call.visible();
        long revision = call.query("rev", -1);
        OwedEntry found = database.transaction(tx -> tx.entriesOf(call.query("type"), call.query("id"))).stream()
                .filter(entry -> visible.sees(entry.organization()))
                .filter(entry -> revision < 0 || entry.objectRevision() == revision)
                .reduce((before, after) -> after)
                .orElseThrow(Problem::notFound);
        if (found.index() < 0 || found.index() >= ledger.head().size()) {
            throw Problem.of(409, "not-sealed");
        }
        call.file(
                "text/plain; charset=utf-8",
                "proof-" + found.objectType() + "-" + found.objectId() + "-" + found.objectRevision() + ".tlog-proof",
                ledger.proofText(found.index()).getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    /** A bundle of all leaves, or of a period or unit. An account of one unit gets that unit's or one below. */
    public void export(Call call) {
        Visible visible = call.visible();
        long from = call.query("from", Long.MIN_VALUE);
        long to = call.query("to", Long.MAX_VALUE);
        if (to <= from) {
            throw Problem.field("/to", "field.period");
        }
        String asked = call.query("org");
        String organization = asked.isEmpty() ? visible.root() : asked;
        if (!organization.isEmpty() && visible.units(organization).isEmpty()) {
            throw Problem.field("/org", "field.organization");
        }
        one(() -> {
            trail.did(
                    call,
                    "export.ledger",
                    "ledger",
                    ledger.origin(),
                    Map.of(
                            "from", Long.toString(from),
                            "to", Long.toString(to),
                            "organization", organization));
            LedgerReader reader = LedgerReader.read(directory);
            call.download("application/x-ndjson", "ledger-" + reader.head().size() + ".ndjson");
            new LedgerExport(reader, database, key)
                    .write(
                            new LedgerExport.Scope(from, to, organization),
                            call.http().outputStream());
        });
    }

    private interface Work {
        void run() throws IOException;
    }

    private void one(Work work) {
        if (!whole.tryAcquire()) {
            throw Problem.of(503, "busy");
        }
        try {
            work.run();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } finally {
            whole.release();
        }
    }
}
