package org.wanglou.ui.report.sections;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.Function;
import org.wanglou.model.Grade;
import org.wanglou.model.cases.CaseState;
import org.wanglou.ui.report.document.Indicator;
import org.wanglou.ui.report.document.ReportDocument.Section;
import org.wanglou.ui.report.document.Text;

/**
 * Incidents and what became of them. Two sums hold: all = incidents + false positives + duplicates + not ours + retracted,
 * and incidents = open + closed = those of all grades, proposed and confirmed apart.
 */
final class IncidentSection implements ReportSection {
    private static final int MOST_CATEGORIES = 80;

    @Override
    public Section of(Facts facts) {
        List<Indicator> figures = new ArrayList<>();
        dispositions(facts, figures);
        grades(facts, figures);
        categories(facts, figures);
        return new Section("incidents", new Text("安全事件与处置", "Incidents and their handling"), figures);
    }

    private static void dispositions(Facts facts, List<Indicator> figures) {
        figures.add(new Draft(facts, "incidents.all", "立案总数", "Cases opened")
                .formula("立案时间在统计期内的处置单数")
                .rest("case", "立案时间在统计期内", "/cases")
                .records(facts.cases(), facts.seals()::incident)
                .count(Draft.INCIDENTS, facts.cases().size()));
        List<CaseFact> valid = facts.valid(fact -> true);
        figures.add(new Draft(facts, "incidents.valid", "安全事件", "Incidents")
                .formula("立案总数 − 误报 − 重复 − 非本单位 − 机器撤回")
                .rest("case", "非误报、重复、非本单位，且未被机器撤回", "/cases")
                .records(valid, facts.seals()::incident)
                .countOf(Draft.INCIDENTS, valid.size(), facts.cases().size()));
        figures.add(state(facts, "incidents.open", "未办结", "Open", true, fact -> fact.outcome()
                .open()));
        figures.add(
                state(facts, "incidents.closed", "已办结", "Closed", true, fact -> fact.outcome() == CaseState.CLOSED));
        for (CaseState state : List.of(CaseState.FALSE_POSITIVE, CaseState.DUPLICATE, CaseState.NOT_OURS)) {
            String word = state.name().toLowerCase(Locale.ROOT).replace('_', '-');
            figures.add(state(
                    facts,
                    "incidents." + word,
                    state.chinese(),
                    word.replace('-', ' '),
                    false,
                    fact -> fact.outcome() == state));
        }
        figures.add(
                state(facts, "incidents.retracted", "机器撤回", "Retracted by the machine", false, CaseFact::retracted));
        figures.add(median(facts, "acknowledge", "签收用时中位数", "Median time to acknowledge", CaseFact::acknowledgedAfter));
        figures.add(median(facts, "close", "办结用时中位数", "Median time to close", CaseFact::closedAfter));
    }

    private static Indicator state(
            Facts facts, String id, String zh, String en, boolean valid, java.util.function.Predicate<CaseFact> which) {
        List<CaseFact> found = valid
                ? facts.valid(which)
                : facts.cases().stream().filter(which).toList();
        long whole = valid ? facts.valid(fact -> true).size() : facts.cases().size();
        return new Draft(facts, id, zh, en)
                .formula("生成时状态为“" + zh + "”的" + (valid ? "安全事件数 / 安全事件" : "处置单数 / 立案总数"))
                .rest("case", zh, "/cases")
                .records(found, facts.seals()::decision)
                .countOf(Draft.INCIDENTS, found.size(), whole);
    }

    private static Indicator median(
            Facts facts, String action, String zh, String en, Function<CaseFact, OptionalLong> duration) {
        List<CaseFact> found = facts.valid(fact -> duration.apply(fact).isPresent());
        return new Draft(facts, "incidents.time-to-" + action, zh, en)
                .formula("各安全事件（" + (action.equals("close") ? "末次办结" : "首次签收") + "时间 − 立案时间）的中位数；分母为参与计算的事件数")
                .rest("case", action.equals("close") ? "已办结" : "已签收", "/cases")
                .records(found, fact -> facts.seals().decision(fact, "case." + action))
                .medianMinutes(found.stream()
                        .map(fact -> duration.apply(fact).orElseThrow())
                        .toList());
    }

    private static void grades(Facts facts, List<Indicator> figures) {
        long whole = facts.valid(fact -> true).size();
        for (Grade.Value value : Grade.Value.values()) {
            for (Grade.State state : Grade.State.values()) {
                boolean confirmed = state == Grade.State.CONFIRMED;
                List<CaseFact> found = facts.valid(fact -> fact.grade()
                        .filter(grade -> grade.value() == value && grade.state() == state)
                        .isPresent());
                String words = value.chinese() + "（" + (confirmed ? "已确认" : "建议") + "）";
                String word = value.name().toLowerCase(Locale.ROOT);
                String kind = state.name().toLowerCase(Locale.ROOT);
                figures.add(new Draft(facts, "incidents.grade." + word + "." + kind, words, word + ", " + kind)
                        .formula("生效级别（" + CaseFact.SCHEME + "，人工确认优先于机器建议）为" + words + "的安全事件数 / 安全事件")
                        .rest("case", "生效级别为" + words, "/cases?grade=" + word)
                        .records(found, confirmed ? facts.seals()::decision : facts.seals()::incident)
                        .toCheck(found.stream()
                                .anyMatch(fact -> fact.grade().stream().anyMatch(grade -> !grade.verified())))
                        .countOf(Draft.INCIDENTS, found.size(), whole));
            }
        }
        List<CaseFact> ungraded = facts.valid(fact -> fact.grade().isEmpty());
        figures.add(new Draft(facts, "incidents.grade.none", "未定级", "ungraded")
                .formula("没有 " + CaseFact.SCHEME + " 级别的安全事件数 / 安全事件")
                .rest("case", "未定级", "/cases")
                .records(ungraded, facts.seals()::incident)
                .countOf(Draft.INCIDENTS, ungraded.size(), whole));
    }

    private static void categories(Facts facts, List<Indicator> figures) {
        Map<String, List<CaseFact>> byKey = new TreeMap<>();
        for (CaseFact fact : facts.valid(fact -> true)) {
            byKey.computeIfAbsent(fact.category().key(), key -> new ArrayList<>())
                    .add(fact);
        }
        long whole = facts.valid(fact -> true).size();
        byKey.entrySet().stream()
                .sorted(Comparator.comparing((Map.Entry<String, List<CaseFact>> entry) ->
                                -entry.getValue().size())
                        .thenComparing(Map.Entry::getKey))
                .limit(MOST_CATEGORIES)
                .forEach(entry -> {
                    List<CaseFact> found = entry.getValue();
                    figures.add(new Draft(
                                    facts,
                                    "incidents.category." + entry.getKey(),
                                    found.get(0).category().name(),
                                    entry.getKey())
                            .formula("生效类别（GB/T 20986-2023）为该子类的安全事件数 / 安全事件")
                            .rest("case", "生效类别为 " + entry.getKey(), "/cases")
                            .records(found, facts.seals()::incident)
                            .toCheck(found.stream()
                                    .anyMatch(fact -> !fact.category().verified()))
                            .countOf(Draft.INCIDENTS, found.size(), whole));
                });
    }
}
