package org.wanglou.app.operate;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.wanglou.app.DataDirectory;
import org.wanglou.app.cli.DataOption;
import org.wanglou.app.cli.ExitCode;
import org.wanglou.app.cli.Output;
import org.wanglou.bus.codec.EventCodec;
import org.wanglou.bus.codec.Jsons;
import org.wanglou.model.Ecs;
import org.wanglou.model.Event;
import org.wanglou.model.Incident;
import org.wanglou.model.cases.Case;
import org.wanglou.model.cases.Message;
import org.wanglou.store.cases.CaseDatabase;
import org.wanglou.store.cases.CaseDatabase.CaseQuery;
import org.wanglou.store.cases.CaseDatabase.OwedEntry;
import org.wanglou.store.cases.CaseDatabase.Transaction;
import org.wanglou.store.cases.CaseDatabases;
import org.wanglou.store.events.LuceneIndex;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code wanglou trace}: one event's way from the archive to incident, case, messages and ledger. */
@Command(
        name = "trace",
        description = {
            "Prints one event's way: archive, signals in incidents, case, messages, ledger entries.",
            "Reads a data directory whose instance is stopped. Exit code 1: the event is nowhere."
        },
        mixinStandardHelpOptions = true)
public final class TraceCommand implements Callable<Integer> {
    private static final int PAGE = 500;

    @Mixin
    private Output output = new Output();

    @Mixin
    private DataOption data = new DataOption();

    @Parameters(paramLabel = "EVENT_ID", description = "The event's id, 32 hex digits.")
    private String id = "";

    @Override
    public Integer call() throws java.io.IOException {
        DataDirectory held = DataDirectory.tryOpen(data.existing())
                .orElseThrow(() -> new IllegalStateException("an instance is running on " + data.directory()
                        + ": look the event up in its console, or stop it"));
        Map<String, Object> way = new LinkedHashMap<>();
        StringBuilder text = new StringBuilder();
        boolean found;
        try (held) {
            try (LuceneIndex index = LuceneIndex.open(held.sub("index"))) {
                found = archived(index.get(id), way, text);
            }
            try (CaseDatabase cases = CaseDatabases.embedded(held.sub("cases"))) {
                List<Map<String, Object>> incidents = cases.transaction(tx -> incidents(tx, text));
                way.put("incidents", incidents);
                found |= !incidents.isEmpty();
            }
        }
        output.answer(way, text.toString());
        return found ? ExitCode.OK : ExitCode.FAILED;
    }

    private boolean archived(Optional<Event> event, Map<String, Object> way, StringBuilder text)
            throws java.io.IOException {
        way.put("event", id);
        way.put("archived", event.isPresent());
        if (event.isEmpty()) {
            text.append("archive   no event ").append(id).append('\n');
            return false;
        }
        Event found = event.get();
        way.put("fields", Jsons.mapper().readTree(EventCodec.encode(found)));
        text.append("archive   ")
                .append(java.time.Instant.ofEpochMilli(found.timeMillis()))
                .append(' ')
                .append(found.text(Ecs.EVENT_DATASET).orElse(""))
                .append(" source ")
                .append(found.text(Ecs.WL_SOURCE).orElse(""))
                .append(" unit ")
                .append(found.organization())
                .append('\n');
        return true;
    }

    private List<Map<String, Object>> incidents(Transaction tx, StringBuilder text) {
        List<Map<String, Object>> found = new ArrayList<>();
        for (int offset = 0; ; offset += PAGE) {
            CaseQuery all = CaseQuery.ALL;
            List<Case> page = tx.cases(new CaseQuery(
                    all.organizations(),
                    all.states(),
                    all.assignee(),
                    all.minimumGrade(),
                    all.text(),
                    all.openedFrom(),
                    all.openedTo(),
                    all.sort(),
                    offset,
                    PAGE));
            for (Case one : page) {
                List<Incident.SignalRef> signals = one.incident().signals().stream()
                        .filter(signal -> signal.eventIds().contains(id))
                        .toList();
                if (!signals.isEmpty()) {
                    found.add(of(tx, one, signals, text));
                }
            }
            if (page.size() < PAGE) {
                return found;
            }
        }
    }

    private static Map<String, Object> of(
            Transaction tx, Case one, List<Incident.SignalRef> signals, StringBuilder text) {
        Map<String, Object> record = new LinkedHashMap<>();
        List<String> rules =
                signals.stream().map(Incident.SignalRef::ruleId).distinct().toList();
        List<Message> messages = tx.messagesOf(one.id());
        List<OwedEntry> entries = new ArrayList<>(tx.entriesOf("incident", one.incidentId()));
        entries.addAll(tx.entriesOf("case", one.id()));
        messages.forEach(message -> entries.addAll(tx.entriesOf("message", message.id())));
        record.put("incident", one.incidentId());
        record.put("title", one.incident().title());
        record.put("rules", rules);
        record.put("case", one.id());
        record.put("state", one.state());
        record.put(
                "messages",
                messages.stream()
                        .map(message -> Map.of("id", message.id(), "route", message.route(), "state", message.state()))
                        .toList());
        record.put(
                "ledger",
                entries.stream()
                        .map(entry ->
                                Map.of("type", entry.type(), "index", entry.index(), "leafHash", entry.leafHash()))
                        .toList());
        text.append("signals   ").append(String.join(" ", rules)).append('\n');
        text.append("incident  ")
                .append(one.incidentId())
                .append(' ')
                .append(one.incident().title())
                .append('\n');
        text.append("case      ")
                .append(one.id())
                .append(' ')
                .append(one.state())
                .append('\n');
        messages.forEach(message -> text.append("message   ")
                .append(message.id())
                .append(" to ")
                .append(message.route())
                .append(' ')
                .append(message.state())
                .append('\n'));
        entries.forEach(entry -> text.append("ledger    ")
                .append(entry.index() < 0 ? "owed" : "leaf " + entry.index())
                .append(' ')
                .append(entry.type())
                .append('\n'));
        return record;
    }
}
