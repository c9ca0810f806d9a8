package org.wanglou.alerting;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.wanglou.alerting.IncidentStage.Arrived;
import org.wanglou.alerting.cases.CaseDraft;
import org.wanglou.alerting.cases.Overlay;
import org.wanglou.alerting.deadlines.Clocks;
import org.wanglou.alerting.evidence.Seals;
import org.wanglou.alerting.notify.Outbox;
import org.wanglou.alerting.playbook.PlaybookRunner;
import org.wanglou.model.Grade;
import org.wanglou.model.Incident;
import org.wanglou.model.Signal;
import org.wanglou.model.cases.Case;
import org.wanglou.model.cases.CaseState;
import org.wanglou.store.cases.CaseDatabase.Suppression;
import org.wanglou.store.cases.CaseDatabase.Transaction;

/**
 * What an incident's new revisions mean for its case: open one by policy, or change the machine's part of it. What people
 * decided is never changed; a revision that rises above it opens the question again (再次待研判), with a note. Immutable.
 */
public final class CaseOpening {
    /** Cases are numbered by the day in China, where their readers are. */
    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("yyyyMMdd").withZone(ZoneOffset.ofHours(8));

    private final CasePolicy policy;
    private final Outbox outbox;
    private final Clocks clocks;
    private final PlaybookRunner playbooks;

    public CaseOpening(CasePolicy policy, Outbox outbox, Clocks clocks, PlaybookRunner playbooks) {
        this.policy = policy;
        this.outbox = outbox;
        this.clocks = clocks;
        this.playbooks = playbooks;
    }

    /**
     * Takes revisions of one incident, oldest first, and returns what became of them: {@code opened}, {@code updated},
     * {@code suppressed}, {@code no_case} or {@code replayed}.
     */
    String take(Transaction tx, List<Arrived> revisions, long now) {
        int have = tx.incident(revisions.get(0).incident().id())
                .map(Incident::revision)
                .orElse(0);
        Incident latest = null;
        long receivedAt = now;
        for (Arrived arrived : revisions) {
            Incident incident = arrived.incident();
            if (incident.revision() > have) {
                tx.putIncident(incident);
                Seals.incident(tx, kind(incident, have), incident, now);
                have = incident.revision();
                receivedAt = latest == null ? arrived.receivedAt() : receivedAt;
                latest = incident;
            }
        }
        if (latest == null) {
            return "replayed";
        }
        tx.feed("incident", latest.id(), latest.revision(), now);
        // Receive time is what detection counts from; a clock that is ahead must not push a limit into the future.
        long detectedAt = receivedAt > 0 ? Math.min(receivedAt, now) : now;
        Optional<Case> present = tx.caseOfIncident(latest.id());
        return present.isPresent()
                ? update(tx, present.get(), latest, detectedAt, now)
                : open(tx, latest, detectedAt, now);
    }

    private static String kind(Incident incident, int have) {
        return incident.status() == Incident.Status.RETRACTED
                ? "incident.retract"
                : have == 0 ? "incident.open" : "incident.update";
    }

    private String open(Transaction tx, Incident incident, long detectedAt, long now) {
        String row = policy.opens(incident);
        if (row.isEmpty() || incident.status() == Incident.Status.RETRACTED) {
            return "no_case";
        }
        if (suppressed(incident, tx.suppressions(now))) {
            return "suppressed";
        }
        String id = tx.newCaseId(DAY.format(Instant.ofEpochMilli(now)));
        Case opened = new Case(
                id,
                incident.id(),
                1,
                CaseState.NEW,
                incident.organization(),
                "",
                "",
                incident,
                List.of(),
                "",
                incident.impact(),
                0,
                false,
                detectedAt,
                now,
                0,
                List.of(new Case.Note(Seals.MACHINE, now, "open", "立案：" + row)));
        tx.insertCase(opened);
        Seals.decision(tx, "case.open", opened, Seals.MACHINE, now, Map.of("policy", row));
        clocks.expect(tx, opened, incident.grades(), detectedAt);
        outbox.opened(tx, opened, incident.grades(), now);
        playbooks.begin(tx, opened, now);
        tx.feed("case", id, 1, now);
        return "opened";
    }

    private String update(Transaction tx, Case before, Incident latest, long detectedAt, long now) {
        boolean above = aboveDecision(tx, before, latest);
        CaseDraft draft = new CaseDraft(before).incident(latest);
        if (before.basedOnRevision() == 0) {
            draft.impact(latest.impact());
        }
        if (above) {
            draft.reopened(true).note(Seals.MACHINE, now, "reopened", "系统建议级别高于人工结论，请重新研判");
            if (!before.state().open() && before.state() != CaseState.ARCHIVED) {
                draft.state(CaseState.NEW);
            }
        }
        boolean retracted = latest.status() == Incident.Status.RETRACTED
                && before.incident().status() != Incident.Status.RETRACTED;
        if (retracted) {
            draft.note(Seals.MACHINE, now, "retracted", "迟到日志使该事件不再成立，系统已撤回其判断");
        }
        Case after = draft.revised(now);
        tx.updateCase(after, before.revision());
        if (above || retracted) {
            String type = above ? "case.reopen" : "case.retract";
            Seals.decision(tx, type, after, Seals.MACHINE, now, Map.of("incidentRevision", latest.revision()));
        }
        List<Grade> effective = Overlay.grades(after);
        if (after.state() != before.state()) {
            clocks.reopened(tx, after, Seals.MACHINE, now);
        }
        if (after.state().open()) {
            // A retracted incident expects nothing: no grades, no limits.
            clocks.expect(
                    tx, after, latest.status() == Incident.Status.RETRACTED ? List.of() : latest.grades(), detectedAt);
        }
        if (retracted) {
            outbox.retracted(tx, after, effective, now);
        } else if (latest.status() != Incident.Status.RETRACTED && raised(tx, latest, before.incident())) {
            outbox.raised(tx, after, effective, now);
        }
        tx.feed("case", after.id(), after.revision(), now);
        return "updated";
    }

    /** Higher than every revision before: what fell and rises again was told already. */
    private static boolean raised(Transaction tx, Incident latest, Incident previous) {
        if (!rises(latest, previous)) {
            return false;
        }
        return tx.incidentRevisions(latest.id()).stream()
                .filter(other -> other.revision() < latest.revision() && other.revision() <= previous.revision())
                .allMatch(other -> latest.severity().compareTo(other.severity()) > 0
                        || Overlay.graver(latest.grades(), other.grades()));
    }

    private static boolean rises(Incident latest, Incident previous) {
        return latest.severity().compareTo(previous.severity()) > 0
                || Overlay.graver(latest.grades(), previous.grades());
    }

    /** Above what a person confirmed, or, where a person rejected, above what the machine proposed at that time. */
    private static boolean aboveDecision(Transaction tx, Case before, Incident latest) {
        if (latest.status() == Incident.Status.RETRACTED
                || before.basedOnRevision() == 0
                || before.reopened()
                || before.state() == CaseState.DUPLICATE) {
            return false;
        }
        if (before.state() == CaseState.FALSE_POSITIVE || before.state() == CaseState.NOT_OURS) {
            return tx.incidentRevisions(latest.id()).stream()
                    .filter(other -> other.revision() == before.basedOnRevision())
                    .anyMatch(other -> rises(latest, other));
        }
        // Above the confirmed grade and above what the person saw: an override below the proposal is not reopened by
        // it.
        return tx.incidentRevisions(latest.id()).stream()
                .filter(other -> other.revision() == before.basedOnRevision())
                .anyMatch(seen -> latest.grades().stream()
                        .filter(grade -> Overlay.graver(List.of(grade), before.confirmed()))
                        .anyMatch(grade -> Overlay.graver(List.of(grade), seen.grades())));
    }

    private static boolean suppressed(Incident incident, List<Suppression> suppressions) {
        List<Incident.SignalRef> standing = incident.signals().stream()
                .filter(signal -> signal.status() != Signal.Status.RETRACTED)
                .toList();
        return !standing.isEmpty()
                && standing.stream().allMatch(signal -> suppressions.stream()
                        .anyMatch(suppression -> silences(suppression, signal, incident)));
    }

    private static boolean silences(Suppression suppression, Incident.SignalRef signal, Incident incident) {
        return suppression.organization().equals(incident.organization())
                && suppression.ruleId().equals(signal.ruleId())
                && (suppression.key().isEmpty()
                        || suppression.key().equals(signal.key())
                        || suppression.key().equals(incident.storyKey()));
    }
}
