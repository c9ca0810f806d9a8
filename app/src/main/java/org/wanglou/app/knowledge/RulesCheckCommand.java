package org.wanglou.app.knowledge;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.wanglou.app.cli.ExitCode;
import org.wanglou.app.cli.Output;
import org.wanglou.app.cli.PipelineOption;
import org.wanglou.bus.codec.Jsons;
import org.wanglou.rules.Pack;
import org.wanglou.rules.RuleProblem;
import org.wanglou.rules.sigma.RuleSet;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code wanglou rules check}: per rule its id, its file, and ok or what is wrong on which line. */
@Command(
        name = "check",
        description =
                "Compiles rules and prints per rule: ok, id and file, or file:line and the reason. Story rules are compiled "
                        + "with --allow-drl. Exit code 1 when some rule cannot be used.",
        mixinStandardHelpOptions = true)
final class RulesCheckCommand implements Callable<Integer> {
    @Mixin
    private Output output = new Output();

    @Parameters(paramLabel = "DIR", description = "Folders or files (default: the packs of the distribution).")
    private List<Path> folders = new ArrayList<>();

    @Mixin
    private PipelineOption pipeline = new PipelineOption();

    @Option(names = "--allow-drl", description = "Also compile the story rules (DRL) of these folders.")
    private boolean allowDrl;

    @Override
    public Integer call() {
        List<Pack> packs = PackFolders.read(folders, output, pipeline.pipelines());
        List<RuleProblem> problems = new ArrayList<>(RuleSet.compile(packs).problems());
        List<RuleProblem> limits = new ArrayList<>();
        Map<String, String> sound = new TreeMap<>();
        for (Pack pack : packs) {
            pack.rules().forEach(rule -> sound.put(rule.id(), at(pack, rule.file())));
            pack.correlations().forEach(rule -> sound.put(rule.id(), at(pack, rule.file())));
            limits.addAll(pack.limits());
            if (allowDrl || folders.isEmpty()) {
                PackFolders.storyProblem(pack).ifPresent(problems::add);
            }
        }
        sound.forEach((id, file) -> print(line(id, file, 0, "", ""), "ok " + id + " " + file));
        for (RuleProblem limit : limits) {
            Map<String, Object> record = new LinkedHashMap<>();
            record.put("file", limit.file());
            record.put("line", limit.line());
            record.put("limit", limit.message());
            record.put("remedy", limit.remedy());
            print(record, "LIMITS " + limit);
        }
        for (RuleProblem problem : problems) {
            print(line("", problem.file(), problem.line(), problem.message(), problem.remedy()), "FAILED " + problem);
        }
        if (!output.json()) {
            output.out()
                    .print(sound.size() + " rules ok, " + limits.size() + " with limits, " + problems.size()
                            + " problems\n");
        }
        output.out().flush();
        return problems.isEmpty() ? ExitCode.OK : ExitCode.FAILED;
    }

    private static String at(Pack pack, String file) {
        return file.startsWith(pack.source()) ? file : pack.source() + "/" + file;
    }

    private static Map<String, Object> line(String id, String file, int line, String reason, String remedy) {
        Map<String, Object> record = new LinkedHashMap<>();
        record.put("id", id);
        record.put("file", file);
        record.put("ok", reason.isEmpty());
        if (!reason.isEmpty()) {
            record.put("line", line);
            record.put("reason", reason);
            record.put("remedy", remedy);
        }
        return record;
    }

    private void print(Map<String, Object> record, String text) {
        output.out().print(output.json() ? Jsons.text(record) : text);
        output.out().print('\n');
    }
}
