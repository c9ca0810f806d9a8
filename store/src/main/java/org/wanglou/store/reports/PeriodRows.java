package org.wanglou.store.reports;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.wanglou.bus.codec.Jsons;
import org.wanglou.model.cases.Case;
import org.wanglou.model.cases.Deadline;
import org.wanglou.model.cases.Message;

/**
 * What happened in a period [from, to), milliseconds UTC, in these units or, with an empty list, in all. Rows are handed
 * over one by one, so that a province's year needs no memory of its own. Confined to its transaction's thread.
 */
public final class PeriodRows {
    private static final int FETCH = 500;
    private static final String SEAL = "select seq, entry_type, object_type, object_id, object_revision, organization,"
            + " made_at, leaf_index, leaf_hash from ledger_entry";

    private final Handle handle;

    public PeriodRows(Handle handle) {
        this.handle = handle;
    }

    /** Cases opened in the period, earliest first, as they stand now. */
    public void cases(List<String> organizations, long from, long to, Consumer<Case> each) {
        select(
                        "select body from case_file where opened_at >= :from and opened_at < :to"
                                + in("organization", organizations) + " order by opened_at, id",
                        organizations,
                        from,
                        to)
                .mapTo(String.class)
                .map(PeriodRows::readCase)
                .forEach(each);
    }

    /** Clocks due in the period whose duty holder is one of these units, earliest first, as they stand now. */
    public void deadlines(List<String> dutyHolders, long from, long to, Consumer<Deadline> each) {
        select(
                        "select * from deadline where due_at >= :from and due_at < :to" + in("duty_holder", dutyHolders)
                                + " order by due_at, id",
                        dutyHolders,
                        from,
                        to)
                .map((rows, context) -> deadline(rows))
                .forEach(each);
    }

    /** A message without target and body. */
    public record Sent(String id, String caseId, String notifier, Message.State state, int attempts, long createdAt) {}

    /** Messages owed in the period about cases of these units, earliest first, as they stand now. */
    public void messages(List<String> organizations, long from, long to, Consumer<Sent> each) {
        String of = organizations.isEmpty()
                ? ""
                : " and exists (select 1 from case_file where case_file.id = message.case_id"
                        + in("case_file.organization", organizations) + ")";
        select(
                        "select id, case_id, notifier, state, attempts, created_at from message where created_at >= :from"
                                + " and created_at < :to" + of + " order by created_at, id",
                        organizations,
                        from,
                        to)
                .map((rows, context) -> new Sent(
                        rows.getString("id"),
                        rows.getString("case_id"),
                        rows.getString("notifier"),
                        Message.State.valueOf(rows.getString("state")),
                        rows.getInt("attempts"),
                        rows.getLong("created_at")))
                .forEach(each);
    }

    /** Ledger entries made in the period, by seq, without their objects. */
    public void seals(List<String> organizations, long from, long to, Consumer<Seal> each) {
        select(
                        SEAL + " where made_at >= :from and made_at < :to" + in("organization", organizations)
                                + " order by seq",
                        organizations,
                        from,
                        to)
                .map((rows, context) -> seal(rows))
                .forEach(each);
    }

    /** The entries of one object, all revisions, by seq, without the objects. */
    public List<Seal> sealsOf(String objectType, String objectId) {
        return handle.createQuery(SEAL + " where object_type = :type and object_id = :id order by seq")
                .bind("type", objectType)
                .bind("id", objectId)
                .map((rows, context) -> seal(rows))
                .list();
    }

    private static String in(String column, List<String> organizations) {
        return organizations.isEmpty() ? "" : " and " + column + " in (<organizations>)";
    }

    private Query select(String sql, List<String> organizations, long from, long to) {
        Query query = handle.createQuery(sql).bind("from", from).bind("to", to).setFetchSize(FETCH);
        return organizations.isEmpty() ? query : query.bindList("organizations", organizations);
    }

    private static Case readCase(String body) {
        try {
            return Jsons.read(body, Case.class);
        } catch (IOException e) {
            throw new UncheckedIOException("unreadable row of Case", e);
        }
    }

    /** A row of the table {@code deadline}. */
    public static Deadline deadline(ResultSet rows) throws SQLException {
        return new Deadline(
                rows.getString("id"),
                rows.getString("case_id"),
                rows.getString("rule_id"),
                rows.getString("name"),
                rows.getString("scheme"),
                rows.getString("duty_holder"),
                rows.getString("addressee"),
                rows.getString("clause"),
                rows.getBoolean("verified"),
                rows.getLong("started_at"),
                rows.getLong("due_at"),
                Deadline.State.valueOf(rows.getString("state")),
                rows.getLong("met_at"),
                rows.getString("met_how"));
    }

    private static Seal seal(ResultSet rows) throws SQLException {
        return new Seal(
                rows.getLong("seq"),
                rows.getString("entry_type"),
                rows.getString("object_type"),
                rows.getString("object_id"),
                rows.getInt("object_revision"),
                rows.getString("organization"),
                rows.getLong("made_at"),
                rows.getLong("leaf_index"),
                rows.getString("leaf_hash"));
    }
}
