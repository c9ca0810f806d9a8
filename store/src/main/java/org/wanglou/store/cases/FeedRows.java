package org.wanglou.store.cases;

import java.util.List;
import org.jdbi.v3.core.Handle;
import org.wanglou.store.cases.CaseDatabase.FeedRow;

/** The tables {@code feed} and {@code counter}. Confined to its transaction's thread. */
final class FeedRows {
    private final Handle handle;

    FeedRows(Handle handle) {
        this.handle = handle;
    }

    /** The next number of a counter. Its row stays locked until commit, so numbers are committed in order. */
    static long next(Handle handle, String counter) {
        int rows = handle.createUpdate("update counter set last_value = last_value + 1 where name = :name")
                .bind("name", counter)
                .execute();
        if (rows == 0) {
            handle.createUpdate("insert into counter (name, last_value) values (:name, 1)")
                    .bind("name", counter)
                    .execute();
            return 1;
        }
        return value(handle, counter);
    }

    private static long value(Handle handle, String counter) {
        return handle.createQuery("select last_value from counter where name = :name")
                .bind("name", counter)
                .mapTo(Long.class)
                .one();
    }

    void add(String topic, String object, int revision, long at) {
        handle.createUpdate("insert into feed (seq, topic, object, revision, made_at)"
                        + " values (:seq, :topic, :object, :revision, :at)")
                .bind("seq", next(handle, "feed"))
                .bind("topic", topic)
                .bind("object", object)
                .bind("revision", revision)
                .bind("at", at)
                .execute();
    }

    List<FeedRow> after(long seq, int limit) {
        return handle.createQuery("select * from feed where seq > :seq order by seq limit :limit")
                .bind("seq", seq)
                .bind("limit", limit)
                .map((rows, context) -> new FeedRow(
                        rows.getLong("seq"),
                        rows.getString("topic"),
                        rows.getString("object"),
                        rows.getInt("revision"),
                        rows.getLong("made_at")))
                .list();
    }

    long last() {
        return value(handle, "feed");
    }

    int trim(long before) {
        return handle.createUpdate("delete from feed where made_at < :before")
                .bind("before", before)
                .execute();
    }
}
