package org.wanglou.app.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.wanglou.rules.RuleProblem;
import org.wanglou.rules.sigma.pipeline.Pipeline;
import org.wanglou.rules.sigma.pipeline.PipelineReader;
import org.wanglou.rules.sigma.pipeline.Pipelines;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code --pipeline}: how rules' fields and log sources are read. Confined to the command's thread. */
public final class PipelineOption {
    /** All pipelines of the distribution, which is the default. */
    private static final String ALL = "ecs";

    private static final String NONE = "none";

    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init")
    private CommandSpec command;

    @Option(
            names = "--pipeline",
            paramLabel = "NAME|FILE",
            description =
                    "How fields of rules are read: a processing pipeline (pySigma's YAML) that goes before those of the"
                            + " distribution, or which of these: ecs (all, the default), none, windows, linux, web, network, zeek.")
    private List<String> names = new ArrayList<>();

    /** What the option asks for; a usage error when a file is no pipeline. */
    public Pipelines pipelines() {
        List<Pipeline> own = new ArrayList<>();
        Set<String> shipped = new TreeSet<>();
        boolean named = false;
        for (String name : names) {
            boolean none = name.equals(NONE);
            if (name.equals(ALL)) {
                shipped.addAll(Pipelines.names());
            } else if (Pipelines.names().contains(name)) {
                shipped.add(name);
            } else if (!none) {
                own.add(read(name));
            }
            named |= none || name.equals(ALL) || Pipelines.names().contains(name);
        }
        return named ? Pipelines.of(own, shipped) : Pipelines.with(own);
    }

    private Pipeline read(String name) {
        Path file = Path.of(name);
        if (!Files.isRegularFile(file)) {
            throw new ParameterException(
                    command.commandLine(),
                    "--pipeline " + name + ": no such file, and none of " + Pipelines.names() + ", " + ALL + ", "
                            + NONE);
        }
        List<RuleProblem> problems = new ArrayList<>();
        try {
            String text = Files.readString(file);
            PipelineReader.leftOut(text)
                    .forEach(note -> command.commandLine().getErr().println(name + ": " + note));
            return PipelineReader.read(name, text, problems::add)
                    .orElseThrow(() -> new ParameterException(command.commandLine(), "--pipeline " + problems));
        } catch (IOException e) {
            throw new ParameterException(command.commandLine(), "--pipeline " + name + " cannot be read as text", e);
        }
    }
}
