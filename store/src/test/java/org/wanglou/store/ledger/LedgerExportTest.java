package org.wanglou.store.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.wanglou.store.ledger.LedgerSamples.ORIGIN;
import static org.wanglou.store.ledger.LedgerSamples.PAIR;
import static org.wanglou.store.ledger.LedgerSamples.SIGNER;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wanglou.crypto.sm.Keys;
import org.wanglou.crypto.sm.Sm3;
import org.wanglou.model.Meters;
import org.wanglou.store.cases.CaseDatabase;
import org.wanglou.store.cases.CaseDatabases;
import org.wanglou.store.ledger.LedgerExport.Scope;
import org.wanglou.store.ledger.Verdict.Problem;

/** Bundles and proofs: they verify far from the ledger, and a changed one is named. */
class LedgerExportTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int INCIDENTS = 290;
    private static final String BODY = "{\"望\":\"楼\"}";

    @TempDir
    Path dir;

    private CaseDatabase cases;
    private Path ledger;

    @BeforeEach
    void a_ledger_of_incidents_and_one_message() {
        cases = CaseDatabases.embedded(dir.resolve("db"));
        LedgerWriterTest.owe(cases, 0, INCIDENTS);
        cases.transaction(tx -> {
            tx.oweEntry(
                    "notification.sent",
                    "message",
                    "msg_1",
                    1,
                    "370200",
                    "machine",
                    1_764_000_100_000L,
                    "{\"id\":\"msg_1\",\"text\":\"望楼\"}",
                    Sm3.hex(BODY.getBytes(StandardCharsets.UTF_8)));
            return true;
        });
        ledger = dir.resolve("ledger");
        try (Ledger open = Ledger.open(ledger, ORIGIN, SIGNER)) {
            new LedgerWriter(open, cases, new Meters()).round();
        }
    }

    @AfterEach
    void close() {
        cases.close();
    }

    @Test
    void a_whole_bundle_verifies_offline() throws Exception {
        Path bundle = export(Scope.ALL);
        Verdict verdict = verify(bundle, Optional.empty());
        assertThat(verdict.problems()).isEmpty();
        assertThat(verdict.exitCode()).isZero();
        assertThat(verdict.leaves()).isEqualTo(INCIDENTS + 1);
        assertThat(verdict.objects()).isEqualTo(INCIDENTS + 1);
        assertThat(Files.readString(bundle)).contains(Sm3.hex(BODY.getBytes(StandardCharsets.UTF_8)));
        Verdict own = new LedgerVerifier(Optional.empty(), Optional.empty()).verify(bundle, Optional.empty());
        assertThat(own.ok()).isTrue();
        assertThat(own.notes()).anyMatch(note -> note.contains("the bundle itself carries"));
    }

    @Test
    void a_part_by_time_or_organization_proves_each_leaf() throws Exception {
        Path part = export(new Scope(1_764_000_000_100L, 1_764_000_000_110L, ""));
        Verdict verdict = verify(part, Optional.empty());
        assertThat(verdict.ok()).as(verdict.text()).isTrue();
        assertThat(verdict.leaves()).isEqualTo(10);
        assertThat(verdict.notes()).anyMatch(note -> note.contains("completeness is not"));
        Path unit = export(new Scope(Long.MIN_VALUE, Long.MAX_VALUE, "370200"));
        assertThat(verify(unit, Optional.empty()).leaves()).isEqualTo(1);
        assertThat(Files.readAllLines(unit)).hasSize(2);
    }

    @Test
    void a_flipped_byte_anywhere_in_a_bundle_is_noticed() throws Exception {
        for (Scope scope : List.of(Scope.ALL, new Scope(1_764_000_000_100L, 1_764_000_000_103L, ""))) {
            Path bundle = export(scope);
            byte[] whole = Files.readAllBytes(bundle);
            int step = scope.all() ? 1009 : 7;
            for (int at = 0; at < whole.length; at += step) {
                byte[] changed = whole.clone();
                changed[at] ^= 1;
                Files.write(bundle, changed);
                Verdict verdict = verify(bundle, Optional.empty());
                // The values of the header's range are for people; nothing rests on them.
                if (!incidental(whole, at)) {
                    assertThat(verdict.exitCode()).as("byte %d", at).isNotZero();
                }
            }
        }
    }

    private static boolean incidental(byte[] whole, int at) {
        String text = new String(whole, StandardCharsets.ISO_8859_1);
        int from = text.indexOf("\"from\":") + 7;
        int to = text.indexOf(",\"count\"");
        return from > 7 && at > from && at < to;
    }

    @Test
    void each_kind_of_change_is_named_with_its_line_and_leaf() throws Exception {
        Path bundle = export(Scope.ALL);
        List<String> lines = Files.readAllLines(bundle);

        edit(bundle, lines, 8, node -> node.put("object", "{\"id\":\"inc_x\"}"));
        assertThat(verify(bundle, Optional.empty()).problems())
                .containsExactly(new Problem(
                        "object",
                        bundle + " line 9",
                        "leaf 7: the incident inc_7 revision 1 is not the sealed one: object or salt was changed"));

        edit(
                bundle,
                lines,
                8,
                node -> node.put("leaf", node.get("leaf").textValue().replace("inc_7", "inc_8")));
        assertThat(verify(bundle, Optional.empty()).problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.message()).contains("do not give the signed root"));

        List<String> cut = new ArrayList<>(lines);
        cut.remove(8);
        Files.write(bundle, cut);
        assertThat(verify(bundle, Optional.empty()).problems())
                .containsExactly(new Problem("deleted", bundle + " line 9", "leaf 7 is missing before leaf 8"));

        cut = new ArrayList<>(lines.subList(0, 200));
        Files.write(bundle, cut);
        assertThat(verify(bundle, Optional.empty()).problems()).singleElement().satisfies(problem -> assertThat(
                        problem.message())
                .contains("ends after leaf 198, the checkpoint has 291 leaves"));

        edit(
                bundle,
                lines,
                0,
                node -> node.put(
                        "checkpoint", node.get("checkpoint").textValue().replace("\n291\n", "\n292\n")));
        assertThat(verify(bundle, Optional.empty()).problems())
                .extracting(Problem::code)
                .contains("signature");

        edit(bundle, lines, 8, node -> node.putNull("object").putNull("salt"));
        Verdict erased = verify(bundle, Optional.empty());
        assertThat(erased.ok()).isTrue();
        assertThat(erased.notes()).anyMatch(note -> note.contains("1 objects are not contained"));

        Files.writeString(bundle, "{\"hello\":1}\n");
        assertThat(verify(bundle, Optional.empty()).exitCode()).isEqualTo(2);
    }

    @Test
    void a_bundle_by_another_key_is_named() throws Exception {
        Path bundle = export(Scope.ALL);
        Verdict verdict = new LedgerVerifier(Optional.of(Keys.generate().getPublic()), Optional.empty())
                .verify(bundle, Optional.empty());
        assertThat(verdict.exitCode()).isEqualTo(1);
        assertThat(verdict.problems()).extracting(Problem::code).contains("key", "signature");
    }

    @Test
    void against_a_newer_head_a_bundle_needs_the_proof_that_it_is_continued() throws Exception {
        Path bundle = export(Scope.ALL);
        String same = LedgerReader.read(ledger).checkpointText();
        assertThat(verify(bundle, Optional.of(same)).ok()).isTrue();
        LedgerWriterTest.owe(cases, 1000, 1010);
        try (Ledger open = Ledger.open(ledger, ORIGIN, SIGNER)) {
            new LedgerWriter(open, cases, new Meters()).round();
        }
        LedgerReader now = LedgerReader.read(ledger);
        assertThat(verify(bundle, Optional.of(now.checkpointText())).problems())
                .extracting(Problem::code)
                .containsExactly("old");
        assertThat(verify(bundle, Optional.of(now.headSince(INCIDENTS + 1))).ok())
                .isTrue();
        assertThat(verify(bundle, Optional.of(now.headSince(INCIDENTS))).problems())
                .extracting(Problem::code)
                .containsExactly("old");
        // And the other way round: today's bundle against yesterday's head.
        assertThat(verify(export(Scope.ALL), Optional.of(same)).ok()).isTrue();
    }

    @Test
    void a_proof_verifies_with_its_object_and_with_nothing_else() throws Exception {
        LedgerReader reader = LedgerReader.read(ledger);
        long index = reader.find("incident", "inc_7", 1).orElseThrow();
        Path proof = Files.writeString(dir.resolve("proof.txt"), reader.proofText(index));
        CaseDatabase.OwedEntry row =
                cases.transaction(tx -> tx.entriesOf("incident", "inc_7")).get(0);
        Path object = Files.writeString(
                dir.resolve("object.json"), "{\"object\":" + row.objectJson() + ",\"salt\":\"" + row.salt() + "\"}");
        Verdict verdict = proof(proof, Optional.of(object), Optional.of(reader.checkpointText()));
        assertThat(verdict.ok()).as(verdict.text()).isTrue();
        assertThat(verdict.objects()).isEqualTo(1);

        Files.writeString(object, "{\"object\":{\"id\":\"inc_8\"},\"salt\":\"" + row.salt() + "\"}");
        assertThat(proof(proof, Optional.of(object), Optional.empty()).problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.message()).contains("incident inc_7 revision 1"));

        byte[] whole = Files.readAllBytes(proof);
        for (int at = 0; at < whole.length; at++) {
            byte[] changed = whole.clone();
            changed[at] ^= 1;
            Files.write(proof, changed);
            assertThat(proof(proof, Optional.empty(), Optional.empty()).exitCode())
                    .as("byte %d", at)
                    .isNotZero();
        }
        Files.write(proof, whole);
        assertThat(new LedgerVerifier(Optional.empty(), Optional.empty())
                        .verify(proof, Optional.empty())
                        .exitCode())
                .isEqualTo(2);
    }

    @Test
    void a_message_is_proven_by_the_bytes_that_were_sent() throws Exception {
        LedgerReader reader = LedgerReader.read(ledger);
        long index = reader.find("message", "msg_1", -1).orElseThrow();
        Path proof = Files.writeString(dir.resolve("proof.txt"), reader.proofText(index));
        Path body = Files.writeString(dir.resolve("body.json"), BODY);
        assertThat(proof(proof, Optional.of(body), Optional.empty()).ok()).isTrue();
        Files.writeString(body, BODY + " ");
        assertThat(proof(proof, Optional.of(body), Optional.empty()).problems())
                .extracting(Problem::code)
                .containsExactly("object");
    }

    private interface Edit {
        void apply(ObjectNode node);
    }

    private static void edit(Path bundle, List<String> lines, int line, Edit edit) throws Exception {
        List<String> changed = new ArrayList<>(lines);
        JsonNode node = JSON.readTree(changed.get(line));
        edit.apply((ObjectNode) node);
        changed.set(line, JSON.writeValueAsString(node));
        Files.write(bundle, changed);
    }

    private Path export(Scope scope) throws Exception {
        Path bundle = dir.resolve("bundle.ndjson");
        try (OutputStream out = Files.newOutputStream(bundle)) {
            new LedgerExport(LedgerReader.read(ledger), cases, PAIR.getPublic()).write(scope, out);
        }
        return bundle;
    }

    private static Verdict verify(Path bundle, Optional<String> head) {
        return new LedgerVerifier(Optional.of(PAIR.getPublic()), head).verify(bundle, Optional.empty());
    }

    private static Verdict proof(Path proof, Optional<Path> object, Optional<String> head) {
        return new LedgerVerifier(Optional.of(PAIR.getPublic()), head).verify(proof, object);
    }
}
