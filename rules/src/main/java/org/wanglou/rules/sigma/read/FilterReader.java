package org.wanglou.rules.sigma.read;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.wanglou.rules.sigma.Condition;
import org.wanglou.rules.sigma.LogSource;
import org.wanglou.rules.sigma.SigmaRule;
import org.wanglou.rules.sigma.pipeline.BadRule;
import org.wanglou.rules.sigma.pipeline.Pipelines;
import org.wanglou.rules.sigma.pipeline.RuleDraft;
import org.wanglou.rules.text.YamlNode;

/** Reads a {@code filter:} document and narrows rules by it (Sigma filters specification 2.1, 2.2). Confined to its call. */
final class FilterReader {
    /** Where it is told what the filter does not reach. */
    interface Limits {
        void add(int line, String message, String remedy);
    }

    private final Map<String, SigmaRule> rules;
    private final Map<String, String> ids;
    private final Set<String> correlations;
    private final Pipelines pipelines;

    /**
     * @param rules by id; narrowed ones are put in their place
     * @param ids name or id of every rule → its id
     * @param correlations names and ids of all correlations
     */
    FilterReader(Map<String, SigmaRule> rules, Map<String, String> ids, Set<String> correlations, Pipelines pipelines) {
        this.rules = rules;
        this.ids = ids;
        this.correlations = correlations;
        this.pipelines = pipelines;
    }

    /** Narrows the rules that the document names, or all ({@code any}) whose log source is within its own. */
    void apply(YamlNode document, String version, Limits limits) {
        YamlNode block = document.get("filter").orElse(document);
        if (document.text("title", "").isEmpty()) {
            throw new BadRule(document.line(), "title is missing", "add title:");
        }
        LogSource within = SigmaReader.logsource(document);
        List<YamlNode> references = block.get("rules").map(YamlNode::list).orElse(List.of());
        boolean any = references.isEmpty()
                || references.size() == 1 && references.get(0).text().equals("any");
        // Read once on its own, so that a wrong filter is wrong even when it meets no rule.
        Lowering.lower(drafted(document, block, within));
        List<String> targets = new ArrayList<>();
        if (any) {
            rules.values().stream()
                    .filter(rule -> within.contains(rule.logsource()))
                    .forEach(rule -> targets.add(rule.id()));
        } else {
            for (YamlNode reference : references) {
                target(reference, within, targets, limits);
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
                rules.put(id, rule.narrowed(both, fields, SigmaReader.digest(rule.version() + version)));
            }
        }
    }

    private RuleDraft drafted(YamlNode document, YamlNode block, LogSource source) {
        RuleDraft draft = DetectionReader.read(document, block, source, pipelines.zone());
        pipelines.apply(draft);
        return draft;
    }

    private void target(YamlNode reference, LogSource within, List<String> targets, Limits limits) {
        String id = ids.get(reference.text());
        SigmaRule rule = id == null ? null : rules.get(id);
        if (rule == null) {
            boolean correlation = correlations.contains(reference.text());
            limits.add(
                    reference.line(),
                    correlation
                            ? "filters never apply to correlations (" + reference.text() + ")"
                            : "no rule is named " + reference.text() + " here, so nothing is filtered",
                    correlation ? "filter the rules it refers to" : "check the id or name, or add the rule");
        } else if (!within.contains(rule.logsource())) {
            limits.add(
                    reference.line(),
                    "the rule's log source (" + rule.logsource()
                            + ") is not within the filter's, so it is not filtered",
                    "widen the filter's logsource");
        } else {
            targets.add(rule.id());
        }
    }
}
