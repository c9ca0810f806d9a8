package org.wanglou.rules.sigma.match.view;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.wanglou.model.Addresses;
import org.wanglou.model.Event;
import org.wanglou.model.Field;
import org.wanglou.rules.sigma.Fold;
import org.wanglou.rules.sigma.match.Values;

/**
 * One event's values. A field is absent, null, one value or a list; a value is a slice of bytes, as it stands and folded; for
 * ASCII both are one slice, and whoever compares folds each byte by {@link Utf8#LOWER}. Filled anew for each event, without
 * garbage. Confined to its thread.
 */
public final class View {
    static final byte TEXT = 0;
    static final byte WHOLE = 1;
    static final byte FLOAT = 2;
    static final byte TRUTH = 3;

    private static final byte ONE = 1;
    private static final byte LIST = 2;
    private static final byte NULL = 3;

    private static final byte[] UNKNOWN_ADDRESS = new byte[0];

    public final Names names;
    private int epoch;
    private int[] stamps;
    private byte[] shapes;
    private int[] first;
    private int[] counts;

    /** How many values the event has, those of fields nobody asked for among them. */
    public int size;
    /** How many of them the event itself has; what comes behind is made from these. */
    public int stated;
    /** Where the values stand: bytes, offset, length, as they are. */
    public byte[][] raw = new byte[64][];

    public int[] from = new int[64];
    public int[] length = new int[64];
    /** The same, folded unless they are ASCII. */
    public byte[][] folded = new byte[64][];

    public int[] foldedFrom = new int[64];
    public int[] foldedLength = new int[64];

    private byte[] kinds = new byte[64];
    // Texts with escapes or beyond ASCII as they stand in the record, until somebody asks for them.
    private boolean[] pending = new boolean[64];
    private double[] numbers = new double[64];
    private boolean[] numbered = new boolean[64];
    private String[] texts = new String[64];
    private byte[][] addresses = new byte[64][];

    /** The fields that the event has, in no order. */
    public int[] present = new int[64];

    public int presentCount;
    private int open;
    private byte[] arena = new byte[8192];
    private int used;

    public View(Names names) {
        this.names = names;
        this.stamps = new int[names.size()];
        this.shapes = new byte[names.size()];
        this.first = new int[names.size()];
        this.counts = new int[names.size()];
    }

    /** Forgets the event before. */
    void clear() {
        size = 0;
        presentCount = 0;
        used = 0;
        if (++epoch == Integer.MAX_VALUE) {
            Arrays.fill(stamps, 0);
            epoch = 1;
        }
        if (arena.length > 1 << 20) {
            arena = new byte[8192];
        }
    }

    /** Whether the event has the field, be it null. */
    public boolean has(int field) {
        return stamps[field] == epoch;
    }

    /** Whether the field is missing or null. */
    public boolean missing(int field) {
        return stamps[field] != epoch || shapes[field] == NULL;
    }

    public int first(int field) {
        return first[field];
    }

    /** How many values the field has; 0 when it is absent. */
    public int count(int field) {
        return stamps[field] == epoch ? counts[field] : 0;
    }

    /** Makes a value's bytes be what they stand for; to be called before they are looked at. */
    public void ready(int value) {
        if (pending[value]) {
            pending[value] = false;
            Escapes.write(this, value);
        }
    }

    /** The number that a value spells, NaN when it spells none. */
    public double number(int value) {
        if (!numbered[value]) {
            ready(value);
            numbered[value] = true;
            numbers[value] = parse(value);
        }
        return numbers[value];
    }

    private double parse(int value) {
        byte[] bytes = raw[value];
        int at = from[value];
        int end = at + length[value];
        if (end - at > 15 || end == at) {
            return end - at > 40 || end == at ? Double.NaN : Values.number(text(value));
        }
        long number = 0;
        for (int i = at; i < end; i++) {
            int digit = bytes[i] - '0';
            if (digit < 0 || digit > 9) {
                return digit > 9 && bytes[i] != 'e' && bytes[i] != 'E' ? Double.NaN : Values.number(text(value));
            }
            number = number * 10 + digit;
        }
        return number;
    }

    /** A value as text. */
    public String text(int value) {
        String text = texts[value];
        if (text == null) {
            ready(value);
            text = Utf8.text(raw[value], from[value], length[value]);
            texts[value] = text;
        }
        return text;
    }

    /** The address that a value spells; empty when it spells none. */
    public byte[] address(int value) {
        byte[] address = addresses[value];
        if (address == null) {
            address = length[value] > 60
                    ? UNKNOWN_ADDRESS
                    : Addresses.parse(text(value)).orElse(UNKNOWN_ADDRESS);
            addresses[value] = address;
        }
        return address;
    }

    /** Makes the fields that are made from others, behind what the event itself says. */
    public void derive() {
        stated = size;
        for (Names.Made one : names.made()) {
            if (count(one.source()) == 1 && kinds[first(one.source())] == TEXT && shapes[one.source()] == ONE) {
                begin(one.number(), true);
                for (String text : one.by().of(text(first(one.source())))) {
                    put(TEXT, text);
                }
            }
        }
    }

    /** Begins a field; false when the event has it already. A negative number is that of a field nobody can ask for. */
    boolean open(int field, boolean list) {
        if (field >= 0 && names.isMade(field)) {
            open = -1;
            return true;
        }
        return begin(field, list);
    }

    private boolean begin(int field, boolean list) {
        open = field;
        if (field < 0) {
            return true;
        }
        if (field >= stamps.length) {
            int room = Math.max(field + 1, stamps.length * 2);
            stamps = Arrays.copyOf(stamps, room);
            shapes = Arrays.copyOf(shapes, room);
            first = Arrays.copyOf(first, room);
            counts = Arrays.copyOf(counts, room);
        }
        if (stamps[field] == epoch) {
            return false;
        }
        stamps[field] = epoch;
        shapes[field] = list ? LIST : ONE;
        first[field] = size;
        counts[field] = 0;
        if (field < names.size()) {
            if (presentCount == present.length) {
                present = Arrays.copyOf(present, presentCount * 2);
            }
            present[presentCount++] = field;
        }
        return true;
    }

    /** The open field is null. */
    void putNull() {
        if (open >= 0) {
            shapes[open] = NULL;
        }
    }

    /** Adds ASCII to the open field. */
    void put(byte kind, byte[] bytes, int at, int count) {
        int value = next(kind, bytes, at, count);
        folded[value] = bytes;
        foldedFrom[value] = at;
        foldedLength[value] = count;
    }

    /** Adds a text of a record, checked but with its escapes. */
    void pend(byte[] bytes, int at, int count) {
        int value = next(TEXT, bytes, at, count);
        pending[value] = true;
    }

    /** Gives a value its bytes: well-formed UTF-8, but for halves of surrogate pairs. */
    void set(int value, byte[] bytes, int at, int count, boolean ascii) {
        raw[value] = bytes;
        from[value] = at;
        length[value] = count;
        folded[value] = bytes;
        foldedFrom[value] = at;
        foldedLength[value] = count;
        if (!ascii) {
            fold(value);
        }
    }

    private void fold(int value) {
        byte[] bytes = raw[value];
        int end = from[value] + length[value];
        // Who compares folds ASCII anyway, so what has no upper case beyond it stays as it is.
        if (Utf8.folded(bytes, from[value], end)) {
            return;
        }
        int begin = room(length[value] * 3);
        int to = begin;
        byte[] into = arena;
        for (int i = from[value]; i < end; i += Utf8.length(bytes[i])) {
            int b = bytes[i];
            if (b >= 0) {
                into[to++] = Utf8.LOWER[b];
            } else {
                to = Utf8.write(Fold.fold(Utf8.read(bytes, i, end, true)), into, to);
            }
        }
        used = to;
        folded[value] = into;
        foldedFrom[value] = begin;
        foldedLength[value] = to - begin;
    }

    void put(byte kind, String text) {
        int at = room(text.length() * 3);
        byte[] into = arena;
        int end = Utf8.write(text, into, at);
        used = end;
        int value = next(kind, into, at, end - at);
        set(value, into, at, end - at, end - at == text.length());
        texts[value] = text;
    }

    void putLong(long number) {
        put(WHOLE, Long.toString(number));
    }

    /** Room for so many bytes in the arena: where it begins. */
    int room(int bytes) {
        if (used + bytes > arena.length) {
            // Slices of the arena before stay where they are: it lives as long as they.
            arena = new byte[Math.max(arena.length, bytes) * 2];
            used = 0;
        }
        return used;
    }

    byte[] arena() {
        return arena;
    }

    void used(int end) {
        used = end;
    }

    private int next(byte kind, byte[] bytes, int at, int count) {
        if (size == from.length) {
            grow();
        }
        int value = size++;
        if (open >= 0) {
            counts[open]++;
        }
        raw[value] = bytes;
        from[value] = at;
        length[value] = count;
        kinds[value] = kind;
        pending[value] = false;
        numbered[value] = false;
        clearCaches(value);
        return value;
    }

    @SuppressWarnings("NullAway") // an element that is not yet made is null
    private void clearCaches(int value) {
        texts[value] = null;
        addresses[value] = null;
    }

    private void grow() {
        int room = size * 2;
        raw = Arrays.copyOf(raw, room);
        from = Arrays.copyOf(from, room);
        length = Arrays.copyOf(length, room);
        folded = Arrays.copyOf(folded, room);
        foldedFrom = Arrays.copyOf(foldedFrom, room);
        foldedLength = Arrays.copyOf(foldedLength, room);
        kinds = Arrays.copyOf(kinds, room);
        pending = Arrays.copyOf(pending, room);
        numbers = Arrays.copyOf(numbers, room);
        numbered = Arrays.copyOf(numbered, room);
        texts = Arrays.copyOf(texts, room);
        addresses = Arrays.copyOf(addresses, room);
    }

    /** The field's value as an {@link Event} holds it; null when absent. */
    public @Nullable Object value(int field) {
        if (stamps[field] != epoch) {
            return null;
        }
        if (shapes[field] == NULL) {
            return Event.NULL;
        }
        Field slot = names.field(field);
        boolean texts = slot != null && slot.type() == Field.Type.TEXTS;
        if (shapes[field] == ONE && !texts || slot != null && !texts && counts[field] == 1) {
            return value(slot, first[field]);
        }
        List<Object> list = new ArrayList<>(counts[field]);
        for (int i = 0; i < counts[field]; i++) {
            list.add(value(slot, first[field] + i));
        }
        return list;
    }

    private Object value(@Nullable Field slot, int value) {
        String text = text(value);
        if (slot != null && (slot.type() == Field.Type.NUMBER || slot.type() == Field.Type.TIME)) {
            return Long.valueOf(text);
        }
        if (slot != null && (slot.type() == Field.Type.TEXTS || counts[slot.slot()] == 1)) {
            return text;
        }
        return switch (kinds[value]) {
            case WHOLE -> Long.valueOf(text);
            case FLOAT -> Double.valueOf(text);
            case TRUTH -> Boolean.valueOf(text);
            default -> text;
        };
    }
}
