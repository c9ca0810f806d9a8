package org.wanglou.sensors.format.cn;

/** The signs around names and values: full-width ones as plain ones, quotes and brackets off. Pure. */
final class Signs {
    private Signs() {}

    /** Without what parts pairs behind it, and without quotes or brackets around it. */
    static String value(String text, int from, int to) {
        int start = from;
        int end = to;
        while (start < end && blank(text.charAt(start))) {
            start++;
        }
        while (end > start && (blank(text.charAt(end - 1)) || ",;|，；【".indexOf(text.charAt(end - 1)) >= 0)) {
            end--;
        }
        if (end - start > 1) {
            char open = text.charAt(start);
            char close = text.charAt(end - 1);
            if (open == close && (open == '"' || open == '\'')
                    || open == '[' && close == ']'
                    || open == '“' && close == '”') {
                start++;
                end--;
            } else if ("]})".indexOf(close) >= 0 && open(text, start, end - 1, "[{(".charAt("]})".indexOf(close)))) {
                end--;
            }
        }
        return text.substring(start, Math.max(start, end));
    }

    /** True when no such bracket stands in a part of the text. */
    private static boolean open(String text, int from, int to, char bracket) {
        int at = text.indexOf(bracket, from);
        return at < 0 || at >= to;
    }

    private static boolean blank(char c) {
        return c <= ' ' || c == '\u3000';
    }

    /** The same text with plain signs, character by character. */
    static String plain(String text) {
        char[] plain = null;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            char as =
                    switch (c) {
                        case '：' -> ':';
                        case '，' -> ',';
                        case '；' -> ';';
                        case '＝' -> '=';
                        case '｜' -> '|';
                        case '\u3000', '【' -> ' ';
                        case '】' -> i + 1 < text.length() && ":=：＝".indexOf(text.charAt(i + 1)) >= 0 ? ' ' : ':';
                        default -> c;
                    };
            if (as != c) {
                plain = plain == null ? text.toCharArray() : plain;
                plain[i] = as;
            }
        }
        return plain == null ? text : new String(plain);
    }
}
