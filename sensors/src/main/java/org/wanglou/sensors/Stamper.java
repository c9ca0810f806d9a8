package org.wanglou.sensors;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.wanglou.crypto.sm.Sm3;
import org.wanglou.model.Ecs;
import org.wanglou.model.Event;
import org.wanglou.model.Field;
import org.wanglou.model.Meters;
import org.wanglou.model.Snapshots;
import org.wanglou.model.registry.Organization;
import org.wanglou.model.registry.Registry;
import org.wanglou.sensors.frame.Frame;
import org.wanglou.sensors.frame.Text;
import org.wanglou.sensors.privacy.Masking;

/**
 * Completes what a format has read: id, receipt, sensor, unit, zone, related names, believed times; and replaces personal
 * identifiers in every value and name. Thread-safe.
 */
final class Stamper {
    private static final long FAR_MILLIS = 24 * 3_600_000L;
    /** Years 0 to 9999: what every store can hold. */
    private static final long LEAST_MILLIS = -62_167_219_200_000L;

    private static final long MOST_MILLIS = 253_402_300_799_999L;

    private final Snapshots snapshots;
    private final Masking masking;
    private final Meters meters;
    private final String node;

    Stamper(Snapshots snapshots, Masking masking, Meters meters, String node) {
        this.snapshots = snapshots;
        this.masking = masking;
        this.meters = meters;
        this.node = node;
    }

    /** @param ordinal which of the frame's events it is */
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
                .set(Ecs.EVENT_TIMEZONE, sensor.zone().getId());
        // A firewall or detector that speaks of itself is the observer; which sensor heard it is in wanglou.source.
        if (event.get(Ecs.OBSERVER_NAME) == null) {
            event.set(Ecs.OBSERVER_NAME, node);
        }
        if (event.get(Ecs.OBSERVER_TYPE) == null) {
            event.set(Ecs.OBSERVER_TYPE, "sensor");
        }
        if (event.get(Ecs.EVENT_DATASET) == null) {
            event.set(Ecs.EVENT_DATASET, sensor.format().name());
        }
        if (event.get(Ecs.EVENT_ORIGINAL) == null && !"flow".equals(event.get(Ecs.EVENT_DATASET))) {
            event.set(Ecs.EVENT_ORIGINAL, Text.of(frame.bytes()));
        }
        if (frame.cut()) {
            List<String> tags = new ArrayList<>(event.build().texts(Ecs.TAGS));
            tags.add("cut");
            event.set(Ecs.TAGS, tags);
        }
        time(event, frame.receivedMillis());
        unit(sensor, frame, event);
        related(event);
        mask(event);
        return event.build();
    }

    /** A time more than a day from receipt is not believed; what was claimed is kept. */
    private static void time(Event.Builder event, long received) {
        for (int slot = 0; slot < Ecs.slots(); slot++) {
            Field field = Ecs.at(slot);
            if (field.type() == Field.Type.TIME
                    && event.get(field) instanceof Long millis
                    && (millis < LEAST_MILLIS || millis > MOST_MILLIS)) {
                event.set(field, null).set(field.name() + "_text", Long.toString(millis));
            }
        }
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
        if (!frame.unit().isEmpty()) {
            event.set(Ecs.ORGANIZATION_ID, frame.unit()).set(Ecs.WL_UNIT_BASIS, "certificate");
            return;
        }
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
        Optional<Organization> byPeer = frame.peer().isEmpty() ? Optional.empty() : registry.unitOf(frame.peer());
        event.set(Ecs.ORGANIZATION_ID, byPeer.map(Organization::id).orElse("unassigned"))
                .set(Ecs.WL_UNIT_BASIS, byPeer.isPresent() ? "prefix of the sender" : "no prefix holds its addresses");
    }

    private static final List<Field> ADDRESSES =
            List.of(Ecs.SOURCE_IP, Ecs.SOURCE_NAT_IP, Ecs.DESTINATION_IP, Ecs.DESTINATION_NAT_IP, Ecs.HOST_IP);

    private static void related(Event.Builder event) {
        TreeSet<String> addresses = new TreeSet<>();
        for (Field field : ADDRESSES) {
            if (event.get(field) instanceof String ip) {
                addresses.add(ip);
            }
        }
        if (!addresses.isEmpty()) {
            event.set(Ecs.RELATED_IP, List.copyOf(addresses));
        }
        TreeSet<String> users = new TreeSet<>();
        for (Field field : List.of(Ecs.USER_NAME, Ecs.USER_EFFECTIVE_NAME, Ecs.USER_TARGET_NAME)) {
            if (event.get(field) instanceof String user) {
                users.add(user);
            }
        }
        if (!users.isEmpty()) {
            event.set(Ecs.RELATED_USER, List.copyOf(users));
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
            Object value = before.get(field);
            if (value instanceof Long number && masking.identity(number)) {
                event.set(field, null).set(field.name() + "_text", Long.toString(number));
            } else if (field != Ecs.EVENT_ID && value != null) {
                event.set(field, masked(value, found));
            }
        }
        new TreeMap<>(before.extra()).forEach((name, value) -> {
            String clean = masking.mask(name, found);
            if (!clean.equals(name)) {
                event.set(name, null);
            }
            event.set(clean, unnumbered(value, found));
        });
        if (!found.isEmpty()) {
            event.set(Ecs.WL_MASKED, List.copyOf(found));
            meters.counter("wanglou_sensors_masked_total", "source", String.valueOf(event.get(Ecs.WL_SOURCE)))
                    .increment();
        }
    }

    /** Numbers outside the slots may be an identifier too: they become text when they are. */
    private @Nullable Object unnumbered(Object value, TreeSet<String> found) {
        if (value instanceof Double number && number == Math.rint(number) && Math.abs(number) < 1e18) {
            Object whole = unnumbered(number.longValue(), found);
            return whole instanceof String ? whole : value;
        }
        if (value instanceof Long number) {
            String text = Long.toString(number);
            String clean = masking.mask(text, found);
            return clean.equals(text) ? value : clean;
        }
        if (value instanceof List<?> list) {
            List<Object> clean = new ArrayList<>(list.size());
            for (Object item : list) {
                Object one = unnumbered(item, found);
                if (one != null) {
                    clean.add(one);
                }
            }
            return clean;
        }
        return masked(value, found);
    }

    private @Nullable Object masked(@Nullable Object value, TreeSet<String> found) {
        if (value instanceof String text) {
            return masking.mask(text, found);
        }
        if (value instanceof List<?> list) {
            List<Object> clean = new ArrayList<>(list.size());
            for (Object item : list) {
                Object one = masked(item, found);
                if (one != null) {
                    clean.add(one);
                }
            }
            return clean;
        }
        return value;
    }
}
