package org.wanglou.ui.report.sections;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.wanglou.model.registry.ProtectionLevel;
import org.wanglou.ui.report.document.Indicator;
import org.wanglou.ui.report.document.ReportDocument.Section;
import org.wanglou.ui.report.document.Text;

/** What was detected, by rule and by tactic, and which assets it concerned, by protection level. */
final class SubjectSection implements ReportSection {
    private static final int MOST = 10;

    /** ATT&CK enterprise tactics in Chinese, by the short name used in tags. */
    private static final Map<String, String> TACTICS = Map.ofEntries(
            Map.entry("reconnaissance", "侦察"),
            Map.entry("resource-development", "资源开发"),
            Map.entry("initial-access", "初始访问"),
            Map.entry("execution", "执行"),
            Map.entry("persistence", "持久化"),
            Map.entry("privilege-escalation", "权限提升"),
            Map.entry("defense-evasion", "防御规避"),
            Map.entry("credential-access", "凭据访问"),
            Map.entry("discovery", "发现"),
            Map.entry("lateral-movement", "横向移动"),
            Map.entry("collection", "收集"),
            Map.entry("command-and-control", "命令与控制"),
            Map.entry("exfiltration", "数据外泄"),
            Map.entry("impact", "影响"));

    @Override
    public Section of(Facts facts) {
        List<CaseFact> valid = facts.valid(fact -> true);
        List<Indicator> figures = new ArrayList<>();
        Map<String, String> titles = new HashMap<>();
        valid.forEach(fact -> titles.putAll(fact.rules()));
        most(valid, fact -> fact.rules().keySet())
                .forEach((rule, found) -> figures.add(figure(
                        facts, "subjects.rule." + rule, titles.getOrDefault(rule, rule), rule, "命中规则 " + rule, found)));
        most(valid, fact -> Set.copyOf(fact.stages()))
                .forEach((stage, found) -> figures.add(figure(
                        facts,
                        "subjects.tactic." + stage,
                        TACTICS.getOrDefault(stage.replace('_', '-'), stage),
                        stage,
                        "涉及 ATT&CK 战术 " + stage,
                        found)));
        for (int level = ProtectionLevel.values().length - 1; level >= 0; level--) {
            figures.add(assets(facts, valid, ProtectionLevel.of(level)));
        }
        return new Section("subjects", new Text("规则、战术与资产", "Rules, tactics and assets"), figures);
    }

    private static Indicator figure(
            Facts facts, String id, String zh, String en, String condition, List<CaseFact> found) {
        return new Draft(facts, id, zh, en)
                .formula(condition + "的安全事件数 / 安全事件")
                .rest("case", condition, "/cases")
                .records(found, facts.seals()::incident)
                .countOf(
                        Draft.INCIDENTS, found.size(), facts.valid(fact -> true).size());
    }

    private static Indicator assets(Facts facts, List<CaseFact> valid, ProtectionLevel level) {
        Set<String> ids = new HashSet<>();
        List<CaseFact> concerned = new ArrayList<>();
        for (CaseFact fact : valid) {
            List<String> found = fact.assets().stream()
                    .filter(asset -> asset.protectionLevel() == level.number())
                    .map(asset -> asset.id())
                    .toList();
            if (!found.isEmpty()) {
                ids.addAll(found);
                concerned.add(fact);
            }
        }
        return new Draft(
                        facts,
                        "subjects.assets.level-" + level.number(),
                        "涉及" + level.chinese() + "资产",
                        "Assets concerned, protection level " + level.number())
                .formula("安全事件涉及的资产去重计数，按安全保护等级（GB/T 22240-2020）；记录为涉及这些资产的事件")
                .rest("case", "涉及" + level.chinese() + "资产", "/cases")
                .records(concerned, facts.seals()::incident)
                .count(new Text("个", "assets"), ids.size());
    }

    /** The values most cases have, at most ten, with these cases; equal ones by name, so that the order is one. */
    private static Map<String, List<CaseFact>> most(List<CaseFact> cases, Function<CaseFact, Set<String>> values) {
        Map<String, List<CaseFact>> byValue = new HashMap<>();
        for (CaseFact fact : cases) {
            values.apply(fact).forEach(value -> byValue.computeIfAbsent(value, key -> new ArrayList<>())
                    .add(fact));
        }
        Map<String, List<CaseFact>> most = new java.util.LinkedHashMap<>();
        byValue.entrySet().stream()
                .sorted(Comparator.comparing((Map.Entry<String, List<CaseFact>> entry) ->
                                -entry.getValue().size())
                        .thenComparing(Map.Entry::getKey))
                .limit(MOST)
                .forEach(entry -> most.put(entry.getKey(), entry.getValue()));
        return most;
    }
}
