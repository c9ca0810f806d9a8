package org.wanglou.bus.codec;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
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
     * @param utf8 the name
     * @param dots where its points stand in it
     * @param openings by how many objects are open already: what opens the rest, and the last part with its colon
     * @param parents what stands before each point
     * @param slot the first of the slots in order that comes behind it
     * @param odd whether it cannot be written in one pass beside the fields with slots
     * @param low whether a character is less than a point, so that others may stand between it and its parent
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Split(
            String name,
            byte[] utf8,
            int[] dots,
            byte[][] openings,
            String[] parents,
            int slot,
            boolean odd,
            boolean low) {}

    private static final Map<String, Split> KNOWN = new ConcurrentHashMap<>();
    /** All fields with slots, in the order of their names. */
    private static final Field[] FIELDS = fields();

    private static final int[] SLOTS =
            Arrays.stream(FIELDS).mapToInt(Field::slot).toArray();

    private static final Set<String> PARENTS = parents();
    private static final Split[] SPLITS = splits();
    /** How many objects each shares with the one before it. */
    private static final int[] SHARED = shared();

    private EventWriter() {}

    private static Field[] fields() {
        return IntStream.range(0, Ecs.slots())
                .mapToObj(Ecs::at)
                .sorted(Comparator.comparing(Field::name))
                .toArray(Field[]::new);
    }

    private static Set<String> parents() {
        Set<String> parents = new HashSet<>();
        for (Field field : FIELDS) {
            for (int dot = field.name().indexOf('.');
                    dot >= 0;
                    dot = field.name().indexOf('.', dot + 1)) {
                parents.add(field.name().substring(0, dot));
            }
        }
        return Set.copyOf(parents);
    }

    private static Split[] splits() {
        return Arrays.stream(FIELDS).map(field -> split(field.name())).toArray(Split[]::new);
    }

    private static int[] shared() {
        int[] shared = new int[SPLITS.length];
        for (int i = 1; i < shared.length; i++) {
            shared[i] = shared(SPLITS[i - 1], SPLITS[i]);
        }
        return shared;
    }

    private static Split split(String name) {
        byte[] utf8 = name.getBytes(StandardCharsets.UTF_8);
        List<Integer> dots = new ArrayList<>();
        boolean low = false;
        for (int i = 0; i < utf8.length; i++) {
            low |= utf8[i] >= 0 && utf8[i] < '.';
            if (utf8[i] == '.') {
                dots.add(i);
            }
        }
        String[] parts = name.split("\\.", -1);
        boolean odd = dots.size() >= EventCodec.MAX_DEPTH - 2
                || PARENTS.contains(name)
                || List.of(parts).contains("")
                || name.chars().anyMatch(c -> Character.isSurrogate((char) c));
        if (odd) {
            return new Split(name, utf8, new int[0], new byte[0][], new String[0], 0, true, low);
        }
        String[] parents = new String[dots.size()];
        for (int i = 0; i < parents.length; i++) {
            parents[i] = i == 0 ? parts[0] : parents[i - 1] + '.' + parts[i];
            odd |= Ecs.named(parents[i]).isPresent();
        }
        int slot = -1 - Arrays.binarySearch(FIELDS, name, Comparator.comparing(EventWriter::name));
        return new Split(
                name,
                utf8,
                dots.stream().mapToInt(Integer::intValue).toArray(),
                openings(parts),
                parents,
                slot,
                odd,
                low);
    }

    private static String name(Object fieldOrName) {
        return fieldOrName instanceof Field field ? field.name() : (String) fieldOrName;
    }

    private static byte[][] openings(String[] parts) {
        byte[][] openings = new byte[parts.length][];
        for (int open = 0; open < parts.length; open++) {
            JsonBytes out = new JsonBytes(64);
            for (int i = open; i < parts.length; i++) {
                out.value(parts[i]);
                out.one(':');
                if (i < parts.length - 1) {
                    out.one('{');
                }
            }
            openings[open] = out.toArray();
        }
        return openings;
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

    /** The names of fields without a slot in order, or null when one of them is odd, or value and parent at once. */
    private static Split @Nullable [] extras(Map<String, Object> extra, Object[] values) {
        Split[] splits = new Split[values.length];
        int count = 0;
        boolean low = false;
        for (Map.Entry<String, Object> one : extra.entrySet()) {
            Split split = known(one.getKey());
            if (split.odd() || count > 0 && parent(splits[count - 1], split)) {
                return null;
            }
            low |= split.low();
            values[count] = one.getValue();
            splits[count++] = split;
        }
        return low && parents(splits, extra) ? null : splits;
    }

    private static boolean parent(Split before, Split split) {
        int length = before.name().length();
        return split.name().length() > length
                && split.name().charAt(length) == '.'
                && split.name().startsWith(before.name());
    }

    private static boolean parents(Split[] splits, Map<String, Object> extra) {
        for (Split split : splits) {
            for (String parent : split.parents()) {
                if (extra.containsKey(parent)) {
                    return true;
                }
            }
        }
        return false;
    }

    /**
     * Writes all fields as members of the object that is open; false, with nothing written, when the event is odd.
     */
    static boolean write(JsonBytes out, Event event) {
        Map<String, Object> extra = event.extra();
        Object[] values = new Object[extra.size()];
        Split[] extras = extras(extra, values);
        if (extras == null) {
            return false;
        }
        Split before = null;
        int next = 0;
        int common = 0;
        for (int i = 0; i < FIELDS.length; i++) {
            common = Math.min(common, SHARED[i]);
            Object value = event.at(SLOTS[i]);
            if (value == null) {
                continue;
            }
            for (; next < extras.length && extras[next].slot() <= i; next++) {
                before = name(out, before, extras[next]);
                out.value(values[next]);
                common = -1;
            }
            Split split = SPLITS[i];
            before = common < 0 ? name(out, before, split) : name(out, before, split, common);
            if (value instanceof Long millis && FIELDS[i].type() == Field.Type.TIME) {
                out.time(millis);
            } else {
                out.value(value);
            }
            common = split.dots().length;
        }
        for (; next < extras.length; next++) {
            before = name(out, before, extras[next]);
            out.value(values[next]);
        }
        out.end(before == null ? 0 : before.dots().length);
        return true;
    }

    private static Split name(JsonBytes out, @Nullable Split before, Split name) {
        return name(out, before, name, before == null ? 0 : shared(before, name));
    }

    /** Closes the objects that the name before was in and this one is not, opens those that are new, and writes the last part. */
    private static Split name(JsonBytes out, @Nullable Split before, Split name, int shared) {
        if (before != null) {
            out.end(before.dots().length - shared);
            out.one(',');
        }
        out.raw(name.openings()[shared]);
        return name;
    }

    /** In how many objects both are. */
    private static int shared(Split before, Split name) {
        int common = Arrays.mismatch(before.utf8(), name.utf8());
        int most = Math.min(before.dots().length, name.dots().length);
        int shared = 0;
        while (shared < most && before.dots()[shared] < common) {
            shared++;
        }
        return shared;
    }
}
