package org.wanglou.alerting;

import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.wanglou.alerting.evidence.Seals;
import org.wanglou.alerting.evidence.Texts;
import org.wanglou.bus.BatchHandler;
import org.wanglou.bus.Received;
import org.wanglou.bus.Topic;
import org.wanglou.bus.Wire;
import org.wanglou.bus.codec.IncidentCodec;
import org.wanglou.crypto.sm.Sm3;
import org.wanglou.model.Incident;
import org.wanglou.model.Latencies;
import org.wanglou.model.Meters;
import org.wanglou.store.cases.CaseDatabase;
import org.wanglou.store.cases.CaseDatabase.Transaction;

/**
 * Handles the topic of incidents: one database transaction for each batch takes the revisions, opens or updates cases,
 * owes messages, sets expected clocks, owes ledger entries, writes the change feed and stores the offsets.
 *
 * <p>Because the offsets live in that transaction, a batch that comes again changes nothing; a revision that comes again
 * under another offset (the correlator was restarted) is known by its number. Runs on the worker's thread
 * {@code alerting-0}; confined to it.
 */
public final class IncidentStage implements BatchHandler {
    private static final Logger LOG = LoggerFactory.getLogger(IncidentStage.class);
    private static final int TRIES = 5;
    private static final String COUNTER = "wanglou_alerting_incidents_total";

    private final CaseDatabase database;
    private final CaseOpening opening;
    private final Clock clock;
    private final Meters meters;
    private final Latencies latencies = new Latencies();

    public IncidentStage(CaseDatabase database, CaseOpening opening, Clock clock, Meters meters) {
        this.database = database;
        this.opening = opening;
        this.clock = clock;
        this.meters = meters;
    }

    /** From the receipt of the event that made a new incident to its case being written, the latest ones. */
    public Latencies latencies() {
        return latencies;
    }

    /** One readable revision with its receive time. */
    record Arrived(Incident incident, long receivedAt) {}

    @Override
    public OptionalLong position(Topic topic, int partition) {
        return database.transaction(tx -> tx.offset(topic.topicName(), partition));
    }

    @Override
    public void handle(List<Received> batch) {
        int known = 0;
        while (known < batch.size() && !strange(batch.get(known))) {
            known++;
        }
        List<Received> readable = batch.subList(0, known);
        if (!readable.isEmpty()) {
            commit(readable);
        }
        if (known < batch.size()) {
            Received record = batch.get(known);
            throw new IllegalStateException("record type \"" + record.type().replaceAll("[^ -~]", "?") + "\" at "
                    + record.topic().topicName() + "-" + record.partition() + " offset " + record.offset()
                    + " is from a newer version; update this node");
        }
    }

    private static boolean strange(Received record) {
        return !Wire.same(record.type(), Wire.INCIDENT_1) && !Wire.same(record.type(), Wire.TICK_1);
    }

    /** An operator may be quicker than the machine on the same case: then the whole batch is judged anew. */
    private void commit(List<Received> batch) {
        for (int attempt = 1; ; attempt++) {
            try {
                Map<String, Integer> results = database.transaction(tx -> take(tx, batch));
                results.forEach((result, count) ->
                        meters.counter(COUNTER, "result", result).add(count));
                time(batch);
                return;
            } catch (CaseDatabase.Conflict e) {
                if (attempt == TRIES) {
                    throw e;
                }
                LOG.debug("case changed meanwhile, batch is judged anew attempt={}", attempt);
            }
        }
    }

    private void time(List<Received> batch) {
        long now = clock.millis();
        for (Received record : batch) {
            // Settling comes by the clock of the input, minutes later by design: only arrivals say how quick we are.
            if (Wire.same(record.type(), Wire.INCIDENT_1) && isOpen(record)) {
                latencies.add(now - record.timestamp());
            }
        }
    }

    private static boolean isOpen(Received record) {
        try {
            return IncidentCodec.decode(record.value()).status() == Incident.Status.OPEN;
        } catch (IOException | RuntimeException e) {
            return false;
        }
    }

    private Map<String, Integer> take(Transaction tx, List<Received> batch) {
        Map<String, Integer> results = new TreeMap<>();
        Map<String, Long> next = new HashMap<>();
        Map<String, List<Arrived>> arrived = new LinkedHashMap<>();
        for (Received record : batch) {
            String place = record.topic().topicName() + "/" + record.partition();
            long from =
                    next.computeIfAbsent(place, key -> tx.offset(record.topic().topicName(), record.partition())
                            .orElse(0));
            if (record.offset() < from) {
                continue;
            }
            next.put(place, record.offset() + 1);
            tx.setOffset(record.topic().topicName(), record.partition(), record.offset() + 1);
            if (Wire.same(record.type(), Wire.INCIDENT_1)) {
                read(tx, record, arrived, results);
            }
        }
        long now = clock.millis();
        arrived.values().forEach(revisions -> results.merge(opening.take(tx, revisions, now), 1, Integer::sum));
        return results;
    }

    private void read(
            Transaction tx, Received record, Map<String, List<Arrived>> arrived, Map<String, Integer> results) {
        try {
            Incident incident = Texts.keepable(IncidentCodec.decode(record.value()));
            arrived.computeIfAbsent(incident.id(), id -> new ArrayList<>())
                    .add(new Arrived(incident, record.timestamp()));
        } catch (IOException | RuntimeException e) {
            // Bad input is data: its digest and place are sealed, so that it is neither silent nor in the way.
            String place = record.topic().topicName() + "-" + record.partition() + "-" + record.offset();
            LOG.warn(
                    "incident cannot be read place={} reason={}",
                    place,
                    e.getClass().getSimpleName());
            tx.oweEntry(
                    "dead-letter",
                    "dead-letter",
                    place,
                    1,
                    "unassigned",
                    Seals.MACHINE,
                    clock.millis(),
                    Texts.canonical(Map.of(
                            "place", place,
                            "sm3", Sm3.hex(record.value()),
                            "reason", e.getClass().getSimpleName())),
                    "");
            results.merge("unreadable", 1, Integer::sum);
        }
    }
}
