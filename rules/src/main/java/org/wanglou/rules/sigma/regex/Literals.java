package org.wanglou.rules.sigma.regex;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Texts of which one stands, in some case, in whatever an expression is found in. Reads the syntax of Perl as far as it has to and
 * gives up on what it does not know: that costs speed, never a match. Confined to its call.
 */
public final class Literals {
    private static final int MOST = 24;
    private static final int LONGEST = 64;
    private static final int DEPTH = 40;
    private static final int LENGTH = 1_000_000;

    /**
     * What is known of a part of an expression.
     *
     * @param exact all texts it can be, null when they are too many
     * @param any texts of which one stands in it, null when there are none such
     * @param least characters it has at least
     */
    private record Known(
            @Nullable Set<String> exact, @Nullable Set<String> any, int least) {
        static final Known NOTHING = new Known(null, null, 0);
        static final Known CHARACTER = new Known(null, null, 1);
        static final Known EMPTY = new Known(Set.of(""), null, 0);

        @Nullable
        Set<String> best() {
            return exact == null || exact.contains("") ? any : better(exact, any);
        }
    }

    private static final class Unknown extends RuntimeException {
        private static final long serialVersionUID = 1;

        Unknown() {
            super(null, null, false, false);
        }
    }

    private final String pattern;
    private int at;
    private int depth;

    private Literals(String pattern) {
        this.pattern = pattern;
    }

    /** ASCII in lower case; empty when nothing is required or known. */
    public static Optional<List<String>> of(String pattern) {
        return Optional.ofNullable(known(pattern).best()).map(List::copyOf);
    }

    /** How many characters a text has at least in which the expression is found; 0 when that is not known. */
    static int least(String pattern) {
        return known(pattern).least;
    }

    private static Known known(String pattern) {
        try {
            Literals reader = new Literals(pattern);
            Known known = reader.alternatives();
            return reader.at < pattern.length() ? Known.NOTHING : known;
        } catch (Unknown | IndexOutOfBoundsException e) {
            return Known.NOTHING;
        }
    }

    private Known alternatives() {
        if (++depth > DEPTH) {
            throw new Unknown();
        }
        List<Known> branches = new ArrayList<>(List.of(sequence()));
        while (at < pattern.length() && pattern.charAt(at) == '|') {
            at++;
            branches.add(sequence());
        }
        depth--;
        if (branches.size() == 1) {
            return branches.get(0);
        }
        Set<String> exact = new LinkedHashSet<>();
        Set<String> any = new LinkedHashSet<>();
        boolean allExact = true;
        boolean allAny = true;
        int least = Integer.MAX_VALUE;
        for (Known branch : branches) {
            least = Math.min(least, branch.least);
            allExact &= branch.exact != null && exact.addAll(branch.exact) | true;
            Set<String> best = branch.best();
            allAny &= best != null && any.addAll(best) | true;
        }
        return new Known(
                allExact && exact.size() <= MOST ? exact : null, allAny && any.size() <= MOST * 4 ? any : null, least);
    }

    private Known sequence() {
        Set<String> exact = Set.of("");
        boolean whole = true;
        Set<String> any = null;
        int least = 0;
        while (at < pattern.length() && pattern.charAt(at) != '|' && pattern.charAt(at) != ')') {
            Known part = repeated(one());
            least = Math.min(least + part.least, LENGTH);
            Set<String> product = part.exact == null ? null : product(exact, part.exact);
            if (product != null) {
                exact = product;
                continue;
            }
            whole = false;
            any = exact.contains("") ? any : better(exact, any);
            Set<String> best = part.any;
            if (best != null) {
                any = better(best, any);
            }
            exact = part.exact == null ? Set.of("") : part.exact;
        }
        return whole ? new Known(exact, any, least) : new Known(null, new Known(exact, any, 0).best(), least);
    }

    private static @Nullable Set<String> product(Set<String> left, Set<String> right) {
        if (left.size() * right.size() > MOST) {
            return null;
        }
        Set<String> product = new LinkedHashSet<>();
        for (String a : left) {
            for (String b : right) {
                if (a.length() + b.length() > LONGEST) {
                    return null;
                }
                product.add(a + b);
            }
        }
        return product;
    }

    // The one whose shortest text is longer; of like ones the smaller.
    private static Set<String> better(Set<String> one, @Nullable Set<String> other) {
        if (other == null) {
            return one;
        }
        int a = shortest(one);
        int b = shortest(other);
        return a > b || a == b && one.size() <= other.size() ? one : other;
    }

    private static int shortest(Set<String> texts) {
        return texts.stream().mapToInt(String::length).min().orElse(0);
    }

    private Known repeated(Known part) {
        Known known = part;
        while (at < pattern.length()) {
            char c = pattern.charAt(at);
            int least;
            boolean once = false;
            if (c == '*') {
                least = 0;
                at++;
            } else if (c == '+') {
                least = 1;
                at++;
            } else if (c == '?') {
                least = 0;
                once = true;
                at++;
            } else if (c == '{') {
                int close = pattern.indexOf('}', at);
                String inside = close < 0 ? "" : pattern.substring(at + 1, close);
                if (!inside.matches("[0-9]{1,6}(,[0-9]{0,6})?")) {
                    // RE2 takes it as it stands, Java refuses it: nothing is known.
                    throw new Unknown();
                }
                least = Integer.parseInt(inside.replaceAll(",.*", ""));
                once = inside.equals("1") || inside.equals("1,1");
                at = close + 1;
            } else {
                return known;
            }
            // Lazy and possessive alike.
            if (at < pattern.length() && (pattern.charAt(at) == '?' || pattern.charAt(at) == '+')) {
                at++;
            }
            if (least == 0) {
                Set<String> exact = known.exact;
                known = Known.NOTHING;
                if (once && exact != null && exact.size() < MOST) {
                    Set<String> maybe = new LinkedHashSet<>(exact);
                    maybe.add("");
                    known = new Known(maybe, null, 0);
                }
            } else if (!once) {
                known = new Known(null, known.best(), (int) Math.min((long) known.least * least, LENGTH));
            }
        }
        return known;
    }

    private Known one() {
        char c = pattern.charAt(at++);
        switch (c) {
            case '(':
                return group();
            case '[':
                return set();
            case '.':
                return Known.CHARACTER;
            case '^', '$':
                return Known.EMPTY;
            case '\\':
                return escape();
            case '*', '+', '?', '{':
                throw new Unknown();
            default:
                return literal(c);
        }
    }

    private static Known literal(char c) {
        // Whatever folds to an ASCII letter is found by it; other scripts' folding differs between engines.
        return c < 128 ? new Known(Set.of(String.valueOf(lower(c))), null, 1) : Known.CHARACTER;
    }

    private static char lower(char c) {
        return c >= 'A' && c <= 'Z' ? (char) (c + 32) : c;
    }

    private Known group() {
        boolean look = false;
        if (pattern.startsWith("?", at)) {
            at++;
            if (pattern.startsWith(":", at) || pattern.startsWith(">", at)) {
                at++;
            } else if (pattern.startsWith("=", at) || pattern.startsWith("!", at)) {
                look = true;
                at++;
            } else if (pattern.startsWith("<=", at) || pattern.startsWith("<!", at)) {
                look = true;
                at += 2;
            } else if (pattern.startsWith("<", at) || pattern.startsWith("P<", at)) {
                at = pattern.indexOf('>', at) + 1;
                if (at == 0) {
                    throw new Unknown();
                }
            } else {
                return flags();
            }
        }
        Known inside = alternatives();
        close();
        return look ? Known.EMPTY : inside;
    }

    private Known flags() {
        while (pattern.charAt(at) != ')' && pattern.charAt(at) != ':') {
            char flag = pattern.charAt(at++);
            // With x white space and comments mean nothing; with others a text stays the same text, in some case.
            if ("imsuU-".indexOf(flag) < 0) {
                throw new Unknown();
            }
        }
        if (pattern.charAt(at++) == ')') {
            return Known.EMPTY;
        }
        Known inside = alternatives();
        close();
        return inside;
    }

    private void close() {
        if (at >= pattern.length() || pattern.charAt(at) != ')') {
            throw new Unknown();
        }
        at++;
    }

    private Known escape() {
        char c = pattern.charAt(at++);
        if (c == 'Q') {
            throw new Unknown();
        }
        if ("bBAzZG".indexOf(c) >= 0) {
            return Known.EMPTY;
        }
        if ("dDsSwWhHvV".indexOf(c) >= 0) {
            return Known.CHARACTER;
        }
        int control = "tnrfae".indexOf(c);
        if (control >= 0) {
            return literal("\t\n\r\f\u0007\u001b".charAt(control));
        }
        if (c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z') {
            throw new Unknown();
        }
        return literal(c);
    }

    /** A set of a few ASCII characters is these; any other is anything. */
    private Known set() {
        Set<String> members = new LinkedHashSet<>();
        boolean few = true;
        if (pattern.charAt(at) == '^') {
            few = false;
            at++;
        }
        boolean first = true;
        while (first || pattern.charAt(at) != ']') {
            first = false;
            char c = pattern.charAt(at++);
            if (c == '[' || c == '&' && pattern.charAt(at) == '&') {
                // Sets in sets, classes by name, intersections: engines differ.
                throw new Unknown();
            }
            if (c == '\\') {
                c = pattern.charAt(at++);
                if (c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z') {
                    few = false;
                    if ("dDsSwWtnrfbhHvV".indexOf(c) < 0) {
                        throw new Unknown();
                    }
                }
            }
            if (pattern.charAt(at) == '-' && pattern.charAt(at + 1) != ']') {
                few = false;
                at++;
                if (pattern.charAt(at) == '\\') {
                    at++;
                }
                at++;
            }
            few &= c < 128;
            members.add(String.valueOf(lower(c)));
        }
        at++;
        return few && members.size() <= 4 ? new Known(members, null, 1) : Known.CHARACTER;
    }
}
