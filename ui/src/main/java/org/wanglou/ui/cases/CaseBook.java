package org.wanglou.ui.cases;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.wanglou.alerting.cases.Overlay;
import org.wanglou.alerting.playbook.Journal;
import org.wanglou.model.Grade;
import org.wanglou.model.Incident;
import org.wanglou.model.cases.Case;
import org.wanglou.model.cases.Deadline;
import org.wanglou.model.cases.Message;
import org.wanglou.store.cases.CaseDatabase;
import org.wanglou.store.cases.CaseDatabase.OwedEntry;
import org.wanglou.store.cases.CaseDatabase.Transaction;
import org.wanglou.ui.api.Call;
import org.wanglou.ui.api.Duty;
import org.wanglou.ui.api.SealView;
import org.wanglou.ui.api.Visible;
import org.wanglou.ui.http.Json;
import org.wanglou.ui.http.Problem;

/** Reads cases of an account's scope and writes them as views. Thread-safe. */
public final class CaseBook {
    private static final String SCHEME = "gbt20986-2023";

    private final CaseDatabase database;
    private final Function<String, Optional<Journal>> journals;

    /** @param journals how far a case's playbook has come; opens its own transaction */
    public CaseBook(CaseDatabase database, Function<String, Optional<Journal>> journals) {
        this.database = database;
        this.journals = journals;
    }

    CaseDatabase database() {
        return database;
    }

    /** The case, if the account sees it; what it does not see is not there. */
    Case seen(Call call, String id) {
        Visible visible = call.visible();
        return database.transaction(tx -> tx.caseById(id))
                .filter(found -> visible.sees(found.organization()))
                .orElseThrow(Problem::notFound);
    }

    /** The case's line and everything about it. */
    ObjectNode whole(Call call, Case about) {
        Visible visible = call.visible();
        Optional<Journal> journal = journals.apply(about.id());
        return database.transaction(tx -> {
            List<Deadline> deadlines = tx.deadlinesOf(about.id());
            List<Message> messages = tx.messagesOf(about.id());
            CaseView.More more = new CaseView.More(
                    CaseView.ImpactView.of(about.impact()),
                    about.learnedAt(),
                    about.basedOnRevision(),
                    about.confirmedCategory(),
                    about.notes().stream().map(CaseView.NoteView::of).toList(),
                    CaseView.IncidentView.of(about.incident()),
                    CaseView.GradeView.of(about.incident().grades()),
                    deadlines.stream().map(CaseView.DeadlineView::of).toList(),
                    messages.stream().map(CaseView.MessageView::of).toList(),
                    seals(tx, about).stream().map(SealView::of).toList(),
                    about.state().next().stream().sorted().map(Json::word).toList(),
                    journal.map(CaseView.PlaybookView::of).orElse(null),
                    responsible(about, visible));
            return Json.merged(rows(tx, List.of(about), visible).get(0), more);
        });
    }

    /** Every entry about the case: its incident, decisions, clocks, messages and playbook; by seq. */
    public static List<OwedEntry> seals(Transaction tx, Case about) {
        List<OwedEntry> seals = new ArrayList<>();
        seals.addAll(tx.entriesOf("incident", about.incidentId()));
        seals.addAll(tx.entriesOf("case", about.id()));
        seals.addAll(tx.entriesOf("playbook", about.id()));
        tx.deadlinesOf(about.id()).forEach(deadline -> seals.addAll(tx.entriesOf("deadline", deadline.id())));
        for (Message message : tx.messagesOf(about.id())) {
            for (String type : List.of("message", "receipt", "attempt")) {
                seals.addAll(tx.entriesOf(type, message.id()));
            }
        }
        seals.sort(Comparator.comparingLong(OwedEntry::seq));
        return seals;
    }

    private static List<Duty> responsible(Case about, Visible visible) {
        Stream<Duty> unit = visible.registry().organization(about.organization()).stream()
                .flatMap(organization -> organization.contacts().stream())
                .map(contact -> Duty.of("", contact));
        Stream<Duty> assets = about.incident().assets().stream()
                .flatMap(reference -> visible.registry().asset(reference.id()).stream())
                .flatMap(asset -> asset.duties().stream().map(duty -> Duty.of(asset.name(), duty)));
        return Stream.concat(unit, assets).toList();
    }

    /** The lines of a list, with what stands beside each read for all at once. */
    List<CaseView.Row> rows(Transaction tx, List<Case> cases, Visible visible) {
        List<String> ids = cases.stream().map(Case::id).toList();
        Map<String, List<Deadline>> deadlines = new HashMap<>();
        tx.deadlinesOfAll(ids).forEach(deadline -> deadlines
                .computeIfAbsent(deadline.caseId(), id -> new ArrayList<>())
                .add(deadline));
        Map<String, Map<Message.State, Long>> messages = tx.countMessagesOf(ids);
        List<String> objects = new ArrayList<>(ids);
        cases.forEach(about -> objects.add(about.incidentId()));
        deadlines.values().forEach(all -> all.forEach(deadline -> objects.add(deadline.id())));
        Set<String> unsealed = tx.unsealed(objects);
        return cases.stream()
                .map(about -> row(
                        about,
                        deadlines.getOrDefault(about.id(), List.of()),
                        messages.getOrDefault(about.id(), Map.of()),
                        unsealed,
                        visible))
                .toList();
    }

    private static CaseView.Row row(
            Case about,
            List<Deadline> deadlines,
            Map<Message.State, Long> messages,
            Set<String> unsealed,
            Visible visible) {
        Incident incident = about.incident();
        List<Grade> grades = Overlay.grades(about);
        boolean sealed = !unsealed.contains(about.id())
                && !unsealed.contains(about.incidentId())
                && deadlines.stream().noneMatch(deadline -> unsealed.contains(deadline.id()));
        return new CaseView.Row(
                about.id(),
                about.incidentId(),
                about.revision(),
                Json.word(about.state()),
                incident.title(),
                incident.severity().word(),
                CaseView.CategoryView.of(incident.category()),
                CaseView.GradeView.of(grades),
                effective(grades).map(CaseView.GradeView::of).orElse(null),
                new CaseView.Unit(about.organization(), name(about, visible)),
                CaseView.assets(incident),
                incident.actors(),
                incident.signals().size(),
                incident.signals().stream().mapToLong(Incident.SignalRef::count).sum(),
                incident.stages(),
                about.openedAt(),
                about.updatedAt(),
                about.assignee(),
                about.acknowledgedBy(),
                about.reopened(),
                Json.word(incident.status()),
                next(deadlines).orElse(null),
                CaseView.MessageCounts.of(messages),
                sealed);
    }

    private static String name(Case about, Visible visible) {
        String known = visible.name(about.organization());
        return known.equals(about.organization())
                        && !about.incident().organizationName().isEmpty()
                ? about.incident().organizationName()
                : known;
    }

    /** The national grade, else the gravest there is. */
    private static Optional<Grade> effective(List<Grade> grades) {
        return Overlay.of(grades, SCHEME)
                .or(() -> grades.stream().min(Comparator.comparing((Grade grade) -> grade.value())));
    }

    private static Optional<CaseView.NextDeadline> next(List<Deadline> deadlines) {
        return deadlines.stream()
                .filter(deadline ->
                        deadline.state() == Deadline.State.RUNNING || deadline.state() == Deadline.State.EXPECTED)
                .min(Comparator.comparingLong(Deadline::dueAt))
                .map(deadline -> new CaseView.NextDeadline(
                        deadline.id(),
                        deadline.name(),
                        Json.word(deadline.state()),
                        deadline.startedAt(),
                        deadline.dueAt(),
                        deadline.clause(),
                        deadline.verified()));
    }
}
