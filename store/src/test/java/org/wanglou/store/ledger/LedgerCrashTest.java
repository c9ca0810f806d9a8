package org.wanglou.store.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.wanglou.store.ledger.LedgerSamples.ORIGIN;
import static org.wanglou.store.ledger.LedgerSamples.PAIR;
import static org.wanglou.store.ledger.LedgerSamples.SIGNER;
import static org.wanglou.store.ledger.LedgerSamples.copy;
import static org.wanglou.store.ledger.LedgerSamples.entries;
import static org.wanglou.store.ledger.LedgerSamples.entry;
import static org.wanglou.store.ledger.LedgerSamples.flip;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.wanglou.crypto.merkle.Checkpoint;
import org.wanglou.crypto.merkle.ConsistencyProof;
import org.wanglou.crypto.merkle.MerkleTree;
import org.wanglou.crypto.merkle.TreeHash;

/** The directory as a kill leaves it after each step of writing, and as an interfering hand leaves it. */
class LedgerCrashTest {
    @TempDir
    Path dir;

    /** 250 + 10 leaves so that a tile fills and its partial goes; 3 + 2 for the small case; 256 for the edge. */
    @ParameterizedTest
    @ValueSource(ints = {3, 246, 250, 256})
    void a_kill_after_any_step_is_recovered_from(int before) {
        Path live = dir.resolve("live");
        try (Ledger ledger = Ledger.open(live, ORIGIN, SIGNER, step -> copyOnce(live, dir.resolve("killed-" + step)))) {
            ledger.append(entries(0, before));
            ledger.seal();
        }
        // The copies of the first round are of no use here.
        for (int step = 1; step <= 4; step++) {
            assertThat(dir.resolve("killed-" + step)).exists();
        }
        Path second = dir.resolve("second");
        int after = before + 10;
        Checkpoint head;
        try (Ledger ledger =
                Ledger.open(live, ORIGIN, SIGNER, step -> copyOnce(live, second.resolve("killed-" + step)))) {
            ledger.append(entries(before, after));
            head = ledger.seal();
        }
        for (int step = 1; step <= 4; step++) {
            Path killed = second.resolve("killed-" + step);
            try (Ledger ledger = Ledger.open(killed, ORIGIN, SIGNER)) {
                assertThat(ledger.size()).isEqualTo(after);
                assertThat(ledger.head().size()).isEqualTo(step < 3 ? before : after);
                if (step >= 3) {
                    // What is signed is published again as it was, not signed again.
                    assertThat(ledger.checkpointText()).isEqualTo(readString(live.resolve("checkpoint")));
                    assertThat(readString(killed.resolve("checkpoint"))).isEqualTo(ledger.checkpointText());
                }
                assertThat(ledger.seal()).isEqualTo(head);
                ledger.append(entries(after, after + 300));
                ledger.seal();
            }
            assertThat(verify(killed).problems()).as("step %d", step).isEmpty();
        }
    }

    @Test
    void a_kill_while_founding_is_recovered_from() throws Exception {
        Files.createDirectories(dir.resolve("a"));
        Files.writeString(dir.resolve("a/key.pem"), "torn");
        Files.writeString(dir.resolve("a/state.tmp"), "torn");
        try (Ledger ledger = Ledger.open(dir.resolve("a"), ORIGIN, SIGNER)) {
            ledger.append(entries(0, 1));
            assertThat(ledger.seal().size()).isEqualTo(1);
        }
        assertThat(verify(dir.resolve("a")).problems()).isEmpty();
    }

    @Test
    void a_tail_torn_at_any_byte_of_the_last_record_is_cut_off() throws Exception {
        Path live = dir.resolve("live");
        long signedBytes;
        try (Ledger ledger = Ledger.open(live, ORIGIN, SIGNER)) {
            ledger.append(entries(0, 5));
            ledger.seal();
            ledger.append(entries(5, 6));
            signedBytes = Files.size(live.resolve("entries.seg"));
            ledger.append(entries(6, 7));
        }
        byte[] whole = Files.readAllBytes(live.resolve("entries.seg"));
        for (int length = (int) signedBytes; length < whole.length; length++) {
            Path torn = copy(live, dir.resolve("torn-" + length));
            Files.write(torn.resolve("entries.seg"), Arrays.copyOf(whole, length));
            try (Ledger ledger = Ledger.open(torn, ORIGIN, SIGNER)) {
                assertThat(ledger.size()).as("cut at %d", length).isEqualTo(6);
                ledger.append(entries(6, 8));
                assertThat(ledger.seal().size()).isEqualTo(8);
            }
            assertThat(verify(torn).problems()).isEmpty();
        }
    }

    @Test
    void zeros_or_noise_behind_the_last_record_are_cut_off() throws Exception {
        for (byte filler : new byte[] {0, 1, (byte) 0xff}) {
            Path live = LedgerSamples.ledger(dir.resolve("filled" + filler), 5);
            byte[] whole = Files.readAllBytes(live.resolve("entries.seg"));
            byte[] filled = Arrays.copyOf(whole, whole.length + 4096);
            Arrays.fill(filled, whole.length, filled.length, filler);
            Files.write(live.resolve("entries.seg"), filled);
            try (Ledger ledger = Ledger.open(live, ORIGIN, SIGNER)) {
                assertThat(ledger.size()).isEqualTo(5);
                ledger.append(entries(5, 6));
                ledger.seal();
            }
            assertThat(verify(live).problems()).isEmpty();
        }
    }

    @Test
    void signed_entries_cut_off_at_any_byte_are_refused_and_nothing_is_signed_again() throws Exception {
        Path live = LedgerSamples.ledger(dir.resolve("live"), 3);
        byte[] whole = Files.readAllBytes(live.resolve("entries.seg"));
        for (int length = 0; length < whole.length; length += 11) {
            Files.write(live.resolve("entries.seg"), Arrays.copyOf(whole, length));
            String state = Files.readString(live.resolve("state"));
            assertThatThrownBy(() -> Ledger.open(live, ORIGIN, SIGNER))
                    .isInstanceOf(Ledger.Refused.class)
                    .hasMessageContaining("of the 3 signed entries");
            assertThat(Files.readString(live.resolve("state"))).isEqualTo(state);
            // Refusing does not change the evidence either.
            assertThat(Files.size(live.resolve("entries.seg"))).isEqualTo(length);
        }
    }

    @Test
    void any_flipped_byte_below_the_signed_size_is_refused() throws Exception {
        Path live = LedgerSamples.ledger(dir.resolve("live"), 260);
        for (String name : new String[] {
            "entries.seg",
            "state",
            "checkpoint",
            "tile/0/000",
            "tile/0/001.p/4",
            "tile/1/000.p/1",
            "tile/entries/000",
            "tile/entries/001.p/4"
        }) {
            Path file = live.resolve(name);
            byte[] whole = Files.readAllBytes(file);
            for (int at : new int[] {0, 3, whole.length / 2, whole.length - 1}) {
                flip(file, at);
                assertThatThrownBy(() -> Ledger.open(live, ORIGIN, SIGNER))
                        .as("%s byte %d", name, at)
                        .isInstanceOf(Ledger.Refused.class)
                        .hasMessageContaining(name.equals("entries.seg") ? "entries.seg" : name);
                Files.write(file, whole);
            }
            Files.delete(file);
            if (name.equals("checkpoint")) {
                // A kill between 3 and 4 of the first sealing leaves none: it is published again.
                Ledger.open(live, ORIGIN, SIGNER).close();
                assertThat(Files.readAllBytes(file)).isEqualTo(whole);
            } else {
                assertThatThrownBy(() -> Ledger.open(live, ORIGIN, SIGNER))
                        .as("%s deleted", name)
                        .isInstanceOf(Ledger.Refused.class)
                        .hasMessageContaining(name);
                Files.write(file, whole);
            }
        }
        Ledger.open(live, ORIGIN, SIGNER).close();
    }

    @Test
    void yesterdays_state_under_todays_checkpoint_is_refused() throws Exception {
        Path live = LedgerSamples.ledger(dir.resolve("live"), 3);
        String old = Files.readString(live.resolve("state"));
        try (Ledger ledger = Ledger.open(live, ORIGIN, SIGNER)) {
            ledger.append(entries(3, 5));
            ledger.seal();
        }
        Files.writeString(live.resolve("state"), old);
        assertThatThrownBy(() -> Ledger.open(live, ORIGIN, SIGNER))
                .isInstanceOf(Ledger.Refused.class)
                .hasMessageContaining("'checkpoint'");
    }

    @Test
    void heads_of_one_ledger_always_continue_each_other() {
        MerkleTree tree = new MerkleTree(TreeHash.SM3);
        Checkpoint before = new Checkpoint(ORIGIN, 0, TreeHash.SM3.empty());
        try (Ledger ledger = Ledger.open(dir, ORIGIN, SIGNER)) {
            for (int i = 0; i < 40; i++) {
                ledger.append(entries(tree.size(), tree.size() + i % 7));
                while (tree.size() < ledger.size()) {
                    tree.append(entry(tree.size()).bytes());
                }
                Checkpoint head = ledger.seal();
                assertThat(ConsistencyProof.of(tree, before.size(), head.size())
                                .verify(TreeHash.SM3, before.root(), head.root()))
                        .isTrue();
                before = head;
            }
        }
    }

    private static Verdict verify(Path ledger) {
        return new LedgerVerifier(Optional.of(PAIR.getPublic()), Optional.empty()).directory(ledger);
    }

    private static void copyOnce(Path from, Path to) {
        if (!Files.exists(to)) {
            copy(from, to);
        }
    }

    private static String readString(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
