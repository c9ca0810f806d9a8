package org.wanglou.rules.indicators.pattern;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.wanglou.rules.indicators.pattern.Observing.Join;
import org.wanglou.rules.indicators.pattern.Token.Kind;

/**
 * Reads a pattern by recursive descent: FOLLOWEDBY binds loosest, then OR, then AND, then qualifiers. Depth and length are
 * bounded, time is linear. Confined to its caller.
 */
final class PatternParser {
    private static final int DEPTH_MAX = 64;

    private final PatternLexer lexer;
    private final List<Token> tokens;
    private final boolean stringTimes;
    private int at;
    private int depth;

    PatternParser(String text, boolean stringTimes) throws BadPattern {
        this.lexer = new PatternLexer(text);
        this.tokens = lexer.tokens();
        this.stringTimes = stringTimes;
    }

    Observing pattern() throws BadPattern {
        Observing root = joined(Join.FOLLOWEDBY);
        if (peek().kind() != Kind.END) {
            throw unexpected("FOLLOWEDBY, OR, AND, a qualifier or the end");
        }
        return root;
    }

    private Observing joined(Join join) throws BadPattern {
        List<Observing> parts = new ArrayList<>();
        do {
            parts.add(join == Join.FOLLOWEDBY ? joined(Join.OR) : join == Join.OR ? joined(Join.AND) : qualified());
        } while (taken(join.name()));
        return parts.size() == 1 ? parts.get(0) : new Observing.Joined(join, parts);
    }

    private Observing qualified() throws BadPattern {
        Observing inner = observation();
        int qualifiers = 0;
        while (true) {
            Observing.Qualifier qualifier = qualifier();
            if (qualifier == null) {
                return inner;
            }
            if (++qualifiers > DEPTH_MAX) {
                throw lexer.bad(peek().offset(), "more than " + DEPTH_MAX + " qualifiers");
            }
            inner = new Observing.Qualified(inner, qualifier);
        }
    }

    private Observing observation() throws BadPattern {
        if (taken("(")) {
            enter();
            Observing inner = joined(Join.FOLLOWEDBY);
            expect(")");
            depth--;
            // Round brackets part what may stand twice: ([…] REPEATS 2 TIMES) REPEATS 2 TIMES.
            return inner instanceof Observing.Qualified ? new Observing.Joined(Join.AND, List.of(inner)) : inner;
        }
        if (!taken("[")) {
            throw unexpected("[ or (");
        }
        Comparing comparing = any();
        expect("]");
        return new Observing.Single(comparing);
    }

    private Observing.@Nullable Qualifier qualifier() throws BadPattern {
        if (taken("WITHIN")) {
            Token seconds = take();
            BigDecimal value = positive(seconds, seconds.kind() == Kind.FRACTION);
            expect("SECONDS");
            return new Observing.Within(value);
        }
        if (taken("REPEATS")) {
            Token times = take();
            BigDecimal value = positive(times, false);
            expect("TIMES");
            if (value.compareTo(BigDecimal.valueOf(Integer.MAX_VALUE)) > 0) {
                throw lexer.bad(times.offset(), "repeats too often");
            }
            return new Observing.Repeats(value.intValueExact());
        }
        if (taken("START")) {
            Instant start = time();
            expect("STOP");
            return new Observing.Between(start, time());
        }
        return null;
    }

    private BigDecimal positive(Token token, boolean fraction) throws BadPattern {
        if (token.kind() != Kind.INTEGER && !fraction || token.text().startsWith("-")) {
            throw lexer.bad(token.offset(), "a positive number is wanted, not " + token.shown());
        }
        BigDecimal value = new BigDecimal(token.text());
        if (value.signum() <= 0) {
            throw lexer.bad(token.offset(), "a number above 0 is wanted");
        }
        return value;
    }

    private Instant time() throws BadPattern {
        Token token = take();
        if (token.kind() != Kind.TIME && !(stringTimes && token.kind() == Kind.STRING)) {
            throw lexer.bad(token.offset(), "a timestamp such as t'2024-01-15T12:30:45Z' is wanted");
        }
        return Literals.time(token.text())
                .orElseThrow(
                        () -> lexer.bad(token.offset(), "no timestamp: write t'2024-01-15T12:30:45Z', in UTC with Z"));
    }

    private Comparing any() throws BadPattern {
        List<Comparing> parts = new ArrayList<>();
        do {
            parts.add(all());
        } while (taken("OR"));
        return parts.size() == 1 ? parts.get(0) : new Comparing.Any(parts);
    }

    private Comparing all() throws BadPattern {
        List<Comparing> parts = new ArrayList<>();
        do {
            parts.add(test());
        } while (taken("AND"));
        return parts.size() == 1 ? parts.get(0) : new Comparing.All(parts);
    }

    private Comparing test() throws BadPattern {
        if (taken("(")) {
            enter();
            Comparing inner = any();
            expect(")");
            depth--;
            return inner;
        }
        if (taken("EXISTS")) {
            return new Comparing.Test(path(), false, Comparing.Operator.EXISTS, List.of());
        }
        ObjectPath path = path();
        boolean not = taken("NOT");
        Token operator = take();
        switch (operator.kind() == Kind.SYMBOL || operator.kind() == Kind.KEYWORD ? operator.text() : "") {
            case "=", "==":
                return new Comparing.Test(path, not, Comparing.Operator.EQUAL, List.of(literal(true)));
            case "!=", "<>":
                return new Comparing.Test(path, !not, Comparing.Operator.EQUAL, List.of(literal(true)));
            case ">":
                return new Comparing.Test(path, not, Comparing.Operator.GREATER, List.of(literal(false)));
            case "<":
                return new Comparing.Test(path, not, Comparing.Operator.LESS, List.of(literal(false)));
            case ">=":
                return new Comparing.Test(path, not, Comparing.Operator.GREATER_OR_EQUAL, List.of(literal(false)));
            case "<=":
                return new Comparing.Test(path, not, Comparing.Operator.LESS_OR_EQUAL, List.of(literal(false)));
            case "IN":
                return new Comparing.Test(path, not, Comparing.Operator.IN, set());
            case "LIKE", "MATCHES", "ISSUBSET", "ISSUPERSET":
                Token value = take();
                if (value.kind() != Kind.STRING) {
                    throw lexer.bad(value.offset(), operator.text() + " wants a text in single quotes");
                }
                Comparing.Operator named = Comparing.Operator.valueOf(operator.text());
                return new Comparing.Test(path, not, named, List.of(new Literal.Text(value.text())));
            default:
                throw lexer.bad(operator.offset(), "an operator is wanted, not " + operator.shown());
        }
    }

    private List<Literal> set() throws BadPattern {
        List<Literal> values = new ArrayList<>();
        expect("(");
        if (taken(")")) {
            return values;
        }
        do {
            values.add(literal(true));
        } while (taken(","));
        expect(")");
        return values;
    }

    private Literal literal(boolean truthToo) throws BadPattern {
        Token token = take();
        Literal literal = Literals.of(token, lexer)
                .orElseThrow(() -> lexer.bad(
                        token.offset(),
                        "a constant is wanted, not " + token.shown() + "; texts stand in single quotes"));
        if (literal instanceof Literal.Truth && !truthToo) {
            throw lexer.bad(token.offset(), "true and false have no order");
        }
        return literal;
    }

    private ObjectPath path() throws BadPattern {
        Token type = take();
        if (type.kind() != Kind.WORD) {
            throw lexer.bad(type.offset(), "an object type is wanted, not " + type.shown());
        }
        expect(":");
        List<ObjectPath.Step> steps = new ArrayList<>();
        steps.add(key());
        while (true) {
            if (taken(".")) {
                steps.add(key());
            } else if (taken("[")) {
                steps.add(index());
                expect("]");
            } else {
                return new ObjectPath(type.text(), steps);
            }
        }
    }

    private ObjectPath.Step key() throws BadPattern {
        Token token = take();
        if (token.kind() == Kind.STRING) {
            return new ObjectPath.Key(token.text());
        }
        if (token.kind() != Kind.WORD || token.text().indexOf('-') >= 0) {
            throw lexer.bad(
                    token.offset(),
                    "a property name is wanted, not " + token.shown() + "; with a hyphen it stands in quotes");
        }
        return new ObjectPath.Key(token.text());
    }

    private ObjectPath.Step index() throws BadPattern {
        if (taken("*")) {
            return new ObjectPath.Each();
        }
        Token token = take();
        if (token.kind() != Kind.INTEGER
                || token.text().startsWith("-")
                || token.text().length() > 9) {
            throw lexer.bad(token.offset(), "a position from 0 or * is wanted, not " + token.shown());
        }
        return new ObjectPath.Index(Integer.parseInt(token.text()));
    }

    private void enter() throws BadPattern {
        if (++depth > DEPTH_MAX) {
            throw lexer.bad(peek().offset(), "more than " + DEPTH_MAX + " brackets deep");
        }
    }

    private Token peek() {
        return tokens.get(at);
    }

    private Token take() {
        Token token = tokens.get(at);
        if (token.kind() != Kind.END) {
            at++;
        }
        return token;
    }

    private boolean taken(String wanted) {
        if (peek().is(wanted)) {
            at++;
            return true;
        }
        return false;
    }

    private void expect(String wanted) throws BadPattern {
        if (!taken(wanted)) {
            throw unexpected(wanted);
        }
    }

    private BadPattern unexpected(String wanted) {
        return lexer.bad(peek().offset(), wanted + " is wanted, not " + peek().shown());
    }
}
