package org.wanglou.rules.sigma.match.index;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.wanglou.rules.sigma.match.view.Utf8;

/**
 * Finds which of many folded texts stand in a value, in one pass (Aho and Corasick, 1975), as a dense table over classes of
 * bytes. Of each text only a window of at most eight bytes is in the table, the one that is rarest; whoever is told of a window
 * compares the rest. Bytes are folded by their class, so a value is scanned as it stands. Immutable; thread-safe.
 */
public final class Automaton {
    private static final int WINDOW = 8;
    private static final int OVERLAP = WINDOW - 1;
    private static final int LONG = 96;

    // By state times the number of classes: the next state so multiplied; its complement where windows end.
    private final int[] table;
    private final int[] classOf;
    private final int classes;
    private final int[][] ends;

    private final byte[][] texts;
    // Where in its text the window ends.
    private final int[] windowEnds;

    /** @param texts none empty, no two equal */
    Automaton(List<byte[]> texts) {
        this.texts = texts.toArray(byte[][]::new);
        this.windowEnds = new int[this.texts.length];
        chooseWindows();
        classOf = new int[256];
        classes = classes();
        Trie trie = new Trie(classes);
        for (int i = 0; i < this.texts.length; i++) {
            int end = windowEnds[i];
            trie.add(this.texts[i], Math.max(0, end - WINDOW), end, classOf, i);
        }
        ends = new int[trie.size][];
        table = trie.automaton(ends);
    }

    private int classes() {
        boolean[] used = new boolean[256];
        for (int i = 0; i < texts.length; i++) {
            for (int j = Math.max(0, windowEnds[i] - WINDOW); j < windowEnds[i]; j++) {
                used[texts[i][j] & 0xff] = true;
            }
        }
        int next = 1;
        for (int b = 0; b < 256; b++) {
            if (used[b]) {
                classOf[b] = next++;
            }
        }
        for (int b = 'A'; b <= 'Z'; b++) {
            classOf[b] = classOf[b + 32];
        }
        return next;
    }

    /** Rare bytes, and shared with few other texts. */
    private void chooseWindows() {
        Map<String, Integer> shared = new HashMap<>();
        for (byte[] text : texts) {
            Set<String> own = new HashSet<>();
            for (int end = Math.min(WINDOW, text.length); end <= text.length; end++) {
                own.add(window(text, end));
            }
            own.forEach(window -> shared.merge(window, 1, Integer::sum));
        }
        for (int i = 0; i < texts.length; i++) {
            byte[] text = texts[i];
            double best = Double.MAX_VALUE;
            for (int end = Math.min(WINDOW, text.length); end <= text.length; end++) {
                double score = shared.getOrDefault(window(text, end), 1);
                score = Math.log(score) * 2;
                for (int j = Math.max(0, end - WINDOW); j < end; j++) {
                    score += Math.log(Commonplace.share(text[j]));
                }
                if (score < best) {
                    best = score;
                    windowEnds[i] = end;
                }
            }
        }
    }

    private static String window(byte[] text, int end) {
        int from = Math.max(0, end - WINDOW);
        return new String(text, from, end - from, java.nio.charset.StandardCharsets.ISO_8859_1);
    }

    /** Told of texts. */
    public interface Found {
        /** A text stands in the value, from here on. */
        void text(int number, int at);
    }

    /** Tells of every text that stands in the value, at least once for each place where it does. */
    public void scan(byte[] bytes, int from, int length, Found found) {
        int end = from + length;
        scan(bytes, length >= LONG ? four(bytes, from, length, found) : from, end, from, found);
    }

    private void scan(byte[] bytes, int begin, int stop, int from, Found found) {
        int[] next = table;
        int[] cls = classOf;
        int state = 0;
        for (int i = begin; i < stop; i++) {
            state = next[state + cls[bytes[i] & 0xff]];
            if (state < 0) {
                state = ~state;
                verify(state, i + 1, bytes, from, stop, found);
            }
        }
    }

    /**
     * A scan waits for each step before it can take the next, so a long value is scanned in four parts at once, each beginning so
     * far before its place that no window is missed. Gives where the rest begins.
     */
    private int four(byte[] bytes, int from, int length, Found found) {
        int end = from + length;
        int part = (length - OVERLAP) / 4;
        int[] next = table;
        int[] cls = classOf;
        int s0 = 0;
        int s1 = 0;
        int s2 = 0;
        int s3 = 0;
        // Each part is longer than its quarter by the overlap.
        int steps = part + OVERLAP;
        for (int i = from; i < from + steps; i++) {
            s0 = next[s0 + cls[bytes[i] & 0xff]];
            s1 = next[s1 + cls[bytes[i + part] & 0xff]];
            s2 = next[s2 + cls[bytes[i + 2 * part] & 0xff]];
            s3 = next[s3 + cls[bytes[i + 3 * part] & 0xff]];
            if ((s0 | s1 | s2 | s3) < 0) {
                if (s0 < 0) {
                    s0 = ~s0;
                    verify(s0, i + 1, bytes, from, end, found);
                }
                if (s1 < 0) {
                    s1 = ~s1;
                    verify(s1, i + part + 1, bytes, from, end, found);
                }
                if (s2 < 0) {
                    s2 = ~s2;
                    verify(s2, i + 2 * part + 1, bytes, from, end, found);
                }
                if (s3 < 0) {
                    s3 = ~s3;
                    verify(s3, i + 3 * part + 1, bytes, from, end, found);
                }
            }
        }
        return Math.max(from, from + 3 * part + steps - OVERLAP);
    }

    private void verify(int state, int after, byte[] bytes, int from, int end, Found found) {
        for (int number : ends[state / classes]) {
            byte[] text = texts[number];
            int at = after - windowEnds[number];
            if (at >= from && at + text.length <= end && same(text, bytes, at)) {
                found.text(number, at);
            }
        }
    }

    private static boolean same(byte[] text, byte[] bytes, int at) {
        for (int i = 0; i < text.length; i++) {
            if (Utf8.LOWER[bytes[at + i] & 0xff] != text[i]) {
                return false;
            }
        }
        return true;
    }

    int length(int number) {
        return texts[number].length;
    }

    /** States, and bytes of its table. */
    int[] extent() {
        return new int[] {ends.length, table.length * 4};
    }

    /** The trie of windows, then made into the table. */
    private static final class Trie {
        private final int classes;
        private int[] rows;
        int size = 1;
        private final List<List<Integer>> out = new ArrayList<>();

        Trie(int classes) {
            this.classes = classes;
            this.rows = new int[classes * 16];
            out.add(new ArrayList<>(0));
        }

        void add(byte[] text, int from, int to, int[] classOf, int number) {
            int state = 0;
            for (int i = from; i < to; i++) {
                int cell = state * classes + classOf[text[i] & 0xff];
                if (rows[cell] == 0) {
                    if ((size + 1) * classes > rows.length) {
                        rows = Arrays.copyOf(rows, rows.length * 2);
                    }
                    rows[cell] = size++;
                    out.add(new ArrayList<>(0));
                }
                state = rows[cell];
            }
            out.get(state).add(number);
        }

        /** Breadth first, so that the states near the root, which most bytes lead to, lie together. */
        int[] automaton(int[][] ends) {
            int[] order = new int[size];
            int[] place = new int[size];
            int[] fail = new int[size];
            int[] table = new int[size * classes];
            int tail = 1;
            for (int head = 0; head < tail; head++) {
                int state = order[head];
                place[state] = head;
                List<Integer> found = out.get(state);
                if (state != 0) {
                    for (int number : ends[place[fail[state]]]) {
                        found.add(number);
                    }
                }
                ends[head] = found.stream().mapToInt(Integer::intValue).toArray();
                for (int c = 0; c < classes; c++) {
                    int child = rows[state * classes + c];
                    int otherwise = state == 0 ? 0 : table[place[fail[state]] * classes + c];
                    if (child == 0) {
                        table[head * classes + c] = otherwise;
                    } else {
                        fail[child] = state == 0 ? 0 : otherwise;
                        order[tail++] = child;
                        table[head * classes + c] = child;
                    }
                }
            }
            for (int i = 0; i < table.length; i++) {
                int to = place[table[i]];
                table[i] = ends[to].length > 0 ? ~(to * classes) : to * classes;
            }
            return table;
        }
    }
}
