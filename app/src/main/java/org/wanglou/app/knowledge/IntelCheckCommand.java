package org.wanglou.app.knowledge;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.wanglou.app.cli.ExitCode;
import org.wanglou.app.cli.Output;
import org.wanglou.rules.RuleProblem;
import org.wanglou.rules.indicators.read.Input;
import org.wanglou.rules.indicators.read.Intake;
import org.wanglou.rules.indicators.read.IntakeOptions;
import org.wanglou.rules.indicators.read.IntakeReport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Says what lists and feeds hold, what of it counts, and what is wrong with the rest. */
@Command(
        name = "check",
        description =
                "Reads STIX bundles, MISP events, CSV and plain lists and says what they hold, what is left out and"
                        + " what is wrong, with file, line and remedy. Exit code 1: problems.",
        mixinStandardHelpOptions = true)
final class IntelCheckCommand implements Callable<Integer> {
    @Mixin
    private Output output = new Output();

    @Mixin
    private IntelOptions options = new IntelOptions();

    @Option(names = "--verbose", description = "Also every value on a warning list and every pattern with a window.")
    private boolean verbose;

    @Parameters(arity = "1..*", paramLabel = "FILE", description = "Files, or folders of them.")
    private List<Path> files = new ArrayList<>();

    @Override
    public Integer call() {
        List<RuleProblem> problems = new ArrayList<>();
        IntakeOptions intake = options.intake(problems::add);
        problems.forEach(problem -> output.err().println(problem));
        boolean sound = problems.isEmpty();
        for (Path file : IntelOptions.files(files)) {
            Intake taken = Intake.read(Input.of(file), intake);
            long bytes = taken.part().segment().bytes();
            IntakeReport report = taken.report();
            sound &= report.problemCount() == 0;
            output.answer(record(report, bytes), text(report, bytes));
        }
        return sound ? ExitCode.OK : ExitCode.FAILED;
    }

    private Map<String, Object> record(IntakeReport report, long bytes) {
        Map<String, Object> record = new LinkedHashMap<>();
        Map<String, Integer> types = new LinkedHashMap<>();
        report.counts().forEach((type, count) -> types.put(type.word(), count));
        record.put("file", report.file());
        record.put("form", report.form());
        record.put("indicators", report.taken());
        record.put("types", types);
        record.put("combined", report.combinedCount());
        record.put("everywhere", report.everywhereCount());
        record.put("expired", report.expiredCount());
        record.put("repeated", report.repeatedCount());
        record.put("warninglisted", report.warned());
        record.put("windowed", report.windowedCount());
        record.put("left_out", report.skipped());
        record.put("bytes", bytes);
        record.put("problem_count", report.problemCount());
        record.put("problems", report.problems());
        if (verbose) {
            record.put("warninglisted_values", report.warnedValues());
            record.put("windowed_patterns", report.windowed());
        }
        return record;
    }

    private String text(IntakeReport report, long bytes) {
        StringBuilder text = new StringBuilder(report.file() + ": " + report.taken() + " indicators (" + report.form()
                + ", " + (bytes >> 10) + " KiB)\n");
        report.counts().forEach((type, count) -> line(text, type.word(), count, ""));
        line(text, "combined", report.combinedCount(), "patterns whose other conditions are asked on a hit");
        line(text, "everywhere", report.everywhereCount(), "patterns without a value to go by: asked of every event");
        line(text, "expired", report.expiredCount(), "ended before now; they count for events of their time");
        line(text, "repeated", report.repeatedCount(), "said already");
        report.warned().forEach((list, count) -> line(text, "warninglisted", count, "on " + list + ": no alarm"));
        line(
                text,
                "windowed",
                report.windowedCount(),
                "needs a window: several observations, runs in the correlator later");
        report.skipped().forEach((reason, count) -> line(text, "left out", count, reason));
        if (verbose) {
            report.warnedValues()
                    .forEach(value ->
                            text.append("  warninglisted: ").append(value).append('\n'));
            report.windowed()
                    .forEach(pattern ->
                            text.append("  windowed: ").append(pattern).append('\n'));
        }
        report.problems().forEach(problem -> text.append("  ").append(problem).append('\n'));
        int more = report.problemCount() - report.problems().size();
        return more > 0
                ? text.append("  and ").append(more).append(" problems more\n").toString()
                : text.toString();
    }

    private static void line(StringBuilder text, String name, int count, String note) {
        if (count > 0) {
            text.append(String.format("  %-14s %9d  %s", name, count, note).stripTrailing())
                    .append('\n');
        }
    }
}
