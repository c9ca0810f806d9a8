package org.wanglou.rules.text;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Names joined by {@code and or not ( )}; not binds closer than and, and closer than or. Immutable. */
public sealed interface Expression {
    /** Whether it holds when each name is asked. */
    boolean holds(Predicate<String> names);

    /** A name. */
    record Name(String name) implements Expression {
        @Override
        public boolean holds(Predicate<String> names) {
            return names.test(name);
        }
    }

    /** The part does not hold. */
    record Not(Expression part) implements Expression {
        @Override
        public boolean holds(Predicate<String> names) {
            return !part.holds(names);
        }
    }

    /** Every part holds. */
    record And(List<Expression> parts) implements Expression {
        public And {
            parts = List.copyOf(parts);
        }

        @Override
        public boolean holds(Predicate<String> names) {
            return parts.stream().allMatch(part -> part.holds(names));
        }
    }

    /** Some part holds. */
    record Or(List<Expression> parts) implements Expression {
        public Or {
            parts = List.copyOf(parts);
        }

        @Override
        public boolean holds(Predicate<String> names) {
            return parts.stream().anyMatch(part -> part.holds(names));
        }
    }

    /** All names, in the order in which they come first. */
    default Set<String> names() {
        Set<String> names = new LinkedHashSet<>();
        collect(this, names);
        return names;
    }

    private static void collect(Expression expression, Set<String> names) {
        if (expression instanceof Name name) {
            names.add(name.name);
        } else if (expression instanceof Not not) {
            collect(not.part, names);
        } else if (expression instanceof And and) {
            and.parts.forEach(part -> collect(part, names));
        } else if (expression instanceof Or or) {
            or.parts.forEach(part -> collect(part, names));
        }
    }

    /** Reads an expression; throws {@code IllegalArgumentException} with what is wrong. */
    static Expression parse(String text) {
        Parser parser = new Parser(text);
        Expression expression = parser.or(0);
        if (parser.next < parser.tokens.size()) {
            throw new IllegalArgumentException("unexpected '" + parser.tokens.get(parser.next) + "'");
        }
        return expression;
    }

    /** Reads by recursive descent, 40 levels at most. Confined to its call. */
    final class Parser {
        private static final Pattern TOKEN = Pattern.compile("\\s*(\\(|\\)|[^\\s()]+)");
        private static final int DEPTH = 40;
        private final List<String> tokens = new ArrayList<>();
        private int next;

        private Parser(String text) {
            Matcher matcher = TOKEN.matcher(text);
            while (matcher.find()) {
                tokens.add(matcher.group(1));
            }
        }

        private Expression or(int depth) {
            if (depth > DEPTH) {
                throw new IllegalArgumentException("nested deeper than " + DEPTH);
            }
            List<Expression> parts = new ArrayList<>(List.of(and(depth)));
            while (word("or")) {
                parts.add(and(depth));
            }
            return parts.size() == 1 ? parts.get(0) : new Or(parts);
        }

        private Expression and(int depth) {
            List<Expression> parts = new ArrayList<>(List.of(not(depth)));
            while (word("and")) {
                parts.add(not(depth));
            }
            return parts.size() == 1 ? parts.get(0) : new And(parts);
        }

        private Expression not(int depth) {
            if (word("not")) {
                if (depth > DEPTH) {
                    throw new IllegalArgumentException("nested deeper than " + DEPTH);
                }
                return new Not(not(depth + 1));
            }
            if (next >= tokens.size()) {
                throw new IllegalArgumentException("ends too early");
            }
            String token = tokens.get(next++);
            if (token.equals("(")) {
                Expression inner = or(depth + 1);
                if (next >= tokens.size() || !tokens.get(next++).equals(")")) {
                    throw new IllegalArgumentException("missing )");
                }
                return inner;
            }
            if (!token.matches("[A-Za-z0-9_][A-Za-z0-9_.-]*") || token.matches("(?i)and|or|not")) {
                throw new IllegalArgumentException("unexpected '" + token + "'");
            }
            return new Name(token);
        }

        private boolean word(String wanted) {
            if (next < tokens.size() && tokens.get(next).equalsIgnoreCase(wanted)) {
                next++;
                return true;
            }
            return false;
        }
    }
}
