package org.wanglou.rules.sigma;

/**
 * A text with Sigma's wildcards: {@code *} any run, {@code ?} one character. Matches whole values.
 *
 * <p>Escapes as the specification has them: a backslash is plain unless it stands before {@code *}, {@code ?} or
 * another backslash; so {@code \*} is a plain star, {@code \\*} a backslash and a wildcard, {@code \\\*} a backslash and a
 * plain star, three or four backslashes are two. Immutable.
 *
 * @param text the characters; at wildcards the wildcard itself
 * @param kinds one character per character of {@code text}: {@code L}iteral, {@code *}, {@code ?}, or {@code P} for a
 *     placeholder with its percent signs (only until a pipeline has put values there)
 */
public record Glob(String text, String kinds) {
    /** Reads Sigma's notation. */
    public static Glob of(String sigma) {
        StringBuilder text = new StringBuilder();
        StringBuilder kinds = new StringBuilder();
        for (int i = 0; i < sigma.length(); i++) {
            char c = sigma.charAt(i);
            if (c == '\\' && i + 1 < sigma.length() && "*?\\".indexOf(sigma.charAt(i + 1)) >= 0) {
                text.append(sigma.charAt(++i));
                kinds.append('L');
            } else {
                text.append(c);
                kinds.append(c == '*' || c == '?' ? c : 'L');
            }
        }
        return new Glob(text.toString(), kinds.toString());
    }

    /** A text without wildcards, taken as it stands. */
    public static Glob literal(String text) {
        return new Glob(text, "L".repeat(text.length()));
    }

    /** Sigma's notation of this; {@link #of} reads it back. */
    public String sigma() {
        StringBuilder sigma = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (kinds.charAt(i) == 'L' && (c == '*' || c == '?' || c == '\\')) {
                sigma.append('\\');
            }
            sigma.append(c);
        }
        return sigma.toString();
    }

    public Glob contains() {
        return startsWith().endsWith();
    }

    /** This with a free end. */
    public Glob startsWith() {
        return kinds.endsWith("*") ? this : new Glob(text + '*', kinds + '*');
    }

    /** This with a free beginning. */
    public Glob endsWith() {
        return kinds.startsWith("*") ? this : new Glob('*' + text, '*' + kinds);
    }

    /** The part from one place to another. */
    public Glob slice(int from, int to) {
        return new Glob(text.substring(from, to), kinds.substring(from, to));
    }

    public Glob plus(Glob other) {
        return new Glob(text + other.text, kinds + other.kinds);
    }

    public boolean plain() {
        return kinds.indexOf('*') < 0 && kinds.indexOf('?') < 0;
    }

    /** True while a placeholder waits for its values. */
    public boolean waiting() {
        return kinds.indexOf('P') >= 0;
    }

    /** The longest run of literal characters. */
    public String longest() {
        int best = 0;
        int bestLength = 0;
        int start = 0;
        for (int i = 0; i <= kinds.length(); i++) {
            if (i == kinds.length() || kinds.charAt(i) != 'L') {
                if (i - start > bestLength) {
                    best = start;
                    bestLength = i - start;
                }
                start = i + 1;
            }
        }
        return text.substring(best, best + bestLength);
    }

    /** True if the whole value matches; linear for one star, never worse than pattern × value. */
    public boolean matches(String value) {
        int p = 0;
        int v = 0;
        int star = -1;
        int mark = 0;
        while (v < value.length()) {
            if (p < text.length() && kinds.charAt(p) == '*') {
                star = p++;
                mark = v;
            } else if (p < text.length() && (kinds.charAt(p) == '?' || text.charAt(p) == value.charAt(v))) {
                p++;
                v++;
            } else if (star >= 0) {
                p = star + 1;
                v = ++mark;
            } else {
                return false;
            }
        }
        while (p < text.length() && kinds.charAt(p) == '*') {
            p++;
        }
        return p == text.length();
    }
}
