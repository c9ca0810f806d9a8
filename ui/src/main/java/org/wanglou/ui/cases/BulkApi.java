package org.wanglou.ui.cases;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.wanglou.alerting.cases.Refused;
import org.wanglou.store.cases.CaseDatabase;
import org.wanglou.ui.api.Call;
import org.wanglou.ui.http.Body;
import org.wanglou.ui.http.Problem;

/**
 * One action on many cases, each on the revision that was shown: exactly the set that was ticked, with a result for each.
 * One that fails hinders no other. Thread-safe.
 */
public final class BulkApi {
    private static final int MOST = 200;

    private final CaseBook book;
    private final CaseCommands commands;

    public BulkApi(CaseBook book, CaseCommands commands) {
        this.book = book;
        this.commands = commands;
    }

    /** What became of one: {@code done}, {@code conflict}, {@code denied} or {@code invalid}. */
    record Result(String id, String status, String detail) {}

    private interface Action {
        void on(String id, int revision);
    }

    public void bulk(Call call) {
        Body body = call.body();
        List<Body> items = body.objects("ids", MOST);
        Action action = action(call, body);
        List<Result> results = new ArrayList<>();
        for (Body item : items) {
            results.add(one(call, item.required("id", 64), item.number("revision", -1, 0, Integer.MAX_VALUE), action));
        }
        call.reply(Map.of("results", results));
    }

    private Action action(Call call, Body body) {
        return switch (body.required("action", 32)) {
            case "acknowledge" -> (id, revision) -> commands.desk().acknowledge(call.actor(), id, revision);
            case "assign" -> (id, revision) -> commands.assign(call, id, revision, body);
            case "note" ->
                (id, revision) -> commands.desk().note(call.actor(), id, revision, body.required("text", Body.TEXT));
            case "false-positive" -> (id, revision) -> commands.falsePositive(call, id, revision, body);
            case "state" -> (id, revision) -> commands.state(call, id, revision, body);
            default -> throw Problem.field("/action", "field.word");
        };
    }

    private Result one(Call call, String id, int revision, Action action) {
        try {
            book.seen(call, id);
            action.on(id, revision);
            return new Result(id, "done", "");
        } catch (CaseDatabase.Conflict e) {
            return new Result(id, "conflict", call.texts().of("conflict.detail"));
        } catch (Refused e) {
            return e.kind() == Refused.Kind.INVALID
                    ? new Result(id, "invalid", String.valueOf(e.getMessage()))
                    : new Result(id, "denied", call.texts().of("not-found.detail"));
        } catch (Problem e) {
            if (e.status() != 404) {
                // A body that is wrong is wrong for every case.
                throw e;
            }
            return new Result(id, "denied", call.texts().of("not-found.detail"));
        }
    }
}
