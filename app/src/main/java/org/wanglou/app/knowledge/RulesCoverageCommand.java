package org.wanglou.app.knowledge;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.wanglou.app.cli.ExitCode;
import org.wanglou.app.cli.Output;
import org.wanglou.rules.Pack;
import org.wanglou.rules.sigma.LogSource;
import org.wanglou.rules.sigma.SigmaRule;
import org.wanglou.rules.sigma.reach.ProducedFields;
import org.wanglou.rules.sigma.reach.Reach;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code wanglou rules coverage}: techniques, categories and log sources by rules. */
@Command(
        name = "coverage",
        description = "Shows which ATT&CK techniques, categories and log sources the rules speak of. A technique named"
                + " here is one that some rule looks for, not one that cannot be missed.",
        mixinStandardHelpOptions = true)
final class RulesCoverageCommand implements Callable<Integer> {
    @Mixin
    private Output output = new Output();

    @Parameters(paramLabel = "DIR", description = "Folders or files (default: the packs of the distribution).")
    private List<Path> folders = new ArrayList<>();

    @Override
    public Integer call() {
        Map<String, TreeSet<String>> techniques = new TreeMap<>();
        Map<String, TreeSet<String>> categories = new TreeMap<>();
        Map<String, TreeSet<String>> sources = new TreeMap<>();
        Map<String, TreeSet<String>> datasets = new TreeMap<>();
        Map<String, TreeSet<String>> cannot = new TreeMap<>();
        ProducedFields produced = ProducedFields.builtIn();
        for (Pack pack : PackFolders.read(folders, output)) {
            pack.rules().forEach(rule -> {
                tags(techniques, categories, rule.id(), rule.tags());
                add(sources, name(rule.logsource()), rule.id());
                Reach reach = Reach.of(rule, produced, List.of());
                if (reach.verdict() == Reach.Verdict.CANNOT) {
                    add(cannot, reach.reason(), rule.id());
                    return;
                }
                for (String dataset : datasets(rule, produced)) {
                    techniques(rule).forEach(technique -> add(datasets, dataset + " " + technique, rule.id()));
                }
            });
            pack.correlations().forEach(rule -> tags(techniques, categories, rule.id(), rule.tags()));
        }
        Map<String, Object> record = new LinkedHashMap<>();
        record.put("techniques", techniques);
        record.put("categories", categories);
        record.put("sources", sources);
        record.put("datasets", datasets);
        record.put("cannot", cannot);
        output.answer(
                record,
                text("techniques", techniques)
                        + text("categories", categories)
                        + text("sources", sources)
                        + text("datasets and techniques", datasets)
                        + text("cannot", cannot));
        return ExitCode.OK;
    }

    private static Set<String> datasets(SigmaRule rule, ProducedFields produced) {
        Set<String> datasets = produced.datasets(rule).orElse(Set.of());
        String product = rule.logsource().product();
        return datasets.isEmpty() ? Set.of(product.isEmpty() ? "any" : product + ".*") : datasets;
    }

    private static List<String> techniques(SigmaRule rule) {
        return rule.tags().stream()
                .map(tag -> tag.toLowerCase(Locale.ROOT))
                .filter(tag -> tag.matches("attack\\.t[0-9]{4}(\\.[0-9]{3})?"))
                .map(tag -> tag.substring("attack.".length()).toUpperCase(Locale.ROOT))
                .toList();
    }

    private static void tags(
            Map<String, TreeSet<String>> techniques,
            Map<String, TreeSet<String>> categories,
            String rule,
            List<String> tags) {
        for (String tag : tags) {
            String word = tag.toLowerCase(Locale.ROOT);
            if (word.matches("attack\\.t[0-9]{4}(\\.[0-9]{3})?")) {
                add(techniques, word.substring("attack.".length()).toUpperCase(Locale.ROOT), rule);
            } else if (word.startsWith("gbt20986.")) {
                add(categories, word.substring("gbt20986.".length()), rule);
            }
        }
    }

    private static void add(Map<String, TreeSet<String>> table, String key, String rule) {
        table.computeIfAbsent(key, missing -> new TreeSet<>()).add(rule);
    }

    private static String name(LogSource source) {
        return Stream.of(source.product(), source.category(), source.service())
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining("/"));
    }

    private static String text(String title, Map<String, TreeSet<String>> table) {
        StringBuilder text = new StringBuilder(title + " " + table.size() + "\n");
        table.forEach((key, rules) -> text.append("  " + key + "  " + String.join(" ", rules) + "\n"));
        return text.toString();
    }
}
