package org.wanglou.store.events.query;

/**
 * One token of a query.
 *
 * @param text without quotes and escapes; of a pattern with {@code *} and {@code ?} kept
 * @param at 0-based character position of its beginning
 */
record Token(Kind kind, String text, int at) {
    enum Kind {
        /** A bare word. */
        WORD,
        /** A bare word with an unescaped {@code *} or {@code ?}. */
        PATTERN,
        /** A quoted text. */
        QUOTED,
        /** A name directly followed by a colon or comparison sign, which is its own token. */
        NAME,
        COLON,
        LESS,
        LESS_EQUAL,
        GREATER,
        GREATER_EQUAL,
        OPEN,
        CLOSE,
        AND,
        OR,
        NOT,
        END
    }

    boolean is(Kind other) {
        return kind == other;
    }

    boolean value() {
        return kind == Kind.WORD || kind == Kind.PATTERN || kind == Kind.QUOTED;
    }
}
