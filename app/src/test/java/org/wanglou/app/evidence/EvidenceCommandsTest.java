package org.wanglou.app.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wanglou.app.DataDirectory;
import org.wanglou.app.Run;
import org.wanglou.bus.codec.Jsons;
import org.wanglou.model.Meters;
import org.wanglou.store.cases.CaseDatabase;
import org.wanglou.store.cases.CaseDatabases;
import org.wanglou.store.ledger.Ledger;
import org.wanglou.store.ledger.LedgerWriter;

/** The commands over a data directory with a real ledger and case database. */
class EvidenceCommandsTest {
    @TempDir
    Path temp;

    private Path data;
    private String key;

    @BeforeEach
    void seal() {
        data = temp.resolve("data");
        key = data.resolve("keys/ledger.pub.pem").toString();
        seal(0, 3);
    }

    private void seal(int from, int to) {
        try (DataDirectory directory = DataDirectory.open(data);
                CaseDatabase cases = CaseDatabases.embedded(directory.sub("cases"));
                Ledger ledger = Ledger.open(
                        directory.sub("ledger"),
                        "wanglou/test/ledger/sm3",
                        directory.keys().signer("ledger"));
                LedgerWriter writer = new LedgerWriter(ledger, cases, new Meters())) {
            cases.transaction(tx -> {
                for (int i = from; i < to; i++) {
                    tx.oweEntry(
                            "case.note", "case", "c" + i, 1, "org-1", "machine", 1_000 + i, "{\"n\":" + i + "}", "");
                }
                return to;
            });
            writer.start();
            await().until(() -> cases.transaction(CaseDatabase.Transaction::countOwed) == 0);
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Path target = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(file, target, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
                }
            }
        }
    }

    @Test
    void a_sound_ledger_passes_check_and_verify() throws Exception {
        Run check = Run.of("ledger", "check", "--data", data.toString(), "--format", "json");
        assertThat(check.exit()).as(check.out() + check.err()).isZero();
        JsonNode verdict = Jsons.mapper().readTree(check.out());
        assertThat(verdict.path("kind").asText()).isEqualTo("check");
        assertThat(verdict.path("objects").asInt()).isEqualTo(3);

        assertThat(Run.of("verify", data.toString(), "--key", key).out()).startsWith("ok: directory");
    }

    @Test
    void a_proof_and_its_object_verify_and_a_changed_object_does_not() throws Exception {
        Path proof = temp.resolve("proof.txt");
        Path object = temp.resolve("object.json");
        assertThat(Run.of(
                                "ledger",
                                "prove",
                                "case",
                                "c1",
                                "--data",
                                data.toString(),
                                "--out",
                                proof.toString(),
                                "--object",
                                object.toString())
                        .exit())
                .isZero();
        String[] verify = {"verify", proof.toString(), "--key", key, "--object", object.toString()};
        assertThat(Run.of(verify).exit()).isZero();

        Files.writeString(object, Files.readString(object).replace("1", "2"));
        Run changed = Run.of(verify);
        assertThat(changed.exit()).isEqualTo(1);
        assertThat(changed.out()).contains("NOT OK", "object or salt was changed");
        assertThat(Run.of("verify", proof.toString()).exit())
                .as("without a key")
                .isEqualTo(2);
    }

    @Test
    void an_export_verifies_and_is_itself_sealed_and_a_changed_one_does_not_verify() throws Exception {
        Path bundle = temp.resolve("bundle.ndjson");
        assertThat(Run.of("ledger", "export", "--data", data.toString(), "--out", bundle.toString())
                        .exit())
                .isZero();
        assertThat(Run.of("verify", bundle.toString(), "--key", key).exit()).isZero();
        Files.writeString(bundle, Files.readString(bundle).replace("\\\"n\\\":1", "\\\"n\\\":7"));
        Run changed = Run.of("verify", bundle.toString(), "--key", key, "--format", "json");
        assertThat(changed.exit()).isEqualTo(1);
        assertThat(Jsons.mapper().readTree(changed.out()).path("problems")).isNotEmpty();

        seal(3, 3);
        assertThat(Run.of("ledger", "prove", "case", "c0", "--data", data.toString())
                        .out())
                .contains("tlog-proof");
        assertThat(Run.of("ledger", "head", "--data", data.toString())
                        .out()
                        .lines()
                        .toList()
                        .get(1))
                .isEqualTo("4");
    }

    @Test
    void an_older_copy_of_the_ledger_is_found_by_the_database_and_by_a_kept_head() throws Exception {
        Path old = temp.resolve("old");
        copy(data.resolve("ledger"), old);
        seal(3, 6);
        Path head = temp.resolve("head.txt");
        assertThat(Run.of("ledger", "head", "--data", data.toString(), "--since", "3", "--out", head.toString())
                        .exit())
                .isZero();
        Run verified = Run.of("verify", old.toString(), "--key", key, "--head", head.toString());
        assertThat(verified.exit()).isEqualTo(1);
        assertThat(verified.out()).contains("old:");

        Files.walk(data.resolve("ledger"))
                .sorted(java.util.Comparator.reverseOrder())
                .forEach(p -> p.toFile().delete());
        copy(old, data.resolve("ledger"));
        Run checked = Run.of("ledger", "check", "--data", data.toString());
        assertThat(checked.exit()).isEqualTo(1);
        assertThat(checked.out()).contains("deleted");
    }

    @Test
    void while_an_instance_runs_the_files_are_verified_and_the_answer_says_what_was_not() {
        try (DataDirectory running = DataDirectory.open(data)) {
            Run check = Run.of("ledger", "check", "--data", running.root().toString());
            assertThat(check.exit()).isZero();
            assertThat(check.out()).contains("case database was not compared");
            Run export = Run.of(
                    "ledger",
                    "export",
                    "--data",
                    data.toString(),
                    "--out",
                    temp.resolve("x").toString());
            assertThat(export.exit()).isEqualTo(3);
            assertThat(export.err()).contains("running instance");
        }
    }

    @Test
    void what_is_no_evidence_cannot_be_used_and_what_is_not_sealed_is_not_proven() throws Exception {
        Path text = Files.writeString(temp.resolve("text"), "hello\n");
        assertThat(Run.of("verify", text.toString(), "--key", key).exit()).isEqualTo(2);
        assertThat(Run.of("verify").exit()).isEqualTo(2);
        Run none = Run.of("ledger", "prove", "case", "nobody", "--data", data.toString());
        assertThat(none.exit()).isEqualTo(1);
        assertThat(Run.of("ledger", "check", "--data", temp.resolve("none").toString())
                        .exit())
                .isEqualTo(3);
    }
}
