package org.wanglou.ui;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.wanglou.ui.api.ReportSource;

/** Reports kept in memory; their documents say nothing. */
final class SampleReports implements ReportSource {
    private final List<Entry> entries = new CopyOnWriteArrayList<>();

    @Override
    public List<Entry> list() {
        return List.copyOf(entries);
    }

    @Override
    public Optional<Entry> entry(String id) {
        return entries.stream().filter(entry -> entry.id().equals(id)).findFirst();
    }

    @Override
    public Entry make(String kind, String organization, long from, long to, String by) {
        Entry entry = new Entry(
                "R-" + (entries.size() + 1),
                kind,
                organization,
                Town.SNAPSHOTS
                        .registry()
                        .organization(organization)
                        .map(unit -> unit.name())
                        .orElse("全部"),
                from,
                to,
                System.currentTimeMillis(),
                by,
                "0".repeat(64),
                true);
        entries.add(0, entry);
        return entry;
    }

    @Override
    public String preview(String organization, long from, long to) {
        return "{\"kind\":\"period\",\"organization\":\"" + organization + "\",\"from\":" + from + ",\"to\":" + to
                + "}";
    }

    @Override
    public Optional<byte[]> json(String id) {
        return entry(id).map(entry -> preview(entry.organization(), entry.from(), entry.to())
                .getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public Optional<byte[]> pdf(String id) {
        return entry(id).map(entry -> "%PDF-1.7\n".getBytes(StandardCharsets.US_ASCII));
    }

    @Override
    public Optional<String> signature(String id) {
        return entry(id).map(entry -> "signature of " + id + "\n");
    }
}
