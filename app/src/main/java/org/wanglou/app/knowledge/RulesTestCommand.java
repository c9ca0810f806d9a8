package org.wanglou.app.knowledge;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.wanglou.app.cli.ExitCode;
import org.wanglou.app.cli.Output;
import org.wanglou.bus.codec.Jsons;
import org.wanglou.rules.Pack;
import org.wanglou.rules.RuleProblem;
import org.wanglou.rules.RuleTests;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code wanglou rules test}: the tests that lie beside the rules. */
@Command(
        name = "test",
        description = {
            "Runs the tests beside the rules: *.test.yml (events a rule must and must not match) and scenario.yml "
                    + "(a timeline and the incidents it must give; in folders with story rules only with --allow-drl).",
            "Exit code 1 when one fails."
        },
        mixinStandardHelpOptions = true)
final class RulesTestCommand implements Callable<Integer> {
    @Mixin
    private Output output = new Output();

    @Parameters(paramLabel = "DIR", description = "Pack folders (default: the packs of the distribution).")
    private List<Path> folders = new ArrayList<>();

    @Option(names = "--allow-drl", description = "Also run scenarios with the story rules (DRL) of these folders.")
    private boolean allowDrl;

    @Override
    public Integer call() {
        boolean failed = false;
        for (Pack pack : PackFolders.read(folders, output)) {
            RuleTests.Result tests = RuleTests.run(pack);
            List<RuleProblem> failures = new ArrayList<>(tests.failures());
            int scenarios = 0;
            boolean stories = allowDrl || folders.isEmpty() || pack.storyDrl().isEmpty();
            if (stories && pack.files().containsKey("scenario.yml")) {
                scenarios = ScenarioRun.run(pack, failures::add);
            }
            failed |= !failures.isEmpty();
            print(pack, tests.checked(), scenarios, failures);
        }
        output.out().flush();
        return failed ? ExitCode.FAILED : ExitCode.OK;
    }

    private void print(Pack pack, int events, int scenarios, List<RuleProblem> failures) {
        if (output.json()) {
            Map<String, Object> record = new LinkedHashMap<>();
            record.put("pack", pack.id());
            record.put("ok", failures.isEmpty());
            record.put("events", events);
            record.put("scenarios", scenarios);
            record.put("failures", failures);
            output.out().print(Jsons.text(record) + "\n");
        } else {
            output.out()
                    .print((failures.isEmpty() ? "ok " : "FAILED ") + pack.id() + ": " + events + " events, "
                            + scenarios + " scenarios\n");
            failures.forEach(failure -> output.out().print("  " + failure + "\n"));
        }
    }
}
