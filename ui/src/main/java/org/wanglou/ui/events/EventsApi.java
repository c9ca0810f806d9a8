package org.wanglou.ui.events;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.wanglou.model.Event;
import org.wanglou.model.cases.Case;
import org.wanglou.store.cases.CaseDatabase;
import org.wanglou.store.events.EventIndex;
import org.wanglou.store.events.EventIndex.EventQuery;
import org.wanglou.store.events.EventIndex.SearchResult;
import org.wanglou.store.events.query.HotField;
import org.wanglou.ui.api.Call;
import org.wanglou.ui.api.Visible;
import org.wanglou.ui.http.Body;
import org.wanglou.ui.http.Json;
import org.wanglou.ui.http.Problem;
import org.wanglou.ui.session.AuditTrail;

/**
 * Searching events. Every query is cut to the account's units before the archive sees it; the first page of each search is
 * sealed with its text. At most {@value #AT_ONCE} queries run at once, so that one person's search does not take the
 * machine from all others. Thread-safe.
 */
public final class EventsApi {
    private static final int AT_ONCE = 4;
    private static final int QUERY = 2_000;
    private static final int MOST = 500;

    private final EventIndex index;
    private final CaseDatabase database;
    private final AuditTrail trail;
    private final Semaphore running = new Semaphore(AT_ONCE, true);

    public EventsApi(EventIndex index, CaseDatabase database, AuditTrail trail) {
        this.index = index;
        this.database = database;
        this.trail = trail;
    }

    record Found(List<EventView> items, long total, boolean exact, String next, long tookMillis) {}

    record FieldView(String name, String kind, boolean countable, List<String> aliases) {}

    record OfCase(List<EventView> items, List<String> missing) {}

    private static EventQuery query(Body body, Visible visible, int limit) {
        long from = body.number("from", 0);
        long to = body.number("to", Long.MAX_VALUE);
        if (from < 0 || to <= from) {
            throw Problem.field("/to", "field.period");
        }
        return new EventQuery(body.text("q", QUERY), from, to, visible.units(), body.text("cursor", QUERY), limit);
    }

    private <T> T bounded(Supplier<T> work) {
        if (!running.tryAcquire()) {
            throw Problem.of(503, "busy");
        }
        try {
            return work.get();
        } finally {
            running.release();
        }
    }

    public void search(Call call) {
        Body body = call.body();
        EventQuery query = query(body, call.visible(), body.number("limit", 100, 1, MOST));
        SearchResult result = bounded(() -> index.search(query));
        if (query.cursor().isEmpty()) {
            trail.did(
                    call,
                    "events.search",
                    "search",
                    call.account().name(),
                    Map.of(
                            "q", query.text(),
                            "from", Long.toString(query.from()),
                            "to", Long.toString(query.to()),
                            "total", Long.toString(result.total())));
        }
        call.reply(new Found(
                result.events().stream().map(EventView::of).toList(),
                result.total(),
                result.exact(),
                result.nextCursor(),
                result.tookMillis()));
    }

    public void histogram(Call call) {
        Body body = call.body();
        EventQuery query = query(body, call.visible(), 1);
        int buckets = body.number("buckets", 60, 1, 500);
        call.reply(Map.of("buckets", bounded(() -> index.histogram(query, buckets))));
    }

    public void top(Call call) {
        Body body = call.body();
        EventQuery query = query(body, call.visible(), 1);
        String name = body.required("field", 64);
        HotField field = HotField.named(name)
                .filter(HotField::countable)
                .orElseThrow(() -> Problem.field("/field", "field.word"));
        int limit = body.number("limit", 10, 1, 100);
        call.reply(Map.of("values", bounded(() -> index.top(query, field.field().name(), limit))));
    }

    public void fields(Call call) {
        call.reply(Arrays.stream(HotField.values())
                .map(field -> new FieldView(
                        field.field().name(), Json.word(field.kind()), field.countable(), field.aliases()))
                .toList());
    }

    public void one(Call call) {
        Visible visible = call.visible();
        Event event = index.get(call.path("id"))
                .filter(found -> visible.sees(found.organization()))
                .orElseThrow(Problem::notFound);
        call.reply(EventView.of(event));
    }

    /** The lines behind a case's signals; ids that the archive does not have (or no longer has) are named. */
    public void ofCase(Call call) {
        Visible visible = call.visible();
        Case about = database.transaction(tx -> tx.caseById(call.path("id")))
                .filter(found -> visible.sees(found.organization()))
                .orElseThrow(Problem::notFound);
        int limit = call.query("limit", 200, 1, MOST);
        Set<String> ids = new LinkedHashSet<>();
        about.incident().signals().forEach(signal -> ids.addAll(signal.eventIds()));
        List<EventView> items = new ArrayList<>();
        List<String> missing = new ArrayList<>();
        bounded(() -> {
            for (String id : ids.stream().limit(limit).toList()) {
                Optional<Event> event = index.get(id).filter(found -> visible.sees(found.organization()));
                event.ifPresentOrElse(found -> items.add(EventView.of(found)), () -> missing.add(id));
            }
            return items;
        });
        items.sort(java.util.Comparator.comparingLong(EventView::time));
        call.reply(new OfCase(items, missing));
    }
}
