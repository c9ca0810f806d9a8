package org.wanglou.app.knowledge;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code wanglou intel}: indicators (STIX, MISP, CSV, plain lists). */
@Command(
        name = "intel",
        description = "Checks indicators (STIX, MISP, CSV, lists), matches events against them, pulls feeds.",
        mixinStandardHelpOptions = true,
        subcommands = {
            IntelCheckCommand.class,
            IntelMatchCommand.class,
            IntelPullCommand.class,
            CommandLine.HelpCommand.class
        })
public final class IntelCommand implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "say check, match or pull");
    }
}
