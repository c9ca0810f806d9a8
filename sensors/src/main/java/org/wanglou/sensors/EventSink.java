package org.wanglou.sensors;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.wanglou.bus.Publisher;
import org.wanglou.bus.Topic;
import org.wanglou.bus.codec.EventCodec;
import org.wanglou.crypto.sm.Sm3;
import org.wanglou.model.Ecs;
import org.wanglou.model.Event;
import org.wanglou.sensors.format.Decoded;
import org.wanglou.sensors.format.Envelope;
import org.wanglou.sensors.frame.Frame;
import org.wanglou.sensors.frame.Text;
import org.wanglou.sensors.spool.DeadLetters;
import org.wanglou.sensors.spool.Parcel;
import org.wanglou.sensors.spool.Spool;

/**
 * Makes a frame into published events, and keeps the accounts of each.
 *
 * <p>What cannot be decoded is published as {@code event.dataset: unparsed}; what cannot be published ever goes sealed to
 * the dead letters. When Kafka does not take an event, its source decides: a sender that waits is told; a file's line is
 * tried again each second; for the rest, which nobody will bring again, there is the spool, and while it holds anything,
 * what comes goes to its end. Thread {@code sensors-retry-0}; thread-safe.
 */
final class EventSink implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EventSink.class);
    /** Kafka takes records of 1 MiB with their headers. */
    private static final int LARGEST = (1 << 20) - 4_096;

    /** As long as the publisher itself waits for room. */
    private static final long SHARE_MILLIS = 2_000;

    /** A line that waits to be tried again. */
    private static final class Held {
        private final Source source;

        Held(Source source) {
            this.source = source;
        }
    }

    private final Set<Held> waiting = ConcurrentHashMap.newKeySet();
    private final Publisher publisher;
    private final Stamper stamper;
    private final TickSource ticks;
    private final Optional<DeadLetters> letters;
    private final Optional<Spool> spool;
    private final ScheduledExecutorService retry = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "sensors-retry-0");
        thread.setDaemon(true);
        return thread;
    });

    EventSink(
            Publisher publisher,
            Stamper stamper,
            TickSource ticks,
            Optional<DeadLetters> letters,
            Optional<Spool> spool) {
        this.publisher = publisher;
        this.stamper = stamper;
        this.ticks = ticks;
        this.letters = letters;
        this.spool = spool;
    }

    /**
     * The future completes when Kafka has every event of the frame. Of a sender that waits it fails when one could not be
     * published; of others it never fails, and of a file it stays open until Kafka is back.
     */
    CompletableFuture<Void> accept(Source source, Frame raw) {
        source.peers().saw(raw.peer());
        Optional<Charset> charset = source.config().options().charset();
        Frame frame =
                charset.map(named -> raw.with(Text.utf8(raw.bytes(), named))).orElse(raw);
        if (frame.cut()) {
            source.counter("cut").increment();
            frame = frame.with(charset.isPresent() ? Text.withoutHalf(frame.bytes()) : Text.whole(frame.bytes()));
        }
        if (frame.lines() > 1) {
            source.counter("joined").increment();
        }
        return accept(source, frame, decode(source, frame));
    }

    private CompletableFuture<Void> accept(Source source, Frame frame, List<Event.Builder> events) {
        if (events.size() == 1) {
            source.received();
            return one(source, frame, events.get(0), 0);
        }
        List<CompletableFuture<Void>> sent = new ArrayList<>(events.size());
        for (int i = 0; i < events.size(); i++) {
            source.received();
            sent.add(one(source, frame, events.get(i), i));
        }
        return CompletableFuture.allOf(sent.toArray(new CompletableFuture<?>[0]));
    }

    private static List<Event.Builder> decode(Source source, Frame frame) {
        Envelope.Opened opened;
        try {
            opened = Envelope.open(
                    source.config().format(), frame, source.config().zone());
        } catch (RuntimeException | StackOverflowError e) {
            // A defect of the format: the line is kept all the same.
            if (source.counter("format_failed").sum() == 0) {
                LOG.warn(
                        "format failed source={} error={}",
                        source.name(),
                        e.getClass().getName());
            }
            source.counter("format_failed").increment();
            opened = new Envelope.Opened(new Decoded.Malformed("the format failed on it"), frame.outer());
        }
        if (opened.decoded() instanceof Decoded.Events events) {
            opened.complete(events.events());
            return events.events();
        }
        source.counter("unparsed").increment();
        String reason = opened.decoded() instanceof Decoded.Malformed malformed ? malformed.reason() : "";
        List<Event.Builder> unparsed = List.of(Event.builder()
                .set(Ecs.EVENT_DATASET, "unparsed")
                .set(Ecs.EVENT_KIND, "event")
                .set(Ecs.WL_UNPARSED_REASON, reason));
        opened.complete(unparsed);
        return unparsed;
    }

    private CompletableFuture<Void> one(Source source, Frame frame, Event.Builder builder, int ordinal) {
        Parcel parcel;
        try {
            Event event = stamper.stamp(source, frame, builder, ordinal);
            byte[] value = encode(event);
            if (value.length > LARGEST) {
                return deadLetter(source, frame, "too_large", event.id());
            }
            ticks.heard(source.name(), event.timeMillis(), frame.receivedMillis());
            boolean flow = "flow".equals(event.get(Ecs.EVENT_DATASET));
            parcel = new Parcel(
                    flow ? Topic.FLOWS : Topic.EVENTS,
                    source.name(),
                    event.id(),
                    frame.receivedMillis(),
                    event.timeMillis(),
                    value);
        } catch (RuntimeException | StackOverflowError e) {
            LOG.debug(
                    "event cannot be made source={} error={}",
                    source.name(),
                    e.getClass().getName());
            String id = Sm3.id("frame", source.name(), frame.origin(), Integer.toString(ordinal));
            source.counter("unencodable").increment();
            return deadLetter(source, frame, "unencodable", id);
        }
        return send(source, parcel);
    }

    private static byte[] encode(Event event) {
        try {
            return EventCodec.encode(event);
        } catch (UncheckedIOException e) {
            // Half of a surrogate pair is no character and has no UTF-8.
            return EventCodec.encode(Surrogates.mended(event));
        }
    }

    private CompletableFuture<Void> deadLetter(Source source, Frame frame, String reason, String id) {
        if (letters.isEmpty()) {
            source.dropped(reason);
            return CompletableFuture.completedFuture(null);
        }
        source.counter("dead_letters").increment();
        return send(source, letters.get().letter(source.name(), frame, reason, id));
    }

    private CompletableFuture<Void> send(Source source, Parcel parcel) {
        if (source.held()) {
            CompletableFuture<Void> arrived = new CompletableFuture<>();
            hold(source, parcel, arrived);
            return arrived;
        }
        if (!source.waits() && spool.isPresent() && spool.get().count() > 0) {
            spool(spool.get(), source, parcel);
            return CompletableFuture.completedFuture(null);
        }
        return shared(source, parcel, failure -> {
            if (failure == null) {
                arrived(source, parcel);
            } else if (source.waits()) {
                source.dropped("handed_back");
                throw new java.util.concurrent.CompletionException(failure);
            } else if (spool.isPresent()) {
                spool(spool.get(), source, parcel);
            } else {
                source.dropped("publish_failed");
            }
        });
    }

    /**
     * Publishes within the source's share: a source that floods waits for itself, not the others for it.
     *
     * @param end is told how it ended: null when Kafka has it
     */
    private CompletableFuture<Void> shared(Source source, Parcel parcel, End end) {
        int bytes = parcel.value().length;
        if (!source.share().take(bytes, SHARE_MILLIS)) {
            source.counter("share_full").increment();
            return CompletableFuture.<Void>failedFuture(new IllegalStateException("the source's share is under way"))
                    .handle((done, failure) -> end.with(failure));
        }
        return parcel.publish(publisher).handle((done, failure) -> {
            source.share().give(bytes);
            return end.with(failure);
        });
    }

    private interface End {
        void came(@Nullable Throwable failure);

        // what a stage of a future without a value gives
        @SuppressWarnings("NullAway")
        default Void with(@Nullable Throwable failure) {
            came(failure);
            return null;
        }
    }

    /** A letter has reached Kafka, but the event has not: the accounts call it dropped, with the reason where to look. */
    static void arrived(Source source, Parcel parcel) {
        if (parcel.topic() == Topic.DEAD_LETTER) {
            source.dropped("dead_letter");
        } else {
            source.published();
        }
    }

    private void hold(Source source, Parcel parcel, CompletableFuture<Void> arrived) {
        var unused = shared(source, parcel, failure -> {
            if (failure == null) {
                arrived(source, parcel);
                arrived.complete(null);
                return;
            }
            source.counter("retried").increment();
            Held held = new Held(source);
            waiting.add(held);
            try {
                retry.schedule(
                        () -> {
                            if (waiting.remove(held)) {
                                hold(source, parcel, arrived);
                            }
                        },
                        1,
                        TimeUnit.SECONDS);
            } catch (RejectedExecutionException e) {
                handBack(held);
            }
        });
    }

    /** Stopping: the line's offset is not committed, so the next run reads it again. */
    private void handBack(Held held) {
        if (waiting.remove(held)) {
            held.source.dropped("handed_back");
        }
    }

    private static void spool(Spool spool, Source source, Parcel parcel) {
        try {
            if (!spool.offer(parcel)) {
                source.dropped("spool_full");
            }
        } catch (IOException | RuntimeException e) {
            LOG.debug("spool failed error={}", e.toString());
            source.dropped("spool_failed");
        }
    }

    @Override
    public void close() {
        retry.shutdownNow();
        waiting.forEach(this::handBack);
    }
}
