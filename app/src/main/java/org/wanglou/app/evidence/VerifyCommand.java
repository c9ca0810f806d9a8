package org.wanglou.app.evidence;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.wanglou.app.cli.Output;
import org.wanglou.crypto.sm.Keys;
import org.wanglou.store.ledger.LedgerVerifier;
import org.wanglou.store.ledger.Verdict;
import org.wanglou.ui.report.ReportVerifier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code wanglou verify}: checks evidence offline, without an instance and without the network. */
@Command(
        name = "verify",
        description = {
            "Verifies ledger directories, exported bundles, proofs and reports offline, and names what is wrong.",
            "Exit code 0: sound; 1: something is wrong; 2: cannot be used as evidence at all."
        },
        mixinStandardHelpOptions = true)
public final class VerifyCommand implements Callable<Integer> {
    @Mixin
    private Output output = new Output();

    @Parameters(
            arity = "1..*",
            paramLabel = "FILE",
            description = "Ledger directory (or the data directory around it), bundle of 'ledger export', or proof of"
                    + " 'ledger prove'.")
    private List<Path> files = new ArrayList<>();

    @Option(
            names = "--key",
            paramLabel = "PEM",
            description = "The ledger's public key, got from the unit by another way than the evidence.")
    private Path key = Path.of("");

    @Option(
            names = "--head",
            paramLabel = "FILE",
            description =
                    "A newer signed head ('ledger head'): shows whether the evidence is old, cut short or forked.")
    private Path head = Path.of("");

    @Option(
            names = "--object",
            paramLabel = "FILE",
            description =
                    "With a proof: the sealed object, {\"object\":…,\"salt\":…}, or the exact bytes of a message.")
    private Path object = Path.of("");

    @Option(
            names = "--signature",
            paramLabel = "FILE",
            description = "FILE is a report's JSON and this its signature; --key is then the report key.")
    private Path signature = Path.of("");

    @Option(
            names = "--bundle",
            paramLabel = "FILE",
            description = "With --signature: bundle of 'ledger export' that must hold every record the report names.")
    private Path bundle = Path.of("");

    @Option(names = "--ledger-key", paramLabel = "PEM", description = "With --bundle: the ledger's public key.")
    private Path ledgerKey = Path.of("");

    @Override
    public Integer call() throws IOException {
        List<Verdict> verdicts = given(signature).isPresent() ? reports() : evidence();
        StringBuilder text = new StringBuilder();
        verdicts.forEach(verdict -> text.append(verdict.text()));
        output.answer(verdicts.size() == 1 ? verdicts.get(0) : verdicts, text.toString());
        return verdicts.stream().mapToInt(Verdict::exitCode).max().orElse(0);
    }

    private List<Verdict> reports() throws IOException {
        if (files.size() != 1) {
            throw output.usage("--signature goes with one report");
        }
        return List.of(ReportVerifier.verify(
                Files.readAllBytes(files.get(0)),
                Files.readString(signature),
                key("--key", key),
                given(bundle),
                key("--ledger-key", ledgerKey)));
    }

    private List<Verdict> evidence() {
        LedgerVerifier verifier = new LedgerVerifier(key("--key", key), head());
        List<Verdict> verdicts = new ArrayList<>();
        for (Path file : files) {
            Path subject = Files.exists(file.resolve("ledger").resolve("checkpoint")) ? file.resolve("ledger") : file;
            verdicts.add(verifier.verify(subject, given(object)));
        }
        return verdicts;
    }

    private Optional<PublicKey> key(String option, Path path) {
        Optional<Path> given = given(path);
        if (given.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(Keys.publicFromPem(Files.readString(given.get())));
        } catch (IOException | IllegalArgumentException e) {
            throw output.usage(option + " " + path + " is no SM2 public key in PEM: " + e.getMessage());
        }
    }

    private Optional<String> head() {
        Optional<Path> given = given(head);
        if (given.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(Files.readString(given.get()));
        } catch (IOException e) {
            throw output.usage("--head " + head + " cannot be read as text");
        }
    }

    private static Optional<Path> given(Path path) {
        return path.toString().isEmpty() ? Optional.empty() : Optional.of(path);
    }
}
