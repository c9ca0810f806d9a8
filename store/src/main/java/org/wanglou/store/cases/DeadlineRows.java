package org.wanglou.store.cases;

import java.util.List;
import java.util.OptionalLong;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Update;
import org.wanglou.model.cases.Deadline;
import org.wanglou.store.reports.PeriodRows;

/** The table {@code deadline}: the rows are the clocks. Confined to its transaction's thread. */
final class DeadlineRows {
    private static final String PENDING = "state in ('EXPECTED', 'RUNNING')";

    private final Handle handle;

    DeadlineRows(Handle handle) {
        this.handle = handle;
    }

    void put(Deadline deadline) {
        int rows = bind(
                        handle.createUpdate("update deadline set case_id = :caseId, rule_id = :rule, name = :name,"
                                + " scheme = :scheme, duty_holder = :holder, addressee = :addressee, clause = :clause,"
                                + " verified = :verified, started_at = :started, due_at = :due, state = :state,"
                                + " met_at = :met, met_how = :how where id = :id"),
                        deadline)
                .execute();
        if (rows == 0) {
            bind(
                            handle.createUpdate("insert into deadline (id, case_id, rule_id, name, scheme, duty_holder,"
                                    + " addressee, clause, verified, started_at, due_at, state, met_at, met_how) values"
                                    + " (:id, :caseId, :rule, :name, :scheme, :holder, :addressee, :clause, :verified,"
                                    + " :started, :due, :state, :met, :how)"),
                            deadline)
                    .execute();
        }
    }

    private static Update bind(Update update, Deadline deadline) {
        return update.bind("id", deadline.id())
                .bind("caseId", deadline.caseId())
                .bind("rule", deadline.ruleId())
                .bind("name", deadline.name())
                .bind("scheme", deadline.scheme())
                .bind("holder", deadline.dutyHolder())
                .bind("addressee", deadline.addressee())
                .bind("clause", deadline.clause())
                .bind("verified", deadline.verified())
                .bind("started", deadline.startedAt())
                .bind("due", deadline.dueAt())
                .bind("state", deadline.state().name())
                .bind("met", deadline.metAt())
                .bind("how", deadline.metHow());
    }

    List<Deadline> ofCase(String caseId) {
        return handle.createQuery("select * from deadline where case_id = :caseId order by due_at, id")
                .bind("caseId", caseId)
                .map((rows, context) -> PeriodRows.deadline(rows))
                .list();
    }

    List<Deadline> due(long now, int limit) {
        return handle.createQuery("select * from deadline where " + PENDING + " and due_at <= :now"
                        + " order by due_at, id limit :limit")
                .bind("now", now)
                .bind("limit", limit)
                .map((rows, context) -> PeriodRows.deadline(rows))
                .list();
    }

    OptionalLong next() {
        return handle.createQuery("select due_at from deadline where " + PENDING + " order by due_at limit 1")
                .mapTo(Long.class)
                .findOne()
                .map(OptionalLong::of)
                .orElse(OptionalLong.empty());
    }
}
