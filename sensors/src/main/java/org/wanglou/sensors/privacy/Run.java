package org.wanglou.sensors.privacy;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/**
 * A stretch of letters, digits and Han characters in a text, decoded: percent codes (RFC 3986 2.1, of UTF-8 or GB18030) and
 * JSON escapes (RFC 8259 section 7) are read as what they stand for, full-width letters and digits
 * as plain ones, and each character knows where it ends in the text.
 */
final class Run {
    /** Source characters that are looked at: longer is no name and no number. */
    private static final int MOST = 240;

    private static final Charset GB18030 = Charset.forName("GB18030");

    private final StringBuilder chars = new StringBuilder();
    private final int[] ends = new int[MOST];

    /** The run that begins at an index of a text, perhaps empty. */
    static Run at(String text, int from) {
        Run run = new Run();
        run.read(text, from);
        return run;
    }

    /** Reads the run at another place. */
    void read(String text, int from) {
        chars.setLength(0);
        int to = Math.min(text.length(), from + MOST);
        int i = from;
        while (i < to) {
            char c = text.charAt(i);
            if (Character.isLetterOrDigit(c) || c == '\u00b7' || c == '\u2022') {
                add(c, ++i);
            } else if (c == '%') {
                int next = percent(text, i, to);
                if (next == i) {
                    break;
                }
                i = next;
            } else if (c == '\\' && i + 6 <= to && text.charAt(i + 1) == 'u' && hex(text, i + 2, 4) >= 0) {
                char escaped = (char) hex(text, i + 2, 4);
                if (!Character.isLetterOrDigit(escaped) && escaped != '\u00b7') {
                    break;
                }
                i += 6;
                add(escaped, i);
            } else {
                break;
            }
        }
    }

    void clear() {
        chars.setLength(0);
    }

    private void add(char c, int end) {
        ends[chars.length()] = end;
        boolean wide =
                c >= '\uff10' && c <= '\uff19' || c >= '\uff21' && c <= '\uff3a' || c >= '\uff41' && c <= '\uff5a';
        chars.append(wide ? (char) (c - 0xfee0) : c);
    }

    /** Takes the percent codes from an index on, and says where they end; the same index when they are no letters. */
    private int percent(String text, int from, int to) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        int i = from;
        while (i + 3 <= to && text.charAt(i) == '%' && hex(text, i + 1, 2) >= 0) {
            bytes.write(hex(text, i + 1, 2));
            i += 3;
        }
        byte[] raw = bytes.toByteArray();
        Charset charset = StandardCharsets.UTF_8;
        CharBuffer decoded;
        try {
            decoded = charset.newDecoder().decode(ByteBuffer.wrap(raw));
        } catch (CharacterCodingException e) {
            charset = GB18030;
            decoded = charset.decode(ByteBuffer.wrap(raw));
        }
        int end = from;
        for (int j = 0; j < decoded.length(); j++) {
            char c = decoded.charAt(j);
            if (!Character.isLetterOrDigit(c) && c != '\u00b7') {
                break;
            }
            end += 3 * String.valueOf(c).getBytes(charset).length;
            if (end > i) {
                break;
            }
            add(c, end);
        }
        return end > i ? i : end;
    }

    private static int hex(String text, int from, int digits) {
        int value = 0;
        for (int i = from; i < from + digits; i++) {
            int digit = Character.digit(text.charAt(i), 16);
            if (digit < 0) {
                return -1;
            }
            value = value * 16 + digit;
        }
        return value;
    }

    int length() {
        return chars.length();
    }

    char at(int index) {
        return chars.charAt(index);
    }

    String plain(int from, int to) {
        return chars.substring(from, to);
    }

    /** Where in the text the first so many characters end. */
    int end(int count) {
        return ends[count - 1];
    }

    /** How many characters from an index on are ASCII letters and digits. */
    int numberAt(int index) {
        int i = index;
        while (i < chars.length() && chars.charAt(i) < 128) {
            i++;
        }
        return i - index;
    }

    /** How many characters from an index on are Han, or points between them. */
    int nameAt(int index) {
        int i = index;
        while (i < chars.length()
                && (PersonalClasses.han(chars.charAt(i)) || i > index && !Character.isLetterOrDigit(chars.charAt(i)))) {
            i++;
        }
        return i - index;
    }
}
