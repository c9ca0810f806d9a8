package org.wanglou.rules.sigma.match.decide;

import java.util.function.ToIntFunction;
import org.wanglou.rules.sigma.Fold;
import org.wanglou.rules.sigma.ValueTest;
import org.wanglou.rules.sigma.match.view.View;
import org.wanglou.rules.sigma.regex.SearchPattern;
import org.wanglou.rules.sigma.regex.Steps;

/** Makes atoms of tests. Stateless. */
public final class Atoms {
    private interface Holds {
        boolean on(View view, int value, Steps steps);
    }

    private Atoms() {}

    /**
     * The atom of a test.
     *
     * @param field number, or {@link Atom#EVERYWHERE}
     * @param numbers numbers of other fields by name
     */
    public static Atom of(int field, ValueTest test, ToIntFunction<String> numbers) {
        if (test instanceof ValueTest.Text text) {
            return new TextAtom(field, text);
        }
        if (test instanceof ValueTest.Number number) {
            return of(field, 2, (view, value, steps) -> view.number(value) == number.value());
        }
        if (test instanceof ValueTest.Compare compare) {
            return of(field, 2, (view, value, steps) -> {
                double number = view.number(value);
                return !Double.isNaN(number) && compare.holds(number);
            });
        }
        if (test instanceof ValueTest.Cidr cidr) {
            return of(field, 5, (view, value, steps) -> cidr.contains(view.address(value)));
        }
        if (test instanceof ValueTest.TimePart part) {
            return of(field, 50, (view, value, steps) -> part.holds(view.text(value)));
        }
        if (test instanceof ValueTest.Regex regex) {
            SearchPattern pattern = compiled(regex);
            return of(field, field < 0 ? 2000 : 200, (view, value, steps) -> pattern.occursIn(view.text(value), steps));
        }
        if (test instanceof ValueTest.FieldRef ref) {
            int other = numbers.applyAsInt(ref.field());
            return of(field, 10, (view, value, steps) -> refers(ref, view, value, other));
        }
        boolean exists = test instanceof ValueTest.Exists wanted && wanted.wanted();
        boolean isNull = test instanceof ValueTest.Null;
        return new Atom(field, 1) {
            @Override
            public boolean on(View view, Steps steps) {
                return isNull ? view.missing(field) : view.has(field) == exists;
            }

            @Override
            public boolean holds(View view, int value, Steps steps) {
                return on(view, steps);
            }
        };
    }

    private static Atom of(int field, int cost, Holds holds) {
        return new Atom(field, cost) {
            @Override
            public boolean holds(View view, int value, Steps steps) {
                return holds.on(view, value, steps);
            }
        };
    }

    private static SearchPattern compiled(ValueTest.Regex regex) {
        try {
            return SearchPattern.compile(regex.pattern(), regex.ignoreCase(), regex.multiline(), regex.dotAll());
        } catch (SearchPattern.Refused e) {
            throw new IllegalArgumentException(regex.pattern(), e);
        }
    }

    private static boolean refers(ValueTest.FieldRef ref, View view, int value, int other) {
        String our = ref.cased() ? view.text(value) : Fold.fold(view.text(value));
        for (int i = 0; i < view.count(other); i++) {
            String text = view.text(view.first(other) + i);
            String their = ref.cased() ? text : Fold.fold(text);
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
        return false;
    }
}
