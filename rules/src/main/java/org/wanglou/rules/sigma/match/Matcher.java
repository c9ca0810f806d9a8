package org.wanglou.rules.sigma.match;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.wanglou.model.Event;
import org.wanglou.rules.sigma.Condition;
import org.wanglou.rules.sigma.Explanation;
import org.wanglou.rules.sigma.SigmaRule;
import org.wanglou.rules.sigma.ValueTest;

/**
 * All rules compiled together: literals in the event's fields name candidate rules, and only these are decided.
 *
 * <p>Cost grows with the event rather than with the number of rules, but for the few rules without any required
 * literal, which are decided always. Immutable; thread-safe.
 */
public final class Matcher {
    private final SigmaRule[] rules;
    private final Predicates.Decides[] decides;
    private final EventView.Plan plan;
    private final AhoCorasick.@Nullable FieldIndex[] indexes;
    private final long[] always;
    private final Predicates predicates;
    private final Map<String, Integer> positions = new HashMap<>();

    public Matcher(List<SigmaRule> list) {
        rules = list.toArray(SigmaRule[]::new);
        Set<String> names = new LinkedHashSet<>();
        list.forEach(rule -> {
            collect(rule.scope(), names);
            collect(rule.condition(), names);
        });
        names.add("event.dataset");
        Map<String, Integer> fields = new LinkedHashMap<>();
        names.forEach(name -> fields.put(name, fields.size()));
        plan = new EventView.Plan(names.toArray(String[]::new));
        predicates = new Predicates(fields);
        decides = new Predicates.Decides[rules.length];
        always = new long[(rules.length + 63) / 64];
        Map<String, Map<Literal, List<Integer>>> literals = new HashMap<>();
        for (int i = 0; i < rules.length; i++) {
            positions.put(rules[i].id(), i);
            decides[i] = predicates.of(new Condition.All("rule", List.of(rules[i].scope(), rules[i].condition())));
            Optional<Set<Literal>> required = Literal.required(rules[i].condition());
            if (required.isEmpty()) {
                always[i >> 6] |= 1L << i;
                continue;
            }
            for (Literal literal : required.get()) {
                literals.computeIfAbsent(literal.field(), key -> new HashMap<>())
                        .computeIfAbsent(literal, key -> new ArrayList<>())
                        .add(i);
            }
        }
        indexes = new AhoCorasick.FieldIndex[plan.names.length];
        literals.forEach((field, found) -> indexes[fields.getOrDefault(field, 0)] = new AhoCorasick.FieldIndex(found));
    }

    /** Gives every rule that matches, in the order of the list. */
    public void match(Event event, Consumer<SigmaRule> matched) {
        EventView view = new EventView(event, plan);
        long[] candidates = always.clone();
        for (int field = 0; field < indexes.length; field++) {
            AhoCorasick.FieldIndex index = indexes[field];
            if (index != null && view.value(field) != null) {
                index.mark(view.folded(field), candidates);
            }
        }
        for (int word = 0; word < candidates.length; word++) {
            for (long bits = candidates[word]; bits != 0; bits &= bits - 1) {
                int rule = (word << 6) + Long.numberOfTrailingZeros(bits);
                if (decides[rule].on(view)) {
                    matched.accept(rules[rule]);
                }
            }
        }
    }

    /** How many rules have no required literal and are decided for every event. */
    public int alwaysCount() {
        int count = 0;
        for (long word : always) {
            count += Long.bitCount(word);
        }
        return count;
    }

    /** Why a rule did or did not match, part by part; empty when there is no such rule. */
    public Optional<Explanation> explain(String ruleId, Event event) {
        Integer position = positions.get(ruleId);
        if (position == null) {
            return Optional.empty();
        }
        SigmaRule rule = rules[position];
        EventView view = new EventView(event, plan);
        boolean source = predicates.of(rule.scope()).on(view);
        Explanation logsource = new Explanation("logsource " + rule.logsource(), source, "", List.of());
        Explanation condition = truth(rule.condition(), view);
        return Optional.of(new Explanation(
                rule.id() + " " + rule.title(), source && condition.holds(), "", List.of(logsource, condition)));
    }

    private Explanation truth(Condition condition, EventView view) {
        List<Explanation> parts = new ArrayList<>();
        String seen = "";
        if (condition instanceof Condition.All all) {
            all.parts().forEach(part -> parts.add(truth(part, view)));
        } else if (condition instanceof Condition.Any any) {
            any.parts().forEach(part -> parts.add(truth(part, view)));
        } else if (condition instanceof Condition.Not not) {
            parts.add(truth(not.part(), view));
        } else if (condition instanceof Condition.Item item) {
            Object value = view.event.get(item.field());
            seen = item.field() + " = " + (value == null ? "(missing)" : value);
        }
        return new Explanation(condition.label(), predicates.of(condition).on(view), seen, parts);
    }

    private static void collect(Condition condition, Set<String> names) {
        if (condition instanceof Condition.All all) {
            all.parts().forEach(part -> collect(part, names));
        } else if (condition instanceof Condition.Any any) {
            any.parts().forEach(part -> collect(part, names));
        } else if (condition instanceof Condition.Not not) {
            collect(not.part(), names);
        } else if (condition instanceof Condition.Item item) {
            names.add(item.field());
            if (item.test() instanceof ValueTest.FieldRef ref) {
                names.add(ref.field());
            }
        }
    }
}
