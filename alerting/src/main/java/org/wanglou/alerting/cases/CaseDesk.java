package org.wanglou.alerting.cases;

import static org.wanglou.alerting.cases.Decisions.confirmed;
import static org.wanglou.alerting.cases.Decisions.grade;
import static org.wanglou.alerting.cases.Decisions.none;
import static org.wanglou.alerting.cases.Decisions.step;
import static org.wanglou.alerting.cases.Decisions.suppress;
import static org.wanglou.alerting.cases.Input.past;
import static org.wanglou.alerting.cases.Input.required;
import static org.wanglou.alerting.cases.Input.text;
import static org.wanglou.alerting.cases.Refused.invalid;

import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.wanglou.alerting.deadlines.Clocks;
import org.wanglou.alerting.evidence.Seals;
import org.wanglou.alerting.notify.Outbox;
import org.wanglou.model.Grade;
import org.wanglou.model.Incident;
import org.wanglou.model.cases.Case;
import org.wanglou.model.cases.CaseState;
import org.wanglou.model.cases.Deadline;
import org.wanglou.model.cases.Message;
import org.wanglou.store.cases.CaseDatabase;
import org.wanglou.store.cases.CaseDatabase.Transaction;

/**
 * Where people decide. Each command is one transaction: the case's next revision with a note, the ledger entry owed, the
 * clocks and messages that follow, and the change feed. A command names the revision it was decided on; if that is not
 * the present one, {@link CaseDatabase.Conflict} is thrown and nothing changes. What cannot be done is {@link Refused}
 * with a reason in Chinese. Thread-safe.
 */
public final class CaseDesk {
    /** A false positive silences its signals for so long at most; then the question is asked again. */
    public static final int MOST_DAYS = 90;

    private static final long DAY_MILLIS = 86_400_000;

    private final CaseDatabase database;
    private final Outbox outbox;
    private final Clocks clocks;
    private final Regrade regrade;
    private final Scope scope;
    private final Clock clock;

    /** @param scope which units an actor may touch */
    public CaseDesk(CaseDatabase database, Outbox outbox, Clocks clocks, Regrade regrade, Scope scope, Clock clock) {
        this.database = database;
        this.outbox = outbox;
        this.clocks = clocks;
        this.regrade = regrade;
        this.scope = scope;
        this.clock = clock;
    }

    /** What a command says: the note's text and the detail that is sealed. */
    private record Said(String note, Map<String, Object> detail) {
        static Said of(String note) {
            return new Said(note, Map.of("text", note));
        }
    }

    /** A command's own part: fills the draft. */
    private interface Command {
        Said decide(Case before, CaseDraft draft, long now);
    }

    /** What follows from the decision, in the same transaction. */
    private interface Consequence {
        void follow(Transaction tx, Case after, long now);

        Consequence NONE = (tx, after, now) -> {};
    }

    /** Takes notice (签收); the first one stands. */
    public Case acknowledge(Actor actor, String caseId, int revision) {
        return decide(actor, caseId, revision, "acknowledge", (before, draft, now) -> {
            if (!before.acknowledgedBy().isEmpty()) {
                throw invalid("已由 " + before.acknowledgedBy() + " 签收");
            }
            draft.acknowledgedBy(actor.name());
            return Said.of("已签收");
        });
    }

    /** Gives the case to an account, or to nobody with an empty name. */
    public Case assign(Actor actor, String caseId, int revision, String assignee) {
        return decide(actor, caseId, revision, "assign", (before, draft, now) -> {
            if (assignee.length() > 64) {
                throw invalid("账号名过长");
            }
            draft.assignee(text(assignee));
            return Said.of(assignee.isEmpty() ? "取消分派" : "分派给 " + assignee);
        });
    }

    /** Writes a remark. */
    public Case note(Actor actor, String caseId, int revision, String text) {
        return decide(actor, caseId, revision, "note", (before, draft, now) -> Said.of(required(text, "备注不能为空")));
    }

    /** What the tables would propose if the impact were that; changes nothing. */
    public List<Grade> preview(Actor actor, String caseId, Incident.Impact impact) {
        Case about = database.transaction(tx -> visible(tx, actor, caseId));
        return regrade.propose(about.incident(), Input.impact(impact));
    }

    /**
     * Confirms category, impact and grades (研判确认), now or again. Grades left out take the tables' proposal for the
     * impact. Statutory clocks start at {@link Confirmation#learnedAt}.
     */
    public Case confirm(Actor actor, String caseId, int revision, Confirmation said) {
        return decide(
                actor,
                caseId,
                revision,
                "confirm",
                (before, draft, now) -> {
                    if (before.state() != CaseState.NEW && !before.state().open()) {
                        throw invalid("处置单状态为" + before.state().chinese() + "，不能确认；请先恢复为待研判");
                    }
                    past(said.learnedAt(), now, "发现或获知时间必填，且不能晚于当前时间");
                    required(said.learnedHow(), "请填写如何发现或获知");
                    Incident.Impact impact = Input.impact(said.impact());
                    List<Grade> proposals = regrade.propose(before.incident(), impact);
                    draft.confirmed(confirmed(said, proposals, actor, now))
                            .confirmedCategory(Input.category(said.category()))
                            .impact(impact)
                            .learnedAt(said.learnedAt())
                            .basedOn(before.incident().revision())
                            .reopened(false);
                    if (before.state() == CaseState.NEW) {
                        draft.state(CaseState.CONFIRMED);
                    }
                    Map<String, Object> detail = new LinkedHashMap<>();
                    detail.put("reason", text(said.reason()));
                    detail.put("learnedAt", said.learnedAt());
                    detail.put("learnedBefore", before.learnedAt());
                    detail.put("learnedHow", said.learnedHow());
                    detail.put("detectedAt", before.openedAt());
                    detail.put("proposals", proposals);
                    return new Said("确认。获知方式：" + said.learnedHow() + "。" + said.reason(), detail);
                },
                (tx, after, now) -> {
                    clocks.confirm(tx, after, actor.name(), now);
                    outbox.confirmed(tx, after, Overlay.grades(after), now);
                });
    }

    /** Sets one scheme's grade by hand (调整级别) on a case that was confirmed before. */
    public Case override(Actor actor, String caseId, int revision, String scheme, Grade.Value value, String reason) {
        return decide(
                actor,
                caseId,
                revision,
                "override",
                (before, draft, now) -> {
                    if (!before.state().open() || before.state() == CaseState.NEW) {
                        throw invalid("请先确认事件，再调整级别");
                    }
                    Grade present = Overlay.grade(before, scheme)
                            .orElseThrow(() -> invalid("该事件没有 " + scheme.replaceAll("[^A-Za-z0-9.-]", "?") + " 级别"));
                    required(reason, "请填写调整理由");
                    List<Grade> grades = new ArrayList<>(before.confirmed());
                    grades.removeIf(grade -> grade.scheme().equals(scheme));
                    grades.add(grade(present, value, actor, now));
                    draft.confirmed(grades)
                            .basedOn(before.incident().revision())
                            .reopened(false);
                    return new Said(
                            "调整级别 " + scheme + "：" + present.value().chinese() + " → " + value.chinese() + "。" + reason,
                            Map.of("scheme", scheme, "from", present, "to", value, "reason", reason));
                },
                (tx, after, now) -> {
                    clocks.confirm(tx, after, actor.name(), now);
                    outbox.confirmed(tx, after, Overlay.grades(after), now);
                });
    }

    /** Declares a false positive (误报) and, with {@code days} above 0, silences its signals for so long. */
    public Case falsePositive(Actor actor, String caseId, int revision, String reason, int days) {
        return decide(
                actor,
                caseId,
                revision,
                "false-positive",
                (before, draft, now) -> {
                    if (days < 0 || days > MOST_DAYS) {
                        throw invalid("抑制天数须在 0 到 " + MOST_DAYS + " 之间");
                    }
                    required(reason, "请填写误报理由");
                    step(before, draft, CaseState.FALSE_POSITIVE);
                    return new Said(
                            "误报。" + reason + (days == 0 ? "" : "。抑制 " + days + " 天"),
                            Map.of("reason", reason, "days", days, "until", now + days * DAY_MILLIS));
                },
                (tx, after, now) -> {
                    clocks.cancel(tx, after, actor.name(), now, "误报：" + reason);
                    if (days > 0) {
                        suppress(tx, after, actor, reason, now + days * DAY_MILLIS, now);
                    }
                });
    }

    /** Takes a step that {@link CaseState#next} allows. Confirming and false positives have their own commands. */
    public Case state(Actor actor, String caseId, int revision, CaseState next, String reason) {
        if (next == CaseState.CLOSED) {
            return close(actor, caseId, revision, reason);
        }
        return decide(
                actor,
                caseId,
                revision,
                "state",
                (before, draft, now) -> {
                    if (next == CaseState.CONFIRMED || next == CaseState.FALSE_POSITIVE) {
                        throw invalid("请使用“确认”或“误报”操作");
                    }
                    required(reason, "请填写理由");
                    step(before, draft, next);
                    return new Said(
                            before.state().chinese() + " → " + next.chinese() + "。" + reason,
                            Map.of("from", before.state(), "to", next, "reason", reason));
                },
                (tx, after, now) -> {
                    if (next == CaseState.DUPLICATE || next == CaseState.NOT_OURS) {
                        clocks.cancel(tx, after, actor.name(), now, next.chinese() + "：" + reason);
                    } else if (next == CaseState.ARCHIVED) {
                        none(tx, after, "请先登记报送情况");
                    } else if (next == CaseState.NEW) {
                        clocks.reopened(tx, after, actor.name(), now);
                        clocks.expect(tx, after, Overlay.grades(after), after.openedAt());
                    }
                });
    }

    /** Ends the handling (办结). Refused while a confirmed clock runs: an unmade report does not end with the case. */
    public Case close(Actor actor, String caseId, int revision, String reason) {
        return decide(
                actor,
                caseId,
                revision,
                "close",
                (before, draft, now) -> {
                    required(reason, "请填写办结说明");
                    step(before, draft, CaseState.CLOSED);
                    return new Said("办结。" + reason, Map.of("from", before.state(), "reason", reason));
                },
                (tx, after, now) -> {
                    none(tx, after, "请先登记报送情况或调整级别");
                    clocks.closed(tx, after, actor.name(), now);
                });
    }

    /**
     * Records that a report was made (登记报送): by which channel, with which receipt, by whom and when. A missed clock can
     * be met late; that it was missed stays sealed.
     */
    public Case meetDeadline(Actor actor, String caseId, int revision, String deadlineId, Met met) {
        return decide(
                actor,
                caseId,
                revision,
                "deadline",
                (before, draft, now) -> {
                    required(met.channel(), "请填写报送渠道");
                    required(met.person(), "请填写报送人");
                    text(met.receipt());
                    past(met.at(), now, "报送时间必填，且不能晚于当前时间");
                    return new Said("已报送：" + met.words(), Map.of("deadline", deadlineId, "met", met));
                },
                (tx, after, now) -> {
                    Deadline deadline = tx.deadlinesOf(caseId).stream()
                            .filter(other -> other.id().equals(deadlineId))
                            .findFirst()
                            .orElseThrow(() -> new Refused(Refused.Kind.NOT_FOUND, "没有这个时限"));
                    if (deadline.state() == Deadline.State.MET || deadline.state() == Deadline.State.CANCELLED) {
                        throw invalid("该时限已结束");
                    }
                    Deadline done = Clocks.in(deadline, Deadline.State.MET, met.at(), met.words());
                    tx.putDeadline(done);
                    Seals.deadline(tx, "deadline.met", done, after.revision(), actor.name(), now, met.words());
                });
    }

    /** Tries a message again that was given up (未送达). */
    public Message retry(Actor actor, String messageId) {
        return database.transaction(tx -> {
            Message dead = tx.message(messageId).orElseThrow(() -> new Refused(Refused.Kind.NOT_FOUND, "没有这条消息"));
            Case about = visible(tx, actor, dead.caseId());
            return Decisions.resend(tx, actor, dead, about, clock.millis());
        });
    }

    private Case decide(Actor actor, String caseId, int revision, String action, Command command) {
        return decide(actor, caseId, revision, action, command, Consequence.NONE);
    }

    private Case decide(
            Actor actor, String caseId, int revision, String action, Command command, Consequence consequence) {
        return database.transaction(tx -> {
            Case before = visible(tx, actor, caseId);
            if (before.revision() != revision) {
                throw new CaseDatabase.Conflict(
                        "case " + caseId + " is at revision " + before.revision() + ", not " + revision);
            }
            long now = clock.millis();
            CaseDraft draft = new CaseDraft(before);
            Said said = command.decide(before, draft, now);
            Case after = draft.note(actor.name(), now, action, said.note()).revised(now);
            tx.updateCase(after, revision);
            consequence.follow(tx, after, now);
            Map<String, Object> detail = new LinkedHashMap<>(said.detail());
            detail.put("role", actor.role());
            Seals.decision(tx, "case." + action, after, actor.name(), now, detail);
            tx.feed("case", after.id(), after.revision(), now);
            return after;
        });
    }

    private Case visible(Transaction tx, Actor actor, String caseId) {
        Case found = tx.caseById(caseId).orElseThrow(() -> new Refused(Refused.Kind.NOT_FOUND, "没有这个处置单"));
        if (!scope.sees(actor, found.organization())) {
            throw new Refused(Refused.Kind.NOT_ALLOWED, "该处置单不在您的单位范围内");
        }
        return found;
    }
}
