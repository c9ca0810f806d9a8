package org.wanglou.app.evidence;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code wanglou ledger}: reads and checks the ledger of a data directory. */
@Command(
        name = "ledger",
        description = "Checks the ledger of a data directory and takes proofs, bundles and heads out of it.",
        mixinStandardHelpOptions = true,
        subcommands = {
            LedgerCheckCommand.class,
            LedgerProveCommand.class,
            LedgerExportCommand.class,
            LedgerHeadCommand.class,
            CommandLine.HelpCommand.class
        })
public final class LedgerCommand implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "say check, prove, export or head");
    }
}
