package org.wanglou.rules.indicators.table;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.wanglou.model.Addresses;
import org.wanglou.rules.indicators.Indicator;
import org.wanglou.rules.indicators.IndicatorType;
import org.wanglou.rules.indicators.Origin;
import org.wanglou.rules.indicators.value.Canonical;

/**
 * Takes indicators in and makes a segment of them. Several sources that name the same value are all kept, up to
 * {@value #SAME_MAX}; what says the very same as one before is left out. Confined to its thread.
 */
public final class SegmentBuilder {
    /** Entries of one value that are kept. */
    public static final int SAME_MAX = 16;

    private static final int ORIGINS_MAX = 1 << 20;
    private static final Origin OTHERS = new Origin("(many)", "");

    private final long seed;
    private final Arena arena = new Arena();
    private final Entry entry = new Entry();
    private final Map<Origin, Integer> numbers = new HashMap<>();
    private final List<Origin> origins = new ArrayList<>();
    private final BitSet lengths4 = new BitSet();
    private final BitSet lengths6 = new BitSet();
    private int added;

    /** @param seed a random number, so that nobody can prepare values that collide */
    public SegmentBuilder(long seed) {
        this.seed = seed;
    }

    /**
     * Adds an indicator whose value is canonical.
     *
     * @param pattern number of the pattern that must hold too, -1 for none
     */
    public void add(Indicator one, int pattern) {
        byte[] key = one.type() == IndicatorType.IP
                ? block(one.value())
                : Canonical.octets(one.type(), one.value())
                        .orElseThrow(() -> new IllegalArgumentException("not canonical: " + one.value()));
        int origin = numbers.computeIfAbsent(one.origin(), fresh -> {
            if (origins.size() >= ORIGINS_MAX && !fresh.equals(OTHERS)) {
                return -1;
            }
            origins.add(fresh);
            return origins.size() - 1;
        });
        if (origin < 0) {
            numbers.remove(one.origin());
            add(
                    new Indicator(
                            one.type(),
                            one.value(),
                            one.description(),
                            OTHERS,
                            one.confidence(),
                            one.from(),
                            one.to(),
                            one.side(),
                            one.port(),
                            one.sightings()),
                    pattern);
            return;
        }
        arena.add(entry.bytes(), entry.write(one, key, origin, pattern));
        added++;
    }

    private byte[] block(String value) {
        int slash = value.indexOf('/');
        byte[] address = Addresses.parse(slash < 0 ? value : value.substring(0, slash))
                .orElseThrow(() -> new IllegalArgumentException("not canonical: " + value));
        int bits = slash < 0 ? address.length * 8 : Integer.parseInt(value.substring(slash + 1));
        (address.length == 4 ? lengths4 : lengths6).set(bits);
        byte[] key = Arrays.copyOf(address, address.length + 1);
        key[address.length] = (byte) bits;
        return key;
    }

    /** How many were added. */
    public int added() {
        return added;
    }

    /** The segment of all that was added. The builder is of no use afterwards. */
    public Segment build() {
        arena.trim();
        return new Segment(seed, arena, origins, descending(lengths4), descending(lengths6), added);
    }

    private static int[] descending(BitSet set) {
        int[] ascending = set.stream().toArray();
        int[] made = new int[ascending.length];
        for (int i = 0; i < made.length; i++) {
            made[i] = ascending[made.length - 1 - i];
        }
        return made;
    }
}
