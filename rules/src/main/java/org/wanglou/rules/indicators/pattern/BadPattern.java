package org.wanglou.rules.indicators.pattern;

/** A pattern that is none, with the place (both from 1) where it stops being one. */
public final class BadPattern extends Exception {
    private static final long serialVersionUID = 1L;

    private final int line;
    private final int column;

    BadPattern(int line, int column, String message) {
        super(message);
        this.line = line;
        this.column = column;
    }

    public int line() {
        return line;
    }

    public int column() {
        return column;
    }

    @Override
    public String toString() {
        return line + ":" + column + ": " + getMessage();
    }
}
