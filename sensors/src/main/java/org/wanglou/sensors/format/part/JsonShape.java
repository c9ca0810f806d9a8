package org.wanglou.sensors.format.part;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The keys that a JSON format knows, as a tree that is searched by the bytes of a key: no key of a known field becomes a
 * {@code String}. Built from a {@link Table} whose dotted keys are paths; a dotted key is also found as one key
 * ({@code "id.orig_h"}). Immutable.
 */
public final class JsonShape {
    private final Node root;

    private JsonShape(Node root) {
        this.root = root;
    }

    public static JsonShape of(Table table) {
        Node root = new Node(new byte[0], table.prefix());
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

    /** One known key below its parent; {@code path} is what stands before the names of its unknown members. */
    static final class Node {
        private static final VarHandle WORD =
                MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
        final byte[] key;
        private final long first;
        final String path;

        @Nullable
        Put put;

        private Node[] table = new Node[0];
        private int count;

        Node(byte[] key, String path) {
            this.key = key;
            this.first = word(key, 0, key.length);
            this.path = path;
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

        @Nullable
        Node find(byte[] bytes, int from, int to) {
            if (count == 0) {
                return null;
            }
            long word = word(bytes, from, to);
            int mask = table.length - 1;
            for (int i = place(word, to - from) & mask; ; i = i + 1 & mask) {
                Node node = table[i];
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

        private Node child(String name, String childPath) {
            byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
            Node known = find(bytes, 0, bytes.length);
            if (known != null) {
                return known;
            }
            if ((count + 1) * 2 > table.length) {
                Node[] old = table;
                table = new Node[Math.max(4, old.length * 2)];
                for (Node node : old) {
                    if (node != null) {
                        insert(node);
                    }
                }
            }
            Node node = new Node(bytes, childPath);
            insert(node);
            count++;
            return node;
        }

        @SuppressWarnings("NullAway") // an empty place of the open-addressed table is null
        private void insert(Node node) {
            int mask = table.length - 1;
            int i = place(node.first, node.key.length) & mask;
            while (table[i] != null) {
                i = i + 1 & mask;
            }
            table[i] = node;
        }
    }
}
