package org.wanglou.crypto.envelope;

import java.math.BigInteger;
import java.util.HashSet;
import java.util.Set;

/**
 * A walk over a JSON text that refuses what two readers could understand differently. Confined to its caller's thread.
 */
final class StrictJson {
    static final int MAX_DEPTH = 128;

    private static final BigInteger MAX_INTEGER = BigInteger.TWO.pow(53);
    /** More digits than 2^53 has; spares a BigInteger of a hostile length. */
    private static final int MAX_INTEGER_DIGITS = 16;

    /** From here on the canonical form has an exponent and is no integer to any reader. */
    private static final double EXPONENT_FROM = 1e21;

    private final String text;
    private int at;

    private StrictJson(String text) {
        this.text = text;
    }

    /** @throws IllegalArgumentException naming the position of the first fault */
    static void check(String text) {
        StrictJson walk = new StrictJson(text);
        walk.space();
        if (walk.at >= text.length() || (text.charAt(walk.at) != '{' && text.charAt(walk.at) != '[')) {
            throw walk.fault("an object or array is expected");
        }
        walk.value(0);
        walk.space();
        if (walk.at < text.length()) {
            throw walk.fault("text after the end of the value");
        }
    }

    private void value(int depth) {
        if (depth > MAX_DEPTH) {
            throw fault("nested deeper than " + MAX_DEPTH);
        }
        char c = peek();
        switch (c) {
            case '{' -> object(depth);
            case '[' -> array(depth);
            case '"' -> string();
            case 't' -> literal("true");
            case 'f' -> literal("false");
            case 'n' -> literal("null");
            default -> number();
        }
    }

    private void object(int depth) {
        at++;
        space();
        if (take('}')) {
            return;
        }
        Set<String> keys = new HashSet<>();
        do {
            space();
            int start = at;
            String key = string();
            if (!keys.add(key)) {
                at = start;
                throw fault("duplicate key");
            }
            space();
            expect(':');
            space();
            value(depth + 1);
            space();
        } while (take(','));
        expect('}');
    }

    private void array(int depth) {
        at++;
        space();
        if (take(']')) {
            return;
        }
        do {
            space();
            value(depth + 1);
            space();
        } while (take(','));
        expect(']');
    }

    private String string() {
        expect('"');
        StringBuilder value = new StringBuilder();
        while (true) {
            char c = next();
            if (c == '"') {
                requirePairedSurrogates(value);
                return value.toString();
            }
            if (c < 0x20) {
                at--;
                throw fault("control character in a string");
            }
            value.append(c == '\\' ? escape() : c);
        }
    }

    private char escape() {
        char c = next();
        return switch (c) {
            case '"', '\\', '/' -> c;
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> hex4();
            default -> {
                at--;
                throw fault("unknown escape");
            }
        };
    }

    private char hex4() {
        int value = 0;
        for (int i = 0; i < 4; i++) {
            char c = next();
            int digit = c < 0x80 ? Character.digit(c, 16) : -1;
            if (digit < 0) {
                at--;
                throw fault("four hex digits are expected");
            }
            value = value << 4 | digit;
        }
        return (char) value;
    }

    private void requirePairedSurrogates(StringBuilder value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (Character.isHighSurrogate(c)
                    && i + 1 < value.length()
                    && Character.isLowSurrogate(value.charAt(i + 1))) {
                i++;
            } else if (Character.isSurrogate(c)) {
                throw fault("lone surrogate in the string that ends here");
            }
        }
    }

    private void number() {
        int start = at;
        take('-');
        int digits = at;
        if (!take('0')) {
            digits();
        }
        boolean integer = true;
        int integerEnd = at;
        if (take('.')) {
            integer = false;
            digits();
        }
        if (at < text.length() && (text.charAt(at) == 'e' || text.charAt(at) == 'E')) {
            integer = false;
            at++;
            if (!take('+')) {
                take('-');
            }
            digits();
        }
        if (integer && beyondDouble(text.substring(digits, integerEnd))) {
            at = start;
            throw fault("integer beyond 2^53; write it as a string");
        }
        if (!integer) {
            requireOneReading(start);
        }
    }

    /** The canonical form of such a number must not be an integer beyond 2^53 either, nor may it overflow. */
    private void requireOneReading(int start) {
        double value = Math.abs(Double.parseDouble(text.substring(start, at)));
        if (Double.isInfinite(value) || (value > 0x1p53 && value < EXPONENT_FROM)) {
            at = start;
            throw fault(Double.isInfinite(value) ? "number out of range" : "number beyond 2^53; write it as a string");
        }
    }

    private static boolean beyondDouble(String digits) {
        return digits.length() > MAX_INTEGER_DIGITS || new BigInteger(digits).compareTo(MAX_INTEGER) > 0;
    }

    private void digits() {
        int start = at;
        while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
            at++;
        }
        if (at == start) {
            throw fault("a value is expected");
        }
    }

    private void literal(String word) {
        if (!text.startsWith(word, at)) {
            throw fault("a value is expected");
        }
        at += word.length();
    }

    private void space() {
        while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
    }

    private char peek() {
        if (at >= text.length()) {
            throw fault("the text ends too early");
        }
        return text.charAt(at);
    }

    private char next() {
        char c = peek();
        at++;
        return c;
    }

    private boolean take(char c) {
        if (at < text.length() && text.charAt(at) == c) {
            at++;
            return true;
        }
        return false;
    }

    private void expect(char c) {
        if (!take(c)) {
            throw fault("'" + c + "' is expected");
        }
    }

    private IllegalArgumentException fault(String what) {
        return new IllegalArgumentException("JSON refused at character " + (at + 1) + ": " + what);
    }
}
