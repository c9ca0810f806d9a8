package org.wanglou.app.knowledge;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.wanglou.app.cli.ExitCode;
import org.wanglou.app.cli.Output;
import org.wanglou.app.cli.PipelineOption;
import org.wanglou.bus.codec.Jsons;
import org.wanglou.rules.Pack;
import org.wanglou.rules.PackReader;
import org.wanglou.rules.RuleProblem;
import org.wanglou.rules.sigma.SigmaRule;
import org.wanglou.rules.sigma.reach.ProducedFields;
import org.wanglou.rules.sigma.reach.Reach;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code wanglou rules import}: a checkout of Sigma rules, what of it works here, and a pack made of that. */
@Command(
        name = "import",
        description = {
            "Reads a checkout of Sigma rules and says of each whether it runs, runs with limits (which fields no format"
                    + " writes), or cannot (why). With --out writes a pack folder of those that run.",
            "Rules stay under their authors' licence. Exit code 1 when some file cannot be read as a rule."
        },
        mixinStandardHelpOptions = true)
final class RulesImportCommand implements Callable<Integer> {
    @Mixin
    private Output output = new Output();

    @Mixin
    private PipelineOption pipeline = new PipelineOption();

    @Parameters(
            arity = "1..*",
            paramLabel = "DIR",
            description =
                    "The checkout: of its folders those named rules*, without such the whole; or several folders.")
    private List<Path> folders = List.of();

    @Option(names = "--out", paramLabel = "DIR", description = "Folder for the pack; it must not exist, or be empty.")
    private Path out = Path.of("");

    @Option(names = "--all", description = "Take those that cannot run into the pack too.")
    private boolean all;

    @Option(names = "--id", paramLabel = "ID", description = "The pack's id (default: ${DEFAULT-VALUE}).")
    private String id = "sigma-import";

    /** What became of one rule. */
    private record Line(String id, Path file, String title, Reach reach) {}

    @Override
    public Integer call() throws IOException {
        boolean write = !out.toString().isEmpty();
        if (write && Files.exists(out) && !empty(out)) {
            throw output.usage("--out " + out + " is not empty");
        }
        List<Line> lines = new ArrayList<>();
        List<RuleProblem> problems = new ArrayList<>();
        for (Path folder : sources()) {
            Pack pack = PackReader.read(folder, pipeline.pipelines());
            problems.addAll(pack.problems());
            for (SigmaRule rule : pack.rules()) {
                List<String> notes = pack.limits().stream()
                        .filter(limit -> limit.file().equals(rule.file())
                                && limit.message().startsWith(rule.title() + ": "))
                        .map(limit -> limit.message().substring(rule.title().length() + 2))
                        .toList();
                lines.add(new Line(
                        rule.id(),
                        folder.resolve(rule.file()),
                        rule.title(),
                        Reach.of(rule, ProducedFields.builtIn(), notes)));
            }
        }
        lines.forEach(this::print);
        problems.forEach(problem -> {
            Map<String, Object> record = new LinkedHashMap<>();
            record.put("file", problem.file());
            record.put("line", problem.line());
            record.put("verdict", "refused");
            record.put("reason", problem.message());
            record.put("remedy", problem.remedy());
            line(record, "REFUSED " + problem);
        });
        int written = write ? write(lines) : 0;
        summary(lines, problems, written);
        return problems.isEmpty() ? ExitCode.OK : ExitCode.FAILED;
    }

    private List<Path> sources() throws IOException {
        List<Path> sources = new ArrayList<>();
        for (Path folder : folders) {
            if (!Files.isDirectory(folder)) {
                throw output.usage(folder + " is no folder");
            }
            try (Stream<Path> inner = Files.list(folder)) {
                List<Path> named = inner.filter(Files::isDirectory)
                        .filter(path -> String.valueOf(path.getFileName()).matches("rules(-.*)?"))
                        .sorted()
                        .toList();
                sources.addAll(named.isEmpty() ? List.of(folder) : named);
            }
        }
        return sources;
    }

    private void print(Line line) {
        Map<String, Object> record = new LinkedHashMap<>();
        record.put("id", line.id());
        record.put("file", line.file().toString());
        record.put("verdict", line.reach().verdict().word());
        record.put("missing", line.reach().missing().stream().sorted().toList());
        record.put("reason", line.reach().reason());
        String reason =
                line.reach().reason().isEmpty() ? "" : ": " + line.reach().reason();
        line(record, line.reach().verdict().word() + " " + line.id() + " " + line.file() + reason);
    }

    private void line(Map<String, Object> record, String text) {
        output.out().print(output.json() ? Jsons.text(record) : text);
        output.out().print('\n');
    }

    private void summary(List<Line> lines, List<RuleProblem> problems, int written) {
        Map<String, Object> record = new TreeMap<>();
        for (Reach.Verdict verdict : Reach.Verdict.values()) {
            record.put(
                    verdict.word(),
                    lines.stream()
                            .filter(line -> line.reach().verdict() == verdict)
                            .count());
        }
        record.put("refused", problems.size());
        record.put("written", written);
        line(record, String.valueOf(record));
        output.out().flush();
    }

    private int write(List<Line> lines) throws IOException {
        Files.createDirectories(out);
        StringBuilder report = new StringBuilder("verdict\tid\tfile\treason\n");
        int written = 0;
        for (Line line : lines) {
            String name = name(line.file());
            report.append(line.reach().verdict().word())
                    .append('\t')
                    .append(line.id())
                    .append('\t')
                    .append(name)
                    .append('\t')
                    .append(line.reach().reason().replace('\t', ' '))
                    .append('\n');
            if (all || line.reach().verdict() != Reach.Verdict.CANNOT) {
                Path target = out.resolve(name).normalize();
                if (!target.startsWith(out.normalize())) {
                    throw new IllegalStateException(name + " leads out of the pack");
                }
                Files.createDirectories(target.getParent());
                if (!Files.exists(target)) {
                    Files.copy(line.file(), target);
                }
                written++;
            }
        }
        Files.writeString(out.resolve("pack.yml"), "id: " + id + "\ntitle: Imported Sigma rules\nversion: '1'\n");
        Files.writeString(out.resolve("import.tsv"), report.toString());
        for (Path folder : folders) {
            try (Stream<Path> files = Files.list(folder)) {
                for (Path licence : files.filter(
                                file -> String.valueOf(file.getFileName()).matches("LICEN[CS]E.*"))
                        .toList()) {
                    Files.copy(licence, out.resolve(String.valueOf(licence.getFileName())));
                }
            }
        }
        return written;
    }

    private String name(Path file) {
        for (Path folder : folders) {
            if (file.startsWith(folder)) {
                return folder.relativize(file).toString().replace('\\', '/');
            }
        }
        return String.valueOf(file.getFileName());
    }

    private static boolean empty(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.findAny().isEmpty();
        }
    }
}
