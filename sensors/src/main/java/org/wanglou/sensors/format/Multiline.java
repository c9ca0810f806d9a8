package org.wanglou.sensors.format;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.Arrays;
import org.wanglou.sensors.frame.Text;

/**
 * A rule of the operator for lines that belong together, as Filebeat knows it. The pattern is searched in the first 4 KiB of
 * a line, in linear time (RE2). Immutable.
 *
 * @param pattern RE2 syntax: no look-around, no back references
 * @param negate whether lines that do not match are meant
 * @param match where the lines meant belong: to the line after which they stand, or before which
 * @param maxLines lines of one event
 * @param timeoutMillis how long nothing may follow before an event is closed
 */
public record Multiline(Pattern pattern, boolean negate, Match match, int maxLines, long timeoutMillis) {
    /** Lines of one event unless configured otherwise, as in Filebeat. */
    public static final int MAX_LINES = 500;

    private static final int LONGEST_PATTERN = 1_024;
    private static final int SEARCHED = 4_096;

    /** Where the lines meant belong. */
    public enum Match {
        AFTER,
        BEFORE
    }

    public Multiline {
        if (maxLines < 2 || maxLines > Assembler.MAX_LINES) {
            throw new IllegalArgumentException("maxLines is 2 to " + Assembler.MAX_LINES + ", is " + maxLines);
        }
        if (timeoutMillis < 100 || timeoutMillis > 60_000) {
            throw new IllegalArgumentException("timeout is 0.1 to 60 seconds, is " + timeoutMillis / 1_000.0);
        }
    }

    /** @throws IllegalArgumentException saying why a pattern cannot be used */
    public static Pattern pattern(String text) {
        if (text.isEmpty() || text.length() > LONGEST_PATTERN) {
            throw new IllegalArgumentException("a pattern has 1 to " + LONGEST_PATTERN + " characters");
        }
        try {
            return Pattern.compile(text);
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException(
                    "the pattern is none of RE2 (which has no look-around and no back references): "
                            + e.getDescription(),
                    e);
        }
    }

    /** A new assembler by this rule. */
    public Assembler assembler() {
        return match == Match.AFTER
                ? new GroupLines(line -> !meant(line), line -> false, maxLines)
                : new GroupLines(line -> false, line -> !meant(line), maxLines);
    }

    private boolean meant(byte[] line) {
        byte[] head = line.length > SEARCHED ? Arrays.copyOf(line, SEARCHED) : line;
        return pattern.matcher(Text.of(head)).find() != negate;
    }
}
