package org.wanglou.app.evidence;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.wanglou.app.cli.DataOption;
import org.wanglou.app.cli.ExitCode;
import org.wanglou.app.cli.Output;
import org.wanglou.store.ledger.LedgerReader;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code wanglou ledger head}: the last signed head, for whoever keeps it elsewhere. */
@Command(
        name = "head",
        description =
                "Prints the last signed head, from a running instance too. Kept elsewhere, it shows later whether anything"
                        + " was cut off or rewritten ('wanglou verify --head').",
        mixinStandardHelpOptions = true)
final class LedgerHeadCommand implements Callable<Integer> {
    @Mixin
    private Output output = new Output();

    @Mixin
    private DataOption data = new DataOption();

    @Option(
            names = "--since",
            paramLabel = "SIZE",
            defaultValue = "-1",
            description = "With the proof that it continues the first SIZE leaves.")
    private long since = -1;

    @Option(names = "--out", paramLabel = "FILE", description = "Write it there (default: standard output).")
    private Path out = Path.of("");

    @Override
    public Integer call() throws IOException {
        LedgerReader ledger = new LedgerFiles(data.existing()).read();
        if (since > ledger.head().size()) {
            throw output.usage("--since " + since + ": the signed head has "
                    + ledger.head().size() + " leaves");
        }
        String text = since < 0 ? ledger.checkpointText() : ledger.headSince(since);
        if (!out.toString().isEmpty()) {
            Files.writeString(out, text);
        } else if (output.json()) {
            output.answer(
                    java.util.Map.of(
                            "origin", ledger.head().origin(),
                            "size", ledger.head().size(),
                            "root", ledger.head().rootHex(),
                            "checkpoint", text),
                    "");
        } else {
            output.out().print(text);
            output.out().flush();
        }
        return ExitCode.OK;
    }
}
