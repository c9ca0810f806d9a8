package org.wanglou.app.evidence;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.PublicKey;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.wanglou.alerting.evidence.Seals;
import org.wanglou.alerting.evidence.Texts;
import org.wanglou.app.cli.DataOption;
import org.wanglou.app.cli.ExitCode;
import org.wanglou.app.cli.Output;
import org.wanglou.crypto.sm.Sm3;
import org.wanglou.store.cases.CaseDatabase;
import org.wanglou.store.ledger.LedgerExport;
import org.wanglou.store.ledger.LedgerExport.Scope;
import org.wanglou.store.ledger.LedgerReader;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code wanglou ledger export}: leaves with their sealed objects as one file that verifies offline. */
@Command(
        name = "export",
        description = {
            "Writes the ledger, or a part of it, with the sealed objects as one bundle that 'wanglou verify' takes.",
            "Needs the instance stopped; a running one exports from the console."
        },
        mixinStandardHelpOptions = true)
final class LedgerExportCommand implements Callable<Integer> {
    private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

    @Mixin
    private Output output = new Output();

    @Mixin
    private DataOption data = new DataOption();

    @Option(names = "--out", required = true, paramLabel = "FILE", description = "The bundle to write.")
    private Path out = Path.of("");

    @Option(
            names = "--from",
            paramLabel = "DAY",
            description = "First day, such as 2026-11-01 (Asia/Shanghai), or an instant such as 2026-11-01T00:00:00Z.")
    private String from = "";

    @Option(names = "--to", paramLabel = "DAY", description = "The day, or instant, before which it ends.")
    private String to = "";

    @Option(names = "--organization", paramLabel = "ID", description = "Only this unit.")
    private String organization = "";

    @Override
    public Integer call() throws IOException {
        LedgerFiles files = new LedgerFiles(data.existing());
        PublicKey key = files.key();
        Scope scope = from.isEmpty() && to.isEmpty() && organization.isEmpty()
                ? Scope.ALL
                : new Scope(millis(from, Long.MIN_VALUE), millis(to, Long.MAX_VALUE), organization);
        Optional<Long> leaves = files.withCases(cases -> write(files, cases, key, scope));
        if (leaves.isEmpty()) {
            throw new IllegalStateException("a running instance has the case database open: export from the console, or"
                    + " stop the instance");
        }
        output.answer(
                Map.of("file", out.toString(), "leaves", leaves.get()),
                leaves.get() + " leaves in " + out
                        + "; give it away together with the key by another way: 'wanglou keys" + " export ledger'");
        return ExitCode.OK;
    }

    private long write(LedgerFiles files, CaseDatabase cases, PublicKey key, Scope scope) {
        Path fresh = out.resolveSibling(out.getFileName() + ".new");
        try {
            LedgerReader ledger = files.read();
            long leaves;
            try (OutputStream stream = new BufferedOutputStream(Files.newOutputStream(fresh))) {
                leaves = new LedgerExport(ledger, cases, key).write(scope, stream);
            }
            Files.move(fresh, out, StandardCopyOption.REPLACE_EXISTING);
            seal(cases, leaves);
            return leaves;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + out, e);
        }
    }

    /** That something was taken out is itself sealed, by the instance at its next start. */
    private void seal(CaseDatabase cases, long leaves) throws IOException {
        long now = System.currentTimeMillis();
        String object = Texts.canonical(Map.of(
                "what", "ledger",
                "from", from,
                "to", to,
                "organization", organization,
                "leaves", leaves,
                "sm3", Sm3.hex(Files.readAllBytes(out)),
                "by", "command line",
                "at", now));
        cases.transaction(tx -> {
            tx.oweEntry(
                    "export.ledger",
                    "export",
                    "ledger-" + now,
                    1,
                    organization.isEmpty() ? "unassigned" : organization,
                    Seals.MACHINE,
                    now,
                    object,
                    "");
            return now;
        });
    }

    private long millis(String text, long absent) {
        if (text.isEmpty()) {
            return absent;
        }
        try {
            return text.contains("T")
                    ? Instant.parse(text).toEpochMilli()
                    : LocalDate.parse(text).atStartOfDay(ZONE).toInstant().toEpochMilli();
        } catch (DateTimeException e) {
            throw output.usage("\"" + text + "\" is neither a day such as 2026-11-01 nor an instant such as"
                    + " 2026-11-01T00:00:00Z");
        }
    }
}
