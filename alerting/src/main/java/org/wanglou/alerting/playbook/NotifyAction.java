package org.wanglou.alerting.playbook;

import java.util.List;
import org.wanglou.alerting.cases.Overlay;
import org.wanglou.alerting.notify.Outbox;
import org.wanglou.model.cases.Case;
import org.wanglou.rules.playbook.Playbook;
import org.wanglou.store.cases.CaseDatabase.Transaction;

/**
 * Tells the routes concerned, or the one named by variable {@code route}. The message is the one of the case's opening,
 * with its id, so nobody is told twice when policy has told them already. Immutable.
 */
final class NotifyAction implements Action {
    private final Outbox outbox;

    NotifyAction(Outbox outbox) {
        this.outbox = outbox;
    }

    @Override
    public String name() {
        return "notify";
    }

    @Override
    public Outcome run(Transaction tx, Playbook.Step step, Case about, long now) {
        String route = route(step);
        int owed = route.isEmpty()
                ? outbox.opened(tx, about, Overlay.grades(about), now)
                : outbox.openedOn(tx, about, Overlay.grades(about), route, now);
        return Outcome.done(owed == 0 ? "已在立案时通知" : "新增通知 " + owed + " 条");
    }

    @Override
    public Outcome rehearse(Playbook.Step step, Case about) {
        List<String> routes = route(step).isEmpty() ? outbox.routesFor(about) : List.of(route(step));
        return Outcome.done("将通知：" + (routes.isEmpty() ? "（无匹配的通知路由）" : String.join("、", routes)));
    }

    private static String route(Playbook.Step step) {
        return step.variables().getOrDefault("route", "");
    }
}
