package org.wanglou.store.ledger;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.wanglou.crypto.merkle.Checkpoint;
import org.wanglou.model.Meters;
import org.wanglou.store.cases.CaseDatabase;
import org.wanglou.store.cases.CaseDatabase.OwedEntry;

/**
 * The thread {@code ledger-0}: takes the entries owed in order of seq, appends and seals them, then marks them sealed and
 * keeps the new head in the case database.
 *
 * <p>Killed anywhere, it repeats without harm: an entry that is in the ledger but not marked is recognised by its seq. It
 * writes nothing when the ledger does not continue the head that the database knows. Thread-safe.
 */
public final class LedgerWriter implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(LedgerWriter.class);
    private static final int BATCH = 4096;
    /** How long to look again unasked, and after a failure. */
    private static final Duration CADENCE = Duration.ofSeconds(1);

    private final Ledger ledger;
    private final CaseDatabase cases;
    private final Meters meters;
    private final Semaphore poked = new Semaphore(0);
    private final Thread thread;
    private volatile boolean running = true;
    private volatile long pending;
    private volatile String trouble = "";

    public LedgerWriter(Ledger ledger, CaseDatabase cases, Meters meters) {
        this.ledger = ledger;
        this.cases = cases;
        this.meters = meters;
        this.thread = new Thread(this::run, "ledger-0");
        meters.gauge("wanglou_store_ledger_pending", () -> pending);
        meters.gauge("wanglou_store_ledger_size", () -> ledger.head().size());
    }

    public void start() {
        thread.start();
    }

    /** Says that entries are owed, so that they are sealed now and not at the next look. */
    public void poke() {
        if (poked.availablePermits() == 0) {
            poked.release();
        }
    }

    /** Entries owed when last looked. */
    public long pending() {
        return pending;
    }

    /** Why entries are not being sealed; empty when they are. */
    public Optional<String> trouble() {
        return trouble.isEmpty() ? Optional.empty() : Optional.of(trouble);
    }

    /** Finishes the round in work and stops. */
    @Override
    public void close() {
        running = false;
        poke();
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        while (running) {
            try {
                while (running && round() == BATCH) {
                    // The next batch is waiting already.
                }
                trouble = "";
            } catch (RuntimeException e) {
                meters.counter("wanglou_store_ledger_failed_total").increment();
                String message = String.valueOf(e.getMessage());
                if (!message.equals(trouble)) {
                    log.error("ledger sealing failed, retried every second", e);
                }
                trouble = message;
                pause();
            }
            await();
        }
    }

    /** Seals one batch of what is owed; returns how many. */
    int round() {
        List<OwedEntry> owed = cases.transaction(tx -> tx.owedEntries(BATCH));
        if (owed.isEmpty()) {
            pending = 0;
            return 0;
        }
        pending = Math.max(pending, owed.size());
        requireContinuation();
        List<LedgerEntry> fresh = new ArrayList<>();
        for (OwedEntry entry : owed) {
            OptionalLong index = ledger.indexOf(entry.seq());
            if (index.isEmpty()) {
                fresh.add(LedgerEntry.of(entry));
            } else {
                requireSame(entry, index.getAsLong());
            }
        }
        if (!fresh.isEmpty()) {
            ledger.append(fresh);
        }
        Checkpoint head = ledger.seal();
        String text = ledger.checkpointText();
        pending = cases.transaction(tx -> {
            for (OwedEntry entry : owed) {
                long index = ledger.indexOf(entry.seq()).orElseThrow();
                tx.markSealed(entry.seq(), index, HexFormat.of().formatHex(ledger.leafHash(index)));
            }
            tx.setLedgerHead(text, head.size());
            return tx.countOwed();
        });
        meters.counter("wanglou_store_ledger_sealed_total").add(owed.size());
        return owed.size();
    }

    /** An older directory or another ledger under a newer database must not be written on. */
    private void requireContinuation() {
        String known = cases.transaction(CaseDatabase.Transaction::ledgerHead);
        ledger.problemAgainst(known).ifPresent(problem -> {
            throw new Ledger.Refused("nothing is sealed: " + problem
                    + "; restore the ledger directory that belongs to this case database");
        });
    }

    private void requireSame(OwedEntry owed, long index) {
        byte[] leaf = ledger.entry(index);
        if (!Arrays.equals(leaf, LedgerEntry.of(owed).canonical().getBytes(StandardCharsets.UTF_8))) {
            throw new Ledger.Refused("nothing is sealed: leaf " + index + " carries seq " + owed.seq()
                    + " of another entry; the case database is older than the ledger or was changed");
        }
    }

    private void await() {
        try {
            if (poked.tryAcquire(CADENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                poked.drainPermits();
            }
        } catch (InterruptedException e) {
            running = false;
        }
    }

    private void pause() {
        poked.drainPermits();
    }
}
