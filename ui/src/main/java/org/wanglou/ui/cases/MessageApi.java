package org.wanglou.ui.cases;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import org.wanglou.alerting.cases.CaseDesk;
import org.wanglou.model.cases.Message;
import org.wanglou.ui.api.Call;
import org.wanglou.ui.http.Json;
import org.wanglou.ui.http.Problem;
import org.wanglou.ui.session.AuditTrail;

/** One message with the exact text that was or will be sent, and trying it again. Thread-safe. */
public final class MessageApi {
    private final CaseBook book;
    private final CaseDesk desk;
    private final AuditTrail trail;

    public MessageApi(CaseBook book, CaseDesk desk, AuditTrail trail) {
        this.book = book;
        this.desk = desk;
        this.trail = trail;
    }

    private record Text(String caseId, String incidentId, String body, String headersNote) {}

    private Message seen(Call call) {
        Message message =
                book.database().transaction(tx -> tx.message(call.path("id"))).orElseThrow(Problem::notFound);
        book.seen(call, message.caseId());
        return message;
    }

    public void one(Call call) {
        Message message = seen(call);
        trail.did(call, "message.read", "message", message.id(), Map.of("caseId", message.caseId()));
        ObjectNode view = Json.merged(
                CaseView.MessageView.of(message),
                new Text(
                        message.caseId(),
                        message.incidentId(),
                        message.body(),
                        call.texts().of("message.headers")));
        call.reply(view);
    }

    public void retry(Call call) {
        Message dead = seen(call);
        call.reply(CaseView.MessageView.of(desk.retry(call.actor(), dead.id())));
    }
}
