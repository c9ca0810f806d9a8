package org.wanglou.sensors.format.part;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.wanglou.model.Ecs;
import org.wanglou.model.Event;
import org.wanglou.model.Field;

/**
 * The keys that a JSON format knows, as a tree that is searched by the bytes of a key: no key of a known field becomes a
 * {@code String}. Built from a {@link Table} whose dotted keys are paths; a dotted key is also found as one key
 * ({@code "id.orig_h"}).
 * Keys that no table knows are learnt within a bound, so that they too are found by their bytes. Thread-safe.
 */
public final class JsonShape {
    /** Keys that no table knows and that are learnt from the input, for each shape: a hostile sender cannot add more. */
    private static final int MOST_LEARNT = 512;

    private final Node root;

    private JsonShape(Node root) {
        this.root = root;
    }

    public static JsonShape of(Table table) {
        Node root = new Node(new byte[0], table.prefix(), new AtomicInteger(MOST_LEARNT));
        table.within().keySet().forEach(key -> path(root, key, table));
        table.puts().forEach((key, put) -> {
            path(root, key, table).put = put;
            if (key.indexOf('.') > 0) {
                root.child(key, table.prefix() + key + ".").put = put;
            }
        });
        return new JsonShape(root);
    }

    private static Node path(Node root, String key, Table table) {
        Node node = root;
        int from = 0;
        while (true) {
            int dot = key.indexOf('.', from);
            String part = dot < 0 ? key.substring(from) : key.substring(from, dot);
            String whole = dot < 0 ? key : key.substring(0, dot);
            node = node.child(part, table.within().getOrDefault(whole, table.prefix() + whole + "."));
            if (dot < 0) {
                return node;
            }
            from = dot + 1;
        }
    }

    Node root() {
        return root;
    }

    /**
     * One known key below its parent; {@code path} is what stands before the names of its unknown members.
     *
     * <p>Senders write the members of an object in one order. {@code follower} and {@code head} remember which known key
     * stood behind this one, and which stood first inside it, last time: a guess that is checked against the bytes, so that
     * most keys are compared once and neither searched nor hashed. Written and read without a lock: an old guess is only a
     * wrong guess.
     */
    static final class Node {
        private static final VarHandle WORD =
                MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
        private static final int MOST_UNLIKE = 64;
        private static final int LONGEST_SEEN = 64;

        private static final int LONGEST_LEARNT = 64;

        final byte[] key;
        private final long first;
        private final AtomicInteger room;
        final String path;
        /** The path as a field's name, and its slot if it has one. */
        final String name;

        @Nullable
        final Field field;

        @Nullable
        Put put;

        @Nullable
        Node follower;

        @Nullable
        Node head;

        @Nullable
        private Seen seen;

        private int unlike;

        private Node[] table = new Node[0];
        private int count;

        /** @param room how many more keys may be learnt below the same root */
        Node(byte[] key, String path, AtomicInteger room) {
            this.key = key;
            this.first = word(key, 0, key.length);
            this.path = path;
            this.room = room;
            this.name = path.isEmpty() ? "" : path.substring(0, path.length() - 1);
            this.field = Ecs.named(name).orElse(null);
        }

        /** Sets the field of this key's own path. */
        void keep(Event.Builder event, Object value) {
            if (field != null) {
                event.set(field, value);
            } else {
                event.keep(name, value);
            }
        }

        /** A key nobody knew, as a known one from now on, without a place of its own; null when there is no more room. */
        @Nullable
        Node learn(byte[] bytes, int from, int to, String spelt) {
            if (to - from > LONGEST_LEARNT || room.get() <= 0 || room.getAndDecrement() <= 0) {
                return null;
            }
            synchronized (this) {
                return child(spelt, path + spelt + ".");
            }
        }

        /** The first eight bytes of a key as one word, which both finds and, mostly, compares it. */
        static long word(byte[] bytes, int from, int to) {
            int length = to - from;
            if (from + 8 <= bytes.length) {
                long word = (long) WORD.get(bytes, from);
                return length >= 8 ? word : length == 0 ? 0 : word & -1L >>> 64 - length * 8;
            }
            long word = 0;
            for (int i = Math.min(to, from + 8) - 1; i >= from; i--) {
                word = word << 8 | bytes[i] & 0xff;
            }
            return word;
        }

        private static int place(long word, int length) {
            return (int) ((word + length) * 0x9E3779B97F4A7C15L >>> 40);
        }

        /** A value as it stood last, between its quotation marks. */
        @SuppressWarnings("ArrayRecordComponent") // never compared as a whole
        private record Seen(byte[] bytes, String text) {}

        /**
         * The value that begins at an index, when it is the one that was seen last: many members say the same in most
         * records. Null when it is not.
         */
        @Nullable
        String again(byte[] bytes, int from, int limit) {
            Seen last = seen;
            if (last == null) {
                return null;
            }
            byte[] value = last.bytes();
            int to = from + value.length;
            if (to < limit && bytes[to] == '"' && equal(value, bytes, from)) {
                if (unlike > 0) {
                    unlike--;
                }
                return last.text();
            }
            return null;
        }

        /** Remembers a value of plain ASCII without escapes, unless this member's values mostly differ. */
        void saw(byte[] bytes, int from, int to, String text) {
            if (unlike < MOST_UNLIKE && to - from <= LONGEST_SEEN) {
                unlike += 2;
                seen = unlike < MOST_UNLIKE ? new Seen(Arrays.copyOfRange(bytes, from, to), text) : null;
            }
        }

        /** Whether this key, with its quotation mark, stands at an index. */
        boolean stands(byte[] bytes, int from, int limit) {
            int end = from + key.length;
            return end < limit
                    && bytes[end] == '"'
                    && (key.length < 8 ? word(bytes, from, end) == first : equal(key, bytes, from));
        }

        /** Whether a text stands at an index, where there is room for it: eight bytes at a time, the last eight overlapping. */
        private static boolean equal(byte[] text, byte[] bytes, int from) {
            int length = text.length;
            if (length < 8) {
                for (int i = 0; i < length; i++) {
                    if (text[i] != bytes[from + i]) {
                        return false;
                    }
                }
                return true;
            }
            int last = length - 8;
            for (int i = 0; i < last; i += 8) {
                if ((long) WORD.get(text, i) != (long) WORD.get(bytes, from + i)) {
                    return false;
                }
            }
            return (long) WORD.get(text, last) == (long) WORD.get(bytes, from + last);
        }

        @Nullable
        Node find(byte[] bytes, int from, int to) {
            Node[] nodes = table;
            if (nodes.length == 0) {
                return null;
            }
            long word = word(bytes, from, to);
            int mask = nodes.length - 1;
            for (int i = place(word, to - from) & mask; ; i = i + 1 & mask) {
                Node node = nodes[i];
                if (node == null) {
                    return null;
                }
                if (node.first == word && node.key.length == to - from && same(node.key, bytes, from)) {
                    return node;
                }
            }
        }

        private static boolean same(byte[] key, byte[] bytes, int from) {
            for (int i = 8; i < key.length; i++) {
                if (key[i] != bytes[from + i]) {
                    return false;
                }
            }
            return true;
        }

        /** Writers are the building thread, then {@link #learn} alone; readers may miss what is just being added. */
        private Node child(String name, String childPath) {
            byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
            Node known = find(bytes, 0, bytes.length);
            if (known != null) {
                return known;
            }
            if ((count + 1) * 2 > table.length) {
                Node[] wider = new Node[Math.max(4, table.length * 2)];
                for (Node node : table) {
                    if (node != null) {
                        insert(wider, node);
                    }
                }
                table = wider;
            }
            Node node = new Node(bytes, childPath, room);
            insert(table, node);
            count++;
            return node;
        }

        @SuppressWarnings("NullAway") // an empty place of the open-addressed table is null
        private static void insert(Node[] table, Node node) {
            int mask = table.length - 1;
            int i = place(node.first, node.key.length) & mask;
            while (table[i] != null) {
                i = i + 1 & mask;
            }
            table[i] = node;
        }
    }
}
