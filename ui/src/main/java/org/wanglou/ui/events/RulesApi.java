package org.wanglou.ui.events;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.wanglou.model.Event;
import org.wanglou.rules.Pack;
import org.wanglou.rules.sigma.Explanation;
import org.wanglou.rules.sigma.RuleSet;
import org.wanglou.rules.sigma.SigmaRule;
import org.wanglou.store.events.EventIndex;
import org.wanglou.ui.api.Call;
import org.wanglou.ui.http.Problem;

/** Why a rule in force did or did not match an archived event, condition by condition. Thread-safe. */
public final class RulesApi {
    private final EventIndex index;
    private final Supplier<List<Pack>> packs;

    /** @param packs those in force */
    public RulesApi(EventIndex index, Supplier<List<Pack>> packs) {
        this.index = index;
        this.packs = packs;
    }

    record Explained(String rule, String title, String event, boolean matches, Explanation why) {}

    /** {@code ?event=ID}: an event of the account's own units, and only such. */
    public void explain(Call call) {
        Event event = index.get(call.query("event"))
                .filter(found -> call.visible().sees(found.organization()))
                .orElseThrow(Problem::notFound);
        SigmaRule rule = packs.get().stream()
                .flatMap(pack -> pack.rules().stream())
                .filter(one -> one.id().equals(call.path("id")))
                .findFirst()
                .orElseThrow(Problem::notFound);
        Explanation why = alone(rule).explain(rule.id(), event).orElseThrow(Problem::notFound);
        call.reply(new Explained(rule.id(), rule.title(), event.id(), why.holds(), why));
    }

    private static RuleSet alone(SigmaRule rule) {
        return RuleSet.compile(List.of(new Pack(
                rule.packId(),
                rule.packId(),
                "",
                "",
                List.of(rule),
                List.of(),
                Optional.empty(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Map.of(),
                List.of())));
    }
}
