package org.wanglou.rules.sigma.read;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.wanglou.crypto.sm.Sm3;
import org.wanglou.model.Level;
import org.wanglou.rules.RuleProblem;
import org.wanglou.rules.sigma.Condition;
import org.wanglou.rules.sigma.CorrelationRule;
import org.wanglou.rules.sigma.LogSource;
import org.wanglou.rules.sigma.SigmaRule;
import org.wanglou.rules.sigma.ValueTest;
import org.wanglou.rules.text.YamlNode;
import org.wanglou.rules.text.YamlReader;

/**
 * Reads Sigma files of one pack: detections, filters and correlations, which may refer to each other across files.
 *
 * <p>A rule that cannot be read becomes a {@link RuleProblem}; the rest goes on. Stateless.
 */
public final class SigmaReader {
    private final String packId;
    private final List<RuleProblem> problems = new ArrayList<>();
    private final Map<String, SigmaRule> rules = new LinkedHashMap<>();
    private final List<CorrelationRule> correlations = new ArrayList<>();

    private SigmaReader(String packId) {
        this.packId = packId;
    }

    /** What was read. Immutable. */
    public record Result(List<SigmaRule> rules, List<CorrelationRule> correlations, List<RuleProblem> problems) {
        public Result {
            rules = List.copyOf(rules);
            correlations = List.copyOf(correlations);
            problems = List.copyOf(problems);
        }
    }

    /** @param files name → text */
    public static Result read(String packId, Map<String, String> files) {
        SigmaReader reader = new SigmaReader(packId);
        Map<YamlNode, String> later = new java.util.IdentityHashMap<>();
        List<YamlNode> order = new ArrayList<>();
        files.forEach((file, text) -> {
            for (YamlNode document : YamlReader.read(file, text, reader.problems::add)) {
                if (document.get("correlation").isPresent()
                        || document.get("filter").isPresent()) {
                    later.put(document, file);
                    order.add(document);
                } else {
                    reader.guarded(file, document, () -> reader.rule(file, document));
                }
            }
        });
        reader.rest(order, later);
        return new Result(List.copyOf(reader.rules.values()), reader.correlations, reader.problems);
    }

    private void rest(List<YamlNode> order, Map<YamlNode, String> files) {
        Map<String, String> ids = new HashMap<>();
        rules.values().forEach(rule -> {
            ids.put(rule.id(), rule.id());
            if (!rule.name().isEmpty()) {
                ids.put(rule.name(), rule.id());
            }
        });
        Set<String> names = new HashSet<>();
        order.forEach(document -> {
            names.add(document.text("id", ""));
            names.add(document.text("name", ""));
        });
        for (YamlNode document : order) {
            String file = files.getOrDefault(document, packId);
            guarded(file, document, () -> {
                if (document.get("filter").isPresent()) {
                    filter(document, ids);
                } else {
                    correlations.add(CorrelationReader.read(document, packId, file, version(document), ids, names));
                }
            });
        }
    }

    private void rule(String file, YamlNode document) {
        if (!document.isMap()) {
            throw new BadRule(document.line(), "document is no map", "write a Sigma rule");
        }
        String name = document.text("name", "");
        String id = document.text("id", name);
        if (id.isEmpty()) {
            throw new BadRule(document.line(), "id is missing", "add id: with a UUID");
        }
        if (document.text("title", "").isEmpty()) {
            throw new BadRule(document.line(), "title is missing", "add title:");
        }
        String word = document.text("level", "medium");
        Level level = Level.of(word)
                .orElseThrow(() -> new BadRule(
                        document.get("level").orElse(document).line(),
                        "unknown level " + word,
                        "use informational, low, medium, high or critical"));
        YamlNode source = document.get("logsource").orElse(YamlNode.missing(document.line()));
        LogSource logsource =
                new LogSource(source.text("category", ""), source.text("product", ""), source.text("service", ""));
        YamlNode detection = document.get("detection")
                .orElseThrow(() -> new BadRule(document.line(), "detection is missing", "add detection:"));
        Condition condition = DetectionReader.read(logsource, detection);
        Set<String> fields = new TreeSet<>();
        collect(condition, fields);
        SigmaRule rule = new SigmaRule(
                id,
                name,
                document.text("title", ""),
                version(document),
                level,
                document.texts("tags"),
                logsource,
                condition,
                fields,
                document.text("generate", "false").equals("true"),
                packId,
                file,
                document.line());
        if (rules.putIfAbsent(id, rule) != null) {
            throw new BadRule(document.line(), "rule id " + id + " is taken", "give it its own id");
        }
    }

    private void filter(YamlNode document, Map<String, String> ids) {
        YamlNode block = document.get("filter").orElse(document);
        for (YamlNode reference : block.get("rules").map(YamlNode::list).orElse(List.of())) {
            String id = ids.get(reference.text());
            SigmaRule rule = id == null ? null : rules.get(id);
            if (rule == null) {
                throw new BadRule(reference.line(), "filter: no rule is named " + reference.text(), "check the name");
            }
            Condition both = new Condition.All(
                    "with filter " + document.text("title", ""),
                    List.of(rule.condition(), DetectionReader.read(rule.logsource(), block)));
            Set<String> fields = new TreeSet<>();
            collect(both, fields);
            rules.put(
                    rule.id(),
                    new SigmaRule(
                            rule.id(),
                            rule.name(),
                            rule.title(),
                            digest(rule.version() + version(document)),
                            rule.level(),
                            rule.tags(),
                            rule.logsource(),
                            both,
                            fields,
                            rule.generate(),
                            packId,
                            rule.file(),
                            rule.line()));
        }
    }

    private void guarded(String file, YamlNode document, Runnable work) {
        try {
            work.run();
        } catch (BadRule e) {
            String title = document.text("title", document.text("id", "rule"));
            problems.add(new RuleProblem(file, e.line, title + ": " + e.words(), e.remedy));
        }
    }

    private static String version(YamlNode document) {
        return digest(String.valueOf(document.plain()));
    }

    private static String digest(String text) {
        return Sm3.hex(text.getBytes(StandardCharsets.UTF_8)).substring(0, 16);
    }

    private static void collect(Condition condition, Set<String> fields) {
        if (condition instanceof Condition.All all) {
            all.parts().forEach(part -> collect(part, fields));
        } else if (condition instanceof Condition.Any any) {
            any.parts().forEach(part -> collect(part, fields));
        } else if (condition instanceof Condition.Not not) {
            collect(not.part(), fields);
        } else if (condition instanceof Condition.Item item) {
            fields.add(item.field());
            if (item.test() instanceof ValueTest.FieldRef ref) {
                fields.add(ref.field());
            }
        }
    }
}
