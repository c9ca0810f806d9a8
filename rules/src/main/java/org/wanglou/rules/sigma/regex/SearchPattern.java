package org.wanglou.rules.sigma.regex;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * A regular expression that is looked for anywhere in a text: in time linear in the text (RE2) or, for look-around and back
 * references, which no such engine has, within a budget of steps; a search that exceeds it has not found. Immutable;
 * thread-safe.
 */
public final class SearchPattern {
    /** Steps a search may take where nobody says otherwise: characters looked at. */
    public static final long BUDGET = 200_000;

    // Backtracking is several times faster than the linear engine wherever it does not backtrack much: it may try
    // first.
    private static final int FEW = 512;
    private static final int EACH = 24;

    private static final int MISSED = 0;
    private static final int FOUND = 1;
    private static final int GIVEN_UP = 2;

    private final @Nullable Pattern linear;
    private final java.util.regex.@Nullable Pattern stepped;
    private final int least;

    private SearchPattern(@Nullable Pattern linear, java.util.regex.@Nullable Pattern stepped, String pattern) {
        this.linear = linear;
        this.stepped = stepped;
        this.least = Literals.least(pattern);
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
            Pattern linear = Pattern.compile(pattern, flags);
            return new SearchPattern(linear, multiline ? null : Portable.compile(pattern, ignoreCase, dotAll), pattern);
        } catch (PatternSyntaxException e) {
            return stepped(pattern, ignoreCase, multiline, dotAll, e);
        }
    }

    private static SearchPattern stepped(
            String pattern, boolean ignoreCase, boolean multiline, boolean dotAll, PatternSyntaxException refusal)
            throws Refused {
        // Line ends as RE2 has them: the line feed alone.
        int flags = java.util.regex.Pattern.UNIX_LINES
                | (ignoreCase ? java.util.regex.Pattern.CASE_INSENSITIVE | java.util.regex.Pattern.UNICODE_CASE : 0)
                | (multiline ? java.util.regex.Pattern.MULTILINE : 0)
                | (dotAll ? java.util.regex.Pattern.DOTALL : 0);
        try {
            return new SearchPattern(null, java.util.regex.Pattern.compile(pattern, flags), pattern);
        } catch (java.util.regex.PatternSyntaxException e) {
            throw new Refused(
                    "no RE2 expression: " + refusal.getMessage() + "; nor one of Java: " + e.getDescription());
        }
    }

    /** Whether a search is bounded by steps, not by the length of the text. */
    public boolean stepped() {
        return linear == null;
    }

    /** True when the expression matches some part of the text. */
    public boolean occursIn(String text) {
        return occursIn(text, new Steps(BUDGET));
    }

    /** As {@link #occursIn(String)}, counting characters looked at. */
    public boolean occursIn(String text, Steps steps) {
        if (text.length() < least) {
            return false;
        }
        if (linear == null) {
            return tried(text, steps, steps.budget()) == FOUND;
        }
        if (stepped != null && ascii(text)) {
            int answer = tried(text, steps, FEW + (long) text.length() * EACH);
            if (answer != GIVEN_UP) {
                return answer == FOUND;
            }
        }
        steps.add(text.length());
        return linear.matcher(text).find();
    }

    private static boolean ascii(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) >= 128) {
                return false;
            }
        }
        return true;
    }

    private int tried(String text, Steps steps, long budget) {
        if (stepped == null) {
            return MISSED;
        }
        steps.begin(budget);
        try {
            return stepped.matcher(new Counted(text, 0, text.length(), steps)).find() ? FOUND : MISSED;
        } catch (OverBudget | StackOverflowError e) {
            // The engine recurses for each repetition of a group: a long text may exhaust the stack before the steps.
            if (linear == null) {
                steps.exceed();
            }
            return GIVEN_UP;
        }
    }

    private static final class OverBudget extends RuntimeException {
        private static final long serialVersionUID = 1;

        OverBudget() {
            super(null, null, false, false);
        }
    }

    /** Text that counts how often it is looked at. */
    private record Counted(String text, int from, int to, Steps steps) implements CharSequence {
        @Override
        public int length() {
            return to - from;
        }

        @Override
        public char charAt(int index) {
            if (!steps.step()) {
                throw new OverBudget();
            }
            return text.charAt(from + index);
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return new Counted(text, from + start, from + end, steps);
        }

        @Override
        public String toString() {
            return text.substring(from, to);
        }
    }
}
