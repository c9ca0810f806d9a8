package org.wanglou.ui.evidence;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.wanglou.store.cases.CaseDatabase;
import org.wanglou.store.cases.CaseDatabase.EntryQuery;
import org.wanglou.store.cases.CaseDatabase.OwedEntry;
import org.wanglou.ui.api.Call;
import org.wanglou.ui.api.SealView;
import org.wanglou.ui.http.Json;

/** Who did what, newest first: every entry owed or sealed, as far as its unit is seen. Thread-safe. */
public final class AuditApi {
    private final CaseDatabase database;

    public AuditApi(CaseDatabase database) {
        this.database = database;
    }

    private record Unit(String organization, String organizationName) {}

    /** @param next to be given as {@code before}; 0 at the end */
    record Page(List<ObjectNode> items, long next) {}

    public void list(Call call) {
        var visible = call.visible();
        int limit = call.query("limit", 100, 1, 500);
        List<OwedEntry> found = database.transaction(tx -> tx.entries(new EntryQuery(
                call.query("type"),
                call.query("object"),
                visible.units(),
                call.query("before", Long.MAX_VALUE),
                limit)));
        call.reply(new Page(
                found.stream()
                        .map(entry -> Json.merged(
                                SealView.of(entry),
                                new Unit(
                                        entry.organization(),
                                        entry.organization().isEmpty() ? "" : visible.name(entry.organization()))))
                        .toList(),
                found.size() < limit ? 0 : found.get(found.size() - 1).seq()));
    }
}
