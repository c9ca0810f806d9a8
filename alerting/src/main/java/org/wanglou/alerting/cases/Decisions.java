package org.wanglou.alerting.cases;

import static org.wanglou.alerting.cases.Refused.invalid;

import java.util.List;
import java.util.Map;
import org.wanglou.alerting.evidence.Seals;
import org.wanglou.crypto.sm.Sm3;
import org.wanglou.model.Grade;
import org.wanglou.model.cases.Case;
import org.wanglou.model.cases.CaseState;
import org.wanglou.model.cases.Deadline;
import org.wanglou.model.cases.Message;
import org.wanglou.store.cases.CaseDatabase.Suppression;
import org.wanglou.store.cases.CaseDatabase.Transaction;

/** The parts of which the desk's commands are made. Pure but for the transaction they are handed. */
final class Decisions {
    private static final int MOST_SUPPRESSIONS = 64;

    private Decisions() {}

    static void step(Case before, CaseDraft draft, CaseState next) {
        if (!before.state().next().contains(next)) {
            throw invalid("不能从" + before.state().chinese() + "转为" + next.chinese());
        }
        draft.state(next);
        if (next == CaseState.FALSE_POSITIVE || next == CaseState.NOT_OURS || next == CaseState.DUPLICATE) {
            // A rejection answers the open question; any other step leaves it open.
            draft.basedOn(before.incident().revision()).reopened(false);
        } else if (next == CaseState.CLOSED && before.reopened()) {
            throw invalid("系统建议级别高于人工结论，请先重新确认或调整级别，再办结");
        }
    }

    static List<Grade> confirmed(Confirmation said, List<Grade> proposals, Actor actor, long now) {
        for (String scheme : said.grades().keySet()) {
            if (Overlay.of(proposals, scheme).isEmpty()) {
                throw invalid("该事件没有 " + scheme.replaceAll("[^A-Za-z0-9.-]", "?") + " 级别");
            }
        }
        return proposals.stream()
                .map(proposal ->
                        grade(proposal, said.grades().getOrDefault(proposal.scheme(), proposal.value()), actor, now))
                .toList();
    }

    static Grade grade(Grade proposal, Grade.Value value, Actor actor, long now) {
        String basis = value == proposal.value()
                ? proposal.basis()
                : "人工确定（依据表：" + proposal.value().chinese() + "，" + proposal.basis() + "）";
        return new Grade(
                proposal.scheme(),
                value,
                Grade.State.CONFIRMED,
                actor.name(),
                now,
                basis,
                proposal.tableVersion(),
                proposal.verified());
    }

    static void suppress(Transaction tx, Case about, Actor actor, String reason, long until, long now) {
        about.incident().signals().stream()
                // A signal without a key would silence its rule for the whole unit: its story's key is narrower.
                .map(signal -> Map.entry(
                        signal.ruleId(),
                        signal.key().isEmpty() ? about.incident().storyKey() : signal.key()))
                .distinct()
                .limit(MOST_SUPPRESSIONS)
                .forEach(entry -> tx.putSuppression(new Suppression(
                        Sm3.id(about.id(), entry.getKey(), entry.getValue()),
                        about.organization(),
                        entry.getKey(),
                        entry.getValue(),
                        until,
                        reason,
                        actor.name(),
                        now)));
    }

    /** Refuses while a confirmed clock runs. */
    static void none(Transaction tx, Case about, String remedy) {
        for (Deadline deadline : tx.deadlinesOf(about.id())) {
            if (deadline.state() == Deadline.State.RUNNING) {
                throw invalid("“" + deadline.name() + "”时限仍在计时，" + remedy);
            }
        }
    }

    /** Owes a message again that was given up. */
    static Message resend(Transaction tx, Actor actor, Message dead, Case about, long now) {
        if (dead.state() != Message.State.DEAD) {
            throw invalid("只有未送达的消息可以重发");
        }
        Message owed = new Message(
                dead.id(),
                dead.incidentId(),
                dead.caseId(),
                dead.reason(),
                dead.route(),
                dead.notifier(),
                dead.target(),
                dead.body(),
                dead.bodySm3(),
                Message.State.OWED,
                dead.attempts(),
                now,
                dead.createdAt(),
                0,
                dead.answer());
        tx.updateMessage(owed);
        Seals.attempt(tx, "notification.retry", owed, about.organization(), actor.name(), now, "");
        tx.feed("message", owed.id(), owed.attempts(), now);
        return owed;
    }
}
