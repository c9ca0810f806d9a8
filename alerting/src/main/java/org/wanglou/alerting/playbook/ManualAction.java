package org.wanglou.alerting.playbook;

import org.wanglou.model.cases.Case;
import org.wanglou.rules.playbook.Playbook;
import org.wanglou.store.cases.CaseDatabase.Transaction;

/** Leaves a step to a person: the journal says what is to be done. Immutable. */
final class ManualAction implements Action {
    @Override
    public String name() {
        return "manual";
    }

    @Override
    public Outcome run(Transaction tx, Playbook.Step step, Case about, long now) {
        return rehearse(step, about);
    }

    @Override
    public Outcome rehearse(Playbook.Step step, Case about) {
        return new Outcome("manual", "待人工执行：" + step.text());
    }
}
