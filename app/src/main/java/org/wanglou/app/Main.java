package org.wanglou.app;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import org.wanglou.app.cli.ExitCode;
import org.wanglou.app.config.BadConfiguration;
import org.wanglou.app.evidence.LedgerCommand;
import org.wanglou.app.evidence.VerifyCommand;
import org.wanglou.app.filter.DetectCommand;
import org.wanglou.app.filter.FlowsCommand;
import org.wanglou.app.filter.FormatsCommand;
import org.wanglou.app.filter.NormalizeCommand;
import org.wanglou.app.filter.ReplayCommand;
import org.wanglou.app.knowledge.AssetsCommand;
import org.wanglou.app.knowledge.IntelCommand;
import org.wanglou.app.knowledge.RulesCommand;
import org.wanglou.app.operate.CompletionCommand;
import org.wanglou.app.operate.StatusCommand;
import org.wanglou.app.operate.TraceCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/**
 * The {@code wanglou} program. Exit codes: 0 ok, 1 the check failed, 2 usage, 3 environment.
 */
@Command(
        name = "wanglou",
        description = "Network security situational awareness for a province's education network.",
        mixinStandardHelpOptions = true,
        version = "wanglou 0.1.0-SNAPSHOT",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            RunCommand.class,
            DemoCommand.class,
            ConfigCommand.class,
            KeysCommand.class,
            NormalizeCommand.class,
            FormatsCommand.class,
            FlowsCommand.class,
            DetectCommand.class,
            ReplayCommand.class,
            RulesCommand.class,
            IntelCommand.class,
            AssetsCommand.class,
            AssetsCommand.Orgs.class,
            TraceCommand.class,
            StatusCommand.class,
            VerifyCommand.class,
            LedgerCommand.class,
            CompletionCommand.class,
            TrainCommand.class,
            CommandLine.HelpCommand.class
        })
public final class Main implements Runnable {
    @CommandLine.Spec
    @SuppressWarnings("NullAway.Init") // picocli fills it before it calls run
    private CommandLine.Model.CommandSpec spec;

    public static void main(String[] arguments) {
        System.exit(commandLine().execute(arguments));
    }

    static CommandLine commandLine() {
        return new CommandLine(new Main())
                .setOut(new PrintWriter(System.out, true, StandardCharsets.UTF_8))
                .setErr(new PrintWriter(System.err, true, StandardCharsets.UTF_8))
                .setExecutionExceptionHandler((failure, command, parsed) -> {
                    command.getErr().println("wanglou: " + reason(failure));
                    return failure instanceof BadConfiguration ? ExitCode.USAGE : ExitCode.ENVIRONMENT;
                });
    }

    /** The message of a failure and of what caused it, without a stack: the log has that. */
    private static String reason(Throwable failure) {
        if (failure instanceof NoSuchFileException || failure.getCause() instanceof NoSuchFileException) {
            Throwable missing = failure instanceof NoSuchFileException ? failure : failure.getCause();
            return (missing == null ? "" : missing.getMessage()) + " does not exist";
        }
        String own = String.valueOf(failure.getMessage());
        Throwable cause = failure.getCause();
        return cause == null || cause.getMessage() == null || own.contains(cause.getMessage())
                ? own
                : own + ": " + cause.getMessage();
    }

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getErr());
    }
}
