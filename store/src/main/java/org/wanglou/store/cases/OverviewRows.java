package org.wanglou.store.cases;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.wanglou.model.cases.CaseState;
import org.wanglou.model.cases.Deadline;
import org.wanglou.model.cases.Message;
import org.wanglou.store.cases.CaseDatabase.CaseCounts;
import org.wanglou.store.reports.PeriodRows;

/** What a list of cases shows beside each case, for the whole list in one query. Confined to its transaction's thread. */
final class OverviewRows {
    private static final String OPEN = "(" + String.join(", ", open()) + ")";
    private static final String PENDING = "deadline.state in ('EXPECTED', 'RUNNING')";

    private final Handle handle;

    OverviewRows(Handle handle) {
        this.handle = handle;
    }

    private static List<String> open() {
        return java.util.Arrays.stream(CaseState.values())
                .filter(CaseState::open)
                .map(state -> "'" + state.name() + "'")
                .toList();
    }

    CaseCounts countOpen(List<String> organizations, String account, long dueBefore) {
        return new CaseCounts(
                count("", organizations, account, dueBefore),
                count(" and assignee = ''", organizations, account, dueBefore),
                count(" and assignee = :account", organizations, account, dueBefore),
                count(
                        " and exists (select 1 from deadline where deadline.case_id = case_file.id and " + PENDING
                                + " and due_at < :due)",
                        organizations,
                        account,
                        dueBefore),
                // The column would be a migration for one flag; quotes inside texts are escaped, so only the field
                // fits.
                count(" and body like '%,\"reopened\":true,%'", organizations, account, dueBefore));
    }

    private long count(String more, List<String> organizations, String account, long dueBefore) {
        String units = organizations.isEmpty() ? "" : " and organization in (<organizations>)";
        Query query = handle.createQuery("select count(*) from case_file where state in " + OPEN + units + more);
        if (!organizations.isEmpty()) {
            query.bindList("organizations", organizations);
        }
        if (more.contains(":account")) {
            query.bind("account", account);
        }
        if (more.contains(":due")) {
            query.bind("due", dueBefore);
        }
        return query.mapTo(Long.class).one();
    }

    List<Deadline> deadlines(List<String> cases) {
        if (cases.isEmpty()) {
            return List.of();
        }
        return handle.createQuery("select * from deadline where case_id in (<cases>) order by due_at, id")
                .bindList("cases", cases)
                .map((rows, context) -> PeriodRows.deadline(rows))
                .list();
    }

    Map<String, Map<Message.State, Long>> messages(List<String> cases) {
        Map<String, Map<Message.State, Long>> counts = new HashMap<>();
        if (!cases.isEmpty()) {
            handle.createQuery("select case_id, state, count(*) as n from message where case_id in (<cases>)"
                            + " group by case_id, state")
                    .bindList("cases", cases)
                    .map((rows, context) -> counts.computeIfAbsent(
                                    rows.getString("case_id"), id -> new EnumMap<>(Message.State.class))
                            .put(Message.State.valueOf(rows.getString("state")), rows.getLong("n")))
                    .list();
        }
        return counts;
    }

    Set<String> unsealed(List<String> objects) {
        if (objects.isEmpty()) {
            return Set.of();
        }
        return new HashSet<>(handle.createQuery("select distinct object_id from ledger_entry where leaf_index = -1"
                        + " and object_id in (<objects>)")
                .bindList("objects", objects)
                .mapTo(String.class)
                .list());
    }

    long countIncidents() {
        return handle.createQuery("select count(distinct id) from incident")
                .mapTo(Long.class)
                .one();
    }
}
