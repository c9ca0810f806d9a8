package org.wanglou.app.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The option {@code --in}: where a filter reads events. Confined to the command's thread. */
public final class InputOption {
    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init")
    private CommandSpec command;

    @Option(names = "--in", paramLabel = "FILE", description = "NDJSON file to read (default: standard input).")
    private List<Path> files = new ArrayList<>();

    public Events events() {
        return new Events(
                new LineSource(files, () -> command.commandLine().getOut().flush()),
                command.commandLine().getErr());
    }
}
