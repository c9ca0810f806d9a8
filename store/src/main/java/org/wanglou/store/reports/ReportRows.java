package org.wanglou.store.reports;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.wanglou.store.reports.StoredReport.Entry;

/** The table {@code report}: rows are added and never changed. Confined to its transaction's thread. */
public final class ReportRows {
    private static final String ENTRY = "id, kind, organization, period_from, period_to, made_at, made_by, sm3, kid";
    private static final int MOST = 1_000;

    private final Handle handle;

    public ReportRows(Handle handle) {
        this.handle = handle;
    }

    /** Adds the report; false when one with that id is there already (it is then left as it is). */
    public boolean put(StoredReport report) {
        Entry entry = report.entry();
        if (entry(entry.id()).isPresent()) {
            return false;
        }
        handle.createUpdate("insert into report (" + ENTRY + ", document, signature, pdf) values (:id, :kind,"
                        + " :organization, :from, :to, :at, :by, :sm3, :kid, :document, :signature, :pdf)")
                .bind("id", entry.id())
                .bind("kind", entry.kind())
                .bind("organization", entry.organization())
                .bind("from", entry.from())
                .bind("to", entry.to())
                .bind("at", entry.madeAt())
                .bind("by", entry.madeBy())
                .bind("sm3", entry.sm3())
                .bind("kid", entry.kid())
                .bind("document", report.document())
                .bind("signature", report.signature())
                .bind("pdf", Base64.getEncoder().encodeToString(report.pdf()))
                .execute();
        return true;
    }

    public Optional<Entry> entry(String id) {
        return handle.createQuery("select " + ENTRY + " from report where id = :id")
                .bind("id", id)
                .map((rows, context) -> entry(rows))
                .findOne();
    }

    public Optional<StoredReport> whole(String id) {
        return handle.createQuery("select * from report where id = :id")
                .bind("id", id)
                .map((rows, context) -> new StoredReport(
                        entry(rows),
                        rows.getString("document"),
                        rows.getString("signature"),
                        Base64.getDecoder().decode(rows.getString("pdf"))))
                .findOne();
    }

    /** Newest first, at most 1,000; only of these units, of all when the list is empty. */
    public List<Entry> list(List<String> organizations, int limit) {
        String where = organizations.isEmpty() ? "" : " where organization in (<organizations>)";
        Query query = handle.createQuery(
                "select " + ENTRY + " from report" + where + " order by made_at desc, id limit :limit");
        if (!organizations.isEmpty()) {
            query.bindList("organizations", organizations);
        }
        return query.bind("limit", Math.max(0, Math.min(limit, MOST)))
                .map((rows, context) -> entry(rows))
                .list();
    }

    /** Which of these reports are in the ledger. */
    public Set<String> sealed(List<String> ids) {
        if (ids.isEmpty()) {
            return Set.of();
        }
        return Set.copyOf(handle.createQuery("select distinct object_id from ledger_entry where object_type = 'report'"
                        + " and leaf_index >= 0 and object_id in (<ids>)")
                .bindList("ids", ids)
                .mapTo(String.class)
                .list());
    }

    private static Entry entry(ResultSet rows) throws SQLException {
        return new Entry(
                rows.getString("id"),
                rows.getString("kind"),
                rows.getString("organization"),
                rows.getLong("period_from"),
                rows.getLong("period_to"),
                rows.getLong("made_at"),
                rows.getString("made_by"),
                rows.getString("sm3"),
                rows.getString("kid"));
    }
}
