package org.wanglou.sensors.format.part;

/**
 * Walks {@code key=value} text as security devices write it: values bare, in double or single quotes with backslash
 * escapes, pairs parted by blanks, tabs, commas or semicolons. A bare value ends at the next separator; in the blank-parted
 * dialect {@link #spaced} it may hold blanks and ends where the next {@code key=} begins. Each character is looked at a
 * bounded number of times. Confined to its caller.
 */
public final class Pairs {
    private final String text;
    private final int end;
    private final char equals;
    private final boolean spaced;
    private final char separator;
    private int at;
    private int keyFrom;
    private int keyTo;
    private String value = "";
    private boolean quoted;
    private boolean unclosedDouble;
    private boolean unclosedSingle;

    private Pairs(String text, int from, char equals, char separator, boolean spaced) {
        this.text = text;
        this.at = from;
        this.end = text.length();
        this.equals = equals;
        this.separator = separator;
        this.spaced = spaced;
    }

    /** {@code a=1 b="x y", c=2}: blanks, commas and semicolons part the pairs. */
    public static Pairs of(String text, int from) {
        return new Pairs(text, from, '=', ' ', false);
    }

    /** {@code src=1.2.3.4 msg=three bare words act=x}: a value reaches to the next {@code key=} (CEF §extension). */
    public static Pairs spaced(String text, int from) {
        return new Pairs(text, from, '=', ' ', true);
    }

    /** As {@link #spaced(String, int)} with another sign between key and value. */
    public static Pairs spaced(String text, int from, char equals) {
        return new Pairs(text, from, equals, ' ', true);
    }

    /** Pairs parted by one character alone, their values bare or quoted: {@code a:1, b:2} is {@code of(text, 0, ':', ',')}. */
    public static Pairs parted(String text, int from, char equals, char separator) {
        return new Pairs(text, from, equals, separator, false);
    }

    /** Goes to the next pair; false at the end. Text that is no pair is passed over. */
    public boolean next() {
        while (at < end) {
            skipSeparators();
            keyFrom = at;
            while (at < end && text.charAt(at) != equals && !ends(text.charAt(at))) {
                at++;
            }
            if (at >= end) {
                return false;
            }
            if (text.charAt(at) != equals) {
                at++;
                continue;
            }
            keyTo = at;
            while (keyTo > keyFrom && text.charAt(keyTo - 1) == ' ') {
                keyTo--;
            }
            at++;
            readValue();
            if (keyTo > keyFrom) {
                return true;
            }
        }
        return false;
    }

    private void skipSeparators() {
        while (at < end) {
            char c = text.charAt(at);
            if (c != separator
                    && c != ' '
                    && c != '\t'
                    && c != '\r'
                    && c != '\n'
                    && (separator != ' ' || c != ',' && c != ';')) {
                return;
            }
            at++;
        }
    }

    private boolean ends(char c) {
        return separator == ' ' ? c == ' ' || c == '\t' || c == ',' || c == ';' || c == '\n' : c == separator;
    }

    private void readValue() {
        if (separator != ' ') {
            while (at < end && text.charAt(at) == ' ') {
                at++;
            }
        }
        quoted = at < end && (text.charAt(at) == '"' || text.charAt(at) == '\'');
        if (quoted && readQuoted(text.charAt(at))) {
            return;
        }
        quoted = false;
        int from = at;
        if (spaced) {
            readSpaced(from);
            return;
        }
        while (at < end && !ends(text.charAt(at))) {
            at++;
        }
        value = strip(from, at);
    }

    /** A quote that never closes is a character like any other. */
    private boolean readQuoted(char quote) {
        // What did not close from an earlier place closes from no later one: it is looked for once.
        if (quote == '"' ? unclosedDouble : unclosedSingle) {
            return false;
        }
        int from = at + 1;
        boolean escaped = false;
        for (int i = from; i < end; i++) {
            char c = text.charAt(i);
            if (c == '\\' && i + 1 < end) {
                escaped = true;
                i++;
            } else if (c == quote && (i + 1 == end || closes(text.charAt(i + 1)))) {
                value = escaped ? unescape(text, from, i) : text.substring(from, i);
                at = i + 1;
                return true;
            }
        }
        if (quote == '"') {
            unclosedDouble = true;
        } else {
            unclosedSingle = true;
        }
        return false;
    }

    private boolean closes(char c) {
        return ends(c) || c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == ')' || c == ']';
    }

    private void readSpaced(int from) {
        int lastBlank = -1;
        int i = from;
        boolean escaped = false;
        while (i < end) {
            char c = text.charAt(i);
            if (c == '\\' && i + 1 < end) {
                escaped = true;
                i += 2;
                continue;
            }
            if (c == ' ' || c == '\t') {
                lastBlank = i;
            } else if (c == equals && lastBlank >= from && key(lastBlank + 1, i)) {
                break;
            }
            i++;
        }
        int to = i < end ? lastBlank : end;
        at = to;
        int last = to;
        while (last > from && text.charAt(last - 1) <= ' ') {
            last--;
        }
        value = escaped ? unescape(text, from, last) : text.substring(from, last);
    }

    private boolean key(int from, int to) {
        if (to <= from || to - from > 64 || Character.isDigit(text.charAt(from))) {
            return false;
        }
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            if (!Character.isLetterOrDigit(c) && c != '_' && c != '-' && c != '.' && c != '[' && c != ']') {
                return false;
            }
        }
        return true;
    }

    private String strip(int from, int to) {
        while (to > from && text.charAt(to - 1) <= ' ') {
            to--;
        }
        return text.substring(from, to);
    }

    /** {@code \n}, {@code \r} and {@code \t} as what they stand for, any other escaped character as itself. */
    public static String unescape(String text, int from, int to) {
        StringBuilder plain = new StringBuilder(to - from);
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            if (c == '\\' && i + 1 < to) {
                char next = text.charAt(++i);
                plain.append(next == 'n' ? '\n' : next == 'r' ? '\r' : next == 't' ? '\t' : next);
            } else {
                plain.append(c);
            }
        }
        return plain.toString();
    }

    public String key() {
        return text.substring(keyFrom, keyTo);
    }

    /** True when the current key is this one. */
    public boolean is(String key) {
        return key.length() == keyTo - keyFrom && text.startsWith(key, keyFrom);
    }

    public String value() {
        return value;
    }

    /** Whether the value stood in quotes. */
    public boolean quoted() {
        return quoted;
    }
}
