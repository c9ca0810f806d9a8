package org.wanglou.rules.sigma.match;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.wanglou.model.Addresses;
import org.wanglou.rules.sigma.Condition;
import org.wanglou.rules.sigma.Fold;
import org.wanglou.rules.sigma.Glob;
import org.wanglou.rules.sigma.ValueTest;
import org.wanglou.rules.sigma.regex.SearchPattern;

/** Turns conditions into predicates over fields by index. */
final class Predicates {
    /** Decides one condition for one event. Immutable, thread-safe. */
    interface Decides {
        boolean on(EventView event);
    }

    private final Map<String, Integer> fields;

    Predicates(Map<String, Integer> fields) {
        this.fields = fields;
    }

    Decides of(Condition condition) {
        if (condition instanceof Condition.All all) {
            Decides[] parts = parts(all.parts());
            return event -> {
                for (Decides part : parts) {
                    if (!part.on(event)) {
                        return false;
                    }
                }
                return true;
            };
        }
        if (condition instanceof Condition.Any any) {
            Decides[] parts = parts(any.parts());
            return event -> {
                for (Decides part : parts) {
                    if (part.on(event)) {
                        return true;
                    }
                }
                return false;
            };
        }
        if (condition instanceof Condition.Not not) {
            Decides part = of(not.part());
            return event -> !part.on(event);
        }
        if (condition instanceof Condition.Keyword keyword) {
            ValueTest test = keyword.test();
            if (test instanceof ValueTest.Regex regex) {
                SearchPattern pattern = compiled(regex);
                return event -> event.anyText(pattern::occursIn);
            }
            return event -> event.anyText(text -> holds(test, text));
        }
        return item((Condition.Item) condition);
    }

    private Decides[] parts(List<Condition> conditions) {
        List<Decides> parts = new ArrayList<>();
        conditions.forEach(condition -> parts.add(of(condition)));
        return parts.toArray(Decides[]::new);
    }

    private Decides item(Condition.Item item) {
        int field = fields.getOrDefault(item.field(), 0);
        ValueTest test = item.test();
        if (test instanceof ValueTest.Exists exists) {
            return event -> (event.value(field) != null) == exists.wanted();
        }
        if (test instanceof ValueTest.Null) {
            return event -> Values.missing(event.value(field));
        }
        if (test instanceof ValueTest.FieldRef ref) {
            int other = fields.getOrDefault(ref.field(), 0);
            return event -> refers(ref, event, field, other);
        }
        if (test instanceof ValueTest.Regex regex) {
            SearchPattern pattern = compiled(regex);
            return event -> {
                for (String value : event.texts(field)) {
                    if (pattern.occursIn(value)) {
                        return true;
                    }
                }
                return false;
            };
        }
        if (test instanceof ValueTest.TimePart part) {
            return event -> {
                for (String value : event.texts(field)) {
                    if (part.holds(value)) {
                        return true;
                    }
                }
                return false;
            };
        }
        if (test instanceof ValueTest.Text text && !text.cased()) {
            Glob glob = text.glob();
            String whole = glob.plain() ? glob.text() : "";
            return glob.plain()
                    ? event -> contains(event.folded(field), whole)
                    : event -> {
                        for (String value : event.folded(field)) {
                            if (glob.matches(value)) {
                                return true;
                            }
                        }
                        return false;
                    };
        }
        return event -> {
            for (String value : event.texts(field)) {
                if (holds(test, value)) {
                    return true;
                }
            }
            return false;
        };
    }

    private static SearchPattern compiled(ValueTest.Regex regex) {
        try {
            return SearchPattern.compile(regex.pattern(), regex.ignoreCase(), regex.multiline(), regex.dotAll());
        } catch (SearchPattern.Refused e) {
            throw new IllegalArgumentException(regex.pattern(), e);
        }
    }

    private static boolean contains(String[] values, String wanted) {
        for (String value : values) {
            if (value.equals(wanted)) {
                return true;
            }
        }
        return false;
    }

    private static boolean refers(ValueTest.FieldRef ref, EventView event, int field, int other) {
        String[] ours = ref.cased() ? event.texts(field) : event.folded(field);
        String[] theirs = ref.cased() ? event.texts(other) : event.folded(other);
        for (String our : ours) {
            for (String their : theirs) {
                boolean holds =
                        switch (ref.how()) {
                            case STARTSWITH -> our.startsWith(their);
                            case ENDSWITH -> our.endsWith(their);
                            case CONTAINS -> our.contains(their);
                            case WHOLE -> our.equals(their);
                        };
                if (holds) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean holds(ValueTest test, String value) {
        if (test instanceof ValueTest.Text text) {
            return text.glob().matches(text.cased() ? value : Fold.fold(value));
        }
        if (test instanceof ValueTest.Number number) {
            return Values.number(value) == number.value();
        }
        if (test instanceof ValueTest.Compare compare) {
            double number = Values.number(value);
            return !Double.isNaN(number) && compare.holds(number);
        }
        if (test instanceof ValueTest.Cidr cidr) {
            return Addresses.parse(value).filter(cidr::contains).isPresent();
        }
        return false;
    }
}
