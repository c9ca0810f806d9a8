package org.wanglou.rules.sigma.match;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.wanglou.model.Event;

/** Field values as texts and numbers, the way every test of a condition sees them. */
public final class Values {
    private static final String[] NONE = {};

    private Values() {}

    /** The texts of a value: one, one per element of a list, or none when missing or null. */
    public static String[] texts(@Nullable Object value) {
        if (value == null || value == Event.NULL) {
            return NONE;
        }
        if (value instanceof List<?> list) {
            String[] texts = new String[list.size()];
            for (int i = 0; i < texts.length; i++) {
                texts[i] = text(list.get(i));
            }
            return texts;
        }
        return new String[] {text(value)};
    }

    /** One value as text: a number without needless decimals. */
    public static String text(Object value) {
        if (value instanceof Double number && number == Math.rint(number) && Math.abs(number) < 1e15) {
            return String.valueOf(number.longValue());
        }
        return String.valueOf(value);
    }

    /** The number a text spells, NaN when it spells none. */
    public static double number(String text) {
        if (text.isEmpty() || text.length() > 40) {
            return Double.NaN;
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if ((c < '0' || c > '9') && c != '.' && c != '-' && c != '+' && c != 'e' && c != 'E') {
                return Double.NaN;
            }
        }
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException e) {
            return Double.NaN;
        }
    }

    public static boolean missing(@Nullable Object value) {
        return value == null || value == Event.NULL;
    }
}
