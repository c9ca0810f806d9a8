package org.wanglou.sensors.format.part;

/** Whose pairs a text holds, told by the keys that only this device has together, in whatever order they come. Pure. */
public final class Marks {
    private static final int HEAD = 400;

    private Marks() {}

    /**
     * Where the pairs of a text begin, or -1 when one of the marks is missing.
     *
     * @param marks keys with their sign and, where it tells more, the beginning of their value; alternatives by bars:
     *     {@code "logid=|log_id="}
     */
    public static int begins(String text, String... marks) {
        int first = Integer.MAX_VALUE;
        for (String mark : marks) {
            int at = -1;
            int from = 0;
            while (at < 0 && from < mark.length()) {
                int bar = mark.indexOf('|', from);
                bar = bar < 0 ? mark.length() : bar;
                at = find(text, mark.substring(from, bar));
                from = bar + 1;
            }
            if (at < 0) {
                return -1;
            }
            first = Math.min(first, at);
        }
        return first > HEAD ? -1 : opening(text, first);
    }

    /** Where a key stands by itself: at the start or behind what parts pairs. */
    private static int find(String text, String mark) {
        int at = text.indexOf(mark);
        while (at > 0) {
            char before = text.charAt(at - 1);
            if (before <= ' ' || before == ',' || before == ';' || before == '|' || before == '[') {
                return at;
            }
            at = text.indexOf(mark, at + 1);
        }
        return at;
    }

    /** The first word before a mark that is a pair itself. */
    private static int opening(String text, int mark) {
        int word = 0;
        for (int i = 0; i < mark; i++) {
            char c = text.charAt(i);
            if (c <= ' ' || c == ',' || c == ';') {
                word = i + 1;
            } else if (c == '=' && i > word) {
                return word;
            } else if (!Character.isLetterOrDigit(c) && c != '_' && c != '-') {
                word = mark;
            }
        }
        return mark;
    }
}
