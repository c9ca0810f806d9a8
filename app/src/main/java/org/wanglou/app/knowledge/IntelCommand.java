package org.wanglou.app.knowledge;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.wanglou.app.cli.Events;
import org.wanglou.app.cli.ExitCode;
import org.wanglou.app.cli.InputOption;
import org.wanglou.app.cli.Output;
import org.wanglou.bus.codec.Jsons;
import org.wanglou.model.Event;
import org.wanglou.rules.RuleProblem;
import org.wanglou.rules.indicators.IndicatorSet;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code wanglou intel}: indicator lists (CSV, or one value per line). */
@Command(
        name = "intel",
        description = "Checks indicator lists and matches events against them.",
        mixinStandardHelpOptions = true,
        subcommands = {IntelCommand.Check.class, IntelCommand.Match.class, CommandLine.HelpCommand.class})
public final class IntelCommand implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "say check or match");
    }

    private static IndicatorSet read(Path file, List<RuleProblem> problems) {
        try {
            return IndicatorSet.read(file, problems::add);
        } catch (IOException e) {
            throw new IllegalStateException(file + " cannot be read as UTF-8 text", e);
        }
    }

    /** Says what a list holds and what is wrong with it. */
    @Command(
            name = "check",
            description =
                    "Reads lists and says how many indicators they hold and what is wrong. Exit code 1: problems.",
            mixinStandardHelpOptions = true)
    static final class Check implements Callable<Integer> {
        @Mixin
        private Output output = new Output();

        @Parameters(
                arity = "1..*",
                paramLabel = "FILE",
                description = "CSV type,value,description,source,confidence," + "from,to, or one value per line.")
        private List<Path> files = new ArrayList<>();

        @Override
        public Integer call() {
            boolean sound = true;
            for (Path file : files) {
                List<RuleProblem> problems = new ArrayList<>();
                IndicatorSet set = read(file, problems);
                sound &= problems.isEmpty();
                Map<String, Object> record = new LinkedHashMap<>();
                record.put("file", file.toString());
                record.put("indicators", set.size());
                record.put("problems", problems);
                StringBuilder text = new StringBuilder(file + ": " + set.size() + " indicators\n");
                problems.forEach(problem -> text.append("  ").append(problem).append('\n'));
                output.answer(record, text.toString());
            }
            return sound ? ExitCode.OK : ExitCode.FAILED;
        }
    }

    /** Events that hold an indicator. */
    @Command(
            name = "match",
            description = "Reads events (NDJSON) and writes for each indicator met in one: event id, field, value and"
                    + " indicator (NDJSON).",
            mixinStandardHelpOptions = true)
    static final class Match implements Callable<Integer> {
        @Mixin
        private Output output = new Output();

        @Mixin
        private InputOption input = new InputOption();

        @Parameters(paramLabel = "FILE", description = "The list.")
        private Path file = Path.of("");

        @Override
        public Integer call() {
            List<RuleProblem> problems = new ArrayList<>();
            IndicatorSet set = read(file, problems);
            problems.forEach(problem -> output.err().println(problem));
            Events events = input.events();
            while (events.hasNext()) {
                Event event = events.next();
                for (IndicatorSet.Hit hit : set.match(event)) {
                    Map<String, Object> record = new LinkedHashMap<>();
                    record.put("event", event.id());
                    record.put("time", event.timeMillis());
                    record.put("field", hit.field().name());
                    record.put("value", hit.value());
                    record.put("inbound", hit.inbound());
                    record.put("indicator", hit.indicator());
                    output.out().print(Jsons.text(record) + "\n");
                }
            }
            output.out().flush();
            return events.exitCode();
        }
    }
}
