package org.wanglou.alerting.playbook;

import org.wanglou.model.cases.Case;
import org.wanglou.rules.playbook.Playbook;
import org.wanglou.store.cases.CaseDatabase.Transaction;

/**
 * Something a playbook can do. Its effect is part of the step's transaction and must not change when it is repeated: a
 * transaction may be tried several times. Thread-safe.
 */
public interface Action {
    /** The word by which a step names it, such as {@code notify}. */
    String name();

    /** Does it and says in zh-CN what was done. */
    Outcome run(Transaction tx, Playbook.Step step, Case about, long now);

    /** Says what {@link #run} would do, and does nothing. */
    Outcome rehearse(Playbook.Step step, Case about);

    /** What came of a step; {@code state} as in {@link Journal.Line}. */
    record Outcome(String state, String result) {
        public static Outcome done(String result) {
            return new Outcome("done", result);
        }

        public static Outcome skipped(String result) {
            return new Outcome("skipped", result);
        }
    }
}
