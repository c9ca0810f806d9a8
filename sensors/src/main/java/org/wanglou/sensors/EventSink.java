package org.wanglou.sensors;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import org.wanglou.bus.Publisher;
import org.wanglou.bus.Topic;
import org.wanglou.bus.Wire;
import org.wanglou.bus.codec.EventCodec;
import org.wanglou.crypto.sm.Sm3;
import org.wanglou.model.Ecs;
import org.wanglou.model.Event;
import org.wanglou.model.Field;
import org.wanglou.model.Meters;
import org.wanglou.model.Snapshots;
import org.wanglou.model.registry.Organization;
import org.wanglou.model.registry.Registry;
import org.wanglou.sensors.format.Decoded;
import org.wanglou.sensors.frame.Frame;
import org.wanglou.sensors.privacy.Masking;

/**
 * Makes a frame into published events: decodes, stamps id, receipt, sensor, unit and zone, masks identifiers and hands
 * the bytes to Kafka. What cannot be decoded is published as {@code event.dataset: unparsed}; nothing is dropped here.
 * Thread-safe.
 */
final class EventSink {
    private static final long FAR_MILLIS = 24 * 3_600_000L;

    private final Publisher publisher;
    private final Snapshots snapshots;
    private final Masking masking;
    private final Meters meters;
    private final String node;
    private final TickSource ticks;

    EventSink(Publisher publisher, Snapshots snapshots, Masking masking, Meters meters, String node, TickSource ticks) {
        this.publisher = publisher;
        this.snapshots = snapshots;
        this.masking = masking;
        this.meters = meters;
        this.node = node;
        this.ticks = ticks;
    }

    /** The future completes when Kafka has every event of the frame; it fails when one could not be published. */
    CompletableFuture<Void> accept(SensorConfig sensor, Frame frame) {
        List<Event.Builder> builders = new ArrayList<>(1);
        Decoded decoded = sensor.format().decode(frame, sensor.zone());
        if (decoded instanceof Decoded.Events events) {
            builders.addAll(events.events());
        } else if (decoded instanceof Decoded.Malformed malformed) {
            meters.counter("wanglou_sensors_unparsed_total", "source", sensor.name())
                    .increment();
            builders.add(Event.builder()
                    .set(Ecs.EVENT_DATASET, "unparsed")
                    .set(Ecs.EVENT_KIND, "event")
                    .set(Ecs.WL_UNPARSED_REASON, malformed.reason()));
        }
        List<CompletableFuture<Void>> sent = new ArrayList<>(builders.size());
        for (int i = 0; i < builders.size(); i++) {
            meters.counter("wanglou_sensors_received_total", "source", sensor.name())
                    .increment();
            sent.add(publish(sensor, frame, builders.get(i), i));
        }
        return CompletableFuture.allOf(sent.toArray(new CompletableFuture<?>[0]));
    }

    private CompletableFuture<Void> publish(SensorConfig sensor, Frame frame, Event.Builder builder, int ordinal) {
        Event event = stamp(sensor, frame, builder, ordinal);
        boolean flow = "flow".equals(event.text(Ecs.EVENT_DATASET).orElse(""));
        ticks.heard(sensor.name(), event.timeMillis(), frame.receivedMillis());
        return publisher
                .publish(
                        flow ? Topic.FLOWS : Topic.EVENTS,
                        -1,
                        null,
                        EventCodec.encode(event),
                        frame.receivedMillis(),
                        Wire.EVENT_1,
                        event.id())
                .whenComplete((done, failure) -> {
                    if (failure == null) {
                        meters.counter("wanglou_sensors_published_total", "source", sensor.name())
                                .increment();
                    } else {
                        meters.counter(
                                        "wanglou_sensors_dropped_total",
                                        "source",
                                        sensor.name(),
                                        "reason",
                                        "publish_failed")
                                .increment();
                    }
                });
    }

    Event stamp(SensorConfig sensor, Frame frame, Event.Builder event, int ordinal) {
        // A sender's own id is hashed with the source, so that one sender cannot speak for another.
        Object given = event.get(Ecs.EVENT_ID);
        event.set(
                Ecs.EVENT_ID,
                given instanceof String own && !own.isEmpty()
                        ? Sm3.id("given", sensor.name(), own)
                        : Sm3.id("frame", sensor.name(), frame.origin(), Integer.toString(ordinal)));
        event.set(Ecs.EVENT_INGESTED, frame.receivedMillis())
                .set(Ecs.WL_SOURCE, sensor.name())
                .set(Ecs.OBSERVER_NAME, node)
                .set(Ecs.OBSERVER_TYPE, "sensor")
                .set(Ecs.EVENT_TIMEZONE, sensor.zone().getId());
        if (event.get(Ecs.EVENT_DATASET) == null) {
            event.set(Ecs.EVENT_DATASET, sensor.format().name());
        }
        if (event.get(Ecs.EVENT_ORIGINAL) == null && !"flow".equals(event.get(Ecs.EVENT_DATASET))) {
            event.set(Ecs.EVENT_ORIGINAL, new String(frame.bytes(), StandardCharsets.UTF_8));
        }
        if (frame.cut()) {
            event.set(Ecs.TAGS, List.of("cut"));
            meters.counter("wanglou_sensors_cut_total", "source", sensor.name()).increment();
        }
        time(event, frame.receivedMillis());
        unit(sensor, frame, event);
        related(event);
        mask(event);
        return event.build();
    }

    /** A time more than a day from receipt is not believed; what was claimed is kept. */
    private static void time(Event.Builder event, long received) {
        Object claimed = event.get(Ecs.TIMESTAMP);
        if (!(claimed instanceof Long millis)) {
            event.set(Ecs.TIMESTAMP, received);
        } else if (Math.abs(millis - received) > FAR_MILLIS) {
            event.set(Ecs.EVENT_CREATED, millis).set(Ecs.TIMESTAMP, received);
        }
    }

    /** By listener, by the asset or host concerned, by address; otherwise 未归属 with the reason. Nothing is guessed. */
    private void unit(SensorConfig sensor, Frame frame, Event.Builder event) {
        Registry registry = snapshots.registry();
        if (!sensor.organization().isEmpty()) {
            event.set(Ecs.ORGANIZATION_ID, sensor.organization()).set(Ecs.WL_UNIT_BASIS, "listener");
            return;
        }
        Event sofar = event.build();
        Optional<String> byAsset = registry.targetOf(sofar).map(asset -> asset.organization());
        if (byAsset.isPresent()) {
            event.set(Ecs.ORGANIZATION_ID, byAsset.get()).set(Ecs.WL_UNIT_BASIS, "asset");
            return;
        }
        for (Field field : List.of(Ecs.HOST_IP, Ecs.DESTINATION_IP, Ecs.SOURCE_IP)) {
            Optional<Organization> unit = sofar.text(field).flatMap(registry::unitOf);
            if (unit.isPresent()) {
                event.set(Ecs.ORGANIZATION_ID, unit.get().id()).set(Ecs.WL_UNIT_BASIS, "prefix of " + field.name());
                return;
            }
        }
        Optional<Organization> byPeer = registry.unitOf(frame.peer());
        event.set(Ecs.ORGANIZATION_ID, byPeer.map(Organization::id).orElse("unassigned"))
                .set(Ecs.WL_UNIT_BASIS, byPeer.isPresent() ? "prefix of the sender" : "no prefix holds its addresses");
    }

    private static void related(Event.Builder event) {
        TreeSet<String> addresses = new TreeSet<>();
        for (Field field : List.of(Ecs.SOURCE_IP, Ecs.DESTINATION_IP, Ecs.HOST_IP)) {
            if (event.get(field) instanceof String ip) {
                addresses.add(ip);
            }
        }
        if (!addresses.isEmpty()) {
            event.set(Ecs.RELATED_IP, List.copyOf(addresses));
        }
        if (event.get(Ecs.USER_NAME) instanceof String user) {
            event.set(Ecs.RELATED_USER, List.of(user));
        }
        if (event.get(Ecs.HOST_NAME) instanceof String host) {
            event.set(Ecs.RELATED_HOSTS, List.of(host));
        }
    }

    private void mask(Event.Builder event) {
        TreeSet<String> found = new TreeSet<>();
        Event before = event.build();
        for (int slot = 0; slot < Ecs.slots(); slot++) {
            Field field = Ecs.at(slot);
            if (field != Ecs.EVENT_ID && before.get(field) != null) {
                event.set(field, masked(before.get(field), found));
            }
        }
        before.extra().forEach((name, value) -> {
            String plain = masking.mask(name, found);
            if (!plain.equals(name)) {
                event.set(name, null);
            }
            Object clean = masked(value, found);
            // Numbers outside the slots may hold an identifier too: they become text when they do.
            if (value instanceof Long number
                    && !masking.mask(Long.toString(number), found).equals(Long.toString(number))) {
                clean = masking.mask(Long.toString(number), found);
            }
            event.set(plain, clean);
        });
        if (!found.isEmpty()) {
            event.set(Ecs.WL_MASKED, List.copyOf(found));
            meters.counter("wanglou_sensors_masked_total").increment();
        }
    }

    private @org.jspecify.annotations.Nullable Object masked(
            @org.jspecify.annotations.Nullable Object value, TreeSet<String> found) {
        if (value instanceof String text) {
            return masking.mask(text, found);
        }
        if (value instanceof List<?> list) {
            List<Object> clean = new ArrayList<>(list.size());
            for (Object item : list) {
                clean.add(item instanceof String text ? masking.mask(text, found) : item);
            }
            return clean;
        }
        return value;
    }
}
