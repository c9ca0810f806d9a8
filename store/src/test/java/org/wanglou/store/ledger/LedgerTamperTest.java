package org.wanglou.store.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.wanglou.store.ledger.LedgerSamples.ORIGIN;
import static org.wanglou.store.ledger.LedgerSamples.PAIR;
import static org.wanglou.store.ledger.LedgerSamples.SIGNER;
import static org.wanglou.store.ledger.LedgerSamples.copy;
import static org.wanglou.store.ledger.LedgerSamples.entries;
import static org.wanglou.store.ledger.LedgerSamples.entry;
import static org.wanglou.store.ledger.LedgerSamples.flip;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wanglou.crypto.sm.Keys;
import org.wanglou.store.ledger.Verdict.Problem;

/** What an auditor is told about a directory that somebody changed. */
class LedgerTamperTest {
    private static final int LEAVES = 300;

    @TempDir
    Path dir;

    private Path ledger;

    @BeforeEach
    void a_ledger() {
        ledger = LedgerSamples.ledger(dir.resolve("ledger"), LEAVES);
    }

    @Test
    void an_untouched_directory_is_sound() {
        Verdict verdict = verify(Optional.empty());
        assertThat(verdict.ok()).as(verdict.text()).isTrue();
        assertThat(verdict.size()).isEqualTo(LEAVES);
        assertThat(verdict.leaves()).isEqualTo(LEAVES);
        assertThat(verdict.kid()).isEqualTo(Keys.kid(PAIR.getPublic()));
        assertThat(verdict.notes()).anyMatch(note -> note.contains("no newer head"));
        assertThat(verdict.text()).startsWith("ok: directory");
    }

    @Test
    void a_byte_flipped_anywhere_in_any_file_is_named_with_its_file() throws Exception {
        try (Stream<Path> files = Files.walk(ledger)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String name = ledger.relativize(file).toString();
                if (name.equals("lock")) {
                    continue;
                }
                byte[] whole = Files.readAllBytes(file);
                for (int at = 0; at < whole.length; at += Math.max(1, whole.length / 23)) {
                    flip(file, at);
                    Verdict verdict = verify(Optional.empty());
                    assertThat(verdict.exitCode()).as("%s byte %d", name, at).isEqualTo(1);
                    assertThat(verdict.problems()).as("%s byte %d", name, at).allMatch(problem -> problem.where()
                            .startsWith(name));
                    Files.write(file, whole);
                }
            }
        }
        assertThat(verify(Optional.empty()).ok()).isTrue();
    }

    @Test
    void a_partial_tile_that_a_smaller_head_left_behind_must_say_what_the_tree_says() throws Exception {
        byte[] entries = Files.readAllBytes(ledger.resolve("tile/entries/001.p/44"));
        int two = 0;
        for (int i = 0; i < 2; i++) {
            two += 2 + ((entries[two] & 0xff) << 8 | entries[two + 1] & 0xff);
        }
        Path left = ledger.resolve("tile/entries/001.p/2");
        Files.write(left, java.util.Arrays.copyOf(entries, two));
        Path hashes = ledger.resolve("tile/0/001.p/3");
        Files.write(hashes, java.util.Arrays.copyOf(Files.readAllBytes(ledger.resolve("tile/0/001.p/44")), 3 * 32));
        assertThat(verify(Optional.empty()).ok()).isTrue();

        for (Path file : java.util.List.of(left, hashes)) {
            byte[] whole = Files.readAllBytes(file);
            for (int at = 0; at < whole.length; at++) {
                flip(file, at);
                assertThat(verify(Optional.empty()).problems())
                        .as("%s byte %d", file, at)
                        .extracting(Problem::where)
                        .contains(ledger.relativize(file).toString());
                Files.write(file, whole);
            }
        }
        Files.writeString(ledger.resolve("tile/notes.txt"), "not ours");
        assertThat(verify(Optional.empty()).problems())
                .extracting(Problem::code, Problem::where)
                .containsExactly(org.assertj.core.groups.Tuple.tuple("stray", "tile/notes.txt"));
    }

    @Test
    void a_flipped_byte_of_an_entry_is_named_with_its_leaf() throws Exception {
        Path file = ledger.resolve("tile/entries/001.p/44");
        byte[] leaf = entry(260).bytes();
        String text = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        flip(file, text.indexOf(new String(leaf, StandardCharsets.ISO_8859_1)) + 40);
        assertThat(verify(Optional.empty()).problems())
                .containsExactly(new Problem("changed", "tile/entries/001.p/44", "leaf 260 was changed"));
    }

    @Test
    void a_flipped_byte_of_a_hash_is_named_with_its_leaf() throws Exception {
        flip(ledger.resolve("tile/0/000"), 17 * 32 + 5);
        assertThat(verify(Optional.empty()).problems())
                .containsExactly(new Problem("changed", "tile/0/000", "leaf 17 was changed"));
    }

    @Test
    void a_leaf_deleted_from_one_copy_is_named() throws Exception {
        Path file = ledger.resolve("tile/entries/000");
        byte[] whole = Files.readAllBytes(file);
        List<byte[]> kept = new java.util.ArrayList<>(new TileFiles.Tile("", whole).entries(256));
        kept.remove(100);
        Files.write(file, TileFiles.entriesTile(kept));
        assertThat(verify(Optional.empty()).problems())
                .containsExactly(new Problem("deleted", "tile/entries/000", "leaf 100 was taken out"));
        Files.write(file, whole);
        rewriteSegment(100);
        assertThat(verify(Optional.empty()).problems())
                .containsExactly(new Problem("deleted", "entries.seg", "leaf 100 was taken out"));
    }

    @Test
    void a_leaf_deleted_from_every_copy_does_not_give_the_signed_root() throws Exception {
        Path forged = dir.resolve("forged");
        try (Ledger other = Ledger.open(forged, ORIGIN, SIGNER)) {
            List<LedgerEntry> kept = new java.util.ArrayList<>(entries(0, LEAVES));
            kept.remove(100);
            other.append(kept);
            other.seal();
        }
        for (String name : List.of("checkpoint", "state")) {
            Files.copy(ledger.resolve(name), forged.resolve(name), java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        }
        Verdict verdict = new LedgerVerifier(Optional.of(PAIR.getPublic()), Optional.empty()).directory(forged);
        assertThat(verdict.exitCode()).isEqualTo(1);
        assertThat(verdict.problems()).anyMatch(problem -> problem.code().equals("root"));
    }

    @Test
    void a_missing_file_is_named() throws Exception {
        for (String name : List.of("tile/entries/000", "tile/0/000", "tile/1/000.p/1", "entries.seg", "checkpoint")) {
            byte[] whole = Files.readAllBytes(ledger.resolve(name));
            Files.delete(ledger.resolve(name));
            assertThat(verify(Optional.empty()).problems())
                    .as(name)
                    .contains(new Problem("missing", name, "the file is missing"));
            Files.write(ledger.resolve(name), whole);
        }
    }

    @Test
    void yesterdays_directory_is_sound_alone_and_old_against_a_newer_head() throws Exception {
        Path yesterday = copy(ledger, dir.resolve("yesterday"));
        String bare;
        String proven;
        try (Ledger live = Ledger.open(ledger, ORIGIN, SIGNER)) {
            live.append(entries(LEAVES, LEAVES + 20));
            live.seal();
            bare = live.checkpointText();
            proven = live.headSince(LEAVES);
        }
        ledger = yesterday;
        assertThat(verify(Optional.empty()).ok()).isTrue();
        for (String head : List.of(bare, proven)) {
            Verdict verdict = verify(Optional.of(head));
            assertThat(verdict.exitCode()).isEqualTo(1);
            assertThat(verdict.problems()).singleElement().satisfies(problem -> {
                assertThat(problem.code()).isEqualTo("old");
                assertThat(problem.message()).contains("has 320 leaves, this has 300");
            });
        }
        assertThat(verify(Optional.of(proven)).text()).contains("the head does continue it");
    }

    @Test
    void an_older_head_must_be_a_prefix_and_an_equal_one_the_same() throws Exception {
        String older =
                Files.readString(LedgerSamples.ledger(dir.resolve("short"), 120).resolve("checkpoint"));
        assertThat(verify(Optional.of(older)).ok()).isTrue();
        assertThat(verify(Optional.of(Files.readString(ledger.resolve("checkpoint"))))
                        .ok())
                .isTrue();
        for (int size : new int[] {120, LEAVES, 400}) {
            Path fork = dir.resolve("fork" + size);
            try (Ledger other = Ledger.open(fork, ORIGIN, SIGNER)) {
                other.append(entries(1000, 1000 + size));
                other.seal();
                String head = size > LEAVES ? other.headSince(LEAVES) : other.checkpointText();
                Verdict verdict = verify(Optional.of(head));
                assertThat(verdict.problems())
                        .as("fork of %d", size)
                        .singleElement()
                        .satisfies(problem -> assertThat(problem.code()).isEqualTo("forked"));
            }
        }
    }

    @Test
    void a_head_by_another_key_or_of_another_log_is_not_believed() {
        assertThat(verify(Optional.of("hello")).problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.where()).isEqualTo("head"));
        Path other = dir.resolve("other");
        try (Ledger log = Ledger.open(other, "wanglou/other/ledger/sm3", SIGNER)) {
            assertThat(verify(Optional.of(log.checkpointText())).problems())
                    .singleElement()
                    .satisfies(problem -> assertThat(problem.message()).contains("wanglou/other/ledger/sm3"));
        }
    }

    @Test
    void a_whole_ledger_signed_by_another_key_is_named() {
        Verdict verdict =
                new LedgerVerifier(Optional.of(Keys.generate().getPublic()), Optional.empty()).directory(ledger);
        assertThat(verdict.exitCode()).isEqualTo(1);
        assertThat(verdict.problems())
                .extracting(Problem::code, Problem::where)
                .contains(org.assertj.core.groups.Tuple.tuple("signature", "checkpoint"));
    }

    @Test
    void what_is_no_ledger_cannot_be_used() {
        assertThat(new LedgerVerifier(Optional.of(PAIR.getPublic()), Optional.empty())
                        .directory(dir.resolve("nothing"))
                        .exitCode())
                .isEqualTo(2);
        assertThat(new LedgerVerifier(Optional.empty(), Optional.empty())
                        .directory(dir)
                        .exitCode())
                .isEqualTo(2);
    }

    @Test
    void without_a_trusted_key_the_verdict_says_whose_key_it_used() {
        Verdict verdict = new LedgerVerifier(Optional.empty(), Optional.empty()).directory(ledger);
        assertThat(verdict.ok()).isTrue();
        assertThat(verdict.notes()).anyMatch(note -> note.contains("no trusted key given"));
    }

    @Test
    void a_directory_is_verified_while_it_is_written() {
        try (Ledger live = Ledger.open(ledger, ORIGIN, SIGNER)) {
            live.append(entries(LEAVES, LEAVES + 5));
            Verdict verdict = verify(Optional.empty());
            assertThat(verdict.ok()).isTrue();
            assertThat(verdict.notes()).anyMatch(note -> note.contains("5 entries are not under this checkpoint"));
        }
    }

    private void rewriteSegment(int without) throws IOException {
        ByteArrayOutputStream segment = new ByteArrayOutputStream();
        Path scratch = Files.createDirectory(dir.resolve("scratch"));
        try (EntryLog log = new EntryLog(scratch, 0)) {
            for (int i = 0; i < LEAVES; i++) {
                if (i != without) {
                    log.append(List.of(entry(i).bytes()));
                }
            }
        }
        segment.writeBytes(Files.readAllBytes(scratch.resolve("entries.seg")));
        Files.write(ledger.resolve("entries.seg"), segment.toByteArray());
    }

    private Verdict verify(Optional<String> head) {
        return new LedgerVerifier(Optional.of(PAIR.getPublic()), head).directory(ledger);
    }
}
