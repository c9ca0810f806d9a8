package org.wanglou.app;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * {@code wanglou run}: the system, until SIGTERM or Ctrl-C stops it in order. SIGHUP reads rules, registry and routes
 * again.
 */
@Command(
        name = "run",
        description = {
            "Runs the system in this process until SIGTERM or Ctrl-C, which stop it in order (exit code 0).",
            "SIGHUP reads rules, registry and routes again."
        },
        mixinStandardHelpOptions = true)
final class RunCommand implements Callable<Integer> {
    @CommandLine.Spec
    @SuppressWarnings("NullAway.Init")
    private CommandLine.Model.CommandSpec spec;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "Configuration file (default: wanglou.yml in this directory, if there is one).")
    private Path config = Path.of("");

    @Option(
            names = "--data",
            paramLabel = "DIR",
            defaultValue = "data",
            description = "Data directory, made at the first start (default: ${DEFAULT-VALUE}).")
    private Path data = Path.of("data");

    @Option(
            names = "--ready-file",
            paramLabel = "FILE",
            description = "Write a JSON object with pid, readySeconds and the bound addresses there once ready.")
    private Path readyFile = Path.of("");

    // The work is in a class of its own: help and other commands need neither it nor a logger.
    @Override
    public Integer call() throws Exception {
        return new Runner(config, data, readyFile, spec.commandLine().getOut()).run();
    }
}
