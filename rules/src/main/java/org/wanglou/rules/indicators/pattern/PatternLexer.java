package org.wanglou.rules.indicators.pattern;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.wanglou.rules.indicators.pattern.Token.Kind;

/** Cuts a pattern into tokens (the grammar of STIX 2.1 appendix). Linear. Confined to its caller. */
final class PatternLexer {
    private static final Set<String> KEYWORDS = Set.of(
            "AND",
            "OR",
            "NOT",
            "FOLLOWEDBY",
            "LIKE",
            "MATCHES",
            "ISSUPERSET",
            "ISSUBSET",
            "EXISTS",
            "LAST",
            "IN",
            "START",
            "STOP",
            "SECONDS",
            "WITHIN",
            "REPEATS",
            "TIMES",
            "true",
            "false");
    private static final List<String> SYMBOLS =
            List.of("==", "!=", "<>", "<=", ">=", "=", "<", ">", "[", "]", "(", ")", ".", ":", ",", "*");

    private final String text;
    private int at;

    PatternLexer(String text) {
        this.text = text;
    }

    List<Token> tokens() throws BadPattern {
        List<Token> tokens = new ArrayList<>();
        Token next;
        do {
            skip();
            next = next();
            tokens.add(next);
        } while (next.kind() != Kind.END);
        return tokens;
    }

    private void skip() throws BadPattern {
        while (at < text.length()) {
            if (isSpace(text.charAt(at))) {
                at++;
            } else if (text.startsWith("//", at)) {
                while (at < text.length() && text.charAt(at) != '\n' && text.charAt(at) != '\r') {
                    at++;
                }
            } else if (text.startsWith("/*", at)) {
                int end = text.indexOf("*/", at + 2);
                if (end < 0) {
                    throw bad(at, "the comment is not closed");
                }
                at = end + 2;
            } else {
                return;
            }
        }
    }

    private static boolean isSpace(char c) {
        return c == ' ' || c >= '\t' && c <= '\r' || c == '\u0085' || c == '\u00a0' || Character.isSpaceChar(c);
    }

    private Token next() throws BadPattern {
        if (at >= text.length()) {
            return new Token(Kind.END, "", text.length());
        }
        char c = text.charAt(at);
        if (c == '\'') {
            return string();
        }
        if (isLetter(c)) {
            return word();
        }
        if (isDigit(c) || (c == '+' || c == '-' || c == '.') && startsNumber(c)) {
            return number();
        }
        for (String symbol : SYMBOLS) {
            if (text.startsWith(symbol, at)) {
                Token token = new Token(Kind.SYMBOL, symbol, at);
                at += symbol.length();
                return token;
            }
        }
        throw bad(at, "'" + Character.toString(text.codePointAt(at)) + "' has no meaning here");
    }

    private boolean startsNumber(char sign) {
        int next = at + 1;
        if (sign != '.' && next < text.length() && text.charAt(next) == '.') {
            next++;
        }
        return next < text.length() && isDigit(text.charAt(next));
    }

    private Token number() throws BadPattern {
        int from = at;
        if (text.charAt(at) == '+' || text.charAt(at) == '-') {
            at++;
        }
        int first = at;
        digits();
        boolean fraction = at + 1 < text.length() && text.charAt(at) == '.' && isDigit(text.charAt(at + 1));
        if (fraction) {
            at++;
            digits();
        } else if (text.charAt(first) == '0' && at - first > 1) {
            throw bad(from, "an integer does not begin with 0");
        }
        if (at - from > 100) {
            throw bad(from, "a number has at most 100 digits");
        }
        return new Token(fraction ? Kind.FRACTION : Kind.INTEGER, text.substring(from, at), from);
    }

    private void digits() {
        while (at < text.length() && isDigit(text.charAt(at))) {
            at++;
        }
    }

    private Token word() throws BadPattern {
        int from = at;
        while (at < text.length()
                && (isLetter(text.charAt(at)) || isDigit(text.charAt(at)) || text.charAt(at) == '-')) {
            at++;
        }
        String word = text.substring(from, at);
        if (at < text.length() && text.charAt(at) == '\'' && word.length() == 1 && "thb".contains(word)) {
            String inside = string().text();
            Kind kind = word.equals("t") ? Kind.TIME : word.equals("h") ? Kind.HEX : Kind.BASE64;
            return new Token(kind, inside, from);
        }
        return new Token(KEYWORDS.contains(word) ? Kind.KEYWORD : Kind.WORD, word, from);
    }

    private Token string() throws BadPattern {
        int from = at++;
        StringBuilder inside = new StringBuilder();
        while (at < text.length()) {
            char c = text.charAt(at++);
            if (c == '\'') {
                return new Token(Kind.STRING, inside.toString(), from);
            }
            if (c == '\\') {
                char escaped = at < text.length() ? text.charAt(at++) : ' ';
                if (escaped != '\'' && escaped != '\\') {
                    throw bad(at - 2, "in quotes a backslash stands before ' or \\ only: write \\\\ for one");
                }
                inside.append(escaped);
            } else {
                inside.append(c);
            }
        }
        throw bad(from, "the quote is not closed");
    }

    private static boolean isLetter(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_';
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    BadPattern bad(int offset, String message) {
        int line = 1;
        int start = 0;
        for (int i = 0; i < offset; i++) {
            if (text.charAt(i) == '\n') {
                line++;
                start = i + 1;
            }
        }
        return new BadPattern(line, offset - start + 1, message);
    }
}
