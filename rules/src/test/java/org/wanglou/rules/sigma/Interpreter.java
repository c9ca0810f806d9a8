package org.wanglou.rules.sigma;

import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.WeekFields;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.wanglou.model.Addresses;
import org.wanglou.model.Ecs;
import org.wanglou.model.Event;
import org.wanglou.rules.sigma.derive.Derived;

/** Sigma's meaning written as plainly as possible, sharing nothing with the compiled matcher. Stateless. */
public final class Interpreter {
    private Interpreter() {}

    /** Whether a rule matches an event: its log source means it and its condition holds. */
    public static boolean matches(SigmaRule rule, Event event) {
        return holds(rule.scope(), event) && holds(rule.condition(), event);
    }

    /** A derived field is what it is made of, whatever the event says under its name. */
    private static @Nullable Object value(Event event, String field) {
        Derived derived = Derived.named(field).orElse(null);
        if (derived == null) {
            return event.get(field);
        }
        return event.get(derived.source()) instanceof String source ? derived.of(source) : null;
    }

    public static boolean holds(Condition condition, Event event) {
        if (condition instanceof Condition.All all) {
            return all.parts().stream().allMatch(part -> holds(part, event));
        }
        if (condition instanceof Condition.Any any) {
            return any.parts().stream().anyMatch(part -> holds(part, event));
        }
        if (condition instanceof Condition.Not not) {
            return !holds(not.part(), event);
        }
        if (condition instanceof Condition.Keyword keyword) {
            List<Object> values = new ArrayList<>();
            for (int slot = 0; slot < Ecs.slots(); slot++) {
                values.addAll(values(event.get(Ecs.at(slot))));
            }
            event.extra().values().forEach(value -> values.addAll(values(value)));
            return values.stream().anyMatch(value -> holds(keyword.test(), value));
        }
        Condition.Item item = (Condition.Item) condition;
        Object value = value(event, item.field());
        if (item.test() instanceof ValueTest.Exists exists) {
            return exists.wanted() == (value != null);
        }
        if (item.test() instanceof ValueTest.Null) {
            return value == null || value == Event.NULL;
        }
        Predicate<Object> test = one -> holds(item.test(), one);
        if (item.test() instanceof ValueTest.FieldRef ref) {
            List<Object> others = values(value(event, ref.field()));
            test = one -> others.stream().anyMatch(other -> refers(ref, text(one), text(other)));
        }
        return values(value).stream().anyMatch(test);
    }

    private static List<Object> values(@Nullable Object value) {
        if (value == null || value == Event.NULL) {
            return List.of();
        }
        return value instanceof List<?> list ? List.copyOf(list) : List.of(value);
    }

    private static String text(Object value) {
        boolean whole = value instanceof Double number && number % 1 == 0 && number > -1e15 && number < 1e15;
        return whole ? String.valueOf(((Double) value).longValue()) : String.valueOf(value);
    }

    private static boolean refers(ValueTest.FieldRef ref, String one, String other) {
        int room = one.length() - other.length();
        return switch (ref.how()) {
            case WHOLE -> room == 0 && at(one, other, 0, ref.cased());
            case STARTSWITH -> room >= 0 && at(one, other, 0, ref.cased());
            case ENDSWITH -> room >= 0 && at(one, other, room, ref.cased());
            case CONTAINS -> {
                boolean found = false;
                for (int from = 0; from <= room; from++) {
                    found |= at(one, other, from, ref.cased());
                }
                yield found;
            }
        };
    }

    private static boolean at(String one, String other, int from, boolean cased) {
        return one.regionMatches(!cased, from, other, 0, other.length());
    }

    /** The expression with words, white space and the end as RE2 has them: ASCII words, no vertical tab, the very end. */
    private static String ascii(ValueTest.Regex regex) {
        StringBuilder java = new StringBuilder();
        String pattern = regex.pattern();
        boolean set = false;
        for (int i = 0; i < pattern.length(); i++) {
            char c = pattern.charAt(i);
            if (c == '\\' && i + 1 < pattern.length()) {
                char next = pattern.charAt(++i);
                if (next == 'b' && !set) {
                    java.append("(?:(?<=[0-9A-Za-z_])(?![0-9A-Za-z_])|(?<![0-9A-Za-z_])(?=[0-9A-Za-z_]))");
                } else if (next == 's') {
                    java.append(set ? "\\t\\n\\f\\r " : "[\\t\\n\\f\\r ]");
                } else {
                    java.append(c).append(next);
                }
                continue;
            }
            if (c == '[' && !set) {
                set = true;
            } else if (c == ']' && set) {
                set = false;
            }
            java.append(c == '$' && !set && !regex.multiline() ? "\\z" : String.valueOf(c));
        }
        return java.toString();
    }

    private static boolean holds(ValueTest test, Object value) {
        String text = text(value);
        if (test instanceof ValueTest.Text wanted) {
            return glob(wanted, text);
        }
        if (test instanceof ValueTest.Regex regex) {
            int flags = Pattern.UNIX_LINES
                    | (regex.ignoreCase() ? Pattern.CASE_INSENSITIVE : 0)
                    | (regex.multiline() ? Pattern.MULTILINE : 0)
                    | (regex.dotAll() ? Pattern.DOTALL : 0);
            return Pattern.compile(ascii(regex), flags).matcher(text).find();
        }
        if (test instanceof ValueTest.Number wanted) {
            return number(text) == wanted.value();
        }
        if (test instanceof ValueTest.Compare compare) {
            double number = number(text);
            return switch (compare.op()) {
                case GT -> number > compare.bound();
                case GTE -> number >= compare.bound();
                case LT -> number < compare.bound();
                case LTE -> number <= compare.bound();
                case EQ -> number == compare.bound();
                case NEQ -> !Double.isNaN(number) && number != compare.bound();
            };
        }
        if (test instanceof ValueTest.Cidr cidr) {
            byte[] address = Addresses.parse(text).orElse(new byte[0]);
            int rest = cidr.network().length * 8 - cidr.bits();
            return address.length == cidr.network().length
                    && new BigInteger(1, address)
                            .shiftRight(rest)
                            .equals(new BigInteger(1, cidr.network()).shiftRight(rest));
        }
        return test instanceof ValueTest.TimePart part && part(part, text);
    }

    /** A table over prefixes of pattern and value, by characters as Unicode counts them. */
    private static boolean glob(ValueTest.Text wanted, String text) {
        Glob glob = wanted.glob();
        int[] value = text.codePoints().toArray();
        boolean[] row = new boolean[value.length + 1];
        row[0] = true;
        for (int p = 0;
                p < glob.text().length();
                p += Character.charCount(glob.text().codePointAt(p))) {
            boolean[] next = new boolean[row.length];
            char kind = glob.kinds().charAt(p);
            next[0] = kind == '*' && row[0];
            for (int v = 1; v < row.length; v++) {
                next[v] = kind == '*'
                        ? row[v] || next[v - 1]
                        : row[v - 1] && (kind == '?' || same(glob.text().codePointAt(p), value[v - 1], wanted.cased()));
            }
            row = next;
        }
        return row[value.length];
    }

    private static boolean same(int a, int b, boolean cased) {
        return cased ? a == b : Character.toString(a).equalsIgnoreCase(Character.toString(b));
    }

    private static double number(String text) {
        boolean number = text.length() <= 40 && text.matches("[+-]?([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][+-]?[0-9]+)?");
        return number ? Double.parseDouble(text) : Double.NaN;
    }

    private static boolean part(ValueTest.TimePart wanted, String text) {
        ZonedDateTime time;
        try {
            time = time(text, wanted.zone());
        } catch (DateTimeException e) {
            return false;
        }
        long part =
                switch (wanted.unit()) {
                    case MINUTE -> time.getMinute();
                    case HOUR -> time.getHour();
                    case DAY -> time.getDayOfMonth();
                    case WEEK -> time.get(WeekFields.ISO.weekOfWeekBasedYear());
                    case MONTH -> time.getMonthValue();
                    case YEAR -> time.getYear();
                };
        return wanted.op().holds(part, wanted.value());
    }

    private static ZonedDateTime time(String text, ZoneId zone) {
        if (text.matches("-?[0-9]+")) {
            long number = Long.parseLong(text);
            Instant instant =
                    Math.abs(number) < 100_000_000_000L ? Instant.ofEpochSecond(number) : Instant.ofEpochMilli(number);
            return instant.atZone(zone);
        }
        String iso = text.replace(' ', 'T');
        return iso.matches(".*(Z|[+-][0-9][0-9]:[0-9][0-9])")
                ? OffsetDateTime.parse(iso).atZoneSameInstant(zone)
                : LocalDateTime.parse(iso).atZone(zone);
    }
}
