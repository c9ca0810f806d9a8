package org.wanglou.app.knowledge;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code wanglou rules}: the life of a rule before it is in force. */
@Command(
        name = "rules",
        description = "Checks, tests, imports and explains rules, and shows what they cover.",
        mixinStandardHelpOptions = true,
        subcommands = {
            RulesCheckCommand.class,
            RulesTestCommand.class,
            RulesImportCommand.class,
            RulesExplainCommand.class,
            RulesCoverageCommand.class,
            CommandLine.HelpCommand.class
        })
public final class RulesCommand implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "say check, test, import, explain or coverage");
    }
}
