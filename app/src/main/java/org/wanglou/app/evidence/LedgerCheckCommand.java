package org.wanglou.app.evidence;

import java.io.IOException;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.wanglou.app.cli.DataOption;
import org.wanglou.app.cli.Output;
import org.wanglou.store.ledger.LedgerCheck;
import org.wanglou.store.ledger.LedgerVerifier;
import org.wanglou.store.ledger.Verdict;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/**
 * {@code wanglou ledger check}: every file of the ledger, the last signed head that the case database knows, and every
 * object it holds.
 */
@Command(
        name = "check",
        description = {
            "Verifies the ledger in full and compares it with the last signed head and every sealed object of the case"
                    + " database.",
            "While an instance runs on the data directory only the ledger's files are verified, and the answer says so."
        },
        mixinStandardHelpOptions = true)
final class LedgerCheckCommand implements Callable<Integer> {
    @Mixin
    private Output output = new Output();

    @Mixin
    private DataOption data = new DataOption();

    @Override
    public Integer call() throws IOException {
        LedgerFiles files = new LedgerFiles(data.existing());
        PublicKey key = files.key();
        Verdict verdict = files.withCases(cases -> LedgerCheck.check(files.directory(), cases, key))
                .orElseGet(() -> alone(files, key));
        output.answer(verdict, verdict.text());
        return verdict.exitCode();
    }

    private static Verdict alone(LedgerFiles files, PublicKey key) {
        Verdict verdict = new LedgerVerifier(Optional.of(key), Optional.empty()).directory(files.directory());
        List<String> notes = new ArrayList<>(verdict.notes());
        notes.add("an instance is running on this data directory: its case database was not compared; use the console's"
                + " check, or stop the instance and check again");
        return new Verdict(
                verdict.kind(),
                verdict.subject(),
                verdict.origin(),
                verdict.size(),
                verdict.root(),
                verdict.kid(),
                verdict.leaves(),
                verdict.objects(),
                verdict.problems(),
                notes,
                verdict.usable());
    }
}
