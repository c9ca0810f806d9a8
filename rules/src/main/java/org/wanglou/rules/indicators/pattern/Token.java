package org.wanglou.rules.indicators.pattern;

/**
 * A piece of a pattern. Immutable.
 *
 * @param text for {@link Kind#STRING} without quotes and escapes, else as written
 * @param offset of its first character
 */
record Token(Kind kind, String text, int offset) {
    enum Kind {
        WORD,
        KEYWORD,
        STRING,
        TIME,
        HEX,
        BASE64,
        INTEGER,
        FRACTION,
        SYMBOL,
        END
    }

    boolean is(String symbolOrKeyword) {
        return (kind == Kind.SYMBOL || kind == Kind.KEYWORD) && text.equals(symbolOrKeyword);
    }

    String shown() {
        return kind == Kind.END ? "the end" : "'" + text + "'";
    }
}
