package org.wanglou.ui.report.sections;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.wanglou.alerting.cases.Overlay;
import org.wanglou.model.Category;
import org.wanglou.model.Grade;
import org.wanglou.model.Incident;
import org.wanglou.model.cases.Case;
import org.wanglou.model.cases.CaseState;

/**
 * What a report needs of a case, and nothing that names a person. Immutable.
 *
 * @param outcome the state, for archived cases the one before
 * @param retracted the machine took it back and nobody had confirmed it
 * @param grade effective gbt20986-2023 grade
 * @param category effective category
 * @param acknowledgedAfter milliseconds from opening
 * @param closedAfter milliseconds from opening
 * @param rules titles by id
 * @param references digests that were in force
 */
public record CaseFact(
        String id,
        int revision,
        String incidentId,
        int incidentRevision,
        CaseState outcome,
        boolean retracted,
        Optional<Grade> grade,
        Category category,
        OptionalLong acknowledgedAfter,
        OptionalLong closedAfter,
        Map<String, String> rules,
        List<String> stages,
        List<Incident.AssetRef> assets,
        Map<String, String> references) {
    /** The scheme whose grades reports show. */
    public static final String SCHEME = "gbt20986-2023";

    public CaseFact {
        rules = Map.copyOf(rules);
        stages = List.copyOf(stages);
        assets = List.copyOf(assets);
        references = Map.copyOf(references);
    }

    /** @param category the effective one */
    public static CaseFact of(Case about, Category category) {
        Incident incident = about.incident();
        CaseState outcome = outcome(about);
        Map<String, String> rules = new java.util.HashMap<>();
        incident.signals().forEach(signal -> rules.putIfAbsent(signal.ruleId(), signal.title()));
        return new CaseFact(
                about.id(),
                about.revision(),
                about.incidentId(),
                incident.revision(),
                outcome,
                incident.status() == Incident.Status.RETRACTED
                        && about.confirmed().isEmpty()
                        && !misjudged(outcome),
                Overlay.grade(about, SCHEME),
                category,
                first(about, "acknowledge"),
                outcome == CaseState.CLOSED ? last(about, "close") : OptionalLong.empty(),
                rules,
                incident.stages().stream().distinct().toList(),
                incident.assets(),
                incident.references());
    }

    /** An incident, as far as anybody knows. */
    boolean valid() {
        return !retracted && !misjudged(outcome);
    }

    private static boolean misjudged(CaseState outcome) {
        return outcome == CaseState.FALSE_POSITIVE || outcome == CaseState.DUPLICATE || outcome == CaseState.NOT_OURS;
    }

    private static CaseState outcome(Case about) {
        if (about.state() != CaseState.ARCHIVED) {
            return about.state();
        }
        for (int i = about.notes().size() - 1; i >= 0; i--) {
            Case.Note note = about.notes().get(i);
            if (note.action().equals("close")) {
                return CaseState.CLOSED;
            }
            if (note.action().equals("false-positive")) {
                return CaseState.FALSE_POSITIVE;
            }
            for (CaseState state : List.of(CaseState.DUPLICATE, CaseState.NOT_OURS)) {
                if (note.action().equals("state") && note.text().contains(" → " + state.chinese() + "。")) {
                    return state;
                }
            }
        }
        return CaseState.CLOSED;
    }

    private static OptionalLong first(Case about, String action) {
        return about.notes().stream()
                .filter(note -> note.action().equals(action))
                .mapToLong(note -> Math.max(0, note.at() - about.openedAt()))
                .findFirst();
    }

    private static OptionalLong last(Case about, String action) {
        return about.notes().stream()
                .filter(note -> note.action().equals(action))
                .mapToLong(note -> Math.max(0, note.at() - about.openedAt()))
                .reduce((earlier, later) -> later);
    }
}
