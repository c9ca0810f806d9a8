package org.wanglou.rules.sigma.read;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.wanglou.crypto.sm.Sm3;
import org.wanglou.model.Level;
import org.wanglou.rules.RuleProblem;
import org.wanglou.rules.sigma.Condition;
import org.wanglou.rules.sigma.CorrelationDocument;
import org.wanglou.rules.sigma.CorrelationRule;
import org.wanglou.rules.sigma.LogSource;
import org.wanglou.rules.sigma.SigmaRule;
import org.wanglou.rules.sigma.pipeline.BadRule;
import org.wanglou.rules.sigma.pipeline.Pipelines;
import org.wanglou.rules.sigma.pipeline.RuleDraft;
import org.wanglou.rules.text.YamlNode;
import org.wanglou.rules.text.YamlReader;

/**
 * Reads Sigma files of one pack: detections, filters and correlations, which may refer to each other across files.
 *
 * <p>A rule that cannot be read becomes a {@link RuleProblem}; the rest goes on. Confined to its call.
 */
public final class SigmaReader {
    private final String packId;
    private final Pipelines pipelines;
    private final List<RuleProblem> problems = new ArrayList<>();
    private final List<RuleProblem> limits = new ArrayList<>();
    private final Map<String, SigmaRule> rules = new LinkedHashMap<>();
    private final Map<String, YamlNode> sources = new HashMap<>();
    private final List<CorrelationDocument> documents = new ArrayList<>();
    private final List<CorrelationRule> correlations = new ArrayList<>();

    private SigmaReader(String packId, Pipelines pipelines) {
        this.packId = packId;
        this.pipelines = pipelines;
    }

    /**
     * What was read. Immutable.
     *
     * @param correlations those that run here
     * @param documents every valid correlation
     * @param limits what is valid but does not run, or not as written: why, and what would help
     */
    public record Result(
            List<SigmaRule> rules,
            List<CorrelationRule> correlations,
            List<CorrelationDocument> documents,
            List<RuleProblem> problems,
            List<RuleProblem> limits) {
        public Result {
            rules = List.copyOf(rules);
            correlations = List.copyOf(correlations);
            documents = List.copyOf(documents);
            problems = List.copyOf(problems);
            limits = List.copyOf(limits);
        }
    }

    /** @param files name → text */
    public static Result read(String packId, Map<String, String> files) {
        return read(packId, files, Pipelines.standard());
    }

    /** @param files name → text */
    public static Result read(String packId, Map<String, String> files, Pipelines pipelines) {
        SigmaReader reader = new SigmaReader(packId, pipelines);
        List<Runnable> filters = new ArrayList<>();
        List<Runnable> counts = new ArrayList<>();
        Set<String> names = new TreeSet<>();
        files.forEach((file, text) -> {
            for (YamlNode document : YamlReader.read(file, text, reader.problems::add)) {
                if (document.get("correlation").isPresent()) {
                    names.add(document.text("id", ""));
                    names.add(document.text("name", ""));
                    counts.add(() -> reader.guarded(file, document, () -> reader.correlation(file, document, names)));
                } else if (document.get("filter").isPresent()) {
                    filters.add(() -> reader.guarded(file, document, () -> reader.filter(file, document, names)));
                } else {
                    reader.guarded(file, document, () -> reader.rule(file, document));
                }
            }
        });
        filters.forEach(Runnable::run);
        counts.forEach(Runnable::run);
        Chains.cycles(reader.documents).forEach(reader.problems::add);
        return new Result(
                List.copyOf(reader.rules.values()),
                reader.correlations,
                reader.documents,
                reader.problems,
                reader.limits);
    }

    private void rule(String file, YamlNode document) {
        if (!document.isMap()) {
            throw new BadRule(document.line(), "document is no map", "write a Sigma rule");
        }
        String name = document.text("name", "");
        if (document.text("title", "").isEmpty()) {
            throw new BadRule(document.line(), "title is missing", "add title:");
        }
        // The specification leaves the id open; a signal needs one that stays.
        String id = document.text("id", name.isEmpty() ? document.text("title", "") : name);
        String word = document.text("level", "medium");
        Level level = Level.of(word)
                .orElseThrow(() -> new BadRule(
                        document.get("level").orElse(document).line(),
                        "unknown level " + word,
                        "use informational, low, medium, high or critical"));
        YamlNode detection = document.get("detection")
                .orElseThrow(() -> new BadRule(document.line(), "detection is missing", "add detection:"));
        LogSource logsource = logsource(document);
        RuleDraft draft = DetectionReader.read(document, detection, logsource, pipelines.zone());
        pipelines.apply(draft);
        Condition condition = Lowering.lower(draft);
        Condition scope = Scopes.of(draft.logsource());
        Set<String> fields = new TreeSet<>();
        Lowering.collect(scope, fields);
        Lowering.collect(condition, fields);
        if (rules.containsKey(id)) {
            throw new BadRule(document.line(), "rule id " + id + " is taken", "give it its own id");
        }
        rules.put(
                id,
                new SigmaRule(
                        id,
                        name,
                        document.text("title", ""),
                        version(document),
                        level,
                        document.texts("tags"),
                        logsource,
                        scope,
                        condition,
                        fields,
                        document.text("generate", "false").equals("true"),
                        packId,
                        file,
                        document.line()));
        sources.put(id, document);
        draft.notes()
                .forEach(note -> limit(file, document.line(), document, note, "give it values: a pipeline with vars"));
        if (detection.get("timeframe").isPresent()) {
            limit(
                    file,
                    document.line(),
                    document,
                    "timeframe has no effect without aggregation",
                    "count with a correlation rule");
        }
    }

    private static LogSource logsource(YamlNode document) {
        YamlNode source = document.get("logsource").orElse(YamlNode.missing(document.line()));
        return new LogSource(source.text("category", ""), source.text("product", ""), source.text("service", ""));
    }

    private Map<String, String> ids() {
        Map<String, String> ids = new HashMap<>();
        rules.values().forEach(rule -> {
            ids.put(rule.id(), rule.id());
            if (!rule.name().isEmpty()) {
                ids.put(rule.name(), rule.id());
            }
        });
        return ids;
    }

    /** Narrows the rules that it names, or all ({@code any}) whose log source is within its own. */
    private void filter(String file, YamlNode document, Set<String> correlationNames) {
        YamlNode block = document.get("filter").orElse(document);
        if (document.text("title", "").isEmpty()) {
            throw new BadRule(document.line(), "title is missing", "add title:");
        }
        LogSource within = logsource(document);
        List<YamlNode> references = block.get("rules").map(YamlNode::list).orElse(List.of());
        boolean any = references.isEmpty()
                || references.size() == 1 && references.get(0).text().equals("any");
        Map<String, String> ids = ids();
        // Read once on its own, so that a wrong filter is wrong even when it meets no rule.
        Lowering.lower(drafted(document, block, within));
        List<String> targets = new ArrayList<>();
        if (any) {
            rules.values().stream()
                    .filter(rule -> within.contains(rule.logsource()))
                    .forEach(rule -> targets.add(rule.id()));
        } else {
            for (YamlNode reference : references) {
                target(file, document, reference, ids, correlationNames, within, targets);
            }
        }
        for (String id : targets) {
            SigmaRule rule = rules.get(id);
            if (rule != null) {
                Condition own = Lowering.lower(drafted(document, block, rule.logsource()));
                Condition both =
                        new Condition.All("with filter " + document.text("title", ""), List.of(rule.condition(), own));
                Set<String> fields = new TreeSet<>(rule.fields());
                Lowering.collect(own, fields);
                rules.put(id, rule.narrowed(both, fields, digest(rule.version() + version(document))));
            }
        }
    }

    private RuleDraft drafted(YamlNode document, YamlNode block, LogSource source) {
        RuleDraft draft = DetectionReader.read(document, block, source, pipelines.zone());
        pipelines.apply(draft);
        return draft;
    }

    private void target(
            String file,
            YamlNode document,
            YamlNode reference,
            Map<String, String> ids,
            Set<String> correlationNames,
            LogSource within,
            List<String> targets) {
        String id = ids.get(reference.text());
        SigmaRule rule = id == null ? null : rules.get(id);
        if (rule == null) {
            boolean correlation = correlationNames.contains(reference.text());
            limit(
                    file,
                    reference.line(),
                    document,
                    correlation
                            ? "filters never apply to correlations (" + reference.text() + ")"
                            : "no rule is named " + reference.text() + " here, so nothing is filtered",
                    correlation ? "filter the rules it refers to" : "check the id or name, or add the rule");
        } else if (!within.contains(rule.logsource())) {
            limit(
                    file,
                    reference.line(),
                    document,
                    "the rule's log source (" + rule.logsource()
                            + ") is not within the filter's, so it is not filtered",
                    "widen the filter's logsource");
        } else {
            targets.add(rule.id());
        }
    }

    private void correlation(String file, YamlNode document, Set<String> names) {
        CorrelationDocument read = CorrelationReader.read(document, packId, file, version(document));
        documents.add(read);
        try {
            correlations.add(new CorrelationLowering(read, ids(), names, this::ecs).rule());
        } catch (CorrelationLowering.NotHere e) {
            limit(file, document.line(), document, String.valueOf(e.getMessage()), e.remedy);
        } catch (BadRule e) {
            documents.remove(read);
            throw e;
        }
    }

    private String ecs(String ruleId, String field) {
        YamlNode document = sources.getOrDefault(ruleId, YamlNode.missing(0));
        return pipelines.fields(document, logsource(document), field).get(0);
    }

    private void limit(String file, int line, YamlNode document, String message, String remedy) {
        limits.add(new RuleProblem(file, line, document.text("title", "rule") + ": " + message, remedy));
    }

    private void guarded(String file, YamlNode document, Runnable work) {
        try {
            work.run();
        } catch (BadRule e) {
            String title = document.text("title", document.text("id", "rule"));
            problems.add(new RuleProblem(file, e.line(), title + ": " + e.words(), e.remedy()));
        }
    }

    private String version(YamlNode document) {
        return digest(pipelines.digest() + document.plain());
    }

    private static String digest(String text) {
        return Sm3.hex(text.getBytes(StandardCharsets.UTF_8)).substring(0, 16);
    }
}
