package org.wanglou.correlator.stories.incident;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.wanglou.bus.codec.Jsons;
import org.wanglou.correlator.stories.Knowledge;
import org.wanglou.crypto.sm.Sm3;
import org.wanglou.model.Category;
import org.wanglou.model.Grade;
import org.wanglou.model.Incident;
import org.wanglou.model.Level;
import org.wanglou.model.Signal;
import org.wanglou.model.Snapshots;
import org.wanglou.model.judgement.GradeQuestion;
import org.wanglou.model.registry.Asset;
import org.wanglou.model.registry.Organization;
import org.wanglou.model.registry.ProtectionLevel;
import org.wanglou.model.registry.Registry;

/**
 * Makes an incident of one telling: evidence, category, assets with their protection level, impact, proposed grades and
 * the reason for each. What it says depends on the telling, the registry and the tables alone. Confined to its task's
 * thread.
 */
public final class IncidentAssembler {
    private static final int SIGNALS_MAX = 256;
    private static final int EVENT_IDS_MAX = 4096;
    private static final int ACTORS_MAX = 64;
    // Profile.WORDS of the behaviours, as a field of the signal
    private static final String WORDS = "wanglou.explanation";
    private static final int WORDS_MAX = 5;
    private static final int ASSETS_MAX = 64;

    private final Knowledge knowledge;
    private final Grader grader;
    private final Snapshots snapshots;

    public IncidentAssembler(Knowledge knowledge, Snapshots snapshots) {
        this.knowledge = knowledge;
        this.grader = new Grader(knowledge);
        this.snapshots = snapshots;
    }

    /** The canonical JSON array [rule, organisation, key]. */
    public static String storyKey(Telling telling, String organization) {
        return Jsons.text(List.of(telling.rule(), organization, telling.key()));
    }

    /** The id a telling would open under: its story key and its first event. */
    public static String openingId(Telling telling, String organization) {
        Signal first = telling.signals().get(0);
        List<String> events = first.evidence().eventIds();
        return Sm3.id(storyKey(telling, organization), events.isEmpty() ? first.id() : events.get(0));
    }

    /** The incident as it is to be told now; id and revision are the caller's. */
    public Incident assemble(Telling telling, String organization, String id, int revision, Incident.Status status) {
        Registry registry = snapshots.registry();
        List<Signal> signals = telling.signals();
        List<Asset> assets = assets(signals, organization, registry);
        List<Incident.Reason> reasons = new ArrayList<>();
        reasons.addAll(seen(signals));
        Category category = category(telling, reasons);
        Incident.Impact impact = impact(telling, category, assets);
        GradeQuestion question = question(telling, category, assets, impact);
        long opened = signals.get(0).time();
        long updated = signals.stream().mapToLong(IncidentAssembler::end).max().orElse(opened);
        Grader.Answer answer = grader.ask(question, opened);
        reasons.addAll(answer.reasons());
        List<Grade> grades =
                answer.grades().stream().map(grade -> at(grade, updated)).toList();
        String storyKey = storyKey(telling, organization);
        return new Incident(
                id,
                storyKey,
                revision,
                status,
                opened,
                updated,
                telling.title(),
                severity(telling),
                category,
                grades,
                confidence(telling),
                organization,
                registry.organization(organization)
                        .map(Organization::name)
                        .orElse(organization.equals("unassigned") ? "未归属" : organization),
                assets.stream()
                        .map(asset -> new Incident.AssetRef(
                                asset.id(), asset.name(), asset.level().number()))
                        .toList(),
                actors(signals),
                stages(signals),
                refs(signals),
                impact,
                reasons,
                references(),
                telling.playbook(),
                Fingerprint.of(storyKey, category, grades, signals));
    }

    /** The proposal as of that time. */
    static Grade at(Grade grade, long millis) {
        return new Grade(
                grade.scheme(),
                grade.value(),
                grade.state(),
                grade.by(),
                millis,
                grade.basis(),
                grade.tableVersion(),
                grade.verified());
    }

    /** The last time a signal speaks of. */
    public static long end(Signal signal) {
        return Math.max(Math.max(signal.episode().last(), signal.evidence().last()), signal.time());
    }

    private Map<String, String> references() {
        Map<String, String> references = new TreeMap<>();
        references.put("knowledge", knowledge.digest());
        references.put("tables", knowledge.rows().digest());
        references.put("registry", snapshots.registryDigest());
        return references;
    }

    /** What each rule saw, and in a behaviour's own words how that differs from before. */
    private static List<Incident.Reason> seen(List<Signal> signals) {
        Map<String, List<Signal>> byRule = new LinkedHashMap<>();
        signals.forEach(signal ->
                byRule.computeIfAbsent(signal.ruleId(), id -> new ArrayList<>()).add(signal));
        List<Incident.Reason> reasons = new ArrayList<>();
        byRule.forEach((ruleId, of) -> {
            long count =
                    of.stream().mapToLong(signal -> signal.evidence().count()).sum();
            boolean approximate =
                    of.stream().anyMatch(signal -> signal.evidence().approximate());
            reasons.add(new Incident.Reason(
                    "规则“" + of.get(0).title() + "”命中 " + of.size() + " 次，计 " + (approximate ? "约 " : "") + count,
                    ruleId,
                    "",
                    "构成本事件的证据",
                    true));
            of.stream()
                    .map(signal -> signal.fields().getOrDefault(WORDS, ""))
                    .filter(words -> !words.isEmpty())
                    .distinct()
                    .limit(WORDS_MAX)
                    .forEach(words -> reasons.add(new Incident.Reason(words, ruleId, "", "与以往行为不同", true)));
        });
        return reasons;
    }

    private Category category(Telling telling, List<Incident.Reason> reasons) {
        Optional<Category> said = knowledge.category(telling.category());
        Category category = said.or(() -> telling.signals().stream()
                        .sorted(Comparator.comparing(Signal::level).reversed())
                        .flatMap(signal -> signal.tags().stream())
                        .filter(tag -> tag.startsWith("gbt20986."))
                        .flatMap(tag -> knowledge.category(tag.substring("gbt20986.".length())).stream())
                        .findFirst())
                .orElse(Category.OTHER);
        reasons.add(new Incident.Reason(
                said.isPresent() ? "事件剧本“" + telling.rule() + "”判定" : "告警标签判定",
                "gbt20986-2023:" + category.key(),
                "GB/T 20986-2023 5.2",
                "归类为 " + category.parent() + "／" + category.name(),
                category.verified()));
        return category;
    }

    private static List<Asset> assets(List<Signal> signals, String organization, Registry registry) {
        Set<String> ids = new LinkedHashSet<>();
        for (Signal signal : signals) {
            add(ids, signal.entities().asset());
            named(signal, "wanglou.assets").forEach(id -> add(ids, id));
        }
        return ids.stream()
                .limit(ASSETS_MAX)
                .map(id -> registry.asset(id)
                        .orElseGet(() -> new Asset(
                                id,
                                id,
                                organization,
                                List.of(),
                                List.of(),
                                ProtectionLevel.UNKNOWN,
                                false,
                                "",
                                0,
                                List.of())))
                .toList();
    }

    private static Incident.Impact impact(Telling telling, Category category, List<Asset> assets) {
        String dataClass = assets.stream()
                .map(Asset::dataClass)
                .filter(text -> !text.isEmpty())
                .findFirst()
                .orElse("");
        boolean reached = !telling.outcome().equals("attempt") || category.key().startsWith("data.");
        long registered = assets.stream()
                .filter(asset -> !asset.dataClass().isEmpty())
                .mapToLong(Asset::persons)
                .sum();
        // Nobody's data are concerned by a mere attempt; of what was reached we know no more than what is registered.
        long persons = dataClass.isEmpty() ? -1 : reached ? registered : 0;
        return new Incident.Impact(assets.size(), persons, dataClass, 0, telling.outcome());
    }

    private static GradeQuestion question(
            Telling telling, Category category, List<Asset> assets, Incident.Impact impact) {
        int level =
                assets.stream().mapToInt(asset -> asset.level().number()).max().orElse(0);
        return new GradeQuestion(
                telling.rule() + "/" + telling.key(),
                category.key(),
                telling.outcome(),
                level,
                assets.stream().anyMatch(Asset::critical),
                impact.dataClass(),
                impact.persons(),
                impact.hours(),
                "",
                "");
    }

    private static Level severity(Telling telling) {
        Level highest = telling.signals().stream()
                .map(Signal::level)
                .max(Comparator.naturalOrder())
                .orElse(Level.INFORMATIONAL);
        Level least = telling.outcome().equals("spread")
                ? Level.CRITICAL
                : telling.outcome().equals("success") ? Level.HIGH : Level.INFORMATIONAL;
        return highest.compareTo(least) >= 0 ? highest : least;
    }

    private static int confidence(Telling telling) {
        long rules = telling.signals().stream().map(Signal::ruleId).distinct().count();
        boolean approximate =
                telling.signals().stream().anyMatch(signal -> signal.evidence().approximate());
        return (int) Math.min(95, 50 + 20 * rules) - (approximate ? 10 : 0);
    }

    private static List<String> actors(List<Signal> signals) {
        Set<String> actors = new LinkedHashSet<>();
        for (Signal signal : signals) {
            add(actors, signal.entities().source());
            named(signal, "wanglou.sources").forEach(actor -> add(actors, actor));
        }
        if (actors.isEmpty()) {
            signals.forEach(signal -> add(actors, signal.entities().user()));
        }
        return actors.stream().limit(ACTORS_MAX).toList();
    }

    /** Tactics in order of time: {@code attack.credential-access}, not techniques, groups or software. */
    private static List<String> stages(List<Signal> signals) {
        Set<String> stages = new LinkedHashSet<>();
        for (Signal signal : signals) {
            for (String tag : signal.tags()) {
                String name = tag.toLowerCase(Locale.ROOT).replace('_', '-');
                if (name.startsWith("attack.") && !name.matches("attack\\.(t|g|s|ta)\\d{4}.*")) {
                    stages.add(name.substring("attack.".length()));
                }
            }
        }
        return List.copyOf(stages);
    }

    private static List<Incident.SignalRef> refs(List<Signal> signals) {
        List<Incident.SignalRef> refs = new ArrayList<>();
        int left = EVENT_IDS_MAX;
        for (Signal signal : signals.subList(0, Math.min(signals.size(), SIGNALS_MAX))) {
            List<String> ids = signal.evidence().eventIds();
            List<String> some = ids.subList(0, Math.min(left, ids.size()));
            left -= some.size();
            refs.add(new Incident.SignalRef(
                    signal.id(),
                    signal.ruleId(),
                    signal.title(),
                    signal.level(),
                    signal.key(),
                    signal.evidence().first(),
                    signal.evidence().last(),
                    signal.evidence().count(),
                    some,
                    signal.status()));
        }
        return refs;
    }

    private static List<String> named(Signal signal, String field) {
        String names = signal.fields().getOrDefault(field, "");
        return names.isEmpty() ? List.of() : List.of(names.split(",", -1));
    }

    private static void add(Collection<String> all, String one) {
        if (!one.isEmpty()) {
            all.add(one);
        }
    }
}
