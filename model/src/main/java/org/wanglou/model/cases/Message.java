package org.wanglou.model.cases;

/**
 * One message owed to one recipient. The body is fixed when it is owed, so that every attempt sends the same bytes.
 *
 * @param id {@code msg_} + 32 hex digits: SM3(incident id, reason, route); the webhook-id and idempotency key
 * @param incidentId what it is about
 * @param caseId its case
 * @param reason opened, raised, retracted, confirmed
 * @param route name of the notification route
 * @param notifier {@code webhook} or another kind
 * @param target URL or address
 * @param body exact bytes to send, as text (UTF-8 JSON)
 * @param bodySm3 hex SM3 of these bytes
 * @param state where it stands
 * @param attempts how often it was tried
 * @param nextAt when to try next, milliseconds UTC
 * @param createdAt milliseconds UTC
 * @param deliveredAt milliseconds UTC, 0 before
 * @param answer receiver's status line or error, cut to 500 characters
 */
public record Message(
        String id,
        String incidentId,
        String caseId,
        String reason,
        String route,
        String notifier,
        String target,
        String body,
        String bodySm3,
        State state,
        int attempts,
        long nextAt,
        long createdAt,
        long deliveredAt,
        String answer) {
    /** Owed until delivered or visibly given up (未送达). */
    public enum State {
        OWED,
        DELIVERED,
        DEAD
    }
}
