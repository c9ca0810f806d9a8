package org.wanglou.app.knowledge;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.wanglou.app.cli.Events;
import org.wanglou.app.cli.ExitCode;
import org.wanglou.app.cli.InputOption;
import org.wanglou.app.cli.Output;
import org.wanglou.app.cli.PipelineOption;
import org.wanglou.rules.sigma.Explanation;
import org.wanglou.rules.sigma.RuleSet;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code wanglou rules explain}: why a rule did or did not match, part by part. */
@Command(
        name = "explain",
        description = {
            "Reads events and shows for each why the rule did or did not match, part by part.",
            "Exit code 1 when some event does not match."
        },
        mixinStandardHelpOptions = true)
final class RulesExplainCommand implements Callable<Integer> {
    @Mixin
    private Output output = new Output();

    @Mixin
    private InputOption input = new InputOption();

    @Option(names = "--rule", required = true, paramLabel = "ID", description = "The detection rule's id.")
    private String rule = "";

    @Option(
            names = "--rules",
            arity = "1..*",
            paramLabel = "DIR",
            description = "Folders or files (default: the packs of the distribution).")
    private List<Path> folders = new ArrayList<>();

    @Mixin
    private PipelineOption pipeline = new PipelineOption();

    @Override
    public Integer call() {
        RuleSet rules = RuleSet.compile(PackFolders.read(folders, output, pipeline.pipelines()));
        if (rules.rule(rule).isEmpty()) {
            throw output.usage("no detection rule has the id " + rule
                    + (rules.problems().isEmpty() ? "" : "; not loaded: " + rules.problems()));
        }
        boolean all = true;
        Events events = input.events();
        while (events.hasNext()) {
            Optional<Explanation> explanation = rules.explain(rule, events.next());
            if (explanation.isPresent()) {
                output.answer(explanation.get(), explanation.get().text());
                all &= explanation.get().holds();
            }
        }
        int read = events.exitCode();
        return read != ExitCode.OK || all ? read : ExitCode.FAILED;
    }
}
