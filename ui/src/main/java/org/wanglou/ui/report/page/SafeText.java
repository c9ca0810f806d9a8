package org.wanglou.ui.report.page;

/** Text that can be printed without changing what stands beside it. Pure. */
final class SafeText {
    private static final char SHOWN = '\u25A1';

    private SafeText() {}

    /**
     * Controls, marks that turn the direction of writing, invisible and unassigned characters become □; white space becomes
     * one space; what is longer than {@code most} characters ends in an ellipsis.
     */
    static String of(String text, int most) {
        StringBuilder safe = new StringBuilder();
        int count = 0;
        for (int i = 0; i < text.length() && count <= most; count++) {
            int c = text.codePointAt(i);
            i += Character.charCount(c);
            if (count == most) {
                return safe.append('…').toString();
            }
            if (Character.isWhitespace(c) || Character.isSpaceChar(c)) {
                safe.append(' ');
            } else if (printable(c)) {
                safe.appendCodePoint(c);
            } else {
                safe.append(SHOWN);
            }
        }
        return safe.toString();
    }

    private static boolean printable(int c) {
        int type = Character.getType(c);
        byte direction = Character.getDirectionality(c);
        return Character.isDefined(c)
                && type != Character.CONTROL
                && type != Character.FORMAT
                && type != Character.SURROGATE
                && type != Character.PRIVATE_USE
                && type != Character.NON_SPACING_MARK
                && type != Character.ENCLOSING_MARK
                && direction != Character.DIRECTIONALITY_RIGHT_TO_LEFT
                && direction != Character.DIRECTIONALITY_RIGHT_TO_LEFT_ARABIC;
    }
}
