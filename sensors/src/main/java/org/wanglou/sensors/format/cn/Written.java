package org.wanglou.sensors.format.cn;

import java.util.ArrayList;
import java.util.List;

/**
 * The pairs of a text whose device is not known: which sign stands between name and value ({@code =}, {@code :}), what
 * parts the pairs (blanks, {@code ,}, {@code ;}, {@code |}, tabs, {@code ##}) and where quotes are is told from the text.
 * Full-width signs count as plain ones, {@code 【…】} as the marks of a name. Each character is looked at a bounded number of
 * times. Immutable.
 *
 * @param pairs in the order of the text
 * @param from where the first stands
 */
record Written(List<Pair> pairs, int from) {
    record Pair(String name, String value) {}

    private static final int MOST = 400;
    private static final int LONGEST_NAME = 48;
    /** A quote that is still open then is a character like any other. */
    private static final int LONGEST_QUOTED = 8_192;

    /** Reads with the sign and the separator that give the most names. */
    static Written of(String text, Names names) {
        String plain = Signs.plain(text);
        Written best = new Written(List.of(), text.length());
        int most = 1;
        for (char sign : new char[] {'=', ':'}) {
            if (plain.indexOf(sign) < 0) {
                continue;
            }
            Written written = of(text, plain, sign, names);
            int known = known(written, names);
            if (known > most) {
                most = known;
                best = written;
            }
        }
        return best;
    }

    /** Reads with this sign. */
    static Written of(String text, char sign, Names names) {
        return of(text, Signs.plain(text), sign, names);
    }

    private static Written of(String text, String plain, char sign, Names names) {
        Written best = spaced(text, plain, sign, names);
        // a value may hold blanks: of two ways to part that find as many names the stronger sign wins
        int most = known(best, names) * 4 / 5;
        for (String separator : new String[] {",", ";", "|", "\t", "##", "&"}) {
            if (plain.contains(separator)) {
                Written written = parted(text, plain, sign, separator, names);
                int known = known(written, names);
                if (known > 1 && known >= most) {
                    most = known + 1;
                    best = written;
                }
            }
        }
        return best;
    }

    private static int known(Written written, Names names) {
        int known = 0;
        for (Pair pair : written.pairs) {
            known += names.knows(pair.name) ? 1 : 0;
        }
        return known;
    }

    /** Pairs parted by a sign of their own: {@code name:value, name:value}. What has no name belongs to the value before. */
    static Written parted(String text, String plain, char sign, String separator, Names names) {
        List<Pair> pairs = new ArrayList<>();
        int first = text.length();
        int from = 0;
        int valueFrom = -1;
        String name = "";
        int end = 0;
        while (from <= plain.length() && pairs.size() < MOST) {
            int to = next(plain, from, separator);
            int mark = pairs.isEmpty() && name.isEmpty()
                    ? opening(plain, from, to, sign, names)
                    : mark(plain, from, to, sign, names);
            if (mark > 0) {
                if (!name.isEmpty()) {
                    pairs.add(new Pair(name, Signs.value(text, valueFrom, end)));
                }
                int nameFrom = nameFrom(plain, from, mark, names);
                first = Math.min(first, nameFrom);
                name = name(text, nameFrom, mark);
                valueFrom = mark + 1;
            }
            end = to;
            from = to + separator.length();
        }
        if (!name.isEmpty()) {
            pairs.add(new Pair(name, Signs.value(text, valueFrom, Math.min(end, text.length()))));
        }
        return new Written(pairs, first);
    }

    /** The next separator outside a value in double quotes. */
    private static int next(String plain, int from, String separator) {
        int at = plain.indexOf(separator, from);
        if (at < 0) {
            return plain.length();
        }
        int quote = from + 1;
        while (quote < at && (plain.charAt(quote) != '"' || "=: /".indexOf(plain.charAt(quote - 1)) < 0)) {
            quote++;
        }
        if (quote >= at) {
            return at;
        }
        int close = quote + 1;
        int limit = Math.min(plain.length(), quote + LONGEST_QUOTED);
        while (close < limit && plain.charAt(close) != '"') {
            close++;
        }
        int behind = close >= limit ? at : plain.indexOf(separator, close);
        return behind < 0 ? plain.length() : Math.max(behind, at);
    }

    /** The sign behind the name at the start of a segment, which a known name may hold itself; 0 when no name stands there. */
    private static int mark(String plain, int from, int to, char sign, Names names) {
        int at = plain.indexOf(sign, from);
        if (at <= from || at >= to || at - from > LONGEST_NAME || !named(plain, from, at)) {
            return 0;
        }
        if (!names.knows(plain.substring(from, at))) {
            int second = plain.indexOf(sign, at + 1);
            if (second > 0
                    && second < to
                    && second - from <= LONGEST_NAME
                    && names.knows(plain.substring(from, second))) {
                return second;
            }
        }
        return at;
    }

    /** In the first segment other words may stand before: the first sign whose name is known, else the first sign. */
    private static int opening(String plain, int from, int to, char sign, Names names) {
        int found = 0;
        int tried = 0;
        for (int at = plain.indexOf(sign, from); at > 0 && at < to && tried < 8; at = plain.indexOf(sign, at + 1)) {
            tried++;
            int nameFrom = nameFrom(plain, from, at, names);
            if (nameFrom < at && names.knows(plain.substring(nameFrom, at).strip())) {
                return at;
            }
            found = found == 0 ? mark(plain, from, to, sign, names) : found;
        }
        return found;
    }

    /** Where a name begins: of several words the longest known one, else the last. */
    private static int nameFrom(String plain, int from, int mark, Names names) {
        int start = from;
        int closed = 0;
        for (int i = mark - 1; i >= from; i--) {
            char c = plain.charAt(i);
            closed += c == ')' ? 1 : 0;
            // an open bracket that nothing closes is no part of a name, as (1003) of SrcIPAddr(1003) is
            if (c == ':' || c == ']' || c == '>' || c == '"' || c == '=' || c == '(' && closed-- == 0) {
                start = i + 1;
                break;
            }
        }
        start = Math.max(start, mark - LONGEST_NAME);
        int last = start;
        for (int i = start; i < mark; i++) {
            if (i == start || plain.charAt(i - 1) == ' ') {
                last = i;
                if (names.knows(plain.substring(i, mark).strip())) {
                    return i;
                }
            }
        }
        while (last < mark && plain.charAt(last) <= ' ') {
            last++;
        }
        String whole = plain.substring(start, mark).strip();
        return whole.indexOf(' ') < 0 ? plain.indexOf(whole, start) : last;
    }

    private static boolean named(String plain, int from, int to) {
        int letters = 0;
        for (int i = from; i < to; i++) {
            char c = plain.charAt(i);
            letters += Character.isLetter(c) ? 1 : 0;
            if (!Character.isLetterOrDigit(c) && "_-. ()/%[]\"{".indexOf(c) < 0) {
                return false;
            }
        }
        return letters > 0;
    }

    private static String name(String text, int from, int to) {
        int start = from;
        int end = to;
        while (start < end && " \t\u3000[{\"【".indexOf(text.charAt(start)) >= 0) {
            start++;
        }
        while (end > start && " \t\u3000]}\"】".indexOf(text.charAt(end - 1)) >= 0) {
            end--;
        }
        return text.substring(start, end);
    }

    /** Pairs parted by blanks: a value reaches to the last blank before the next name. */
    private static Written spaced(String text, String plain, char sign, Names names) {
        List<Pair> pairs = new ArrayList<>();
        int first = text.length();
        String name = "";
        int valueFrom = 0;
        int scan = 0;
        for (int at = plain.indexOf(sign); at >= 0 && pairs.size() < MOST; at = plain.indexOf(sign, scan)) {
            scan = at + 1;
            int from = at;
            while (from > 0 && at - from <= LONGEST_NAME && word(plain.charAt(from - 1))) {
                from--;
            }
            boolean apart = from == 0 || plain.charAt(from - 1) <= ' ' || ",;|[{".indexOf(plain.charAt(from - 1)) >= 0;
            if (from == at
                    || !apart
                    || from < valueFrom
                    || !named(plain, from, at)
                    || sign == ':'
                            && (at + 1 < plain.length() && plain.charAt(at + 1) == '/'
                                    || Character.isDigit(plain.charAt(from)))) {
                continue;
            }
            if (!name.isEmpty()) {
                pairs.add(new Pair(name, Signs.value(text, valueFrom, from)));
            }
            first = Math.min(first, from);
            name = name(text, from, at);
            valueFrom = at + 1;
            scan = quoted(plain, valueFrom);
        }
        if (!name.isEmpty()) {
            pairs.add(new Pair(name, Signs.value(text, valueFrom, text.length())));
        }
        return new Written(pairs, first);
    }

    /** Behind a quoted value, or the index itself. */
    private static int quoted(String plain, int from) {
        int at = from;
        while (at < plain.length() && plain.charAt(at) == ' ') {
            at++;
        }
        if (at >= plain.length() || plain.charAt(at) != '"') {
            return from;
        }
        int limit = Math.min(plain.length(), at + LONGEST_QUOTED);
        for (int i = at + 1; i < limit; i++) {
            if (plain.charAt(i) == '\\') {
                i++;
            } else if (plain.charAt(i) == '"'
                    && (i + 1 == plain.length() || " ,;|\t\r\n)]}".indexOf(plain.charAt(i + 1)) >= 0)) {
                return i + 1;
            }
        }
        return from;
    }

    private static boolean word(char c) {
        return Character.isLetterOrDigit(c) || c == '_' || c == '-' || c == '.' || c == '/' || c == '(' || c == ')';
    }
}
