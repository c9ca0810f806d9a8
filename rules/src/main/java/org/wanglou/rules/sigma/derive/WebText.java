package org.wanglou.rules.sigma.derive;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A request target as an attack would work with it, in up to three ways of reading:
 *
 * <ol>
 *   <li>decoded: percent-encoding (up to three layers), {@code +} in the query, {@code \xHH}, {@code \ u00HH} and HTML's
 *       character references taken off;
 *   <li>joined: the same without SQL comments and NULs, runs of white space as one space;
 *   <li>unquoted: that without what a shell drops inside a word ({@code c''at}, {@code c\at}, {@code c$@at}).
 * </ol>
 *
 * The second and third are only given where they differ. Upper and lower case stay. Every step is linear in the length.
 * Stateless.
 */
public final class WebText {
    /** The name rules use. */
    public static final String FIELD = "wanglou.url.decoded";

    private static final int LAYERS = 3;
    private static final int LONGEST = 20;
    private static final Map<String, String> NAMED =
            Map.of("lt", "<", "gt", ">", "quot", "\"", "amp", "&", "apos", "'", "colon", ":", "newline", "\n");

    private WebText() {}

    /** Never empty; the first is the decoded one. */
    public static List<String> views(String target) {
        String decoded = Percent.decode(target, true);
        for (int layer = 1; layer < LAYERS && decoded.indexOf('%') >= 0; layer++) {
            String next = Percent.decode(decoded, false);
            if (next.equals(decoded)) {
                break;
            }
            decoded = next;
        }
        decoded = unescaped(decoded);
        if (plain(decoded)) {
            return List.of(decoded);
        }
        List<String> views = new ArrayList<>(3);
        views.add(decoded);
        String joined = joined(decoded);
        if (!joined.equals(decoded)) {
            views.add(joined);
        }
        String unquoted = unquoted(joined);
        if (!unquoted.equals(joined)) {
            views.add(unquoted);
        }
        return views;
    }

    /** True when nothing occurs that a further reading would drop. */
    private static boolean plain(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c <= ' ' || c == '\'' || c == '"' || c == '\\' || c == '^' || c == '`' || c == '$' || c == '*') {
                return false;
            }
        }
        return true;
    }

    private static String unescaped(String text) {
        if (text.indexOf('\\') < 0 && text.indexOf("&#") < 0 && text.indexOf(';') < 0) {
            return text;
        }
        StringBuilder out = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); ) {
            char c = text.charAt(i);
            if (c == '\\' && i + 1 < text.length()) {
                int digits = text.charAt(i + 1) == 'x' ? 2 : text.charAt(i + 1) == 'u' ? 4 : 0;
                int value = digits == 0 ? -1 : Percent.hex(text, i + 2, digits);
                if (value >= 0 && value < 256) {
                    out.append((char) value);
                    i += 2 + digits;
                    continue;
                }
            } else if (c == '&') {
                int end = i + 1;
                while (end < Math.min(text.length(), i + 10) && text.charAt(end) != ';') {
                    end++;
                }
                boolean closed = end < text.length() && text.charAt(end) == ';';
                String read = closed ? reference(text.substring(i + 1, end)) : "";
                if (!read.isEmpty()) {
                    out.append(read);
                    i = end + 1;
                    continue;
                }
            }
            out.append(c);
            i++;
        }
        return out.toString();
    }

    /** What a character reference of HTML stands for, empty when it is none. */
    private static String reference(String name) {
        if (!name.startsWith("#")) {
            return NAMED.getOrDefault(name.toLowerCase(java.util.Locale.ROOT), "");
        }
        boolean hex = name.length() > 1 && (name.charAt(1) | 0x20) == 'x';
        try {
            int value = Integer.parseInt(name.substring(hex ? 2 : 1), hex ? 16 : 10);
            return value > 0 && value < 0xd800 ? String.valueOf((char) value) : "";
        } catch (NumberFormatException e) {
            return "";
        }
    }

    private static String joined(String text) {
        StringBuilder out = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '/' && i + 1 < text.length() && text.charAt(i + 1) == '*') {
                int end = text.indexOf("*/", i + 2);
                if (end < 0) {
                    return out.append(text, i, text.length()).toString();
                }
                i = end + 1;
            } else if (Character.isWhitespace(c) || c == 0xa0) {
                if (out.length() == 0 || out.charAt(out.length() - 1) != ' ') {
                    out.append(' ');
                }
            } else if (c != 0) {
                out.append(c);
            }
        }
        return out.toString();
    }

    private static String unquoted(String text) {
        StringBuilder out = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); ) {
            int skip = i == 0 || out.length() == 0 ? 0 : dropped(text, i, out.charAt(out.length() - 1));
            if (skip == 0) {
                out.append(text.charAt(i++));
            } else {
                i += skip;
            }
        }
        return out.toString();
    }

    /** How many characters a shell would drop here, between a word's characters. */
    private static int dropped(String text, int at, char before) {
        char c = text.charAt(at);
        if (c != '\'' && c != '"' && c != '\\' && c != '^' && c != '`' && c != '$') {
            return 0;
        }
        int length = 1;
        if (c == '$') {
            length = at + 1 >= text.length() ? 0 : substitution(text, at + 1);
        } else if (c == '`') {
            length = at + 1 < text.length() && text.charAt(at + 1) == '`' ? 2 : 0;
        }
        boolean inside = word(before) || "=;|&/".indexOf(before) >= 0 || before == ' ';
        boolean goesOn = at + length < text.length() && (word(text.charAt(at + length)) || quote(text, at + length));
        return length > 0 && inside && (goesOn || word(before) && length > 0) ? length : 0;
    }

    private static int substitution(String text, int at) {
        char c = text.charAt(at);
        if ("@!*?$_-".indexOf(c) >= 0) {
            return 2;
        }
        if (c != '(' && c != '{') {
            return 0;
        }
        char close = c == '(' ? ')' : '}';
        for (int end = at + 1; end < Math.min(text.length(), at + LONGEST); end++) {
            if (text.charAt(end) == close) {
                return end - at + 2;
            }
        }
        return 0;
    }

    private static boolean quote(String text, int at) {
        return text.charAt(at) == '\'' || text.charAt(at) == '"';
    }

    private static boolean word(char c) {
        return c == '_' || c == '-' || c == '.' || Character.isLetterOrDigit(c);
    }
}
