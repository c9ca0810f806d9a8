package org.wanglou.app.evidence;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.wanglou.app.cli.DataOption;
import org.wanglou.app.cli.ExitCode;
import org.wanglou.bus.codec.Jsons;
import org.wanglou.store.cases.CaseDatabase.OwedEntry;
import org.wanglou.store.ledger.LedgerReader;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code wanglou ledger prove}: the proof that one object is sealed, as a file that verifies offline. */
@Command(
        name = "prove",
        description = "Writes the proof that an object is sealed (C2SP tlog-proof), from a running instance too.",
        mixinStandardHelpOptions = true)
final class LedgerProveCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Mixin
    private DataOption data = new DataOption();

    @Parameters(index = "0", paramLabel = "TYPE", description = "Such as incident, case, message, rulebundle, config.")
    private String type = "";

    @Parameters(index = "1", paramLabel = "ID", description = "The object's id.")
    private String id = "";

    @Option(
            names = "--revision",
            paramLabel = "N",
            defaultValue = "-1",
            description = "Its revision (default: the newest).")
    private int revision = -1;

    @Option(names = "--out", paramLabel = "FILE", description = "Write the proof there (default: standard output).")
    private Path out = Path.of("");

    @Option(
            names = "--object",
            paramLabel = "FILE",
            description = "Also write the sealed object with its salt there; needs the instance stopped.")
    private Path object = Path.of("");

    @Override
    public Integer call() throws IOException {
        LedgerFiles files = new LedgerFiles(data.existing());
        LedgerReader ledger = files.read();
        Optional<Long> index = ledger.find(type, id, revision);
        if (index.isEmpty()) {
            spec.commandLine()
                    .getErr()
                    .println("no leaf under the signed head seals " + type + " " + id
                            + (revision < 0 ? "" : " revision " + revision));
            return ExitCode.FAILED;
        }
        String proof = ledger.proofText(index.get());
        if (out.toString().isEmpty()) {
            spec.commandLine().getOut().print(proof);
            spec.commandLine().getOut().flush();
        } else {
            Files.writeString(out, proof);
        }
        return object.toString().isEmpty() ? ExitCode.OK : writeObject(files, index.get());
    }

    private int writeObject(LedgerFiles files, long index) throws IOException {
        Optional<List<OwedEntry>> rows = files.withCases(cases -> cases.transaction(tx -> tx.entriesOf(type, id)));
        if (rows.isEmpty()) {
            throw new IllegalStateException(
                    "the proof is written; the object lies in the case database, which a running"
                            + " instance has open: stop it, or take the object from the console");
        }
        Optional<OwedEntry> row =
                rows.get().stream().filter(one -> one.index() == index).findFirst();
        if (row.isEmpty()) {
            throw new IllegalStateException("the case database no longer holds the object of leaf " + index);
        }
        Map<String, Object> written = new LinkedHashMap<>();
        written.put("object", row.get().objectJson());
        written.put("salt", row.get().salt());
        Files.writeString(object, Jsons.text(written) + "\n");
        return ExitCode.OK;
    }
}
