package org.wanglou.ui.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PublicKey;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.wanglou.crypto.sm.Keys;
import org.wanglou.crypto.sm.Sm2Signer;
import org.wanglou.store.cases.CaseDatabases;
import org.wanglou.store.ledger.LedgerExport;
import org.wanglou.store.ledger.Verdict;
import org.wanglou.ui.report.document.ReportDocument;
import org.wanglou.ui.report.document.ReportSignature;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ReportVerifierTest {
    @TempDir
    static Path directory;

    private World world;
    private byte[] json;
    private String signature;
    private Optional<PublicKey> key;

    @BeforeAll
    void make() {
        world = new World(CaseDatabases.embedded(directory.resolve("cases")), directory);
        world.fill();
        String id =
                world.reports.make("zhao", "3701", World.FROM, World.TO).entry().id();
        world.seal();
        json = world.reports.json(id);
        signature = world.reports.signature(id);
        key = Optional.of(world.reportKey.getPublic());
    }

    @AfterAll
    void end() {
        world.close();
    }

    private static List<String> codes(Verdict verdict) {
        return verdict.problems().stream().map(Verdict.Problem::code).distinct().toList();
    }

    @Test
    void a_sound_report_verifies_and_says_what_was_not_checked() {
        Verdict verdict = ReportVerifier.verify(json, signature, key, Optional.empty());
        assertThat(verdict.problems()).isEmpty();
        assertThat(verdict.exitCode()).isZero();
        assertThat(verdict.notes()).anyMatch(note -> note.contains("no ledger bundle"));
        assertThat(ReportVerifier.verify(json, signature, Optional.empty(), Optional.empty())
                        .notes())
                .anyMatch(note -> note.contains("no trusted key"));
    }

    @Test
    void every_changed_byte_of_the_document_is_named() {
        for (int i = 0; i < json.length; i += i < 2_000 || i > json.length - 500 ? 1 : 37) {
            byte[] changed = json.clone();
            changed[i] ^= 1;
            Verdict verdict = ReportVerifier.verify(changed, signature, key, Optional.empty());
            assertThat(codes(verdict)).as("byte %d", i).contains("changed", "signature");
            assertThat(verdict.exitCode()).isEqualTo(1);
        }
        assertThat(codes(ReportVerifier.verify(
                        (new String(json, StandardCharsets.UTF_8) + "\n").getBytes(StandardCharsets.UTF_8),
                        signature,
                        key,
                        Optional.empty())))
                .contains("changed");
    }

    @Test
    void every_changed_byte_of_the_signature_is_named() {
        byte[] bytes = signature.getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < bytes.length; i++) {
            byte[] changed = bytes.clone();
            changed[i] ^= 1;
            Verdict verdict = ReportVerifier.verify(
                    json, new String(changed, StandardCharsets.UTF_8), Optional.empty(), Optional.empty());
            assertThat(verdict.problems()).as("byte %d of %s", i, signature).isNotEmpty();
        }
        assertThat(ReportVerifier.verify(json, "", key, Optional.empty()).problems())
                .isNotEmpty();
        assertThat(ReportVerifier.verify(json, signature + "x", key, Optional.empty())
                        .problems())
                .isNotEmpty();
    }

    @Test
    void another_key_is_named() {
        Verdict verdict = ReportVerifier.verify(
                json, signature, Optional.of(Keys.generate().getPublic()), Optional.empty());
        assertThat(codes(verdict)).containsExactly("key", "signature");
        ReportDocument document = ReportDocument.parse(json);
        String forged = ReportSignature.sign(Sm2Signer.of(Keys.generate().getPrivate()), document.id(), json)
                .text();
        assertThat(codes(ReportVerifier.verify(json, forged, key, Optional.empty())))
                .contains("key", "signature");
        assertThat(codes(ReportVerifier.verify(json, forged, Optional.empty(), Optional.empty())))
                .as("the document names its key")
                .contains("key");
    }

    @Test
    void what_is_no_report_is_unusable_and_not_a_failure() {
        Verdict verdict = ReportVerifier.verify(new byte[] {1}, "nothing", key, Optional.empty());
        assertThat(verdict.usable()).isFalse();
        assertThat(verdict.exitCode()).isEqualTo(2);
        assertThat(codes(ReportVerifier.verify(
                        "null".getBytes(StandardCharsets.UTF_8), signature, key, Optional.empty())))
                .contains("unreadable", "changed");
        assertThat(codes(
                        ReportVerifier.verify("{}".getBytes(StandardCharsets.UTF_8), signature, key, Optional.empty())))
                .contains("unreadable", "changed");
    }

    @Test
    void a_record_that_is_not_in_the_bundle_is_named() throws Exception {
        Path part = world.bundle(new LedgerExport.Scope(World.FROM, World.MIDDLE, ""));
        Verdict verdict = ReportVerifier.verify(json, signature, key, Optional.of(part));
        assertThat(codes(verdict)).containsExactly("missing");
        assertThat(verdict.problems()).anyMatch(problem -> problem.message()
                .matches("leaf \\d+ of incident inc2 revision 1 is not in the bundle"));
    }

    @Test
    void a_leaf_that_was_changed_is_named_by_the_bundle_and_by_the_report() throws Exception {
        Path whole = world.bundle(LedgerExport.Scope.ALL);
        String text = Files.readString(whole);
        Files.writeString(whole, text.replace("\\\"id\\\":\\\"inc2\\\"", "\\\"id\\\":\\\"inc0\\\""));
        Verdict verdict = ReportVerifier.verify(json, signature, key, Optional.of(whole));
        assertThat(verdict.problems()).anyMatch(problem -> problem.message()
                .contains("is not the one that the report names for incident inc2"));
        assertThat(codes(verdict)).contains("root");
    }

    @Test
    void a_bundle_of_another_ledger_is_named() throws Exception {
        Path other = directory.resolve("other");
        Files.createDirectories(other);
        try (World elsewhere = new World(CaseDatabases.embedded(other.resolve("cases")), other)) {
            elsewhere.fill();
            Verdict verdict = ReportVerifier.verify(
                    json,
                    signature,
                    key,
                    Optional.of(elsewhere.bundle(LedgerExport.Scope.ALL)),
                    Optional.of(world.ledgerKey.getPublic()));
            assertThat(codes(verdict)).contains("signature", "key", "changed");
        }
        assertThat(ReportVerifier.verify(json, signature, key, Optional.of(directory.resolve("none")))
                        .problems())
                .isNotEmpty();
    }

    @Test
    void another_report_sealed_under_the_same_id_is_named() throws Exception {
        ReportDocument document = ReportDocument.parse(json);
        byte[] other =
                document.canonical().replace("\"value\":4", "\"value\":3").getBytes(StandardCharsets.UTF_8);
        String resigned = ReportSignature.sign(Sm2Signer.of(world.reportKey.getPrivate()), document.id(), other)
                .text();
        Verdict verdict =
                ReportVerifier.verify(other, resigned, key, Optional.of(world.bundle(LedgerExport.Scope.ALL)));
        assertThat(verdict.problems()).singleElement().matches(problem -> problem.message()
                .contains("seals a report of this id with SM3"));
    }
}
