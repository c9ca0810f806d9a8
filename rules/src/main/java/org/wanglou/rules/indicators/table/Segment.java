package org.wanglou.rules.indicators.table;

import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.wanglou.rules.indicators.Indicator;
import org.wanglou.rules.indicators.IndicatorType;
import org.wanglou.rules.indicators.Origin;
import org.wanglou.rules.indicators.value.Canonical;

/**
 * An immutable set of indicators that is looked up by value. Thread-safe.
 *
 * <p>A slot holds 32 bits of the value's hash and the place of its entry; it is found by other bits of the hash with linear
 * probing at a load of at most {@value #LOAD_PERCENT} %. The octets are compared before anything is believed, so there are
 * no false hits. A filter of one bit of {@value #FILTER_BITS} and more for each value, small enough for a cache, ends most
 * look-ups that find nothing before the table is touched.
 */
public final class Segment {
    private static final int LOAD_PERCENT = 60;
    private static final int FILTER_BITS = 8;
    private static final long TAG = 0xffffffff00000000L;
    private static final IndicatorType[] TYPES = IndicatorType.values();

    /** An entry that was found, and the number of the pattern that must hold too, -1 for none. */
    public record Found(Indicator indicator, int pattern) {}

    private final long seed;
    private final Arena arena;
    private final List<Origin> origins;
    private final int[] lengths4;
    private final int[] lengths6;
    private final long[] slots;
    private final long[] filter;
    private final int[] counts = new int[TYPES.length];
    private int values;
    private int repeated;

    Segment(long seed, Arena arena, List<Origin> origins, int[] lengths4, int[] lengths6, int added) {
        this.seed = seed;
        this.arena = arena;
        this.origins = List.copyOf(origins);
        this.lengths4 = lengths4;
        this.lengths6 = lengths6;
        this.slots = new long[Math.max(4, (int) Math.min(Integer.MAX_VALUE - 8, added * 100L / LOAD_PERCENT))];
        this.filter = new long[Math.max(1, Integer.highestOneBit(Math.max(1, added / (64 / FILTER_BITS))) * 2)];
        fill();
    }

    private void fill() {
        for (int number = 0; number < arena.chunks(); number++) {
            int place = arena.first(number);
            byte[] chunk = arena.chunk(place);
            int offset = arena.offset(place);
            while (offset + Entry.VALUE <= chunk.length) {
                int units = Entry.length(chunk, offset, Entry.LENGTH);
                if (units == 0) {
                    break;
                }
                insert(place, chunk, offset);
                place += units;
                offset += units << 2;
            }
        }
    }

    private void insert(int place, byte[] chunk, int offset) {
        int type = Entry.typeOf(chunk, offset);
        int length = Entry.length(chunk, offset, Entry.VALUE);
        int from = offset + Entry.VALUE + 2;
        long hash = Hash.of(seed, type, chunk, from, from + length);
        int slot = slot(hash);
        while (slots[slot] != 0) {
            if ((slots[slot] & TAG) == (hash & TAG) && same((int) slots[slot], type, chunk, from, length)) {
                chain((int) slots[slot], place, chunk, offset, type);
                return;
            }
            slot = slot + 1 == slots.length ? 0 : slot + 1;
        }
        slots[slot] = hash & TAG | place & 0xffffffffL;
        filter[bit(hash) >>> 6] |= 1L << bit(hash);
        values++;
        counts[type]++;
    }

    private void chain(int head, int place, byte[] chunk, int offset, int type) {
        int at = head;
        for (int i = 1; i < SegmentBuilder.SAME_MAX; i++) {
            if (equal(at, chunk, offset)) {
                repeated++;
                return;
            }
            int next = arena.getInt(at);
            if (next == 0) {
                arena.setInt(at, place);
                counts[type]++;
                return;
            }
            at = next;
        }
        repeated++;
    }

    private boolean equal(int place, byte[] chunk, int offset) {
        byte[] other = arena.chunk(place);
        int otherOffset = arena.offset(place);
        int length = Entry.length(chunk, offset, Entry.LENGTH) << 2;
        return length == Entry.length(other, otherOffset, Entry.LENGTH) << 2
                && Arrays.equals(
                        chunk,
                        offset + Entry.LENGTH,
                        offset + length,
                        other,
                        otherOffset + Entry.LENGTH,
                        otherOffset + length);
    }

    private int bit(long hash) {
        return (int) (hash >>> 32) & filter.length * 64 - 1;
    }

    private int slot(long hash) {
        // The low half says where, as a fraction of the table: any size will do.
        return (int) ((hash & 0xffffffffL) * slots.length >>> 32);
    }

    private boolean same(int place, int type, byte[] value, int from, int length) {
        byte[] chunk = arena.chunk(place);
        int offset = arena.offset(place);
        int own = offset + Entry.VALUE + 2;
        return Entry.typeOf(chunk, offset) == type
                && Entry.length(chunk, offset, Entry.VALUE) == length
                && Arrays.equals(chunk, own, own + length, value, from, from + length);
    }

    private int find(long hash, int type, byte[] value, int from, int to) {
        if ((filter[bit(hash) >>> 6] >>> bit(hash) & 1) == 0) {
            return 0;
        }
        int slot = slot(hash);
        long held;
        while ((held = slots[slot]) != 0) {
            if ((held & TAG) == (hash & TAG) && same((int) held, type, value, from, to - from)) {
                return (int) held;
            }
            slot = slot + 1 == slots.length ? 0 : slot + 1;
        }
        return 0;
    }

    private void tell(int head, Consumer<Found> sink) {
        for (int place = head; place != 0; place = arena.getInt(place)) {
            Entry.Read read = Entry.read(arena.chunk(place), arena.offset(place), origins);
            sink.accept(new Found(read.indicator(), read.pattern()));
        }
    }

    /** Tells what there is about a value; nothing as a rule. Not for addresses and domains. */
    public void exact(IndicatorType type, byte[] value, Consumer<Found> sink) {
        if (counts[type.ordinal()] > 0) {
            long hash = Hash.of(seed, type.ordinal(), value, 0, value.length);
            int place = find(hash, type.ordinal(), value, 0, value.length);
            if (place != 0) {
                tell(place, sink);
            }
        }
    }

    /** Tells what there is about a canonical name and the names above it, but for its last label. */
    public void domain(byte[] name, Consumer<Found> sink) {
        int type = IndicatorType.DOMAIN.ordinal();
        if (counts[type] == 0) {
            return;
        }
        long hash = Hash.start(seed, type);
        boolean above = false;
        for (int i = name.length - 1; i >= 0; i--) {
            if (name[i] == '.') {
                if (above) {
                    probe(hash, type, name, i + 1, sink);
                }
                above = true;
            }
            hash = Hash.step(hash, name[i]);
        }
        probe(hash, type, name, 0, sink);
    }

    private void probe(long unended, int type, byte[] name, int from, Consumer<Found> sink) {
        int place = find(Hash.end(unended), type, name, from, name.length);
        if (place != 0) {
            tell(place, sink);
        }
    }

    /** Tells what there is about the beginnings of an address of the web, cut before {@code /}, {@code ?} and at its end. */
    public void prefixes(byte[] bare, Consumer<Found> sink) {
        if (counts[IndicatorType.URL_PREFIX.ordinal()] == 0) {
            return;
        }
        int cuts = 0;
        for (int i = 1; i <= bare.length && cuts < 32; i++) {
            boolean border = i == bare.length || bare[i - 1] == '/' || bare[i] == '/' || bare[i] == '?';
            if (border) {
                cuts++;
                exact(IndicatorType.URL_PREFIX, Arrays.copyOf(bare, i), sink);
            }
        }
    }

    /** Tells what there is about an address of 4 or 16 octets and the blocks around it, the longest first. */
    public void address(byte[] address, Consumer<Found> sink) {
        int[] lengths = address.length == 4 ? lengths4 : lengths6;
        if (lengths.length == 0) {
            return;
        }
        int type = IndicatorType.IP.ordinal();
        byte[] key = Arrays.copyOf(address, address.length + 1);
        for (int bits : lengths) {
            Canonical.mask(key, bits);
            key[address.length] = (byte) bits;
            int place = find(Hash.of(seed, type, key, 0, key.length), type, key, 0, key.length);
            if (place != 0) {
                tell(place, sink);
            }
        }
    }

    /** Every indicator there is, in no order. */
    public void each(Consumer<Indicator> sink) {
        for (long held : slots) {
            if (held != 0) {
                tell((int) held, found -> sink.accept(found.indicator()));
            }
        }
    }

    /** Indicators of a type. */
    public int count(IndicatorType type) {
        return counts[type.ordinal()];
    }

    /** Indicators of all types. */
    public int size() {
        return Arrays.stream(counts).sum();
    }

    /** Distinct values. */
    public int values() {
        return values;
    }

    /** Entries that said what another said already, or were too many for one value. */
    public int repeated() {
        return repeated;
    }

    /** Octets held. */
    public long bytes() {
        return arena.bytes() + 8L * (slots.length + filter.length);
    }
}
