package org.wanglou.app.filter;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.wanglou.app.cli.Output;
import org.wanglou.app.cli.PipelineOption;
import org.wanglou.rules.Pack;
import org.wanglou.rules.Packs;
import org.wanglou.rules.sigma.pipeline.Pipelines;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * Which rules a filter uses: Sigma from any folder; story rules (DRL), which are code, from a folder only with {@code
 * --allow-drl}. Confined to the command's thread.
 */
public final class RuleOptions {
    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init")
    private CommandSpec command;

    @Option(
            names = "--rules",
            arity = "1..*",
            paramLabel = "DIR",
            description = "Folders of Sigma rules or packs, or single files (default: the packs of the distribution).")
    private List<Path> folders = new ArrayList<>();

    @Option(
            names = "--allow-drl",
            description = "Also use the story rules (DRL) of these folders. They are code: only from people you trust.")
    private boolean allowDrl;

    @Mixin
    private PipelineOption pipeline = new PipelineOption();

    /** The packs, without the story rules that are not allowed. */
    public List<Pack> packs() {
        Pipelines pipelines = pipeline.pipelines();
        if (folders.isEmpty()) {
            return Packs.builtIn();
        }
        for (Path folder : folders) {
            if (!Files.exists(folder)) {
                throw new ParameterException(command.commandLine(), "--rules " + folder + " does not exist");
            }
        }
        List<Pack> packs = Packs.fromFolders(folders, pipelines);
        return allowDrl ? packs : packs.stream().map(RuleOptions::withoutStory).toList();
    }

    /** Whether the story rules of these packs may be compiled. */
    public boolean drlAllowed() {
        return allowDrl || folders.isEmpty();
    }

    private static Pack withoutStory(Pack pack) {
        return new Pack(
                pack.id(),
                pack.title(),
                pack.version(),
                pack.source(),
                pack.rules(),
                pack.correlations(),
                pack.behaviours(),
                Optional.empty(),
                List.of(),
                pack.playbook(),
                pack.indicators(),
                pack.files(),
                pack.problems(),
                pack.limits());
    }

    /** Tells what is wrong with rules; the rest of them is used. */
    static void tell(List<?> problems, Output output) {
        problems.forEach(problem -> output.err().println(problem));
    }
}
