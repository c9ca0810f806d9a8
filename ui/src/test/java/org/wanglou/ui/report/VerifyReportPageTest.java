package org.wanglou.ui.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wanglou.crypto.sm.Keys;
import org.wanglou.store.cases.CaseDatabases;
import org.wanglou.ui.report.document.Indicator;
import org.wanglou.ui.report.document.ReportDocument;

/** Runs the commands of docs/auditors/verify-report.md as they stand there. */
class VerifyReportPageTest {
    private static final Path PAGE = Path.of("../docs/auditors/verify-report.md");

    @TempDir
    Path directory;

    private record Ran(int code, String output) {}

    @Test
    void a_report_is_verified_with_openssl_as_documented() throws Exception {
        Assumptions.assumeTrue(
                Files.isExecutable(Path.of("/usr/bin/openssl")), "needs /usr/bin/openssl (apt-get install openssl)");
        try (World world = new World(CaseDatabases.embedded(directory.resolve("cases")), directory)) {
            world.fill();
            String id = world.reports
                    .make("zhao", "37", World.FROM, World.TO)
                    .entry()
                    .id();
            world.seal();
            byte[] json = world.reports.json(id);
            Files.write(directory.resolve("report.json"), json);
            Files.writeString(directory.resolve("report.sig.txt"), world.reports.signature(id));
            Files.writeString(directory.resolve("report.pem"), Keys.publicPem(world.reportKey.getPublic()));
            assertThat(run(step("signature"))).isEqualTo(new Ran(0, "Verified OK\nthe digest is the signed one\n"));

            Indicator.Ref ref = ReportDocument.parse(json)
                    .indicator("incidents.grade.major.confirmed")
                    .orElseThrow()
                    .records()
                    .get(0);
            Files.writeString(directory.resolve("proof.txt"), world.ledger.proofText(ref.ledgerIndex()));
            String given = "index=" + ref.ledgerIndex() + "\n";
            assertThat(run(given + step("record"))).isEqualTo(new Ran(0, "the report names this leaf\n"));
            Files.writeString(directory.resolve("proof.txt"), world.ledger.proofText(ref.ledgerIndex() + 1));
            assertThat(run(given + step("record")).output()).isEmpty();

            json[json.length / 2] ^= 1;
            Files.write(directory.resolve("report.json"), json);
            assertThat(run(step("signature")).output()).doesNotContain("OK").doesNotContain("signed one");
        }
    }

    private static String step(String name) throws IOException {
        Matcher block = Pattern.compile("<!-- step: " + name + " -->\n```bash\n(.*?)```", Pattern.DOTALL)
                .matcher(Files.readString(PAGE));
        assertThat(block.find()).as("step %s in %s", name, PAGE).isTrue();
        return block.group(1);
    }

    private Ran run(String script) throws IOException, InterruptedException {
        Process process = new ProcessBuilder("bash", "-c", script)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return new Ran(process.exitValue(), output);
    }
}
