package org.wanglou.store.events.query;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.wanglou.store.events.EventIndex.BadQuery;
import org.wanglou.store.events.query.Token.Kind;

/**
 * Cuts a query text into tokens. Full-width punctuation of a Chinese keyboard counts as its ASCII twin; positions are
 * those of the text as it was typed. Confined to its thread.
 */
final class Lexer {
    private static final Map<String, Kind> OPERATORS = Map.of(
            "and", Kind.AND, "且", Kind.AND, "并且", Kind.AND, "or", Kind.OR, "或", Kind.OR, "或者", Kind.OR, "not", Kind.NOT,
            "非", Kind.NOT, "不是", Kind.NOT);
    private static final String FULL_WIDTH = "：（）“”＜＞＝　＊？";
    private static final String ASCII = ":()\"\"<>= *?";

    private final String text;
    private final List<Token> tokens = new ArrayList<>();
    private int at;

    private Lexer(String typed) {
        StringBuilder folded = new StringBuilder(typed.length());
        for (int i = 0; i < typed.length(); i++) {
            int twin = FULL_WIDTH.indexOf(typed.charAt(i));
            folded.append(twin < 0 ? typed.charAt(i) : ASCII.charAt(twin));
        }
        this.text = folded.toString();
    }

    static List<Token> tokens(String text) {
        Lexer lexer = new Lexer(text);
        lexer.run();
        return lexer.tokens;
    }

    private void run() {
        while (at < text.length()) {
            char c = text.charAt(at);
            if (Character.isWhitespace(c)) {
                at++;
            } else if (c == '(' || c == ')') {
                add(c == '(' ? Kind.OPEN : Kind.CLOSE, 1);
            } else if (c == ':') {
                add(Kind.COLON, 1);
            } else if (c == '<' || c == '>') {
                boolean equal = at + 1 < text.length() && text.charAt(at + 1) == '=';
                Kind kind =
                        c == '<' ? (equal ? Kind.LESS_EQUAL : Kind.LESS) : equal ? Kind.GREATER_EQUAL : Kind.GREATER;
                add(kind, equal ? 2 : 1);
            } else if (c == '"') {
                quoted();
            } else {
                word();
            }
        }
        tokens.add(new Token(Kind.END, "", text.length()));
    }

    private void add(Kind kind, int length) {
        tokens.add(new Token(kind, text.substring(at, at + length), at));
        at += length;
    }

    private void quoted() {
        int from = at++;
        StringBuilder value = new StringBuilder();
        while (at < text.length() && text.charAt(at) != '"') {
            if (text.charAt(at) == '\\' && at + 1 < text.length()) {
                at++;
            }
            value.append(text.charAt(at++));
        }
        if (at == text.length()) {
            throw new BadQuery("the quotation mark is never closed: add \" at the end", from);
        }
        at++;
        tokens.add(new Token(Kind.QUOTED, value.toString(), from));
    }

    /**
     * A bare word ends at space, parenthesis, quotation mark or comparison. A colon ends it only where a field's name
     * may stand: a value such as {@code 2001:db8::1} keeps its colons.
     */
    private void word() {
        boolean valueExpected =
                !tokens.isEmpty() && comparison(tokens.get(tokens.size() - 1).kind());
        int from = at;
        boolean pattern = false;
        StringBuilder value = new StringBuilder();
        while (at < text.length()) {
            char c = text.charAt(at);
            if (Character.isWhitespace(c) || c == '(' || c == ')' || c == '"' || c == '<' || c == '>') {
                break;
            }
            if (c == ':' && !valueExpected) {
                break;
            }
            if (c == '\\' && at + 1 < text.length()) {
                at++;
                c = text.charAt(at);
            } else if (c == '*' || c == '?') {
                pattern = true;
            }
            value.append(c);
            at++;
        }
        tokens.add(new Token(kind(value.toString(), pattern, valueExpected), value.toString(), from));
    }

    private Kind kind(String word, boolean pattern, boolean valueExpected) {
        int next = at;
        while (next < text.length() && Character.isWhitespace(text.charAt(next))) {
            next++;
        }
        char follows = next < text.length() ? text.charAt(next) : ' ';
        if (!valueExpected && (follows == '<' || follows == '>' || follows == ':')) {
            return Kind.NAME;
        }
        Kind operator = valueExpected ? null : OPERATORS.get(word.toLowerCase(Locale.ROOT));
        if (operator != null) {
            return operator;
        }
        return pattern ? Kind.PATTERN : Kind.WORD;
    }

    private static boolean comparison(Kind kind) {
        return kind == Kind.COLON
                || kind == Kind.LESS
                || kind == Kind.LESS_EQUAL
                || kind == Kind.GREATER
                || kind == Kind.GREATER_EQUAL;
    }
}
