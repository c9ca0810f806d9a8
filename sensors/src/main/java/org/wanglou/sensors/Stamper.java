package org.wanglou.sensors;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.wanglou.crypto.sm.Sm3Ids;
import org.wanglou.model.Ecs;
import org.wanglou.model.Event;
import org.wanglou.model.Field;
import org.wanglou.model.Meters;
import org.wanglou.model.Snapshots;
import org.wanglou.sensors.frame.Frame;
import org.wanglou.sensors.frame.Text;
import org.wanglou.sensors.privacy.Masking;
import org.wanglou.sensors.whose.Attribution;
import org.wanglou.sensors.whose.NatSessions;
import org.wanglou.sensors.whose.Whose;

/**
 * Completes what a format has read: id, receipt, sensor, unit, zone, related names, believed times; and replaces personal
 * identifiers in every value and name. Thread-safe.
 */
final class Stamper {
    private static final long FAR_MILLIS = 24 * 3_600_000L;
    /** Years 0 to 9999: what every store can hold. */
    private static final long LEAST_MILLIS = -62_167_219_200_000L;

    private static final long MOST_MILLIS = 253_402_300_799_999L;

    /** The unit whose exit reported the event. */
    private static final String EXIT = "wanglou.exit";
    /** The inner address behind a translated one. */
    private static final String INNER = "wanglou.nat.inner_ip";

    private static final Field[] TIMES = IntStream.range(0, Ecs.slots())
            .mapToObj(Ecs::at)
            .filter(field -> field.type() == Field.Type.TIME)
            .toArray(Field[]::new);

    private final Snapshots snapshots;
    private final Whose units;
    private final Masking masking;
    private final Map<String, Map<String, LongAdder>> unassigned = new ConcurrentHashMap<>();
    private final Meters meters;
    private final String node;

    Stamper(Snapshots snapshots, Masking masking, Meters meters, String node) {
        this.snapshots = snapshots;
        this.units = new Whose(new NatSessions(
                NatSessions.CAPACITY,
                meters.counter("wanglou_sensors_nat_sessions_total"),
                meters.counter("wanglou_sensors_nat_evicted_total")));
        this.masking = masking;
        this.meters = meters;
        this.node = node;
    }

    /** @param ordinal which of the frame's events it is */
    Event stamp(Source source, Frame frame, Event.Builder event, int ordinal) {
        return stamp(source.config(), source.ids(), source.peer(frame.peer()), frame, event, ordinal);
    }

    /** As of a sender of whom nothing is known. */
    Event stamp(SensorConfig sensor, Frame frame, Event.Builder event, int ordinal) {
        return stamp(sensor, new Sm3Ids(), Optional.empty(), frame, event, ordinal);
    }

    private Event stamp(
            SensorConfig sensor,
            Sm3Ids ids,
            Optional<Intake.Peer> peer,
            Frame frame,
            Event.Builder event,
            int ordinal) {
        // A sender's own id is hashed with the source, so that one sender cannot speak for another.
        Object given = event.get(Ecs.EVENT_ID);
        event.set(
                Ecs.EVENT_ID,
                given instanceof String own && !own.isEmpty()
                        ? ids.id("given", sensor.name(), own)
                        : ids.id("frame", sensor.name(), frame.origin(), Integer.toString(ordinal)));
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
        flags(frame, event);
        peer.filter(known -> !known.name().isEmpty()).ifPresent(known -> event.set("wanglou.peer", known.name()));
        time(event, frame.receivedMillis());
        unit(sensor, peer.map(Intake.Peer::organization).orElse(""), frame, event);
        RELATED.fill(event);
        mask(event);
        return event.build();
    }

    /** {@code log.flags} as Filebeat sets them, and the tag of older rules. */
    private static void flags(Frame frame, Event.Builder event) {
        if (frame.cut()) {
            List<String> tags = new ArrayList<>(event.sofar().texts(Ecs.TAGS));
            tags.add("cut");
            event.set(Ecs.TAGS, tags);
        }
        if (frame.cut() || frame.lines() > 1) {
            List<String> flags = new ArrayList<>(2);
            if (frame.lines() > 1) {
                flags.add("multiline");
            }
            if (frame.cut()) {
                flags.add("truncated");
            }
            event.set("log.flags", flags);
        }
    }

    /** A time more than a day from receipt is not believed; what was claimed is kept. */
    private static void time(Event.Builder event, long received) {
        for (Field field : TIMES) {
            if (event.get(field) instanceof Long millis && (millis < LEAST_MILLIS || millis > MOST_MILLIS)) {
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

    /** @param byPeer unit of the sender by the configuration: it stands in the place of the source's */
    private void unit(SensorConfig sensor, String byPeer, Frame frame, Event.Builder event) {
        boolean exit = sensor.options().exit();
        String organization = byPeer.isEmpty() ? sensor.organization() : byPeer;
        Attribution whose =
                units.of(snapshots.registry(), event.sofar(), frame.peer(), frame.unit(), organization, exit);
        String basis = !byPeer.isEmpty() && whose.basis().equals("listener") ? "peer" : whose.basis();
        event.set(Ecs.ORGANIZATION_ID, whose.organization()).set(Ecs.WL_UNIT_BASIS, basis);
        if (!whose.inner().isEmpty()) {
            event.set(INNER, whose.inner());
        }
        if (exit) {
            event.set(EXIT, frame.unit().isEmpty() ? organization : frame.unit());
        }
        if (!whose.assigned()) {
            unassigned
                    .computeIfAbsent(sensor.name(), name -> new ConcurrentHashMap<>())
                    .computeIfAbsent(
                            whose.basis(),
                            reason -> meters.counter(
                                    "wanglou_sensors_unassigned_total", "source", sensor.name(), "reason", reason))
                    .increment();
        }
    }

    /** Field names of which related.* are made (ECS 8, related). */
    private static final Related RELATED = new Related();

    private void mask(Event.Builder event) {
        TreeSet<String> found = new TreeSet<>();
        Event before = event.sofar();
        for (int slot = 0; slot < Ecs.slots(); slot++) {
            Object value = before.at(slot);
            if (value == null) {
                continue;
            }
            Field field = Ecs.at(slot);
            if (field == Ecs.EVENT_ID) {
                continue;
            }
            if (value instanceof Long number) {
                if (masking.identity(number)) {
                    event.set(field, null).set(field.name() + "_text", Long.toString(number));
                }
                continue;
            }
            Object clean = masked(value, found);
            if (clean != value) {
                event.set(field, clean);
            }
        }
        if (!event.sofar().extra().isEmpty()) {
            others(event, found);
        }
        found(event, found);
    }

    /** The fields without a slot. They are changed when all have been seen. */
    private void others(Event.Builder event, TreeSet<String> found) {
        List<Runnable> changes = new ArrayList<>(0);
        for (Map.Entry<String, Object> one : event.sofar().extra().entrySet()) {
            String name = one.getKey();
            Object value = one.getValue();
            if (value instanceof String text && masking.ordinary(name)) {
                String clean = masking.mask(text, found);
                if (!clean.equals(text)) {
                    changes.add(() -> event.set(name, clean));
                }
                continue;
            }
            String cleanName = masking.maskName(name, found);
            Object clean = unnumbered(name, value, found);
            if (!cleanName.equals(name)) {
                changes.add(() -> event.set(name, null));
            }
            if (clean != value || !cleanName.equals(name)) {
                changes.add(() -> event.set(cleanName, clean));
            }
        }
        changes.forEach(Runnable::run);
    }

    private void found(Event.Builder event, TreeSet<String> found) {
        if (!found.isEmpty()) {
            event.set(Ecs.WL_MASKED, List.copyOf(found));
            meters.counter("wanglou_sensors_masked_total", "source", String.valueOf(event.get(Ecs.WL_SOURCE)))
                    .increment();
        }
    }

    /** Numbers outside the slots may be an identifier too: they become text when they are. */
    private @Nullable Object unnumbered(String name, Object value, TreeSet<String> found) {
        if (value instanceof Double number && number == Math.rint(number) && Math.abs(number) < 1e18) {
            Object whole = unnumbered(name, number.longValue(), found);
            return whole instanceof String ? whole : value;
        }
        if (value instanceof Long number) {
            String text = Long.toString(number);
            String clean = masking.mask(name, text, found);
            return clean.equals(text) ? value : clean;
        }
        if (value instanceof List<?> list) {
            List<Object> clean = new ArrayList<>(list.size());
            for (Object item : list) {
                Object one = unnumbered(name, item, found);
                if (one != null) {
                    clean.add(one);
                }
            }
            return clean;
        }
        return value instanceof String text ? masking.mask(name, text, found) : value;
    }

    private @Nullable Object masked(@Nullable Object value, TreeSet<String> found) {
        if (value instanceof String text) {
            return masking.mask(text, found);
        }
        if (value instanceof List<?> list) {
            for (int i = 0; i < list.size(); i++) {
                Object one = masked(list.get(i), found);
                if (one != list.get(i)) {
                    return masked(list, i, found);
                }
            }
        }
        return value;
    }

    /** @param first the first item that does not stay as it is */
    private List<Object> masked(List<?> list, int first, TreeSet<String> found) {
        List<Object> clean = new ArrayList<>(list.subList(0, first));
        for (Object item : list.subList(first, list.size())) {
            Object one = masked(item, found);
            if (one != null) {
                clean.add(one);
            }
        }
        return clean;
    }
}
