package org.wanglou.store.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.wanglou.store.ledger.LedgerSamples.PAIR;
import static org.wanglou.store.ledger.LedgerSamples.SIGNER;
import static org.wanglou.store.ledger.LedgerSamples.entry;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wanglou.crypto.envelope.Jcs;
import org.wanglou.crypto.envelope.SignedEnvelope;
import org.wanglou.crypto.envelope.WebhookSignature;
import org.wanglou.crypto.sm.Keys;

/** Runs the commands of docs/auditors/verify-with-openssl.md as they stand there. */
class VerifyWithOpenSslTest {
    private static final Path PAGE = Path.of("../docs/auditors/verify-with-openssl.md");

    @TempDir
    Path dir;

    private record Ran(int code, String output) {}

    @BeforeEach
    void openssl_is_there() {
        Assumptions.assumeTrue(
                Files.isExecutable(Path.of("/usr/bin/openssl")), "needs /usr/bin/openssl (apt-get install openssl)");
    }

    @Test
    void a_message_is_verified_as_documented() throws Exception {
        byte[] body = "{\"望\":\"楼\"}".getBytes(StandardCharsets.UTF_8);
        Files.write(dir.resolve("body.json"), body);
        Files.writeString(dir.resolve("notify.pem"), Keys.publicPem(PAIR.getPublic()));
        String given = "id=msg_1 timestamp=1764000000 signature='"
                + WebhookSignature.of(SIGNER, "msg_1", "1764000000", body) + "'\n";
        assertThat(run(given + step("message"))).isEqualTo(new Ran(0, "Verified OK\n"));
        Files.write(dir.resolve("body.json"), "{}".getBytes(StandardCharsets.UTF_8));
        assertThat(run(given + step("message")).output()).doesNotContain("Verified OK");
    }

    /** Forty heads, so that some R or S begins with zeros or a high bit. */
    @Test
    void a_checkpoint_is_verified_as_documented() throws Exception {
        Files.writeString(dir.resolve("ledger.pem"), Keys.publicPem(PAIR.getPublic()));
        try (Ledger ledger = Ledger.open(dir.resolve("ledger"), LedgerSamples.ORIGIN, SIGNER)) {
            for (int i = 0; i < 40; i++) {
                ledger.append(LedgerSamples.entries(i, i + 1));
                ledger.seal();
                Files.writeString(dir.resolve("checkpoint"), ledger.checkpointText());
                assertThat(run(step("checkpoint"))).isEqualTo(new Ran(0, "Verified OK\n"));
            }
            Files.writeString(dir.resolve("checkpoint"), ledger.checkpointText().replace("\n40\n", "\n41\n"));
            assertThat(run(step("checkpoint")).output()).doesNotContain("Verified OK");
        }
    }

    @Test
    void every_leaf_and_its_object_are_verified_as_documented() throws Exception {
        Files.writeString(dir.resolve("ledger.pem"), Keys.publicPem(PAIR.getPublic()));
        String object = "{\"id\":\"inc_5\",\"title\":\"暴力破解 100%\"}";
        String salt = "00ff25".repeat(10) + "5c6e";
        LedgerEntry five = new LedgerEntry(
                1,
                "incident.open",
                "inc_5",
                1,
                "370100",
                5,
                1_764_000_000_000L,
                "machine",
                LedgerEntry.objectHash(object, salt),
                "incident",
                "");
        try (Ledger ledger = Ledger.open(dir.resolve("ledger"), LedgerSamples.ORIGIN, SIGNER)) {
            ledger.append(LedgerSamples.entries(0, 5));
            ledger.append(java.util.List.of(five));
            ledger.append(LedgerSamples.entries(6, 11));
            ledger.seal();
            for (int index = 0; index < 11; index++) {
                Files.writeString(dir.resolve("proof.txt"), ledger.proofText(index));
                assertThat(run(step("cut") + step("checkpoint") + step("path")))
                        .as("leaf %d", index)
                        .isEqualTo(new Ran(0, "Verified OK\nthe leaf is in the ledger\n"));
            }
            Files.writeString(dir.resolve("proof.txt"), ledger.proofText(5));
        }
        Files.writeString(dir.resolve("object.json"), object);
        Files.writeString(dir.resolve("salt.txt"), salt + "\n");
        assertThat(run(step("cut") + step("object"))).isEqualTo(new Ran(0, "the object is the sealed one\n"));

        Files.writeString(dir.resolve("object.json"), object.replace("inc_5", "inc_6"));
        assertThat(run(step("cut") + step("object")).output()).isEmpty();
        String proof = Files.readString(dir.resolve("proof.txt"));
        Files.writeString(dir.resolve("proof.txt"), proof.replace("index 5", "index 4"));
        assertThat(run(step("cut") + step("path")).output()).isEmpty();
        String other = java.util.Base64.getEncoder().encodeToString(entry(6).bytes());
        Files.writeString(dir.resolve("proof.txt"), proof.replaceFirst("extra .*", "extra " + other));
        assertThat(run(step("cut") + step("path")).output()).isEmpty();
    }

    @Test
    void a_signed_document_is_verified_as_documented() throws Exception {
        String document = Jcs.canonical("{\"b\":1.50,\"a\":\"望楼\"}");
        Files.writeString(dir.resolve("report.json"), document);
        Files.writeString(dir.resolve("report.pem"), Keys.publicPem(PAIR.getPublic()));
        SignedEnvelope envelope = SignedEnvelope.sign(SIGNER, document, Instant.parse("2026-11-24T01:02:03Z"));
        Files.writeString(dir.resolve("envelope.json"), envelope.toJson() + "\n");
        assertThat(run(step("document"))).isEqualTo(new Ran(0, "Verified OK\nthe document is the signed one\n"));
        Files.writeString(dir.resolve("report.json"), document.replace("1.5", "2.5"));
        assertThat(run(step("document")).output()).doesNotContain("the document is the signed one");
    }

    private static String step(String name) throws IOException {
        Matcher block = Pattern.compile("<!-- step: " + name + " -->\n```bash\n(.*?)```", Pattern.DOTALL)
                .matcher(Files.readString(PAGE));
        assertThat(block.find()).as("step %s in %s", name, PAGE).isTrue();
        return block.group(1);
    }

    private Ran run(String script) throws IOException, InterruptedException {
        Process process = new ProcessBuilder("bash", "-c", script)
                .directory(dir.toFile())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return new Ran(process.exitValue(), output);
    }
}
