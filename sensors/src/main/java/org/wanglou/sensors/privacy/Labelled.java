package org.wanglou.sensors.privacy;

import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.wanglou.sensors.privacy.PersonalClasses.Label;
import org.wanglou.sensors.privacy.PersonalClasses.Shape;

/**
 * Finds personal data behind the words that name it: {@code 学号=2023010101}, {@code "xm":"张三"}, {@code <xh>…</xh>},
 * {@code ?xm=%E5%BC%A0%E4%B8%89}. Only the data itself is replaced, so that whatever an attacker writes behind it stays to be
 * seen. Pure but for the counter of names found.
 */
final class Labelled {
    private static final int WORD = 24;
    private static final int NAME = 15;
    /** A word, what stands between, a name of two characters. */
    private static final int SHORTEST = 5;
    /** Up to here one pass costs less than asking four times whether it is needed. */
    private static final int SHORT = 24;

    private final PersonalClasses classes;

    Labelled(PersonalClasses classes) {
        this.classes = classes;
    }

    /** @param token what stands for an identifier */
    String mask(String text, Set<String> found, UnaryOperator<String> token) {
        if (text.length() < SHORTEST
                || text.length() > SHORT
                        && text.indexOf('=') < 0
                        && text.indexOf(':') < 0
                        && text.indexOf('：') < 0
                        && text.indexOf('>') < 0
                        && text.indexOf('号') < 0
                        && text.indexOf('码') < 0
                        && text.indexOf('话') < 0) {
            return text;
        }
        StringBuilder out = null;
        int copied = 0;
        for (int i = 1; i < text.length() - 1; i++) {
            char c = text.charAt(i);
            // "学号 2023010101", "手机号为138…": a Chinese word for a number needs no sign behind it
            boolean bare = c == '号' || c == '码' || c == '话';
            if (!bare && (c > '>' && c != '：' || c < ':' || c == '<' || c == ';')) {
                continue;
            }
            Optional<Label> label = before(text, bare ? i + 1 : i);
            if (label.isEmpty() || bare && label.get().shape() == Shape.NAME) {
                continue;
            }
            boolean is = bare && i + 2 < text.length() && (text.charAt(i + 1) == '为' || text.charAt(i + 1) == '是');
            int from = value(text, is ? i + 2 : i + 1);
            Run run = Run.at(text, from);
            int length = fits(run, label.get().shape());
            if (length > 0 && from >= copied) {
                found.add(label.get().personal());
                out = out == null ? new StringBuilder(text.length() + 32) : out;
                out.append(text, copied, from)
                        .append(token.apply(run.plain(0, length)))
                        .append(hint(run, label.get().shape()));
                copied = run.end(length);
                i = copied - 1;
            }
        }
        return out == null ? text : out.append(text, copied, text.length()).toString();
    }

    /** The class that a field's name tells. */
    Optional<Label> of(String name) {
        return classes.of(name);
    }

    /** The value of a field whose name told its class. */
    static String field(Label label, String value, Set<String> found, UnaryOperator<String> token) {
        int from = value(value, 0);
        Run run = Run.at(value, from);
        int length = fits(run, label.shape());
        if (length == 0) {
            return value;
        }
        found.add(label.personal());
        return value.substring(0, from)
                + token.apply(run.plain(0, length))
                + hint(run, label.shape())
                + value.substring(run.end(length));
    }

    private static String hint(Run run, Shape shape) {
        return shape == Shape.NAME ? run.at(0) + "**" : "***";
    }

    /** The word that ends before an index, quotation marks and blanks between them passed over. */
    private Optional<Label> before(String text, int index) {
        int to = index;
        int passed = 0;
        while (to > 0 && passed < 4 && closes(text.charAt(to - 1))) {
            to--;
            passed++;
        }
        if (to < 2 || !classes.mayEnd(text.charAt(to - 2), text.charAt(to - 1))) {
            return Optional.empty();
        }
        int from = to;
        while (from > 0 && to - from < WORD && word(text.charAt(from - 1))) {
            from--;
        }
        return to - from < 2 || !classes.mayEnd(text.charAt(to - 1), to - from)
                ? Optional.empty()
                : classes.of(text.substring(from, to));
    }

    private static boolean closes(char c) {
        return c <= '\\'
                ? c == '"' || c == '\'' || c == '\\' || c == ' ' || c == '\t'
                : c > 128 && (c == '”' || c == '」' || c == '】');
    }

    private static boolean word(char c) {
        return c < 128
                ? c >= 'a' && c <= 'z'
                        || c >= 'A' && c <= 'Z'
                        || c >= '0' && c <= '9'
                        || c == '_'
                        || c == '-'
                        || c == '.'
                : PersonalClasses.han(c);
    }

    /** Where a value begins: what opens it is passed over. */
    private static int value(String text, int from) {
        int i = from;
        while (i < text.length() && i < from + 4 && "\"'\\ \t“「【[(".indexOf(text.charAt(i)) >= 0) {
            if (text.charAt(i) == '\\' && i + 1 < text.length() && text.charAt(i + 1) == 'u') {
                break;
            }
            i++;
        }
        return i;
    }

    /** How many of a run's first characters are the data; 0 when they are none. */
    private static int fits(Run run, Shape shape) {
        if (shape == Shape.NAME) {
            int length = Math.min(NAME, run.nameAt(0));
            return length >= 2 ? length : 0;
        }
        int length = run.numberAt(0);
        int digits = 0;
        for (int i = 0; i < length; i++) {
            digits += run.at(i) >= '0' && run.at(i) <= '9' ? 1 : 0;
        }
        boolean fits = shape == Shape.CARD
                ? length >= 12 && length <= 19 && digits == length && luhn(run.plain(0, length))
                : length >= 6 && length <= 20 && digits >= 6;
        return fits ? length : 0;
    }

    /** ISO/IEC 7812-1 annex B. */
    private static boolean luhn(String digits) {
        int sum = 0;
        for (int i = 0; i < digits.length(); i++) {
            int digit = digits.charAt(digits.length() - 1 - i) - '0';
            int value = i % 2 == 0 ? digit : digit * 2;
            sum += value > 9 ? value - 9 : value;
        }
        return sum % 10 == 0;
    }
}
