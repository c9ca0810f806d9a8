package org.wanglou.rules.sigma;

/**
 * A text with Sigma's wildcards: {@code *} any run, {@code ?} one character. Matches whole values.
 *
 * <p>Escapes as the specification has them: a backslash is plain unless it stands before {@code *}, {@code ?} or
 * another backslash that itself precedes one of these. Immutable.
 *
 * @param text the characters; at wildcards the wildcard itself
 * @param kinds one character per character of {@code text}: {@code L}iteral, {@code *} or {@code ?}
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

    public boolean plain() {
        return kinds.indexOf('*') < 0 && kinds.indexOf('?') < 0;
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
