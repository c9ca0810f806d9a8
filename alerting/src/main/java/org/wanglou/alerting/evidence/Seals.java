package org.wanglou.alerting.evidence;

import java.util.LinkedHashMap;
import java.util.Map;
import org.wanglou.model.Incident;
import org.wanglou.model.cases.Case;
import org.wanglou.model.cases.Deadline;
import org.wanglou.model.cases.Message;
import org.wanglou.store.cases.CaseDatabase.Transaction;

/**
 * The entries that alerting owes to the ledger, each with the object it seals. Entries become leaves in commit order.
 * Pure but for the transaction.
 */
public final class Seals {
    /** The actor of what no person did. */
    public static final String MACHINE = "machine";

    private Seals() {}

    /** An incident revision: {@code incident.open}, {@code incident.update} or {@code incident.retract}. */
    public static void incident(Transaction tx, String type, Incident incident, long at) {
        tx.oweEntry(
                type,
                "incident",
                incident.id(),
                incident.revision(),
                incident.organization(),
                MACHINE,
                at,
                Texts.canonical(incident),
                "");
    }

    /**
     * A case decision such as {@code case.confirm}: the case as it then stands, without the incident, which is sealed by
     * itself and named by its revision.
     *
     * @param detail what the command said, such as the reason and what was before
     */
    public static void decision(Transaction tx, String type, Case decided, String actor, long at, Object detail) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("id", decided.id());
        object.put("incidentId", decided.incidentId());
        object.put("incidentRevision", decided.incident().revision());
        object.put("revision", decided.revision());
        object.put("state", decided.state());
        object.put("organization", decided.organization());
        object.put("assignee", decided.assignee());
        object.put("acknowledgedBy", decided.acknowledgedBy());
        object.put("confirmed", decided.confirmed());
        object.put("confirmedCategory", decided.confirmedCategory());
        object.put("impact", decided.impact());
        object.put("basedOnRevision", decided.basedOnRevision());
        object.put("reopened", decided.reopened());
        object.put("openedAt", decided.openedAt());
        object.put("learnedAt", decided.learnedAt());
        object.put("decision", type);
        object.put("by", actor);
        object.put("at", at);
        object.put("detail", detail);
        tx.oweEntry(
                type,
                "case",
                decided.id(),
                decided.revision(),
                decided.organization(),
                actor,
                at,
                Texts.canonical(object),
                "");
    }

    /** That the message reached its receiver: {@code notification.sent}, with the digest of the bytes sent. */
    public static void sent(Transaction tx, Message message, String organization, long at) {
        message(tx, "notification.sent", "message", message, organization, MACHINE, at, Map.of());
    }

    /** What the receiver answered: {@code notification.receipt}. */
    public static void receipt(
            Transaction tx, Message message, String organization, long at, String answer, String answerSm3) {
        message(
                tx,
                "notification.receipt",
                "receipt",
                message,
                organization,
                MACHINE,
                at,
                Map.of("answer", answer, "answerSm3", answerSm3));
    }

    /** That a message was given up, or is tried again by a person. */
    public static void attempt(
            Transaction tx, String type, Message message, String organization, String actor, long at, String why) {
        message(tx, type, "attempt", message, organization, actor, at, Map.of("why", why));
    }

    /** That a clock was met, missed or cancelled: {@code deadline.met} and the like. */
    public static void deadline(
            Transaction tx, String type, Deadline deadline, int revision, String actor, long at, String detail) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("deadline", deadline);
        object.put("by", actor);
        object.put("at", at);
        object.put("detail", detail);
        tx.oweEntry(
                type,
                "deadline",
                deadline.id(),
                revision,
                deadline.dutyHolder(),
                actor,
                at,
                Texts.canonical(object),
                "");
    }

    private static void message(
            Transaction tx,
            String type,
            String objectType,
            Message message,
            String organization,
            String actor,
            long at,
            Map<String, String> more) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("id", message.id());
        object.put("incidentId", message.incidentId());
        object.put("caseId", message.caseId());
        object.put("reason", message.reason());
        object.put("route", message.route());
        object.put("notifier", message.notifier());
        object.put("target", message.target());
        object.put("bodySm3", message.bodySm3());
        object.put("attempts", message.attempts());
        object.put("createdAt", message.createdAt());
        object.put("deliveredAt", message.deliveredAt());
        object.put("by", actor);
        object.put("at", at);
        object.putAll(more);
        tx.oweEntry(
                type,
                objectType,
                message.id(),
                message.attempts(),
                organization,
                actor,
                at,
                Texts.canonical(object),
                message.bodySm3());
    }
}
