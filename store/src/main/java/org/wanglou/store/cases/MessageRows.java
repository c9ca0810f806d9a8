package org.wanglou.store.cases;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Update;
import org.wanglou.model.cases.Message;

/** The table {@code message}: the outbox. Confined to its transaction's thread. */
final class MessageRows {
    private static final int ANSWER_CHARACTERS = 500;

    private final Handle handle;

    MessageRows(Handle handle) {
        this.handle = handle;
    }

    boolean owe(Message message) {
        if (byId(message.id()).isPresent()) {
            return false;
        }
        bind(
                        handle.createUpdate("insert into message (id, incident_id, case_id, reason, route, notifier,"
                                + " target, body, body_sm3, state, attempts, next_at, created_at, delivered_at, answer)"
                                + " values (:id, :incident, :caseId, :reason, :route, :notifier, :target, :body,"
                                + " :bodySm3, :state, :attempts, :next, :created, :delivered, :answer)"),
                        message)
                .bind("incident", message.incidentId())
                .bind("caseId", message.caseId())
                .bind("reason", message.reason())
                .bind("route", message.route())
                .bind("notifier", message.notifier())
                .bind("target", message.target())
                .bind("body", message.body())
                .bind("bodySm3", message.bodySm3())
                .bind("created", message.createdAt())
                .execute();
        return true;
    }

    /** Writes how the message fares. What it says and to whom was fixed when it was owed. */
    void update(Message message) {
        int rows = bind(
                        handle.createUpdate("update message set state = :state, attempts = :attempts, next_at = :next,"
                                + " delivered_at = :delivered, answer = :answer where id = :id"),
                        message)
                .execute();
        if (rows == 0) {
            throw new IllegalArgumentException("no message " + message.id());
        }
    }

    private static Update bind(Update update, Message message) {
        String answer = message.answer();
        return update.bind("id", message.id())
                .bind("state", message.state().name())
                .bind("attempts", message.attempts())
                .bind("next", message.nextAt())
                .bind("delivered", message.deliveredAt())
                .bind("answer", answer.length() <= ANSWER_CHARACTERS ? answer : answer.substring(0, ANSWER_CHARACTERS));
    }

    Optional<Message> byId(String id) {
        return handle.createQuery("select * from message where id = :id")
                .bind("id", id)
                .map((rows, context) -> read(rows))
                .findOne();
    }

    List<Message> ofCase(String caseId) {
        return handle.createQuery("select * from message where case_id = :caseId order by created_at, id")
                .bind("caseId", caseId)
                .map((rows, context) -> read(rows))
                .list();
    }

    List<Message> due(long now, int limit) {
        return handle.createQuery("select * from message where state = 'OWED' and next_at <= :now"
                        + " order by created_at, id limit :limit")
                .bind("now", now)
                .bind("limit", limit)
                .map((rows, context) -> read(rows))
                .list();
    }

    Map<Message.State, Long> count() {
        Map<Message.State, Long> counts = new EnumMap<>(Message.State.class);
        for (Message.State state : Message.State.values()) {
            counts.put(state, 0L);
        }
        handle.createQuery("select state, count(*) as n from message group by state")
                .map((rows, context) -> Map.entry(Message.State.valueOf(rows.getString("state")), rows.getLong("n")))
                .forEach(entry -> counts.put(entry.getKey(), entry.getValue()));
        return counts;
    }

    private static Message read(ResultSet rows) throws SQLException {
        return new Message(
                rows.getString("id"),
                rows.getString("incident_id"),
                rows.getString("case_id"),
                rows.getString("reason"),
                rows.getString("route"),
                rows.getString("notifier"),
                rows.getString("target"),
                rows.getString("body"),
                rows.getString("body_sm3"),
                Message.State.valueOf(rows.getString("state")),
                rows.getInt("attempts"),
                rows.getLong("next_at"),
                rows.getLong("created_at"),
                rows.getLong("delivered_at"),
                rows.getString("answer"));
    }
}
