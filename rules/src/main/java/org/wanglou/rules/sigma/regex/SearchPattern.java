package org.wanglou.rules.sigma.regex;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;

/**
 * A regular expression that is looked for anywhere in a text, in time linear in the text. Immutable; thread-safe.
 */
public final class SearchPattern {
    private final Pattern pattern;

    private SearchPattern(Pattern pattern) {
        this.pattern = pattern;
    }

    /** An expression that no engine here takes; the message says what and where. */
    public static final class Refused extends Exception {
        private static final long serialVersionUID = 1;

        Refused(String message) {
            super(message, null, false, false);
        }
    }

    /**
     * Compiles an expression.
     *
     * @param multiline {@code ^} and {@code $} hold at line ends too
     * @param dotAll {@code .} takes line ends too
     */
    public static SearchPattern compile(String pattern, boolean ignoreCase, boolean multiline, boolean dotAll)
            throws Refused {
        int flags = (ignoreCase ? Pattern.CASE_INSENSITIVE : 0)
                | (multiline ? Pattern.MULTILINE : 0)
                | (dotAll ? Pattern.DOTALL : 0);
        try {
            return new SearchPattern(Pattern.compile(pattern, flags));
        } catch (PatternSyntaxException e) {
            throw new Refused("no RE2 expression: " + e.getMessage());
        }
    }

    /** True when the expression matches some part of the text. */
    public boolean occursIn(String text) {
        return pattern.matcher(text).find();
    }
}
