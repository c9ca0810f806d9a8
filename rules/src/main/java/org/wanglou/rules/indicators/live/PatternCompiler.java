package org.wanglou.rules.indicators.live;

import com.google.re2j.PatternSyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import org.wanglou.rules.indicators.Indicator.Side;
import org.wanglou.rules.indicators.IndicatorType;
import org.wanglou.rules.indicators.live.LivePattern.Value;
import org.wanglou.rules.indicators.observe.Values;
import org.wanglou.rules.indicators.pattern.Comparing;
import org.wanglou.rules.indicators.pattern.Comparing.Operator;
import org.wanglou.rules.indicators.pattern.Literal;
import org.wanglou.rules.indicators.pattern.ObjectPath;
import org.wanglou.rules.indicators.pattern.Observing;
import org.wanglou.rules.indicators.pattern.StixPattern;

/**
 * Decides how a pattern is met on the stream. A bracket of equalities over indexed types, joined by OR, becomes values to
 * look up; other brackets are evaluated on the event, as far as possible only on events that hold one of their anchors;
 * what takes several observations is left to windows. Stateless.
 */
public final class PatternCompiler {
    private static final int VALUES_MAX = 10_000;

    private PatternCompiler() {}

    public static LivePattern compile(StixPattern pattern) {
        long[] validity = {Long.MIN_VALUE, Long.MAX_VALUE};
        List<Comparing> parts = new ArrayList<>();
        Optional<String> window = single(pattern.root(), parts, validity);
        if (window.isPresent()) {
            return new LivePattern.Windowed(window.get());
        }
        Comparing whole = Simplified.of(parts.size() == 1 ? parts.get(0) : new Comparing.Any(parts));
        Optional<String> trouble = trouble(whole);
        if (trouble.isPresent()) {
            return new LivePattern.Unanswerable(trouble.get());
        }
        List<Value> values = new ArrayList<>();
        if (indexed(whole, values)) {
            return new LivePattern.Indexed(values, validity[0], validity[1]);
        }
        List<Value> anchors = anchors(whole).orElse(List.of());
        return new LivePattern.Combined(anchors, whole, validity[0], validity[1]);
    }

    /** Collects the brackets of which any one is a match; otherwise says why it takes several observations. */
    private static Optional<String> single(Observing node, List<Comparing> parts, long[] validity) {
        if (node instanceof Observing.Single one) {
            parts.add(one.comparing());
            return Optional.empty();
        }
        if (node instanceof Observing.Joined joined) {
            if (joined.join() != Observing.Join.OR && joined.parts().size() > 1) {
                return Optional.of(joined.join() + " joins several observations");
            }
            for (Observing part : joined.parts()) {
                boolean timed = joined.parts().size() > 1 && !(part instanceof Observing.Single);
                Optional<String> window = timed && times(part)
                        ? Optional.of("parts of an OR have times of their own")
                        : single(part, parts, validity);
                if (window.isPresent()) {
                    return window;
                }
            }
            return Optional.empty();
        }
        Observing.Qualified qualified = (Observing.Qualified) node;
        if (qualified.qualifier() instanceof Observing.Repeats repeats && repeats.times() > 1) {
            return Optional.of("REPEATS " + repeats.times() + " TIMES counts observations");
        }
        if (qualified.qualifier() instanceof Observing.Between between) {
            validity[0] = Math.max(validity[0], between.start().toEpochMilli());
            validity[1] = Math.min(validity[1], between.stop().toEpochMilli() - 1);
        }
        return single(qualified.inner(), parts, validity);
    }

    private static boolean times(Observing node) {
        if (node instanceof Observing.Qualified qualified) {
            return qualified.qualifier() instanceof Observing.Between || times(qualified.inner());
        }
        return node instanceof Observing.Joined joined
                && joined.parts().stream().anyMatch(PatternCompiler::times);
    }

    /** Why no event can answer; a part of an OR that none can answer does not matter while another can be. */
    private static Optional<String> trouble(Comparing comparing) {
        if (comparing instanceof Comparing.Any any) {
            List<String> troubles = new ArrayList<>();
            any.parts().forEach(part -> trouble(part).ifPresent(troubles::add));
            return troubles.size() < any.parts().size()
                    ? Optional.empty()
                    : Optional.of(String.join("; ", new TreeSet<>(troubles)));
        }
        if (comparing instanceof Comparing.All all) {
            return all.parts().stream().flatMap(part -> trouble(part).stream()).findFirst();
        }
        Comparing.Test test = (Comparing.Test) comparing;
        if (StixFields.of(test.path()).isEmpty()) {
            return Optional.of("no event field is about " + test.path());
        }
        try {
            if (test.operator() == Operator.MATCHES) {
                Values.regex(test.values().get(0).plain());
            }
        } catch (PatternSyntaxException e) {
            return Optional.of(
                    "not a regular expression of RE2 (no look-around, no back references): " + e.getMessage());
        }
        return Optional.empty();
    }

    private static boolean indexed(Comparing comparing, List<Value> values) {
        if (comparing instanceof Comparing.Any any) {
            for (Comparing part : any.parts()) {
                if (trouble(part).isEmpty() && !indexed(part, values)) {
                    return false;
                }
            }
            return values.size() <= VALUES_MAX;
        }
        if (comparing instanceof Comparing.All all) {
            return all.parts().size() == 2 && withPort(all.parts(), values);
        }
        Comparing.Test test = (Comparing.Test) comparing;
        Optional<List<Value>> own = values(test);
        own.ifPresent(values::addAll);
        return own.isPresent();
    }

    /** An address or name and a port of the same side are one value. */
    private static boolean withPort(List<Comparing> parts, List<Value> values) {
        for (int i = 0; i < 2; i++) {
            if (parts.get(i) instanceof Comparing.Test host
                    && parts.get(1 - i) instanceof Comparing.Test port
                    && !port.negated()
                    && port.operator() == Operator.EQUAL
                    && port.values().get(0).plain().matches("\\d{1,5}")) {
                String path = port.path().toString();
                Side side = path.equals("network-traffic:dst_port")
                        ? Side.DESTINATION
                        : path.equals("network-traffic:src_port") ? Side.SOURCE : Side.ANY;
                Optional<List<Value>> own = values(host);
                int number = Integer.parseInt(port.values().get(0).plain());
                boolean fits = own.isPresent()
                        && number > 0
                        && number < 65_536
                        && own.get().stream().allMatch(value -> joins(value, side));
                if (side != Side.ANY && fits) {
                    own.get().forEach(value -> values.add(new Value(value.type(), value.written(), side, number)));
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean joins(Value value, Side side) {
        boolean host = value.type() == IndicatorType.IP || value.type() == IndicatorType.DOMAIN;
        return host && (value.side() == side || value.side() == Side.ANY);
    }

    /** The values that a comparison alone asks for; empty when it is no equality over an indexed type. */
    private static Optional<List<Value>> values(Comparing.Test test) {
        Optional<StixFields.Target> target = StixFields.of(test.path());
        if (test.negated() || target.isEmpty() || target.get().type() == null) {
            return Optional.empty();
        }
        IndicatorType type = Objects.requireNonNull(target.get().type());
        List<Value> values = new ArrayList<>();
        for (Literal constant : test.values()) {
            String text = constant.plain();
            boolean like =
                    test.operator() == Operator.LIKE && type == IndicatorType.DOMAIN && text.matches("%\\.[^%_]+");
            boolean block = test.operator() == Operator.ISSUBSET && type == IndicatorType.IP;
            if (!like && !block && test.operator() != Operator.EQUAL && test.operator() != Operator.IN) {
                return Optional.empty();
            }
            IndicatorType own =
                    type == IndicatorType.IP && !text.matches("[0-9a-fA-F.:]+(/\\d+)?") ? IndicatorType.DOMAIN : type;
            values.add(
                    new Value(own, like ? text.substring(2) : text, target.get().side(), 0));
        }
        return Optional.of(values);
    }

    /** Values of which one must be in the event if the whole is to hold; empty when there are none to go by. */
    private static Optional<List<Value>> anchors(Comparing comparing) {
        if (comparing instanceof Comparing.Any any) {
            List<Value> union = new ArrayList<>();
            for (Comparing part : any.parts()) {
                Optional<List<Value>> own = trouble(part).isPresent() ? Optional.of(List.of()) : anchors(part);
                if (own.isEmpty()) {
                    return Optional.empty();
                }
                union.addAll(own.get());
            }
            return union.isEmpty() || union.size() > VALUES_MAX ? Optional.empty() : Optional.of(union);
        }
        if (comparing instanceof Comparing.All all) {
            Optional<List<Value>> best = Optional.empty();
            for (Comparing part : all.parts()) {
                Optional<List<Value>> own = anchors(part);
                if (own.isPresent() && (best.isEmpty() || weight(own.get()) < weight(best.get()))) {
                    best = own;
                }
            }
            return best;
        }
        return values((Comparing.Test) comparing);
    }

    /** Few values go before many, rare types before common ones. */
    private static int weight(List<Value> values) {
        int weight = 0;
        for (Value value : values) {
            weight += value.type() == IndicatorType.HASH || value.type() == IndicatorType.CERTIFICATE
                    ? 1
                    : value.type() == IndicatorType.FILE_NAME || value.type() == IndicatorType.USER_AGENT ? 100 : 10;
        }
        return weight;
    }

    /** Comparisons without those that say nothing on an event. */
    private static final class Simplified {
        private Simplified() {}

        /** {@code dst_ref.type = 'ipv4-addr'} says nothing beside {@code dst_ref.value = '…'}. */
        static Comparing of(Comparing comparing) {
            if (comparing instanceof Comparing.Any any) {
                return new Comparing.Any(
                        any.parts().stream().map(Simplified::of).toList());
            }
            if (!(comparing instanceof Comparing.All all)) {
                return comparing;
            }
            List<Comparing> kept = new ArrayList<>();
            for (Comparing part : all.parts()) {
                Comparing simple = of(part);
                if (simple instanceof Comparing.All inner) {
                    kept.addAll(inner.parts());
                } else if (!(simple instanceof Comparing.Test test) || !isType(test, all)) {
                    kept.add(simple);
                }
            }
            return kept.size() == 1 ? kept.get(0) : new Comparing.All(kept);
        }

        private static boolean isType(Comparing.Test test, Comparing.All all) {
            String path = test.path().toString();
            if (!path.endsWith("_ref.type")) {
                return false;
            }
            List<ObjectPath> siblings = new ArrayList<>();
            all.each(other -> siblings.add(other.path()));
            String value = path.substring(0, path.length() - 4) + "value";
            return siblings.stream().anyMatch(sibling -> sibling.toString().equals(value));
        }
    }
}
