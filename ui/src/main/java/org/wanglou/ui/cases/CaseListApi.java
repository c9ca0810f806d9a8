package org.wanglou.ui.cases;

import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.wanglou.model.Category;
import org.wanglou.model.Grade;
import org.wanglou.model.cases.CaseState;
import org.wanglou.store.cases.CaseDatabase.CaseCounts;
import org.wanglou.store.cases.CaseDatabase.CaseQuery;
import org.wanglou.ui.api.Call;
import org.wanglou.ui.api.Visible;
import org.wanglou.ui.http.Json;
import org.wanglou.ui.http.Problem;

/** The list of cases, and one case. Thread-safe. */
public final class CaseListApi {
    /** A clock that is due within two hours counts as due soon. */
    private static final long SOON_MILLIS = 2 * 3_600_000L;

    private final CaseBook book;
    private final Supplier<List<Category>> categories;
    private final Clock clock;

    public CaseListApi(CaseBook book, Supplier<List<Category>> categories, Clock clock) {
        this.book = book;
        this.categories = categories;
        this.clock = clock;
    }

    record Page(List<CaseView.Row> items, long total, long asOf, CaseCounts counts) {}

    /**
     * {@code grade} means that grade or a graver one; {@code assignee} is an account, {@code me}, or {@code none};
     * {@code org} is a unit with those below it.
     */
    public void list(Call call) {
        Visible visible = call.visible();
        long now = clock.millis();
        Optional<CaseQuery> query = query(call, visible);
        call.reply(book.database().transaction(tx -> {
            CaseCounts counts = tx.countOpen(visible.units(), call.account().name(), now + SOON_MILLIS);
            return query.isEmpty()
                    ? new Page(List.of(), 0, now, counts)
                    : new Page(book.rows(tx, tx.cases(query.get()), visible), tx.countCases(query.get()), now, counts);
        }));
    }

    /** Empty when nothing can be found: a unit that is not seen, or states that exclude each other. */
    private static Optional<CaseQuery> query(Call call, Visible visible) {
        List<CaseState> states = states(call);
        Optional<List<String>> units = visible.units(call.query("org"));
        if (units.isEmpty() || states.isEmpty()) {
            return Optional.empty();
        }
        String grade = call.query("grade");
        if (!grade.isEmpty() && Json.constant(Grade.Value.class, grade).isEmpty()) {
            throw Problem.field("/grade", "field.word");
        }
        String sort = call.query("sort").isEmpty() ? "newest" : call.query("sort");
        if (!List.of("newest", "grade", "due").contains(sort)) {
            throw Problem.field("/sort", "field.word");
        }
        return Optional.of(new CaseQuery(
                units.get(),
                states.size() == CaseState.values().length
                        ? List.of()
                        : states.stream().map(Enum::name).toList(),
                assignee(call),
                grade.isEmpty() ? "" : grade.toUpperCase(java.util.Locale.ROOT),
                call.query("q"),
                Math.max(0, call.query("from", 0)),
                call.query("to", Long.MAX_VALUE),
                sort,
                call.query("offset", 0, 0, 1_000_000),
                call.query("limit", 100, 1, 1_000)));
    }

    private static String assignee(Call call) {
        String assignee = call.query("assignee");
        return switch (assignee) {
            case "me" -> call.account().name();
            case "none" -> CaseQuery.NOBODY;
            default -> assignee;
        };
    }

    private static List<CaseState> states(Call call) {
        String words = call.query("state");
        boolean open = call.query("open").equals("true");
        List<CaseState> named = words.isEmpty()
                ? List.of(CaseState.values())
                : Arrays.stream(words.split(",", 20))
                        .map(word -> Json.constant(CaseState.class, word)
                                .orElseThrow(() -> Problem.field("/state", "field.word")))
                        .toList();
        return named.stream().filter(state -> !open || state.open()).toList();
    }

    public void one(Call call) {
        var about = book.seen(call, call.path("id"));
        call.etag(about.revision());
        call.reply(book.whole(call, about));
    }

    public void categories(Call call) {
        call.reply(categories.get().stream().map(CaseView.CategoryView::of).toList());
    }
}
