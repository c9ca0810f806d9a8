package org.wanglou.store.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.wanglou.store.ledger.LedgerSamples.ORIGIN;
import static org.wanglou.store.ledger.LedgerSamples.PAIR;
import static org.wanglou.store.ledger.LedgerSamples.SIGNER;
import static org.wanglou.store.ledger.LedgerSamples.copy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wanglou.model.Meters;
import org.wanglou.store.cases.CaseDatabase;
import org.wanglou.store.cases.CaseDatabase.OwedEntry;
import org.wanglou.store.cases.CaseDatabases;

class LedgerWriterTest {
    @TempDir
    Path dir;

    private CaseDatabase cases;
    private final Meters meters = new Meters();

    @BeforeEach
    void open() {
        cases = CaseDatabases.embedded(dir.resolve("db"));
    }

    @AfterEach
    void close() {
        cases.close();
    }

    static void owe(CaseDatabase cases, int from, int to) {
        cases.transaction(tx -> {
            for (int i = from; i < to; i++) {
                tx.oweEntry(
                        "incident.open",
                        "incident",
                        "inc_" + i,
                        1,
                        "370100",
                        "machine",
                        1_764_000_000_000L + i,
                        "{\"id\":\"inc_" + i + "\"}",
                        "");
            }
            return true;
        });
    }

    private List<OwedEntry> rows() {
        return cases.transaction(tx -> tx.entriesBetween(0, Long.MAX_VALUE, 100_000));
    }

    private void everythingIsSealedOnce(int count) {
        try (Ledger ledger = Ledger.open(dir.resolve("ledger"), ORIGIN, SIGNER)) {
            assertThat(ledger.size()).isEqualTo(count);
            assertThat(rows()).hasSize(count).allSatisfy(row -> {
                assertThat(ledger.indexOf(row.seq())).hasValue(row.index());
                assertThat(row.leafHash()).isEqualTo(HexFormat.of().formatHex(ledger.leafHash(row.index())));
            });
        }
        Verdict verdict = LedgerCheck.check(dir.resolve("ledger"), cases, PAIR.getPublic());
        assertThat(verdict.ok()).as(verdict.text()).isTrue();
        assertThat(verdict.objects()).isEqualTo(count);
    }

    @Test
    void what_is_owed_is_sealed_soon_after_a_poke_and_without_one() {
        try (Ledger ledger = Ledger.open(dir.resolve("ledger"), ORIGIN, SIGNER);
                LedgerWriter writer = new LedgerWriter(ledger, cases, meters)) {
            owe(cases, 0, 3);
            writer.start();
            Awaitility.await()
                    .atMost(Duration.ofSeconds(20))
                    .until(() -> ledger.head().size() == 3);
            owe(cases, 3, 10);
            writer.poke();
            Awaitility.await()
                    .atMost(Duration.ofSeconds(20))
                    .until(() -> ledger.head().size() == 10);
            owe(cases, 10, 11);
            Awaitility.await()
                    .atMost(Duration.ofSeconds(20))
                    .until(() -> cases.transaction(CaseDatabase.Transaction::countOwed) == 0);
            assertThat(writer.trouble()).isEmpty();
        }
        assertThat(cases.<String>transaction(CaseDatabase.Transaction::ledgerHead))
                .isEqualTo(LedgerSamples.checkpoint(dir.resolve("ledger")));
        assertThat(meters.total("wanglou_store_ledger_sealed_total")).isEqualTo(11);
        everythingIsSealedOnce(11);
    }

    /** Killed after the append, after the tiles, after the state, after the checkpoint, and before the database knows. */
    @Test
    void killed_at_any_step_it_seals_everything_exactly_once() {
        Path live = dir.resolve("ledger");
        int count = 0;
        for (int killAt = 1; killAt <= 4; killAt++) {
            int step = killAt;
            owe(cases, count, count + 5);
            count += 5;
            try (Ledger ledger = Ledger.open(live, ORIGIN, SIGNER, done -> {
                if (done == step) {
                    throw new IllegalStateException("killed after step " + step);
                }
            })) {
                LedgerWriter writer = new LedgerWriter(ledger, cases, meters);
                assertThatThrownBy(writer::round).hasMessageContaining("killed after step " + step);
            }
            assertThat(cases.<Long>transaction(CaseDatabase.Transaction::countOwed))
                    .isEqualTo(5);
            // More comes in before it is up again.
            owe(cases, count, count + 2);
            count += 2;
            try (Ledger ledger = Ledger.open(live, ORIGIN, SIGNER)) {
                LedgerWriter writer = new LedgerWriter(ledger, cases, meters);
                assertThat(writer.round()).isEqualTo(7);
                assertThat(writer.round()).isZero();
                assertThat(writer.pending()).isZero();
            }
            everythingIsSealedOnce(count);
        }
    }

    @Test
    void more_than_one_batch_is_sealed_in_order() {
        owe(cases, 0, 5000);
        try (Ledger ledger = Ledger.open(dir.resolve("ledger"), ORIGIN, SIGNER)) {
            LedgerWriter writer = new LedgerWriter(ledger, cases, meters);
            assertThat(writer.round()).isEqualTo(4096);
            assertThat(writer.pending()).isEqualTo(904);
            assertThat(writer.round()).isEqualTo(904);
        }
        everythingIsSealedOnce(5000);
    }

    @Test
    void on_yesterdays_directory_it_seals_nothing_and_says_why() {
        Path live = dir.resolve("ledger");
        owe(cases, 0, 3);
        try (Ledger ledger = Ledger.open(live, ORIGIN, SIGNER)) {
            new LedgerWriter(ledger, cases, meters).round();
        }
        Path yesterday = copy(live, dir.resolve("yesterday"));
        owe(cases, 3, 6);
        try (Ledger ledger = Ledger.open(live, ORIGIN, SIGNER)) {
            new LedgerWriter(ledger, cases, meters).round();
        }
        owe(cases, 6, 7);
        try (Ledger ledger = Ledger.open(yesterday, ORIGIN, SIGNER);
                LedgerWriter writer = new LedgerWriter(ledger, cases, meters)) {
            writer.start();
            Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> writer.trouble()
                    .isPresent());
            assertThat(writer.trouble())
                    .get()
                    .asString()
                    .contains("older than the known head: 3 leaves, the head has 6");
            assertThat(ledger.size()).isEqualTo(3);
        }
        assertThat(meters.total("wanglou_store_ledger_failed_total")).isPositive();
        Verdict check = LedgerCheck.check(yesterday, cases, PAIR.getPublic());
        assertThat(check.exitCode()).isEqualTo(1);
        assertThat(check.problems()).extracting(Verdict.Problem::code).contains("old", "deleted");
        try (Ledger ledger = Ledger.open(live, ORIGIN, SIGNER)) {
            assertThat(new LedgerWriter(ledger, cases, meters).round()).isEqualTo(1);
        }
        everythingIsSealedOnce(7);
    }

    @Test
    void an_empty_directory_under_a_known_head_is_not_begun_anew() {
        owe(cases, 0, 3);
        try (Ledger ledger = Ledger.open(dir.resolve("ledger"), ORIGIN, SIGNER)) {
            new LedgerWriter(ledger, cases, meters).round();
        }
        owe(cases, 3, 4);
        try (Ledger ledger = Ledger.open(dir.resolve("empty"), ORIGIN, SIGNER)) {
            LedgerWriter writer = new LedgerWriter(ledger, cases, meters);
            assertThatThrownBy(writer::round)
                    .isInstanceOf(Ledger.Refused.class)
                    .hasMessageContaining("0 leaves, the head has 3");
            assertThat(ledger.size()).isZero();
        }
    }

    @Test
    void the_check_names_rows_that_were_changed_or_removed_after_sealing() throws Exception {
        owe(cases, 0, 3);
        try (Ledger ledger = Ledger.open(dir.resolve("ledger"), ORIGIN, SIGNER)) {
            new LedgerWriter(ledger, cases, meters).round();
        }
        // Another database whose objects differ stands for one that somebody edited.
        try (CaseDatabase edited = CaseDatabases.embedded(dir.resolve("edited"))) {
            edited.transaction(tx -> {
                tx.setLedgerHead(LedgerSamples.checkpoint(dir.resolve("ledger")), 3);
                return true;
            });
            owe(edited, 0, 2);
            Verdict verdict = LedgerCheck.check(dir.resolve("ledger"), edited, PAIR.getPublic());
            assertThat(verdict.exitCode()).isEqualTo(1);
            assertThat(verdict.problems())
                    .extracting(Verdict.Problem::code)
                    .containsExactly("object", "object", "missing");
            assertThat(verdict.problems().get(0).where()).contains("incident inc_0 revision 1");
        }
        Files.createDirectories(dir.resolve("none"));
        assertThat(LedgerCheck.check(dir.resolve("none"), cases, PAIR.getPublic())
                        .exitCode())
                .isEqualTo(2);
    }
}
