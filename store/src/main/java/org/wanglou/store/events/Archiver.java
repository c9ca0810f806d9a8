package org.wanglou.store.events;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import org.wanglou.bus.BatchHandler;
import org.wanglou.bus.Received;
import org.wanglou.bus.Topic;
import org.wanglou.bus.Wire;
import org.wanglou.bus.codec.EventCodec;
import org.wanglou.crypto.sm.Sm3;
import org.wanglou.model.Canary;
import org.wanglou.model.Ecs;
import org.wanglou.model.Event;
import org.wanglou.model.Meters;
import org.wanglou.model.Snapshots;

/**
 * Fills the archive from {@code wanglou.events} and {@code wanglou.flows}. Confined to its worker's thread.
 *
 * <p>One batch is one append, which is one commit: events and offsets survive together, so nothing is archived twice or
 * left out over kill -9. A batch of ticks alone is not worth a commit; where it ended is written with the next events,
 * and until then reading the ticks again does no harm.
 *
 * <p>A commit makes the disk wait some ten to hundred milliseconds, however small. So after a small batch the archiver
 * rests until a quarter of a second has passed since it began: what arrives meanwhile is one batch and one commit.
 */
public final class Archiver implements BatchHandler {
    /** Sources are configuration; a stranger's topic could name more, which are counted together. */
    private static final int MAX_SOURCES = 1_000;

    /** Under such a name a source's total is kept with the offsets. */
    private static final String COUNT = "archived/";

    private static final int ORIGINAL_CHARACTERS = 8_192;

    /** A batch of at least so many events is followed by the next one at once. */
    private static final int LARGE_BATCH = 1_000;

    private static final Duration PACE = Duration.ofMillis(250);

    private final EventIndex index;
    private final Snapshots snapshots;
    private final Meters meters;
    private final long paceNanos;
    private final Map<String, Long> unwritten = new HashMap<>();
    private final Map<String, Long> archived = new ConcurrentHashMap<>();
    private final Map<String, Long> ends = new HashMap<>();
    private final Map<String, Long> before = new HashMap<>();
    private final CompletableFuture<Map<String, Long>> caughtUp = new CompletableFuture<>();

    public Archiver(EventIndex index, Snapshots snapshots, Meters meters) {
        this(index, snapshots, meters, PACE);
    }

    Archiver(EventIndex index, Snapshots snapshots, Meters meters, Duration pace) {
        this.paceNanos = pace.toNanos();
        this.index = index;
        this.snapshots = snapshots;
        this.meters = meters;
        index.positions().forEach((name, total) -> {
            if (name.startsWith(COUNT)) {
                add(name.substring(COUNT.length()), total);
            }
        });
    }

    /** Events archived by source, over restarts: the totals are in the same commit as the events. */
    public Map<String, Long> archived() {
        return Map.copyOf(archived);
    }

    /**
     * Completes, on the archiver's thread, when everything is archived that was in the topics when it began: with the
     * totals by source up to there. Since an archived record counts once, these are what had been published before.
     */
    public CompletableFuture<Map<String, Long>> caughtUp() {
        return caughtUp;
    }

    @Override
    public void began(Topic topic, int partition, long end) {
        ends.put(name(topic, partition), end);
    }

    @Override
    public void begun() {
        before.putAll(archived);
        tellWhenCaughtUp();
    }

    private void tellWhenCaughtUp() {
        if (caughtUp.isDone() || ends.isEmpty()) {
            return;
        }
        boolean all = ends.entrySet().stream()
                .allMatch(end -> Math.max(
                                unwritten.getOrDefault(end.getKey(), 0L),
                                index.position(end.getKey()).orElse(0))
                        >= end.getValue());
        if (all) {
            caughtUp.complete(Map.copyOf(before));
        }
    }

    private void add(String source, long more) {
        archived.merge(source, more, Long::sum);
        meters.counter("wanglou_store_archived_total", "source", source).add(more);
    }

    /** The topics to read. */
    public static Set<Topic> topics() {
        return Set.of(Topic.EVENTS, Topic.FLOWS);
    }

    /**
     * Archives the batch.
     *
     * @throws IllegalStateException at a record of an unknown type, after all before it are archived: the worker tries
     *     again and health turns red, because whoever wrote it speaks a newer version
     */
    @Override
    public void handle(List<Received> batch) {
        long began = System.nanoTime();
        List<Event> events = new ArrayList<>(batch.size());
        Map<String, Long> counts = new HashMap<>();
        for (Received record : batch) {
            if (Wire.same(record.type(), Wire.TICK_1)) {
                unwritten.put(name(record.topic(), record.partition()), record.offset() + 1);
            } else if (record.type().isEmpty() || Wire.same(record.type(), Wire.EVENT_1)) {
                add(events, counts, record);
                unwritten.put(name(record.topic(), record.partition()), record.offset() + 1);
            } else {
                write(events, counts);
                throw new IllegalStateException("unknown record type " + record.type() + " in "
                        + name(record.topic(), record.partition()) + " at offset " + record.offset());
            }
        }
        write(events, counts);
        tellWhenCaughtUp();
        if (!events.isEmpty() && events.size() < LARGE_BATCH) {
            LockSupport.parkNanos(paceNanos - (System.nanoTime() - began));
        }
    }

    private void add(List<Event> events, Map<String, Long> counts, Received record) {
        Event event = event(record);
        if (Canary.is(event)) {
            meters.counter("wanglou_store_canaries_total").increment();
            return;
        }
        Event enriched = snapshots.registry().enrich(event);
        events.add(enriched);
        if (record.offset() >= position(record.topic(), record.partition()).orElse(0)) {
            // A batch that is tried again after its commit counts once.
            String source = source(enriched, counts);
            counts.merge(source, 1L, Long::sum);
            if (record.offset() < ends.getOrDefault(name(record.topic(), record.partition()), 0L)) {
                before.merge(source, 1L, Long::sum);
            }
        }
    }

    private void write(List<Event> events, Map<String, Long> counts) {
        if (events.isEmpty()) {
            return;
        }
        Map<String, Long> kept = new HashMap<>(unwritten);
        counts.forEach((source, count) -> kept.put(COUNT + source, archived.getOrDefault(source, 0L) + count));
        index.append(events, kept);
        unwritten.clear();
        counts.forEach(this::add);
    }

    private String source(Event event, Map<String, Long> counts) {
        String source = event.text(Ecs.WL_SOURCE).orElse("unknown");
        if (archived.containsKey(source) || counts.containsKey(source)) {
            return source;
        }
        long fresh = counts.keySet().stream()
                .filter(name -> !archived.containsKey(name))
                .count();
        return archived.size() + fresh < MAX_SOURCES ? source : "other";
    }

    /** The event of a record: what is no JSON is kept as {@code unparsed}; what a stranger left out is filled in. */
    private Event event(Received record) {
        Event event;
        try {
            event = EventCodec.decode(record.value());
        } catch (IOException e) {
            meters.counter("wanglou_store_malformed_total", "reason", "json").increment();
            String original = new String(record.value(), StandardCharsets.UTF_8);
            event = Event.builder()
                    .set(Ecs.EVENT_DATASET, "unparsed")
                    .set(Ecs.EVENT_KIND, "event")
                    .set(Ecs.WL_UNPARSED_REASON, "not an ECS JSON object")
                    .set(
                            Ecs.EVENT_ORIGINAL,
                            original.length() <= ORIGINAL_CHARACTERS
                                    ? original
                                    : original.substring(0, ORIGINAL_CHARACTERS))
                    .build();
        }
        if (!event.id().isEmpty() && event.ingestedMillis() > 0) {
            return event;
        }
        Event.Builder filled = event.toBuilder();
        if (event.id().isEmpty()) {
            filled.set(
                    Ecs.EVENT_ID,
                    Sm3.id(
                            record.topic().topicName(),
                            Integer.toString(record.partition()),
                            Long.toString(record.offset())));
        }
        if (event.ingestedMillis() == 0) {
            filled.set(Ecs.EVENT_INGESTED, record.timestamp());
        }
        return filled.build();
    }

    @Override
    public OptionalLong position(Topic topic, int partition) {
        return index.position(name(topic, partition));
    }

    private static String name(Topic topic, int partition) {
        return topic.topicName() + "/" + partition;
    }
}
