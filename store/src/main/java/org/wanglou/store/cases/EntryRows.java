package org.wanglou.store.cases;

import java.security.SecureRandom;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.List;
import java.util.OptionalLong;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.wanglou.store.cases.CaseDatabase.EntryQuery;
import org.wanglou.store.cases.CaseDatabase.OwedEntry;

/** The tables {@code ledger_entry} and {@code ledger_head}. Confined to its transaction's thread. */
final class EntryRows {
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Handle handle;

    EntryRows(Handle handle) {
        this.handle = handle;
    }

    /** 32 random bytes in hex: without them a leaf would let one guess at short objects. */
    static String salt() {
        byte[] salt = new byte[32];
        RANDOM.nextBytes(salt);
        return HexFormat.of().formatHex(salt);
    }

    /** Inserts the entry under the next sequence number; its own {@code seq} is ignored. */
    void owe(OwedEntry entry) {
        handle.createUpdate("insert into ledger_entry (seq, entry_type, object_type, object_id, object_revision,"
                        + " organization, actor, made_at, object_json, salt, body_sm3, leaf_index, leaf_hash) values"
                        + " (:seq, :type, :objectType, :objectId, :revision, :organization, :actor, :at, :json, :salt,"
                        + " :bodySm3, -1, '')")
                .bind("seq", FeedRows.next(handle, "ledger"))
                .bind("type", entry.type())
                .bind("objectType", entry.objectType())
                .bind("objectId", entry.objectId())
                .bind("revision", entry.objectRevision())
                .bind("organization", entry.organization())
                .bind("actor", entry.actor())
                .bind("at", entry.at())
                .bind("json", entry.objectJson())
                .bind("salt", entry.salt())
                .bind("bodySm3", entry.bodySm3())
                .execute();
    }

    List<OwedEntry> owed(int limit) {
        return handle.createQuery("select * from ledger_entry where leaf_index = -1 order by seq limit :limit")
                .bind("limit", limit)
                .map((rows, context) -> read(rows))
                .list();
    }

    void markSealed(long seq, long index, String leafHash) {
        int rows = handle.createUpdate("update ledger_entry set leaf_index = :index, leaf_hash = :hash"
                        + " where seq = :seq and leaf_index in (-1, :index)")
                .bind("seq", seq)
                .bind("index", index)
                .bind("hash", leafHash)
                .execute();
        if (rows == 0) {
            throw new IllegalStateException("no ledger entry " + seq + " that could become leaf " + index);
        }
    }

    List<OwedEntry> of(String objectType, String objectId) {
        return handle.createQuery(
                        "select * from ledger_entry where object_type = :type and object_id = :id order by seq")
                .bind("type", objectType)
                .bind("id", objectId)
                .map((rows, context) -> read(rows))
                .list();
    }

    List<OwedEntry> between(long from, long to, int limit) {
        return handle.createQuery("select * from ledger_entry where made_at >= :from and made_at < :to"
                        + " order by seq limit :limit")
                .bind("from", from)
                .bind("to", to)
                .bind("limit", limit)
                .map((rows, context) -> read(rows))
                .list();
    }

    long countOwed() {
        return handle.createQuery("select count(*) from ledger_entry where leaf_index = -1")
                .mapTo(Long.class)
                .one();
    }

    OptionalLong oldestOwed() {
        return handle.createQuery("select made_at from ledger_entry where leaf_index = -1 order by seq limit 1")
                .mapTo(Long.class)
                .findOne()
                .map(OptionalLong::of)
                .orElse(OptionalLong.empty());
    }

    List<OwedEntry> list(EntryQuery query) {
        String where = " where seq < :before";
        if (!query.type().isEmpty()) {
            where += query.type().endsWith(".") ? " and entry_type like :type escape '!'" : " and entry_type = :type";
        }
        if (!query.object().isEmpty()) {
            where += " and object_id = :object";
        }
        if (!query.organizations().isEmpty()) {
            where += " and organization in (<organizations>)";
        }
        Query rows = handle.createQuery("select * from ledger_entry" + where + " order by seq desc limit :limit")
                .bind("before", query.before())
                .bind("limit", Math.max(0, Math.min(query.limit(), 1_000)));
        if (!query.type().isEmpty()) {
            String type = query.type();
            rows.bind(
                    "type",
                    type.endsWith(".")
                            ? type.replace("!", "!!").replace("%", "!%").replace("_", "!_") + "%"
                            : type);
        }
        if (!query.object().isEmpty()) {
            rows.bind("object", query.object());
        }
        if (!query.organizations().isEmpty()) {
            rows.bindList("organizations", query.organizations());
        }
        return rows.map((found, context) -> read(found)).list();
    }

    String head() {
        return handle.createQuery("select checkpoint from ledger_head where id = 1")
                .mapTo(String.class)
                .findOne()
                .orElse("");
    }

    /** A head never shrinks: a smaller tree is another ledger, and that must not pass unseen. */
    void setHead(String checkpoint, long size) {
        long before = handle.createQuery("select tree_size from ledger_head where id = 1")
                .mapTo(Long.class)
                .findOne()
                .orElse(-1L);
        if (size < before) {
            throw new IllegalStateException("ledger head would go back from size " + before + " to " + size);
        }
        String sql = before < 0
                ? "insert into ledger_head (id, checkpoint, tree_size) values (1, :checkpoint, :size)"
                : "update ledger_head set checkpoint = :checkpoint, tree_size = :size where id = 1";
        handle.createUpdate(sql)
                .bind("checkpoint", checkpoint)
                .bind("size", size)
                .execute();
    }

    private static OwedEntry read(ResultSet rows) throws SQLException {
        return new OwedEntry(
                rows.getLong("seq"),
                rows.getString("entry_type"),
                rows.getString("object_type"),
                rows.getString("object_id"),
                rows.getInt("object_revision"),
                rows.getString("organization"),
                rows.getString("actor"),
                rows.getLong("made_at"),
                rows.getString("object_json"),
                rows.getString("salt"),
                rows.getString("body_sm3"),
                rows.getLong("leaf_index"),
                rows.getString("leaf_hash"));
    }
}
