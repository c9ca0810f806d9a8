package org.wanglou.rules.sigma.match.index;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.wanglou.rules.sigma.Fold;
import org.wanglou.rules.sigma.Glob;
import org.wanglou.rules.sigma.ValueTest;
import org.wanglou.rules.sigma.match.view.Utf8;
import org.wanglou.rules.sigma.regex.Literals;

/**
 * What must stand in a value for a test to hold. Immutable.
 *
 * @param kind where it must stand
 * @param text folded UTF-8
 * @param number of {@link Kind#NUMBER}
 * @param exact whether the test holds wherever this does, so that nothing else need be looked at
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Need(Kind kind, byte[] text, double number, boolean exact) {
    /** Where. */
    public enum Kind {
        WHOLE,
        START,
        END,
        PART,
        NUMBER
    }

    /** Whether an ordinary event mostly has not got it. */
    public boolean rare() {
        return Commonplace.chance(this) < 0.1;
    }

    /** Any of these; empty when the test needs no text: then it is tried wherever the field is there. */
    public static List<Need> of(ValueTest test) {
        if (test instanceof ValueTest.Number number) {
            return List.of(new Need(Kind.NUMBER, new byte[0], number.value() + 0.0, true));
        }
        if (test instanceof ValueTest.Text text) {
            return of(text.glob(), text.cased());
        }
        if (test instanceof ValueTest.Regex regex) {
            Optional<List<String>> literals = Literals.of(regex.pattern());
            return literals.orElse(List.of()).stream()
                    .map(one -> new Need(Kind.PART, Utf8.of(Fold.fold(one)), 0, false))
                    .toList();
        }
        return List.of();
    }

    private static List<Need> of(Glob glob, boolean cased) {
        if (glob.plain()) {
            return List.of(new Need(Kind.WHOLE, folded(glob.text()), 0, !cased));
        }
        List<Need> pieces = new ArrayList<>();
        int from = 0;
        String kinds = glob.kinds();
        for (int i = 0; i <= kinds.length(); i++) {
            if (i < kinds.length() && kinds.charAt(i) == 'L') {
                continue;
            }
            if (i > from) {
                boolean first = from == 0;
                boolean last = i == kinds.length();
                boolean only = first
                        ? kinds.length() == i + 1 && kinds.charAt(i) == '*'
                        : kinds.charAt(0) == '*'
                                && from == 1
                                && (last || i == kinds.length() - 1 && kinds.charAt(i) == '*');
                Kind kind = first ? Kind.START : last ? Kind.END : Kind.PART;
                pieces.add(new Need(kind, folded(glob.text().substring(from, i)), 0, only && !cased));
            }
            from = i + 1;
        }
        return pieces.stream()
                .min((a, b) -> Double.compare(Commonplace.chance(a), Commonplace.chance(b)))
                .map(List::of)
                .orElse(List.of());
    }

    private static byte[] folded(String text) {
        return Utf8.of(Fold.fold(text));
    }
}
