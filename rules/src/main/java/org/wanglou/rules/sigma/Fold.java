package org.wanglou.rules.sigma;

/**
 * Case folding of one character at a time: upper then lower case, as {@link String#equalsIgnoreCase} does, for every script
 * and beyond the basic plane. It keeps the number of characters, but not that of their UTF-8 bytes ({@code K}, the sign for
 * kelvin, folds to {@code k}).
 */
public final class Fold {
    private Fold() {}

    public static String fold(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isSurrogate(c)) {
                return supplementary(text);
            }
            if (fold(c) != c) {
                for (int j = i; j < text.length(); j++) {
                    if (Character.isSurrogate(text.charAt(j))) {
                        return supplementary(text);
                    }
                }
                char[] folded = text.toCharArray();
                for (int j = i; j < folded.length; j++) {
                    folded[j] = (char) fold((int) folded[j]);
                }
                return new String(folded);
            }
        }
        return text;
    }

    private static String supplementary(String text) {
        StringBuilder folded = new StringBuilder(text.length());
        text.codePoints().forEach(c -> folded.appendCodePoint(fold(c)));
        return folded.toString();
    }

    /** One character; never from the basic plane out of it or back. */
    public static int fold(int c) {
        if (c < 128) {
            return c >= 'A' && c <= 'Z' ? c + 32 : c;
        }
        return Character.toLowerCase(Character.toUpperCase(c));
    }
}
