package org.wanglou.rules.sigma.match.view;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The keys of records as a tree that is searched by their bytes. A path is one field however it is cut into keys, so {@code
 * {"a":{"b":1}}} and {@code {"a.b":1}} end at one number. Keys are learnt as they come, within a bound. Confined to its thread.
 */
final class NameTree {
    private static final int MOST = 8192;
    private static final VarHandle WORD = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private final Map<String, Integer> numbers = new HashMap<>();
    private final Names names;
    private int learnt;
    final Node root = new Node(new byte[0], "", -1);

    NameTree(Names names) {
        this.names = names;
    }

    /**
     * One key below its parent. Writers order the members of an object alike: {@code follower} and {@code head} remember which
     * key stood behind this one, and which first inside it, so that most keys are compared once and not searched.
     */
    static final class Node {
        final byte[] key;
        final String path;
        /** The field's number; those from {@link Names#size} on are of fields that no rule looks at. */
        final int number;

        private final long word;

        @Nullable
        Node follower;

        @Nullable
        Node head;

        private @Nullable Node[] table = new Node[4];
        private int count;

        Node(byte[] key, String path, int number) {
            this.key = key;
            this.path = path;
            this.number = number;
            this.word = word(key, 0, key.length);
        }

        /** Whether this key, with its closing quotation mark, stands at an index. */
        boolean stands(byte[] bytes, int from, int limit) {
            int end = from + key.length;
            return end < limit && bytes[end] == '"' && same(bytes, from);
        }

        private boolean same(byte[] bytes, int from) {
            int length = key.length;
            if (length < 8) {
                return word(bytes, from, from + length) == word;
            }
            int last = length - 8;
            for (int i = 0; i < last; i += 8) {
                if ((long) WORD.get(key, i) != (long) WORD.get(bytes, from + i)) {
                    return false;
                }
            }
            return (long) WORD.get(key, last) == (long) WORD.get(bytes, from + last);
        }
    }

    private static long word(byte[] bytes, int from, int to) {
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

    /** The key below a parent, learnt when it is new; null when there is no more room. */
    @Nullable
    Node child(Node parent, byte[] bytes, int from, int to) {
        long word = word(bytes, from, to);
        int mask = parent.table.length - 1;
        for (int i = place(word, to - from) & mask; ; i = i + 1 & mask) {
            Node node = parent.table[i];
            if (node == null) {
                return learn(parent, bytes, from, to);
            }
            if (node.word == word && node.key.length == to - from && node.same(bytes, from)) {
                return node;
            }
        }
    }

    private @Nullable Node learn(Node parent, byte[] bytes, int from, int to) {
        if (learnt >= MOST || to - from > 256 || parent.path.length() > 1024) {
            return null;
        }
        learnt++;
        String key = new String(bytes, from, to - from, StandardCharsets.US_ASCII);
        String path = parent == root ? key : parent.path + '.' + key;
        Node node = new Node(java.util.Arrays.copyOfRange(bytes, from, to), path, number(path));
        if ((parent.count + 1) * 2 > parent.table.length) {
            Node[] wider = new Node[parent.table.length * 2];
            for (Node one : parent.table) {
                if (one != null) {
                    insert(wider, one);
                }
            }
            parent.table = wider;
        }
        insert(parent.table, node);
        parent.count++;
        return node;
    }

    private int number(String path) {
        int number = names.number(path);
        return number >= 0 ? number : numbers.computeIfAbsent(path, key -> names.size() + numbers.size());
    }

    private static void insert(@Nullable Node[] table, Node node) {
        int mask = table.length - 1;
        int i = place(node.word, node.key.length) & mask;
        while (table[i] != null) {
            i = i + 1 & mask;
        }
        table[i] = node;
    }
}
