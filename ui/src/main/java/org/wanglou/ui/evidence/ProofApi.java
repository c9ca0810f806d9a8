package org.wanglou.ui.evidence;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.wanglou.alerting.evidence.Texts;
import org.wanglou.crypto.merkle.Checkpoint;
import org.wanglou.crypto.sm.Sm3;
import org.wanglou.model.Incident;
import org.wanglou.model.cases.Case;
import org.wanglou.model.cases.Message;
import org.wanglou.store.cases.CaseDatabase;
import org.wanglou.store.cases.CaseDatabase.OwedEntry;
import org.wanglou.ui.api.Call;
import org.wanglou.ui.api.SealView;
import org.wanglou.ui.api.Visible;
import org.wanglou.ui.cases.CaseBook;
import org.wanglou.ui.http.Json;
import org.wanglou.ui.http.Problem;

/**
 * The proof of a case, checked when asked for. Beside each seal against the ledger, what the console shows is compared with
 * what was sealed: the incident's revisions, the case's decided part with the last decision, each message's bytes.
 * Thread-safe.
 */
public final class ProofApi {
    /** What a machine's update does not change between two sealed decisions. */
    private static final List<String> DECIDED = List.of(
            "state",
            "assignee",
            "acknowledgedBy",
            "confirmed",
            "confirmedCategory",
            "basedOnRevision",
            "learnedAt",
            "organization",
            "openedAt");

    private final CaseDatabase database;
    private final SealCheck check;
    private final String kid;

    public ProofApi(CaseDatabase database, SealCheck check, String kid) {
        this.database = database;
        this.check = check;
        this.kid = kid;
    }

    record HeadView(String origin, long size, String root, String kid) {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Verified(boolean verified, @Nullable String problem) {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Proof(String state, @Nullable HeadView head, List<ObjectNode> items, String note) {}

    /** Everything about the case that is read in one transaction. */
    private record Rows(Case about, List<OwedEntry> seals, List<Incident> incidents, Map<String, Message> messages) {}

    public void ofCase(Call call) {
        Visible visible = call.visible();
        Rows rows = database.transaction(tx -> {
            Case about = tx.caseById(call.path("id"))
                    .filter(found -> visible.sees(found.organization()))
                    .orElseThrow(Problem::notFound);
            Map<String, Message> messages = new HashMap<>();
            tx.messagesOf(about.id()).forEach(message -> messages.put(message.id(), message));
            return new Rows(about, CaseBook.seals(tx, about), tx.incidentRevisions(about.incidentId()), messages);
        });
        call.reply(proof(call, rows));
    }

    private Proof proof(Call call, Rows rows) {
        HeadView head;
        try {
            Checkpoint checkpoint = check.head().checkpoint();
            head = new HeadView(checkpoint.origin(), checkpoint.size(), checkpoint.rootHex(), kid);
        } catch (Checkpoint.NotTrusted e) {
            return new Proof("broken", null, List.of(), call.texts().of("proof.head"));
        }
        List<ObjectNode> items = new ArrayList<>();
        boolean pending = false;
        boolean broken = false;
        long lastDecision = rows.seals().stream()
                .filter(seal -> seal.objectType().equals("case"))
                .mapToLong(OwedEntry::seq)
                .max()
                .orElse(-1);
        for (OwedEntry seal : rows.seals()) {
            Optional<String> problem = (seal.index() < 0 ? Optional.<String>empty() : check.problem(seal))
                    .or(() -> shownDiffers(rows, seal, lastDecision));
            pending |= seal.index() < 0;
            broken |= problem.isPresent();
            items.add(Json.merged(
                    SealView.of(seal),
                    new Verified(
                            seal.index() >= 0 && problem.isEmpty(),
                            problem.map(call.texts()::of).orElse(null))));
        }
        // A case that nothing seals was not made by this program.
        String state = broken || lastDecision < 0 ? "broken" : pending ? "pending" : "verified";
        return new Proof(state, head, items, call.texts().of("proof." + state));
    }

    private static Optional<String> shownDiffers(Rows rows, OwedEntry seal, long lastDecision) {
        boolean same =
                switch (seal.objectType()) {
                    case "incident" -> incidentSame(rows, seal);
                    case "case" -> seal.seq() != lastDecision || decisionSame(rows.about(), seal);
                    case "message" -> messageSame(rows, seal);
                    default -> true;
                };
        return same ? Optional.empty() : Optional.of("proof." + seal.objectType());
    }

    private static boolean incidentSame(Rows rows, OwedEntry seal) {
        Incident carried = rows.about().incident();
        boolean carriedSame = carried.revision() != seal.objectRevision()
                || Texts.canonical(carried).equals(seal.objectJson());
        return carriedSame
                && rows.incidents().stream()
                        .filter(incident -> incident.revision() == seal.objectRevision())
                        .anyMatch(incident -> Texts.canonical(incident).equals(seal.objectJson()));
    }

    private static boolean decisionSame(Case about, OwedEntry seal) {
        JsonNode sealed = Json.tree(seal.objectJson());
        JsonNode shown = Json.tree(Texts.canonical(about));
        return DECIDED.stream().allMatch(name -> sealed.path(name).equals(shown.path(name)));
    }

    private static boolean messageSame(Rows rows, OwedEntry seal) {
        Message message = rows.messages().get(seal.objectId());
        return message != null
                && Sm3.hex(message.body().getBytes(StandardCharsets.UTF_8)).equals(seal.bodySm3());
    }
}
