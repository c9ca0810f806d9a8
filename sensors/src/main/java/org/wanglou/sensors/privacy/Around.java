package org.wanglou.sensors.privacy;

/**
 * The text around a run of digits, by which those of a hash, a UUID or an address in memory are told from a person's number.
 * Immutable.
 *
 * @param text the whole text
 * @param from where the run begins
 * @param to where it ends
 */
record Around(String text, int from, int to) {
    /** Characters that a hexadecimal word must have to be a hash: half of MD5's. */
    private static final int HASH = 16;
    /** More is no hash of any kind. */
    private static final int LONGEST = 128;

    /**
     * Whether a part of the run is inside a hexadecimal word with letters, hyphens as in a UUID among them, or behind
     * {@code 0x}.
     *
     * @param run the run's text as it now is
     */
    boolean hash(String run, int start, int end) {
        int digits = 0;
        int letters = 0;
        int at = start - 1;
        for (; at >= -from && start - at < LONGEST; at--) {
            char c = at(run, at);
            if (hex(c)) {
                letters += c > '9' ? 1 : 0;
                digits++;
            } else if (c != '-' || !hex(at(run, at - 1))) {
                break;
            }
        }
        if (word(at(run, at))) {
            return at(run, at) == 'x' && at(run, at - 1) == '0';
        }
        int behind = end;
        for (; behind - end < LONGEST; behind++) {
            char c = at(run, behind);
            if (hex(c)) {
                letters += c > '9' ? 1 : 0;
                digits++;
            } else if (c != '-' || !hex(at(run, behind + 1))) {
                break;
            }
        }
        return letters > 0 && digits + end - start >= HASH && !word(at(run, behind));
    }

    /** Whether an ASCII letter or digit stands at an index of the run. */
    boolean beside(String run, int index) {
        char c = at(run, index);
        return word(c) || c >= '0' && c <= '9';
    }

    /** The character of the run, or of the text before or behind it; NUL where there is none. */
    private char at(String run, int index) {
        if (index >= 0 && index < run.length()) {
            return run.charAt(index);
        }
        int place = index < 0 ? from + index : to + index - run.length();
        return place >= 0 && place < text.length() ? text.charAt(place) : '\0';
    }

    private static boolean hex(char c) {
        return c >= '0' && c <= '9' || c >= 'a' && c <= 'f' || c >= 'A' && c <= 'F';
    }

    private static boolean word(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
    }
}
