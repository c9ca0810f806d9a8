package org.wanglou.bus.codec;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.SerializedString;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.wanglou.model.Ecs;
import org.wanglou.model.Event;
import org.wanglou.model.Field;

/**
 * Writes an event's fields in the order of their names, in one pass and with names that were split and encoded before: the
 * way of nearly every event. It does not take events whose names are odd (an empty part, a name that is value and parent at
 * once, too many parts); those {@link EventCodec} writes the slow way, to the same bytes. Thread-safe.
 */
final class EventWriter {
    /** Names of fields without a slot that are kept split; further ones are split each time. */
    private static final int MOST_KNOWN = 4_096;

    /**
     * A name, taken apart.
     *
     * @param dots where its points stand
     * @param parts what stands between them, encoded
     * @param parents what stands before each point
     * @param odd whether it cannot be written in one pass beside the fields with slots
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Split(String name, int[] dots, SerializableString[] parts, String[] parents, boolean odd) {}

    private record Slot(Field field, Split split) {}

    private static final Map<String, Split> KNOWN = new ConcurrentHashMap<>();
    private static final Set<String> PARENTS = new HashSet<>();
    private static final Slot[] SLOTS = slots();

    private EventWriter() {}

    private static Slot[] slots() {
        List<Slot> slots = new ArrayList<>();
        for (int slot = 0; slot < Ecs.slots(); slot++) {
            Field field = Ecs.at(slot);
            Split split = split(field.name());
            PARENTS.addAll(List.of(split.parents()));
            slots.add(new Slot(field, split));
        }
        slots.sort(Comparator.comparing(slot -> slot.field().name()));
        return slots.toArray(new Slot[0]);
    }

    private static Split split(String name) {
        int count = (int) name.chars().filter(c -> c == '.').count();
        if (count >= EventCodec.MAX_DEPTH - 2) {
            return new Split(name, new int[0], new SerializableString[0], new String[0], true);
        }
        int[] dots = new int[count];
        SerializableString[] parts = new SerializableString[count + 1];
        String[] parents = new String[count];
        boolean odd = PARENTS.contains(name);
        int from = 0;
        for (int i = 0; i <= count; i++) {
            int dot = i < count ? name.indexOf('.', from) : name.length();
            odd |= dot == from;
            parts[i] = new SerializedString(name.substring(from, dot));
            if (i < count) {
                dots[i] = dot;
                parents[i] = name.substring(0, dot);
                odd |= Ecs.named(parents[i]).isPresent();
            }
            from = dot + 1;
        }
        return new Split(name, dots, parts, parents, odd);
    }

    private static Split known(String name) {
        Split known = KNOWN.get(name);
        if (known == null) {
            known = split(name);
            if (KNOWN.size() < MOST_KNOWN && name.length() <= 100) {
                KNOWN.put(name, known);
            }
        }
        return known;
    }

    /** The names of fields without a slot in order, or null when one of them is odd. */
    private static @Nullable List<Split> extras(Map<String, Object> extra) {
        List<Split> splits = new ArrayList<>(extra.size());
        for (String name : extra.keySet()) {
            Split split = known(name);
            if (split.odd()) {
                return null;
            }
            for (String parent : split.parents()) {
                if (extra.containsKey(parent)) {
                    return null;
                }
            }
            splits.add(split);
        }
        return splits;
    }

    /** Writes all fields as members of the object that is open; false, with nothing written, when the event is odd. */
    static boolean write(JsonGenerator out, Event event) throws IOException {
        Map<String, Object> extra = event.extra();
        List<Split> extras = extra.isEmpty() ? List.of() : extras(extra);
        if (extras == null) {
            return false;
        }
        Iterator<Object> values = extra.values().iterator();
        int next = 0;
        Split before = SLOTS[0].split();
        int open = 0;
        for (Slot slot : SLOTS) {
            Object value = event.get(slot.field());
            if (value == null) {
                continue;
            }
            while (next < extras.size()
                    && extras.get(next).name().compareTo(slot.split().name()) < 0) {
                Split split = extras.get(next++);
                open = name(out, before, open, split);
                EventCodec.writeValue(out, values.next());
                before = split;
            }
            open = name(out, before, open, slot.split());
            if (slot.field().type() == Field.Type.TIME && value instanceof Long millis) {
                out.writeString(IsoTime.of(millis));
            } else {
                EventCodec.writeValue(out, value);
            }
            before = slot.split();
        }
        while (next < extras.size()) {
            Split split = extras.get(next++);
            open = name(out, before, open, split);
            EventCodec.writeValue(out, values.next());
            before = split;
        }
        for (; open > 0; open--) {
            out.writeEndObject();
        }
        return true;
    }

    /**
     * Closes the objects that the name before was in and this one is not, opens those that are new, writes the last part, and
     * says how many are open now.
     */
    private static int name(JsonGenerator out, Split before, int open, Split name) throws IOException {
        int common = 0;
        int shorter = Math.min(before.name().length(), name.name().length());
        while (common < shorter && before.name().charAt(common) == name.name().charAt(common)) {
            common++;
        }
        int shared = 0;
        while (shared < open && shared < name.dots().length && before.dots()[shared] < common) {
            shared++;
        }
        for (int i = open; i > shared; i--) {
            out.writeEndObject();
        }
        int depth = name.dots().length;
        for (int i = shared; i < depth; i++) {
            out.writeFieldName(name.parts()[i]);
            out.writeStartObject();
        }
        out.writeFieldName(name.parts()[depth]);
        return depth;
    }
}
