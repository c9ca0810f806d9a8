package org.wanglou.app.evidence;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PublicKey;
import java.util.Optional;
import java.util.function.Function;
import org.wanglou.app.DataDirectory;
import org.wanglou.crypto.sm.Keys;
import org.wanglou.store.cases.CaseDatabase;
import org.wanglou.store.cases.CaseDatabases;
import org.wanglou.store.ledger.LedgerReader;

/** The ledger of a data directory and the case database beside it. Confined to the command's thread. */
final class LedgerFiles {
    private final Path data;

    LedgerFiles(Path data) {
        this.data = data;
    }

    Path directory() {
        return data.resolve("ledger");
    }

    /** The instance's own public key. */
    PublicKey key() throws IOException {
        return Keys.publicFromPem(Files.readString(data.resolve("keys").resolve("ledger.pub.pem")));
    }

    /** The published ledger; readable while an instance writes it. */
    LedgerReader read() throws IOException {
        return LedgerReader.read(directory());
    }

    /** Works on the case database, if no instance has it open; empty otherwise. */
    <T> Optional<T> withCases(Function<CaseDatabase, T> work) {
        Optional<DataDirectory> locked = DataDirectory.tryOpen(data);
        if (locked.isEmpty()) {
            return Optional.empty();
        }
        try (DataDirectory held = locked.get();
                CaseDatabase cases = CaseDatabases.embedded(held.sub("cases"))) {
            return Optional.of(work.apply(cases));
        }
    }
}
