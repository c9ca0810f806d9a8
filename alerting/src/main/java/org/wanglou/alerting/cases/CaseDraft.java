package org.wanglou.alerting.cases;

import java.util.ArrayList;
import java.util.List;
import org.wanglou.model.Grade;
import org.wanglou.model.Incident;
import org.wanglou.model.cases.Case;
import org.wanglou.model.cases.CaseState;

/** The next revision of a case in the making. Confined to one transaction. */
public final class CaseDraft {
    private final Case before;
    private CaseState state;
    private String assignee;
    private String acknowledgedBy;
    private Incident incident;
    private List<Grade> confirmed;
    private String confirmedCategory;
    private Incident.Impact impact;
    private int basedOnRevision;
    private boolean reopened;
    private long learnedAt;
    private final List<Case.Note> notes;

    public CaseDraft(Case before) {
        this.before = before;
        this.state = before.state();
        this.assignee = before.assignee();
        this.acknowledgedBy = before.acknowledgedBy();
        this.incident = before.incident();
        this.confirmed = before.confirmed();
        this.confirmedCategory = before.confirmedCategory();
        this.impact = before.impact();
        this.basedOnRevision = before.basedOnRevision();
        this.reopened = before.reopened();
        this.learnedAt = before.learnedAt();
        this.notes = new ArrayList<>(before.notes());
    }

    public CaseDraft state(CaseState next) {
        state = next;
        return this;
    }

    public CaseDraft assignee(String account) {
        assignee = account;
        return this;
    }

    public CaseDraft acknowledgedBy(String account) {
        acknowledgedBy = account;
        return this;
    }

    public CaseDraft incident(Incident latest) {
        incident = latest;
        return this;
    }

    public CaseDraft confirmed(List<Grade> grades) {
        confirmed = grades;
        return this;
    }

    public CaseDraft confirmedCategory(String key) {
        confirmedCategory = key;
        return this;
    }

    public CaseDraft impact(Incident.Impact entered) {
        impact = entered;
        return this;
    }

    public CaseDraft basedOn(int incidentRevision) {
        basedOnRevision = incidentRevision;
        return this;
    }

    public CaseDraft reopened(boolean open) {
        reopened = open;
        return this;
    }

    public CaseDraft learnedAt(long millis) {
        learnedAt = millis;
        return this;
    }

    public CaseDraft note(String by, long at, String action, String text) {
        notes.add(new Case.Note(by, at, action, text));
        return this;
    }

    /** The case as revision n+1. */
    public Case revised(long at) {
        return new Case(
                before.id(),
                before.incidentId(),
                before.revision() + 1,
                state,
                before.organization(),
                assignee,
                acknowledgedBy,
                incident,
                confirmed,
                confirmedCategory,
                impact,
                basedOnRevision,
                reopened,
                before.openedAt(),
                at,
                learnedAt,
                notes);
    }
}
