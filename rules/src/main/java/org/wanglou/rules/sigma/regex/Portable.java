package org.wanglou.rules.sigma.regex;

import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * An RE2 expression as one of Java that finds the same in every ASCII text. Only what both read alike is taken, or what can be
 * written otherwise: {@code $} is the end of the text, {@code \s} has no vertical tab. Confined to its call.
 */
final class Portable {
    private static final String SPACE = "\\t\\n\\f\\r ";

    private final String pattern;
    private final StringBuilder java = new StringBuilder();
    private int at;

    private Portable(String pattern) {
        this.pattern = pattern;
    }

    private static final String EDGE = "(?:(?<=\\w)(?!\\w)|(?<!\\w)(?=\\w))";
    private static final String NO_EDGE = "(?:(?<=\\w)(?=\\w)|(?<!\\w)(?!\\w))";

    /** Null when the expression has something that the engines may read differently. */
    static @Nullable Pattern compile(String pattern, boolean ignoreCase, boolean dotAll) {
        Portable reader = new Portable(pattern);
        try {
            if (!reader.read()) {
                return null;
            }
            int flags =
                    Pattern.UNIX_LINES | (ignoreCase ? Pattern.CASE_INSENSITIVE : 0) | (dotAll ? Pattern.DOTALL : 0);
            return Pattern.compile(reader.java.toString(), flags);
        } catch (PatternSyntaxException | IndexOutOfBoundsException e) {
            return null;
        }
    }

    private boolean read() {
        while (at < pattern.length()) {
            char c = pattern.charAt(at++);
            boolean read = c < 128
                    && switch (c) {
                        case '\\' -> escape();
                        case '[' -> set();
                        case '(' -> group();
                        case '{' -> count();
                        case '$' -> put("\\z");
                        default -> put(String.valueOf(c));
                    };
            if (!read) {
                return false;
            }
        }
        return true;
    }

    private boolean put(String text) {
        java.append(text);
        return true;
    }

    private boolean escape() {
        char c = pattern.charAt(at++);
        if (c == 's') {
            return put("[" + SPACE + "]");
        }
        if (c == 'S') {
            return put("[^" + SPACE + "]");
        }
        if (c == 'b' || c == 'B') {
            // Up to JDK 18 Java's own reads letters of every script as words, RE2 never does.
            return put(c == 'b' ? EDGE : NO_EDGE);
        }
        return (plain(c) || "dDwWAz".indexOf(c) >= 0) && put("\\" + c);
    }

    /** Punctuation, and the controls that both name alike. */
    private static boolean plain(char c) {
        boolean word = c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
        return c < 128 && (!word || "tnrf".indexOf(c) >= 0);
    }

    private boolean count() {
        int close = pattern.indexOf('}', at);
        if (close < 0 || !pattern.substring(at, close).matches("[0-9]{1,4}(,[0-9]{0,4})?")) {
            return false;
        }
        put("{" + pattern.substring(at, close) + "}");
        at = close + 1;
        return true;
    }

    private boolean group() {
        if (pattern.charAt(at) != '?') {
            return put("(");
        }
        at++;
        if (pattern.startsWith("P<", at) || pattern.startsWith("<", at) && "=!".indexOf(pattern.charAt(at + 1)) < 0) {
            at = pattern.indexOf('>', at) + 1;
            return at > 0 && put("(");
        }
        put("(?");
        while (true) {
            char c = pattern.charAt(at++);
            if (c == ':' || c == ')') {
                return put(String.valueOf(c));
            }
            if (c != 'i' && c != 's' && c != '-') {
                return false;
            }
            put(String.valueOf(c));
        }
    }

    private boolean set() {
        put("[");
        boolean negated = pattern.charAt(at) == '^';
        if (negated) {
            put("^");
            at++;
        }
        if (pattern.charAt(at) == ']') {
            return false;
        }
        while (true) {
            char c = pattern.charAt(at++);
            if (c == ']') {
                return put("]");
            }
            if (c >= 128 || c == '[' || c == '&' || c == '^') {
                // What Java takes for an intersection, a set in a set or a second negation.
                return false;
            }
            if (c == '\\') {
                c = pattern.charAt(at++);
                if (c == 's') {
                    put(SPACE);
                } else if (plain(c) || "dDwW".indexOf(c) >= 0) {
                    put("\\" + c);
                } else {
                    return false;
                }
            } else {
                put(String.valueOf(c));
            }
        }
    }
}
