package org.wanglou.app;

import java.time.Clock;
import java.util.Optional;
import org.wanglou.correlator.reference.SnapshotStore;
import org.wanglou.store.cases.CaseDatabase;

/** Snapshots of rules and knowledge in the case database, where they are backed up with the cases. Thread-safe. */
final class CaseSnapshots implements SnapshotStore {
    private final CaseDatabase database;
    private final Clock clock;

    CaseSnapshots(CaseDatabase database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    @Override
    public Optional<byte[]> load(String digest) {
        return database.transaction(tx -> tx.snapshot(digest));
    }

    @Override
    public void keep(String kind, String digest, byte[] bytes) {
        database.transaction(tx -> {
            if (tx.snapshot(digest).isEmpty()) {
                tx.putSnapshot(kind, digest, bytes, clock.millis());
            }
            return digest;
        });
    }
}
