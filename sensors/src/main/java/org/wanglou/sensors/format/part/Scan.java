package org.wanglou.sensors.format.part;

/** A place in a line that moves forward. Confined to its caller. */
public final class Scan {
    private final String text;
    private int at;

    public Scan(String text, int at) {
        this.text = text;
        this.at = at;
    }

    public static boolean digit(char c) {
        return c >= '0' && c <= '9';
    }

    public String text() {
        return text;
    }

    public int at() {
        return at;
    }

    public void to(int place) {
        at = place;
    }

    public void skip(int count) {
        at = Math.min(at + count, text.length());
    }

    public boolean atEnd() {
        return at >= text.length();
    }

    /** The character here, NUL at the end. */
    public char peek() {
        return peek(0);
    }

    public char peek(int ahead) {
        return at + ahead < text.length() ? text.charAt(at + ahead) : '\0';
    }

    public boolean startsWith(String what) {
        return text.startsWith(what, at);
    }

    public boolean take(char c) {
        if (peek() != c) {
            return false;
        }
        at++;
        return true;
    }

    public void blanks() {
        while (at < text.length() && text.charAt(at) <= ' ') {
            at++;
        }
    }

    /** Passes at least one blank. */
    public boolean blank() {
        int from = at;
        blanks();
        return at > from;
    }

    /** Passes digits and tells how many. */
    public int digits() {
        int from = at;
        while (at < text.length() && digit(text.charAt(at))) {
            at++;
        }
        return at - from;
    }

    /** The number of at most {@code max} digits here, -1 when there is none. */
    public int number(int max) {
        int value = 0;
        int from = at;
        while (at < text.length() && at - from < max && digit(text.charAt(at))) {
            value = value * 10 + (text.charAt(at) - '0');
            at++;
        }
        return at == from ? -1 : value;
    }

    public int tokenEnd() {
        int end = at;
        while (end < text.length() && text.charAt(end) > ' ') {
            end++;
        }
        return end;
    }
}
