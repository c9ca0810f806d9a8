package org.wanglou.model.registry;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.wanglou.model.Addresses;

/**
 * Longest-prefix match over IPv4 and IPv6, one hash table for each prefix length in use: a look-up costs as many probes
 * as there are distinct lengths (a registry has a handful), longest first. IPv4-mapped IPv6 addresses count as IPv4.
 * Immutable.
 */
public final class PrefixMap<V> {
    private record Key(int bits, long high, long low) {}

    private final Map<Key, V> v4;
    private final Map<Key, V> v6;
    private final int[] lengths4;
    private final int[] lengths6;

    private PrefixMap(Map<Key, V> v4, Map<Key, V> v6) {
        this.v4 = new HashMap<>(v4);
        this.v6 = new HashMap<>(v6);
        this.lengths4 = lengths(v4);
        this.lengths6 = lengths(v6);
    }

    private static <V> int[] lengths(Map<Key, V> map) {
        int[] ascending =
                map.keySet().stream().mapToInt(Key::bits).distinct().sorted().toArray();
        int[] descending = new int[ascending.length];
        for (int i = 0; i < ascending.length; i++) {
            descending[i] = ascending[ascending.length - 1 - i];
        }
        return descending;
    }

    /** The value of the longest prefix that holds the address; empty if none does or the text is no address. */
    public Optional<V> find(String address) {
        byte[] bytes =
                v4.isEmpty() && v6.isEmpty() ? null : Addresses.parse(address).orElse(null);
        if (bytes == null) {
            return Optional.empty();
        }
        long high = word(bytes, 0);
        long low = bytes.length == 16 ? word(bytes, 8) : 0;
        Map<Key, V> map = bytes.length == 4 ? v4 : v6;
        for (int bits : bytes.length == 4 ? lengths4 : lengths6) {
            V value = map.get(key(bits, high, low));
            if (value != null) {
                return Optional.of(value);
            }
        }
        return Optional.empty();
    }

    private static long word(byte[] bytes, int from) {
        long word = 0;
        for (int i = from; i < from + 8; i++) {
            word = word << 8 | (i < bytes.length ? bytes[i] & 0xff : 0);
        }
        return word;
    }

    private static Key key(int bits, long high, long low) {
        long highMask = bits >= 64 ? -1L : bits == 0 ? 0 : -1L << (64 - bits);
        long lowMask = bits <= 64 ? 0 : -1L << (128 - bits);
        return new Key(bits, high & highMask, low & lowMask);
    }

    public static <V> Builder<V> builder() {
        return new Builder<>();
    }

    /** Collects prefixes. A prefix added twice keeps its first value; {@link #put} says so by returning false. */
    public static final class Builder<V> {
        private final Map<Key, V> v4 = new HashMap<>();
        private final Map<Key, V> v6 = new HashMap<>();

        /**
         * Adds {@code address} or {@code address/bits}.
         *
         * @return false if that prefix was there already
         * @throws IllegalArgumentException naming the text when it is no prefix
         */
        public boolean put(String prefix, V value) {
            int slash = prefix.indexOf('/');
            String address = slash < 0 ? prefix : prefix.substring(0, slash);
            byte[] bytes = Addresses.parse(address.strip())
                    .orElseThrow(() -> new IllegalArgumentException("not an address or prefix: " + prefix));
            int width = bytes.length * 8;
            int bits = width;
            if (slash >= 0) {
                String text = prefix.substring(slash + 1).strip();
                if (!text.matches("\\d{1,3}") || Integer.parseInt(text) > width) {
                    throw new IllegalArgumentException("prefix length must be 0 to " + width + ": " + prefix);
                }
                bits = Integer.parseInt(text);
            }
            Key key = key(bits, word(bytes, 0), bytes.length == 16 ? word(bytes, 8) : 0);
            return (bytes.length == 4 ? v4 : v6).putIfAbsent(key, value) == null;
        }

        public PrefixMap<V> build() {
            return new PrefixMap<>(v4, v6);
        }
    }
}
