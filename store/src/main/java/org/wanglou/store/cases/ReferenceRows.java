package org.wanglou.store.cases;

import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Update;
import org.wanglou.store.cases.CaseDatabase.Suppression;

/** Offsets, suppressions, snapshots of reference data and settings. Confined to its transaction's thread. */
final class ReferenceRows {
    private final Handle handle;

    ReferenceRows(Handle handle) {
        this.handle = handle;
    }

    OptionalLong offset(String topic, int partition) {
        return handle.createQuery("select next_offset from topic_offset where topic = :topic and part = :part")
                .bind("topic", topic)
                .bind("part", partition)
                .mapTo(Long.class)
                .findOne()
                .map(OptionalLong::of)
                .orElse(OptionalLong.empty());
    }

    void setOffset(String topic, int partition, long next) {
        for (String sql : new String[] {
            "update topic_offset set next_offset = :next where topic = :topic and part = :part",
            "insert into topic_offset (topic, part, next_offset) values (:topic, :part, :next)"
        }) {
            int rows = handle.createUpdate(sql)
                    .bind("topic", topic)
                    .bind("part", partition)
                    .bind("next", next)
                    .execute();
            if (rows > 0) {
                return;
            }
        }
    }

    void putSuppression(Suppression suppression) {
        int rows = bind(
                        handle.createUpdate("update suppression set organization = :organization, rule_id = :rule,"
                                + " rule_key = :key, until_at = :until, reason = :reason, made_by = :by, made_at = :at"
                                + " where id = :id"),
                        suppression)
                .execute();
        if (rows == 0) {
            bind(
                            handle.createUpdate("insert into suppression (id, organization, rule_id, rule_key,"
                                    + " until_at, reason, made_by, made_at) values (:id, :organization, :rule, :key,"
                                    + " :until, :reason, :by, :at)"),
                            suppression)
                    .execute();
        }
    }

    private static Update bind(Update update, Suppression suppression) {
        return update.bind("id", suppression.id())
                .bind("organization", suppression.organization())
                .bind("rule", suppression.ruleId())
                .bind("key", suppression.key())
                .bind("until", suppression.until())
                .bind("reason", suppression.reason())
                .bind("by", suppression.by())
                .bind("at", suppression.at());
    }

    /** Those that have not expired. */
    List<Suppression> suppressions(long now) {
        return handle.createQuery("select * from suppression where until_at > :now order by made_at, id")
                .bind("now", now)
                .map((rows, context) -> new Suppression(
                        rows.getString("id"),
                        rows.getString("organization"),
                        rows.getString("rule_id"),
                        rows.getString("rule_key"),
                        rows.getLong("until_at"),
                        rows.getString("reason"),
                        rows.getString("made_by"),
                        rows.getLong("made_at")))
                .list();
    }

    /** Content-addressed: what is there under that digest is the same and stays. */
    void putSnapshot(String kind, String digest, byte[] bytes, long at) {
        if (snapshot(digest).isEmpty()) {
            handle.createUpdate(
                            "insert into snapshot (digest, kind, made_at, body) values (:digest, :kind, :at, :body)")
                    .bind("digest", digest)
                    .bind("kind", kind)
                    .bind("at", at)
                    .bind("body", Base64.getEncoder().encodeToString(bytes))
                    .execute();
        }
    }

    Optional<byte[]> snapshot(String digest) {
        return handle.createQuery("select body from snapshot where digest = :digest")
                .bind("digest", digest)
                .mapTo(String.class)
                .findOne()
                .map(body -> Base64.getDecoder().decode(body));
    }

    Optional<String> setting(String name) {
        return handle.createQuery("select body from setting where name = :name")
                .bind("name", name)
                .mapTo(String.class)
                .findOne();
    }

    void putSetting(String name, String value) {
        for (String sql : new String[] {
            "update setting set body = :value where name = :name",
            "insert into setting (name, body) values (:name, :value)"
        }) {
            if (handle.createUpdate(sql).bind("name", name).bind("value", value).execute() > 0) {
                return;
            }
        }
    }
}
