package org.wanglou.sensors.format.part;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
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
        final byte[] key;
        final String path;

        @Nullable
        Put put;

        private Node[] table = new Node[0];
        private int count;

        Node(byte[] key, String path) {
            this.key = key;
            this.path = path;
        }

        static int hash(byte[] bytes, int from, int to) {
            int hash = to - from;
            for (int i = from; i < to; i++) {
                hash = hash * 31 + bytes[i];
            }
            return hash ^ hash >>> 15;
        }

        @Nullable
        Node find(byte[] bytes, int from, int to, int hash) {
            if (count == 0) {
                return null;
            }
            int mask = table.length - 1;
            for (int i = hash & mask; ; i = i + 1 & mask) {
                Node node = table[i];
                if (node == null) {
                    return null;
                }
                if (node.key.length == to - from && Arrays.equals(node.key, 0, node.key.length, bytes, from, to)) {
                    return node;
                }
            }
        }

        private Node child(String name, String childPath) {
            byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
            Node known = find(bytes, 0, bytes.length, hash(bytes, 0, bytes.length));
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
            int i = hash(node.key, 0, node.key.length) & mask;
            while (table[i] != null) {
                i = i + 1 & mask;
            }
            table[i] = node;
        }
    }
}
