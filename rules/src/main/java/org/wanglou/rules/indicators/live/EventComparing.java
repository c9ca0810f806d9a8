package org.wanglou.rules.indicators.live;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.wanglou.model.Addresses;
import org.wanglou.model.Event;
import org.wanglou.rules.indicators.IndicatorType;
import org.wanglou.rules.indicators.observe.Values;
import org.wanglou.rules.indicators.pattern.Comparing;
import org.wanglou.rules.indicators.pattern.Literal;
import org.wanglou.rules.indicators.value.Canonical;

/**
 * What stands in square brackets, asked of one event. More lenient than observed data: a number may be written as text, as
 * many sources do, and values of an indexed type are compared in their canonical form. Stateless.
 */
public final class EventComparing {
    private EventComparing() {}

    /** Whether it holds. A path that no event field answers never holds, negated or not. */
    public static boolean holds(Comparing comparing, Event event) {
        if (comparing instanceof Comparing.All all) {
            for (Comparing part : all.parts()) {
                if (!holds(part, event)) {
                    return false;
                }
            }
            return true;
        }
        if (comparing instanceof Comparing.Any any) {
            for (Comparing part : any.parts()) {
                if (holds(part, event)) {
                    return true;
                }
            }
            return false;
        }
        Comparing.Test test = (Comparing.Test) comparing;
        Optional<StixFields.Target> target = StixFields.of(test.path());
        if (target.isEmpty()) {
            return false;
        }
        for (String field : target.get().fields()) {
            if (holds(test, target.get().type(), event.get(field))) {
                return true;
            }
        }
        return false;
    }

    private static boolean holds(Comparing.Test test, @Nullable IndicatorType type, @Nullable Object value) {
        if (value == null || value == Event.NULL) {
            return false;
        }
        if (value instanceof List<?> list) {
            return list.stream().anyMatch(one -> holds(test, type, one));
        }
        boolean equality = test.operator() == Comparing.Operator.EQUAL || test.operator() == Comparing.Operator.IN;
        boolean holds = equality
                ? test.values().stream().anyMatch(constant -> equal(type, value, constant))
                : Values.holds(
                        test,
                        literal(
                                value,
                                test.values().isEmpty() ? null : test.values().get(0)));
        return holds != test.negated();
    }

    private static boolean equal(@Nullable IndicatorType type, Object value, Literal constant) {
        String one = String.valueOf(value);
        String other = constant.plain();
        if (type == null) {
            return one.equals(other) || constant instanceof Literal.Number && number(one, other);
        }
        if (type == IndicatorType.IP) {
            return Values.within(one, other) || Addresses.parse(one).isEmpty() && below(one, other);
        }
        if (type == IndicatorType.DOMAIN) {
            return below(one, other);
        }
        Optional<byte[]> bytes = Canonical.octets(type, one);
        Optional<byte[]> wanted = Canonical.octets(type, other);
        return bytes.isPresent() && wanted.isPresent() && Arrays.equals(bytes.get(), wanted.get());
    }

    private static boolean below(String name, String above) {
        Optional<byte[]> one = Canonical.octets(IndicatorType.DOMAIN, name);
        Optional<byte[]> other = Canonical.octets(IndicatorType.DOMAIN, above);
        if (one.isEmpty() || other.isEmpty() || one.get().length < other.get().length) {
            return false;
        }
        int rest = one.get().length - other.get().length;
        return Arrays.equals(one.get(), rest, one.get().length, other.get(), 0, other.get().length)
                && (rest == 0 || one.get()[rest - 1] == '.');
    }

    private static boolean number(String one, String other) {
        try {
            return one.length() < 40 && new BigDecimal(one).compareTo(new BigDecimal(other)) == 0;
        } catch (NumberFormatException e) {
            return false;
        }
    }

    private static Literal literal(Object value, @Nullable Literal constant) {
        String text = String.valueOf(value);
        if (constant instanceof Literal.Number || value instanceof Number && !(constant instanceof Literal.Text)) {
            try {
                return new Literal.Number(new BigDecimal(text.length() < 40 ? text : "x"));
            } catch (NumberFormatException e) {
                return new Literal.Text(text);
            }
        }
        return new Literal.Text(text);
    }
}
