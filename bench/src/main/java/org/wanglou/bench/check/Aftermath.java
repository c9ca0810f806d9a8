package org.wanglou.bench.check;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.wanglou.bench.process.Instance;
import org.wanglou.crypto.sm.Keys;
import org.wanglou.model.Incident;
import org.wanglou.model.cases.Case;
import org.wanglou.model.cases.Message;
import org.wanglou.store.cases.CaseDatabase.CaseQuery;
import org.wanglou.store.cases.CaseDatabases;
import org.wanglou.store.cases.JdbcCaseDatabase;
import org.wanglou.store.ledger.LedgerCheck;
import org.wanglou.store.ledger.LedgerExport;
import org.wanglou.store.ledger.LedgerReader;
import org.wanglou.store.ledger.LedgerVerifier;
import org.wanglou.store.ledger.Verdict;

/** The cases and the ledger of an instance that has stopped. Confined to its thread. */
public final class Aftermath implements AutoCloseable {
    private static final int PAGE = 1_000;

    private final Instance instance;
    private final JdbcCaseDatabase cases;

    public Aftermath(Instance instance) {
        this.instance = instance;
        this.cases = CaseDatabases.embedded(instance.data().resolve("cases"));
    }

    /** The latest revision of every incident that has a case. */
    public List<Incident> incidents() {
        List<Incident> incidents = new ArrayList<>();
        for (Case one : cases()) {
            incidents.add(cases.transaction(tx -> tx.incident(one.incidentId())).orElse(one.incident()));
        }
        return incidents;
    }

    /** Every case. */
    public List<Case> cases() {
        List<Case> all = new ArrayList<>();
        List<Case> page = List.of();
        do {
            int offset = all.size();
            page = cases.transaction(tx -> tx.cases(
                    new CaseQuery(List.of(), List.of(), "", "", "", 0, Long.MAX_VALUE, "newest", offset, PAGE)));
            all.addAll(page);
        } while (page.size() == PAGE);
        return all;
    }

    /** Every message ever owed. */
    public List<Message> messages() {
        List<Message> messages = new ArrayList<>();
        for (Case one : cases()) {
            messages.addAll(cases.transaction(tx -> tx.messagesOf(one.id())));
        }
        return messages;
    }

    /** The ledger against the case database. */
    public Verdict ledgerCheck() throws IOException {
        return LedgerCheck.check(ledger(), cases, Keys.publicFromPem(Files.readString(instance.ledgerKey())));
    }

    /** Whether the ledger continues a head that was published before: its verdict against that head. */
    public Verdict continues(String earlierCheckpoint) throws IOException {
        return new LedgerVerifier(
                        Optional.of(Keys.publicFromPem(Files.readString(instance.ledgerKey()))),
                        Optional.of(earlierCheckpoint))
                .directory(ledger());
    }

    /** Writes the whole ledger as a bundle. */
    public void export(Path file) throws IOException {
        try (var out = Files.newOutputStream(file)) {
            new LedgerExport(
                            LedgerReader.read(ledger()),
                            cases,
                            Keys.publicFromPem(Files.readString(instance.ledgerKey())))
                    .write(LedgerExport.Scope.ALL, out);
        }
    }

    private Path ledger() {
        return instance.data().resolve("ledger");
    }

    @Override
    public void close() {
        cases.close();
    }
}
