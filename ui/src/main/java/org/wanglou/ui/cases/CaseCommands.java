package org.wanglou.ui.cases;

import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.wanglou.alerting.cases.CaseDesk;
import org.wanglou.alerting.cases.Confirmation;
import org.wanglou.alerting.cases.Met;
import org.wanglou.model.Category;
import org.wanglou.model.Grade;
import org.wanglou.model.Incident;
import org.wanglou.model.cases.Case;
import org.wanglou.model.cases.CaseState;
import org.wanglou.store.cases.CaseDatabase;
import org.wanglou.ui.api.Call;
import org.wanglou.ui.http.Body;
import org.wanglou.ui.http.Problem;

/**
 * Decisions about one case: read from the body, handed to the desk with the revision they were made on, answered with the
 * case as it then is. A revision that is no longer the present one is 412 with the present case. Thread-safe.
 */
public final class CaseCommands {
    private static final int REASON = 2_000;
    private static final int WORD = 200;

    private final CaseBook book;
    private final CaseDesk desk;
    private final Supplier<List<Category>> categories;
    private final Assignment assignment;

    /** Whether the asker may give a case to that account. */
    public interface Assignment {
        boolean allowed(Call call, String account);
    }

    public CaseCommands(CaseBook book, CaseDesk desk, Supplier<List<Category>> categories, Assignment assignment) {
        this.book = book;
        this.desk = desk;
        this.categories = categories;
        this.assignment = assignment;
    }

    /** One decision about a case that is seen, on a revision. */
    interface Decision {
        Case decide(Case about, int revision);
    }

    private void decide(Call call, Decision decision) {
        Case about = book.seen(call, call.path("id"));
        int revision = call.revision();
        try {
            Case after = decision.decide(about, revision);
            call.etag(after.revision());
            call.reply(book.whole(call, after));
        } catch (CaseDatabase.Conflict e) {
            throw Problem.of(412, "conflict").with("current", book.whole(call, book.seen(call, about.id())));
        }
    }

    public void acknowledge(Call call) {
        decide(call, (about, revision) -> desk.acknowledge(call.actor(), about.id(), revision));
    }

    public void assign(Call call) {
        decide(call, (about, revision) -> assign(call, about.id(), revision, call.body()));
    }

    Case assign(Call call, String id, int revision, Body body) {
        String assignee = body.text("assignee", 64);
        if (!assignment.allowed(call, assignee)) {
            throw Problem.field("/assignee", "field.account");
        }
        return desk.assign(call.actor(), id, revision, assignee);
    }

    public void note(Call call) {
        decide(
                call,
                (about, revision) -> desk.note(
                        call.actor(), about.id(), revision, call.body().required("text", Body.TEXT)));
    }

    public void confirm(Call call) {
        decide(call, (about, revision) -> {
            Body body = call.body();
            String category = body.text("category", 64);
            if (!category.isEmpty()
                    && categories.get().stream().noneMatch(known -> known.key().equals(category))) {
                throw Problem.field("/category", "field.word");
            }
            return desk.confirm(
                    call.actor(),
                    about.id(),
                    revision,
                    new Confirmation(
                            category,
                            body.words("grades", Grade.Value.class),
                            impact(body, about.impact()),
                            body.number("learnedAt", 0),
                            body.required("learnedHow", WORD),
                            body.text("reason", REASON)));
        });
    }

    public void override(Call call) {
        decide(call, (about, revision) -> {
            Body body = call.body();
            return desk.override(
                    call.actor(),
                    about.id(),
                    revision,
                    body.required("scheme", 64),
                    body.word("value", Grade.Value.class),
                    body.required("reason", REASON));
        });
    }

    public void falsePositive(Call call) {
        decide(call, (about, revision) -> falsePositive(call, about.id(), revision, call.body()));
    }

    Case falsePositive(Call call, String id, int revision, Body body) {
        return desk.falsePositive(
                call.actor(),
                id,
                revision,
                body.required("reason", REASON),
                body.number("days", 0, 0, CaseDesk.MOST_DAYS));
    }

    public void state(Call call) {
        decide(call, (about, revision) -> state(call, about.id(), revision, call.body()));
    }

    Case state(Call call, String id, int revision, Body body) {
        return desk.state(
                call.actor(), id, revision, body.word("state", CaseState.class), body.required("reason", REASON));
    }

    public void close(Call call) {
        decide(
                call,
                (about, revision) -> desk.close(
                        call.actor(), about.id(), revision, call.body().required("reason", REASON)));
    }

    public void met(Call call) {
        decide(call, (about, revision) -> {
            Body body = call.body();
            return desk.meetDeadline(
                    call.actor(),
                    about.id(),
                    revision,
                    call.path("deadlineId"),
                    new Met(
                            body.required("channel", WORD),
                            body.text("receipt", WORD),
                            body.required("person", WORD),
                            body.number("at", 0)));
        });
    }

    /** What the tables would propose for an impact; changes nothing. */
    public void preview(Call call) {
        Case about = book.seen(call, call.path("id"));
        List<Grade> grades = desk.preview(call.actor(), about.id(), impact(call.body(), about.impact()));
        call.reply(Map.of("grades", CaseView.GradeView.of(grades)));
    }

    /** The impact that was entered; what is left out stays as it is. */
    private static Incident.Impact impact(Body body, Incident.Impact present) {
        if (!body.has("impact")) {
            return present;
        }
        Body impact = body.object("impact");
        return new Incident.Impact(
                impact.number("assets", present.assets(), 0, 1_000_000),
                impact.number("persons", present.persons()),
                impact.has("dataClass") ? impact.text("dataClass", 64) : present.dataClass(),
                impact.decimal("hours", present.hours()),
                impact.has("outcome") ? impact.required("outcome", 16) : present.outcome());
    }

    CaseDesk desk() {
        return desk;
    }
}
