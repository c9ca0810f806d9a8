package org.wanglou.correlator.reference;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.wanglou.bus.BatchHandler;
import org.wanglou.bus.Bus;
import org.wanglou.bus.Publisher;
import org.wanglou.bus.Received;
import org.wanglou.bus.Topic;
import org.wanglou.bus.Worker;
import org.wanglou.bus.codec.Jsons;
import org.wanglou.correlator.wire.UnloadableSnapshotException;
import org.wanglou.model.Meters;

/**
 * Says on {@code wanglou.reference} which digest of a kind is the newest, and hears what any node of the cluster says
 * there: the order of the topic is the order in which all nodes take them. Reads on one thread, {@code
 * correlator-reference-0}, from where the topic ended at {@link #start}. Thread-safe.
 */
public final class Announcements implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Announcements.class);

    /** Type of the records. */
    public static final String REFERENCE_1 = "reference/1";

    private static final long ADMIN_SECONDS = 20;

    /** The value of a record; its key is the kind. */
    public record Announcement(String kind, String digest) {}

    private final Bus bus;
    private final Meters meters;
    private final Map<String, Shelf<?>> shelves = new LinkedHashMap<>();
    private final Map<Announcement, CompletableFuture<Void>> waiting = new ConcurrentHashMap<>();
    private final Map<String, String> troubles = new ConcurrentHashMap<>();
    private Publisher publisher;
    private Worker worker;
    private long end;

    @SuppressWarnings("NullAway.Init") // a constructor does no I/O: start() makes publisher and worker
    public Announcements(Bus bus, List<Shelf<?>> shelves, Meters meters) {
        this.bus = bus;
        this.meters = meters;
        shelves.forEach(shelf -> this.shelves.put(shelf.kind(), shelf));
    }

    /** Begins to hear. */
    public void start() {
        end = endOfTopic();
        publisher = bus.publisher("correlator-reference");
        worker = bus.worker("correlator-reference-0", Set.of(Topic.REFERENCE), new Hearing());
        worker.start();
    }

    private long endOfTopic() {
        TopicPartition only = new TopicPartition(Topic.REFERENCE.topicName(), 0);
        try (Admin admin = Admin.create(bus.clientProperties())) {
            return admin.listOffsets(Map.of(only, OffsetSpec.latest()))
                    .partitionResult(only)
                    .get(ADMIN_SECONDS, TimeUnit.SECONDS)
                    .offset();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while looking at " + only, e);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("cannot look at " + only + ": is the broker up and the topic there?", e);
        }
    }

    /**
     * Announces a digest whose snapshot has been kept. The future completes when this node has heard it and takes it for
     * the newest.
     */
    public CompletableFuture<Void> announce(String kind, String digest) {
        Announcement said = new Announcement(kind, digest);
        CompletableFuture<Void> heard = waiting.computeIfAbsent(said, key -> new CompletableFuture<>());
        // The broker stamps this topic's records itself.
        publisher
                .publish(
                        Topic.REFERENCE,
                        0,
                        kind.getBytes(StandardCharsets.UTF_8),
                        Jsons.bytes(said),
                        0,
                        REFERENCE_1,
                        "")
                .whenComplete((done, failure) -> {
                    if (failure != null) {
                        waiting.remove(said);
                        heard.completeExceptionally(failure);
                    }
                });
        return heard;
    }

    private void hear(Received record) {
        if (!record.type().equals(REFERENCE_1)) {
            ignored("unknown_type");
            return;
        }
        Announcement said;
        try {
            said = Jsons.read(record.value(), Announcement.class);
        } catch (java.io.IOException | RuntimeException e) {
            ignored("malformed");
            return;
        }
        Shelf<?> shelf = shelves.get(said.kind());
        if (shelf == null) {
            ignored("unknown_kind");
            return;
        }
        CompletableFuture<Void> heard = waiting.remove(said);
        try {
            take(shelf, said.digest());
            troubles.remove(said.kind());
            LOG.info("newest kind={} digest={} offset={}", said.kind(), said.digest(), record.offset());
            if (heard != null) {
                heard.complete(null);
            }
        } catch (UnloadableSnapshotException e) {
            troubles.put(said.kind(), "announced " + e.getMessage() + "; the old stays in force");
            meters.counter("wanglou_correlator_announcements_refused_total", "kind", said.kind())
                    .increment();
            LOG.error("announcement refused", e);
            if (heard != null) {
                heard.completeExceptionally(e);
            }
        }
    }

    private static <T extends Reference> void take(Shelf<T> shelf, String digest) {
        shelf.offer(shelf.load(digest));
    }

    private void ignored(String reason) {
        meters.counter("wanglou_correlator_announcements_ignored_total", "reason", reason)
                .increment();
    }

    /** What announced data could not be taken, and why nothing is heard; empty when well. */
    public String trouble() {
        String own = worker == null ? "" : worker.trouble();
        return String.join("\n", troubles.values()) + (own.isEmpty() ? "" : "announcements: " + own);
    }

    private final class Hearing implements BatchHandler {
        @Override
        public void handle(List<Received> batch) {
            batch.forEach(Announcements.this::hear);
        }

        @Override
        public OptionalLong position(Topic topic, int partition) {
            return OptionalLong.of(end);
        }
    }

    @Override
    public void close() {
        if (worker != null) {
            worker.close();
            publisher.close();
        }
    }
}
