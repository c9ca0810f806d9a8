package org.wanglou.store.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.wanglou.store.ledger.LedgerSamples.ORIGIN;
import static org.wanglou.store.ledger.LedgerSamples.PAIR;
import static org.wanglou.store.ledger.LedgerSamples.SIGNER;
import static org.wanglou.store.ledger.LedgerSamples.entries;
import static org.wanglou.store.ledger.LedgerSamples.entry;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wanglou.crypto.merkle.Checkpoint;
import org.wanglou.crypto.merkle.MerkleTree;
import org.wanglou.crypto.merkle.TlogProof;
import org.wanglou.crypto.merkle.TreeHash;
import org.wanglou.crypto.sm.Keys;
import org.wanglou.crypto.sm.Sm2Signer;

class LedgerTest {
    @TempDir
    Path dir;

    @Test
    void a_fresh_ledger_has_a_signed_head_of_size_zero() throws Exception {
        try (Ledger ledger = Ledger.open(dir.resolve("ledger"), ORIGIN, SIGNER)) {
            Checkpoint head = Checkpoint.verified(ledger.checkpointText(), PAIR.getPublic());
            assertThat(head.size()).isZero();
            assertThat(head.root()).isEqualTo(TreeHash.SM3.empty());
            assertThat(Files.readString(dir.resolve("ledger/checkpoint"))).isEqualTo(ledger.checkpointText());
            assertThat(ledger.seal()).isEqualTo(head);
        }
    }

    /** Batches of any size, seals between any of them, reopened in between: always the tree of the plain entries. */
    @Test
    void it_is_the_tree_of_its_entries_however_they_came() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        MerkleTree expected = new MerkleTree(TreeHash.SM3);
        long seq = 0;
        while (expected.size() < 1400) {
            try (Ledger ledger = Ledger.open(dir, ORIGIN, SIGNER)) {
                assertThat(ledger.size()).isEqualTo(expected.size());
                for (int round = 0; round < 4; round++) {
                    int count = random.nextInt(120);
                    List<LedgerEntry> added = entries(seq, seq + count);
                    seq += count;
                    long first = expected.size();
                    added.forEach(e -> expected.append(e.bytes()));
                    List<Long> indices = ledger.append(added);
                    assertThat(indices).hasSize(count);
                    if (count > 0) {
                        assertThat(indices.get(0)).isEqualTo(first);
                    }
                    if (random.nextInt(3) > 0) {
                        Checkpoint head = ledger.seal();
                        assertThat(head.root()).as("seed %d", seed).isEqualTo(expected.root());
                        assertThat(Checkpoint.verified(ledger.checkpointText(), PAIR.getPublic()))
                                .isEqualTo(head);
                    }
                }
            }
        }
        try (Ledger ledger = Ledger.open(dir, ORIGIN, SIGNER)) {
            Checkpoint head = ledger.seal();
            for (long index = 0; index < head.size(); index += 37) {
                assertThat(ledger.entry(index)).isEqualTo(entry(index).bytes());
                assertThat(ledger.indexOf(index)).hasValue(index);
                assertThat(ledger.prove(index).verify(TreeHash.SM3, ledger.leafHash(index), head.root()))
                        .isTrue();
                TlogProof proof = TlogProof.parse(ledger.proofText(index));
                assertThat(proof.leadsTo(Checkpoint.verified(proof.checkpoint(), PAIR.getPublic())))
                        .isTrue();
            }
        }
        Verdict verdict = new LedgerVerifier(Optional.of(PAIR.getPublic()), Optional.empty()).directory(dir);
        assertThat(verdict.problems()).as("seed %d", seed).isEmpty();
        assertThat(verdict.leaves()).isEqualTo(expected.size());
        assertThat(verdict.exitCode()).isZero();
    }

    @Test
    void its_files_lie_as_tlog_tiles_wants_them() {
        LedgerSamples.ledger(dir, 300);
        assertThat(dir.resolve("tile/0/000")).isRegularFile().hasSize(8192);
        assertThat(dir.resolve("tile/0/001.p/44")).isRegularFile().hasSize(44 * 32);
        assertThat(dir.resolve("tile/1/000.p/1")).isRegularFile().hasSize(32);
        assertThat(dir.resolve("tile/entries/000")).isRegularFile();
        assertThat(dir.resolve("tile/entries/001.p/44")).isRegularFile();
        assertThat(dir.resolve("tile/0/000.p")).doesNotExist();
        assertThat(dir.resolve("tile/entries/000.p")).doesNotExist();
        assertThat(TileFiles.name("0", 1_234_067, 256)).isEqualTo("tile/0/x001/x234/067");
        assertThat(TileFiles.name("entries", 1000, 3)).isEqualTo("tile/entries/x001/000.p/3");
    }

    @Test
    void only_one_may_write() {
        try (Ledger ledger = Ledger.open(dir, ORIGIN, SIGNER)) {
            assertThat(ledger.size()).isZero();
            assertThatThrownBy(() -> Ledger.open(dir, ORIGIN, SIGNER))
                    .isInstanceOf(Ledger.Refused.class)
                    .hasMessageContaining("open in another process");
        }
        Ledger.open(dir, ORIGIN, SIGNER).close();
    }

    @Test
    void a_seq_is_taken_once() {
        try (Ledger ledger = Ledger.open(dir, ORIGIN, SIGNER)) {
            ledger.append(entries(0, 3));
            assertThatThrownBy(() -> ledger.append(entries(2, 4))).hasMessageContaining("seq 2 already");
            assertThatThrownBy(() -> ledger.append(List.of(entry(9), entry(9)))).hasMessageContaining("seq 9 already");
            assertThat(ledger.size()).isEqualTo(3);
            ledger.append(entries(3, 4));
            assertThat(ledger.seal().size()).isEqualTo(4);
        }
    }

    @Test
    void another_key_or_origin_does_not_open_it() {
        LedgerSamples.ledger(dir, 5);
        Sm2Signer other = Sm2Signer.of(Keys.generate().getPrivate());
        assertThatThrownBy(() -> Ledger.open(dir, ORIGIN, other))
                .isInstanceOf(Ledger.Refused.class)
                .hasMessageContaining("not signed by the trusted key");
        assertThatThrownBy(() -> Ledger.open(dir, "wanglou/other/ledger/sm3", SIGNER))
                .isInstanceOf(Ledger.Refused.class)
                .hasMessageContaining(ORIGIN);
        Ledger.open(dir, ORIGIN, SIGNER).close();
    }

    @Test
    void after_a_failed_write_it_takes_nothing_more() throws Exception {
        try (Ledger ledger = Ledger.open(dir, ORIGIN, SIGNER)) {
            ledger.append(entries(0, 3));
            // A file where the tiles' folder has to be.
            Files.writeString(dir.resolve("tile"), "in the way");
            assertThatThrownBy(ledger::seal).isInstanceOf(RuntimeException.class);
            Files.delete(dir.resolve("tile"));
            assertThatThrownBy(ledger::seal)
                    .isInstanceOf(Ledger.Refused.class)
                    .hasMessageContaining("stopped after a failed write");
            assertThatThrownBy(() -> ledger.append(entries(3, 4))).isInstanceOf(Ledger.Refused.class);
        }
        try (Ledger ledger = Ledger.open(dir, ORIGIN, SIGNER)) {
            assertThat(ledger.seal().size()).isEqualTo(3);
        }
    }

    @Test
    void a_leaf_is_canonical_and_reads_back() {
        LedgerEntry leaf = new LedgerEntry(
                1,
                "notification.sent",
                "msg_1",
                2,
                "370100",
                1L << 60,
                1_764_000_000_123L,
                "李雷\ud800",
                "ab".repeat(32),
                "message",
                "cd".repeat(32));
        assertThat(leaf.canonical())
                .startsWith("{\"actor\":\"李雷?\",\"bodySm3\":\"cdcd")
                .contains("\"seq\":\"1152921504606846976\"")
                .contains("\"ts\":\"2025-11-24T16:00:00.123Z\"");
        assertThat(LedgerEntry.parse(leaf.bytes()).seq()).isEqualTo(1L << 60);
        assertThat(LedgerEntry.parse(entry(7).bytes())).isEqualTo(entry(7));
        for (String wrong : new String[] {"", "[]", "{}", "{\"v\":1}", entry(7).canonical() + " ", "not json"}) {
            assertThatThrownBy(() -> LedgerEntry.parse(wrong.getBytes(java.nio.charset.StandardCharsets.UTF_8)))
                    .as(wrong)
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }
}
