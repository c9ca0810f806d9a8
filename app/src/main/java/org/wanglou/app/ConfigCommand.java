package org.wanglou.app;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.wanglou.app.cli.ExitCode;
import org.wanglou.app.config.BadConfiguration;
import org.wanglou.app.config.ConfigDump;
import org.wanglou.app.config.ConfigProblem;
import org.wanglou.app.config.ConfigReader;
import org.wanglou.app.config.Configuration;
import org.wanglou.app.config.Keys;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code wanglou config}: checks the configuration file and explains its keys. */
@Command(
        name = "config",
        description = "Checks the configuration file, prints the example and the keys.",
        mixinStandardHelpOptions = true,
        subcommands = {
            ConfigCommand.Check.class,
            ConfigCommand.Example.class,
            ConfigCommand.AllKeys.class,
            CommandLine.HelpCommand.class
        })
final class ConfigCommand implements Runnable {
    @CommandLine.Spec
    @SuppressWarnings("NullAway.Init")
    private CommandLine.Model.CommandSpec spec;

    @Override
    public void run() {
        throw new CommandLine.ParameterException(spec.commandLine(), "say check, example or keys");
    }

    /** Builds what the file asks for, without starting it. */
    @Command(
            name = "check",
            description = "Reads the file, its rules and its registry, says what is wrong, and starts nothing.",
            mixinStandardHelpOptions = true)
    static final class Check implements Callable<Integer> {
        @CommandLine.Spec
        @SuppressWarnings("NullAway.Init")
        private CommandLine.Model.CommandSpec spec;

        @Option(
                names = "--config",
                paramLabel = "FILE",
                defaultValue = "wanglou.yml",
                description = "Configuration file (default: ${DEFAULT-VALUE}).")
        private Path config = Path.of("wanglou.yml");

        @Option(names = "--dump", description = "Print the effective file; secrets are printed as ***.")
        private boolean dump;

        @Override
        public Integer call() {
            PrintWriter out = spec.commandLine().getOut();
            PrintWriter err = spec.commandLine().getErr();
            Configuration configuration;
            try {
                configuration = ConfigReader.read(config, System.getenv());
            } catch (BadConfiguration e) {
                e.problems().stream().map(ConfigProblem::toString).forEach(err::println);
                return ExitCode.FAILED;
            }
            Settings settings = Settings.of(configuration, Path.of("data"));
            List<String> problems = new ArrayList<>(settings.problems());
            try {
                settings.pupils();
            } catch (BadConfiguration e) {
                e.problems().stream().map(ConfigProblem::toString).forEach(problems::add);
            }
            problems.forEach(err::println);
            if (dump) {
                out.print(ConfigDump.yaml(configuration));
            } else {
                out.println(config + ": " + configuration.sensors().size() + " sensors, "
                        + configuration.routes().size() + " routes, "
                        + settings.packs().size() + " packs, "
                        + settings.registry().organizations().size() + " units, "
                        + settings.registry().assets().size() + " assets"
                        + (problems.isEmpty() ? "; ok" : "; " + problems.size() + " problems"));
            }
            out.flush();
            return problems.isEmpty() ? 0 : ExitCode.FAILED;
        }
    }

    /** Prints a file to begin with. */
    @Command(
            name = "example",
            description = "Prints a commented configuration file to begin with.",
            mixinStandardHelpOptions = true)
    static final class Example implements Callable<Integer> {
        @CommandLine.Spec
        @SuppressWarnings("NullAway.Init")
        private CommandLine.Model.CommandSpec spec;

        @Override
        public Integer call() {
            spec.commandLine().getOut().print(ConfigReader.example());
            spec.commandLine().getOut().flush();
            return 0;
        }
    }

    /** Prints the reference. */
    @Command(
            name = "keys",
            description = "Prints every key with its default and meaning (Markdown).",
            mixinStandardHelpOptions = true)
    static final class AllKeys implements Callable<Integer> {
        @CommandLine.Spec
        @SuppressWarnings("NullAway.Init")
        private CommandLine.Model.CommandSpec spec;

        @Override
        public Integer call() {
            spec.commandLine().getOut().print(Keys.markdown());
            spec.commandLine().getOut().flush();
            return 0;
        }
    }
}
