package org.wanglou.model;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The fields of an event that have no slot: two arrays sorted by name, which for the few that most events have is several
 * times cheaper to fill and to read than a tree, and a tree beyond {@value #FEW}, so that a hostile record with a hundred
 * thousand names costs no more than it should. Changed only by an event's builder.
 */
final class Extras extends AbstractMap<String, Object> {
    private static final int FEW = 64;
    private static final String[] NO_NAMES = {};
    private static final Object[] NO_VALUES = {};

    private String[] names = NO_NAMES;
    private Object[] values = NO_VALUES;
    private int count;
    private @Nullable TreeMap<String, Object> many;

    Extras() {}

    Extras copy() {
        Extras copy = new Extras();
        if (many != null) {
            copy.many = new TreeMap<>(many);
        } else if (count > 0) {
            copy.names = names.clone();
            copy.values = values.clone();
            copy.count = count;
        }
        return copy;
    }

    @Nullable
    Object value(String name) {
        if (many != null) {
            return many.get(name);
        }
        int at = find(name);
        return at < 0 ? null : values[at];
    }

    void set(String name, Object value) {
        if (many != null) {
            many.put(name, value);
            return;
        }
        int at = find(name);
        if (at >= 0) {
            values[at] = value;
            return;
        }
        if (count == FEW) {
            many = new TreeMap<>(this);
            many.put(name, value);
            names = NO_NAMES;
            values = NO_VALUES;
            return;
        }
        insert(-at - 1, name, value);
    }

    private void insert(int at, String name, Object value) {
        if (count == names.length) {
            int room = Math.max(8, count * 2);
            names = java.util.Arrays.copyOf(names, room);
            values = java.util.Arrays.copyOf(values, room);
        }
        System.arraycopy(names, at, names, at + 1, count - at);
        System.arraycopy(values, at, values, at + 1, count - at);
        names[at] = name;
        values[at] = value;
        count++;
    }

    void drop(String name) {
        if (many != null) {
            many.remove(name);
            return;
        }
        int at = find(name);
        if (at >= 0) {
            count--;
            System.arraycopy(names, at + 1, names, at, count - at);
            System.arraycopy(values, at + 1, values, at, count - at);
        }
    }

    /** Its place, or {@code -1 - } where it would be. */
    private int find(String name) {
        int low = 0;
        int high = count - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int order = names[middle].compareTo(name);
            if (order == 0) {
                return middle;
            }
            if (order < 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return -1 - low;
    }

    @Override
    public int size() {
        return many != null ? many.size() : count;
    }

    @Override
    public @Nullable Object get(@Nullable Object name) {
        return name instanceof String text ? value(text) : null;
    }

    @Override
    public boolean containsKey(@Nullable Object name) {
        return get(name) != null;
    }

    @Override
    public Set<Map.Entry<String, Object>> entrySet() {
        return new AbstractSet<>() {
            @Override
            public Iterator<Map.Entry<String, Object>> iterator() {
                if (many == null) {
                    return new Rows();
                }
                Iterator<Map.Entry<String, Object>> rows = many.entrySet().iterator();
                return new Iterator<>() {
                    @Override
                    public boolean hasNext() {
                        return rows.hasNext();
                    }

                    @Override
                    public Map.Entry<String, Object> next() {
                        Map.Entry<String, Object> row = rows.next();
                        return Map.entry(row.getKey(), row.getValue());
                    }
                };
            }

            @Override
            public int size() {
                return Extras.this.size();
            }
        };
    }

    private final class Rows implements Iterator<Map.Entry<String, Object>> {
        private int next;

        @Override
        public boolean hasNext() {
            return next < count;
        }

        @Override
        public Map.Entry<String, Object> next() {
            if (next >= count) {
                throw new NoSuchElementException();
            }
            return Map.entry(names[next], values[next++]);
        }
    }
}
