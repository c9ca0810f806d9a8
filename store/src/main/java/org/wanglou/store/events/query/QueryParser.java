package org.wanglou.store.events.query;

import java.util.ArrayList;
import java.util.List;
import org.wanglou.store.events.EventIndex.BadQuery;
import org.wanglou.store.events.query.Token.Kind;

/**
 * Reads the query language. Confined to its thread.
 *
 * <pre>
 * query   = or ;                     an empty text finds everything
 * or      = and { "or" and } ;
 * and     = not { [ "and" ] not } ;  words side by side must all occur
 * not     = { "not" } primary ;
 * primary = "(" or ")" | name ":" values | name ( "&lt;" | "&lt;=" | "&gt;" | "&gt;=" ) value | value ;
 * values  = value | "(" value expression with and, or, not ")" ;
 * </pre>
 */
public final class QueryParser {
    /** Longest text that is read, in characters. */
    public static final int MAX_CHARACTERS = 4_000;

    private static final int MAX_DEPTH = 32;
    private static final int MAX_NODES = 512;

    private final List<Token> tokens;
    private int at;
    private int nodes;

    private QueryParser(List<Token> tokens) {
        this.tokens = tokens;
    }

    /**
     * The tree of a text.
     *
     * @throws BadQuery naming position and remedy
     */
    public static QueryNode parse(String text) {
        if (text.length() > MAX_CHARACTERS) {
            throw new BadQuery(
                    "the query is longer than " + MAX_CHARACTERS + " characters: shorten it", MAX_CHARACTERS);
        }
        QueryParser parser = new QueryParser(Lexer.tokens(text));
        if (parser.peek().is(Kind.END)) {
            return new QueryNode.All();
        }
        QueryNode node = parser.or(Scope.ANY, 0);
        Token rest = parser.peek();
        if (!rest.is(Kind.END)) {
            throw new BadQuery("unexpected " + rest.text() + ": remove it or quote it", rest.at());
        }
        return node;
    }

    /** Where values stand alone: in the whole event, or after one field's name. */
    private interface Scope {
        Scope ANY = token -> Values.text(token);

        QueryNode value(Token token);
    }

    private QueryNode or(Scope scope, int depth) {
        List<QueryNode> parts = new ArrayList<>(List.of(and(scope, depth)));
        while (accept(Kind.OR)) {
            parts.add(and(scope, depth));
        }
        return parts.size() == 1 ? parts.get(0) : new QueryNode.Or(parts);
    }

    private QueryNode and(Scope scope, int depth) {
        List<QueryNode> parts = new ArrayList<>(List.of(not(scope, depth)));
        while (accept(Kind.AND) || begins(peek())) {
            parts.add(not(scope, depth));
        }
        return parts.size() == 1 ? parts.get(0) : new QueryNode.And(parts);
    }

    private static boolean begins(Token token) {
        return token.value() || token.is(Kind.NAME) || token.is(Kind.OPEN) || token.is(Kind.NOT);
    }

    private QueryNode not(Scope scope, int depth) {
        boolean negated = false;
        while (accept(Kind.NOT)) {
            negated = !negated;
        }
        QueryNode node = primary(scope, depth);
        return negated ? new QueryNode.Not(node) : node;
    }

    private QueryNode primary(Scope scope, int depth) {
        Token token = peek();
        if (depth > MAX_DEPTH) {
            throw new BadQuery("parentheses are nested deeper than " + MAX_DEPTH, token.at());
        }
        if (++nodes > MAX_NODES) {
            throw new BadQuery("the query has more than " + MAX_NODES + " conditions: split it", token.at());
        }
        if (accept(Kind.OPEN)) {
            QueryNode node = or(scope, depth + 1);
            if (!accept(Kind.CLOSE)) {
                throw new BadQuery("the parenthesis is never closed: add )", token.at());
            }
            return node;
        }
        if (token.value()) {
            at++;
            return scope.value(token);
        }
        if (token.is(Kind.NAME)) {
            at++;
            if (scope != Scope.ANY) {
                throw new BadQuery(
                        "a field's values cannot name another field: close the parenthesis first", token.at());
            }
            return field(token, depth);
        }
        throw new BadQuery(
                token.is(Kind.END)
                        ? "the query ends where a condition is expected"
                        : "a condition is expected before " + token.text(),
                token.at());
    }

    private QueryNode field(Token name, int depth) {
        HotField field = HotField.named(name.text())
                .orElseThrow(() -> new BadQuery(
                        "unknown field " + name.text() + ": use one of " + String.join(", ", HotField.names())
                                + ", or quote a text that contains a colon",
                        name.at()));
        Token operator = tokens.get(at++);
        if (!operator.is(Kind.COLON)) {
            Token value = peek();
            if (!value.value()) {
                throw new BadQuery("a value is expected after " + operator.text(), value.at());
            }
            at++;
            return Values.compared(field, operator, value);
        }
        Token next = peek();
        Scope scope = value -> Values.of(field, value);
        if (next.is(Kind.OPEN)) {
            return primary(scope, depth);
        }
        if (!next.value()) {
            throw new BadQuery("a value is expected after " + name.text() + ":", next.at());
        }
        at++;
        return scope.value(next);
    }

    private Token peek() {
        return tokens.get(at);
    }

    private boolean accept(Kind kind) {
        if (peek().is(kind)) {
            at++;
            return true;
        }
        return false;
    }
}
