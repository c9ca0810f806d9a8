package org.wanglou.correlator.windows;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.wanglou.model.Signal;
import org.wanglou.rules.sigma.CorrelationRule;
import org.wanglou.rules.sigma.CorrelationRule.Type;
import org.wanglou.rules.sigma.Op;

/**
 * The windows by list scan: every instant looks through all signals of its key. Slow, obvious, and sharing no code with
 * the engine.
 */
final class WindowOracle {
    record Found(String rule, String key, long first, long last, long count, List<String> evidence) {}

    private WindowOracle() {}

    static Set<Found> episodes(CorrelationRule rule, List<Signal> signals) {
        Set<Found> found = new HashSet<>();
        Set<String> keys = new TreeSet<>();
        List<Signal> own = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (Signal signal : signals) {
            if (rule.ruleIds().contains(signal.ruleId()) && seen.add(signal.id()) && key(rule, signal) != null) {
                own.add(signal);
                keys.add(key(rule, signal));
            }
        }
        for (String key : keys) {
            List<Signal> of = own.stream().filter(s -> key.equals(key(rule, s))).toList();
            found.addAll(episodesOfKey(rule, key, of));
        }
        return found;
    }

    private static List<Found> episodesOfKey(CorrelationRule rule, String key, List<Signal> signals) {
        long span = rule.span().toMillis();
        boolean rising = rule.bounds().stream().allMatch(b -> b.op() == Op.GTE || b.op() == Op.GT);
        TreeSet<Long> instants = new TreeSet<>();
        for (Signal signal : signals) {
            if (counts(rule, signal)) {
                instants.add(rising ? signal.time() : signal.time() + span - 1);
            }
        }
        List<long[]> runs = new ArrayList<>();
        for (long instant : instants) {
            if (!holds(rule, signals, instant - span, instant)) {
                continue;
            }
            if (!runs.isEmpty() && instant - runs.get(runs.size() - 1)[1] <= span) {
                runs.get(runs.size() - 1)[1] = instant;
            } else {
                runs.add(new long[] {instant, instant});
            }
        }
        List<Found> found = new ArrayList<>();
        for (long[] run : runs) {
            List<String> evidence = signals.stream()
                    .filter(s -> s.time() > run[0] - span && s.time() <= run[1])
                    .filter(s -> counts(rule, s))
                    .sorted(Comparator.comparingLong(Signal::time)
                            .thenComparing(s -> s.evidence().eventIds().get(0)))
                    .map(s -> s.evidence().eventIds().get(0))
                    .distinct()
                    .limit(256)
                    .toList();
            found.add(new Found(rule.id(), key, run[0], run[1], count(rule, signals, run[0] - span, run[1]), evidence));
        }
        return found;
    }

    private static boolean counts(CorrelationRule rule, Signal signal) {
        return temporal(rule) || signal.fields().keySet().containsAll(rule.valueFields());
    }

    private static boolean temporal(CorrelationRule rule) {
        return rule.type() == Type.TEMPORAL || rule.type() == Type.TEMPORAL_ORDERED;
    }

    private static boolean holds(CorrelationRule rule, List<Signal> signals, long from, long to) {
        return rule.type() == Type.TEMPORAL_ORDERED
                ? follow(rule.ruleIds(), 0, signals, from, to)
                : rule.holds(count(rule, signals, from, to));
    }

    /** Tries every signal of the next rule for what comes after it. */
    private static boolean follow(List<String> order, int step, List<Signal> signals, long after, long to) {
        if (step == order.size()) {
            return true;
        }
        for (Signal signal : signals) {
            if (signal.ruleId().equals(order.get(step))
                    && signal.time() > after
                    && signal.time() <= to
                    && follow(order, step + 1, signals, signal.time(), to)) {
                return true;
            }
        }
        return false;
    }

    private static long count(CorrelationRule rule, List<Signal> signals, long from, long to) {
        if (temporal(rule)) {
            return signals.stream()
                    .filter(signal -> signal.time() > from && signal.time() <= to)
                    .map(Signal::ruleId)
                    .distinct()
                    .count();
        }
        long events = 0;
        Set<List<String>> values = new HashSet<>();
        for (Signal signal : signals) {
            if (signal.time() > from && signal.time() <= to) {
                events++;
                List<String> value = rule.valueFields().stream()
                        .map(name -> signal.fields().getOrDefault(name, "\0absent"))
                        .toList();
                if (!value.contains("\0absent")) {
                    values.add(value);
                }
            }
        }
        return rule.valueFields().isEmpty() ? events : values.size();
    }

    private static String key(CorrelationRule rule, Signal signal) {
        List<String> values = new ArrayList<>();
        for (String name : rule.groupBy()) {
            String value = signal.fields().get(rule.fieldOf(name, signal.ruleId()));
            if (value == null) {
                return null;
            }
            values.add('"' + value + '"');
        }
        return "[" + String.join(",", values) + "]";
    }
}
