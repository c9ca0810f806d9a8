package org.wanglou.rules.sigma.match;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import org.wanglou.model.Event;
import org.wanglou.rules.sigma.Condition;
import org.wanglou.rules.sigma.Explanation;
import org.wanglou.rules.sigma.SigmaRule;

/**
 * All rules compiled together: one scan over the event's bytes finds which rules have what they need, and only these are decided.
 *
 * <p>Cost grows with the event rather than with the number of rules, but for the few rules that need no text. Immutable but for
 * counts; thread-safe.
 */
public final class Matcher {
    private static final int MOST_IDLE = 16;

    private final Program program;
    private final Costs costs;
    private final Map<String, Integer> positions = new HashMap<>();
    // Those who do not keep one of their own borrow here.
    private final ConcurrentLinkedQueue<Matching> idle = new ConcurrentLinkedQueue<>();

    public Matcher(List<SigmaRule> rules) {
        this(rules, true, Set.of());
    }

    /**
     * Compiles.
     *
     * @param routed whether log sources count; without, every rule is held against every event
     * @param further names of fields that shall be in the view of a {@link Matching} though no rule looks at them
     */
    public Matcher(List<SigmaRule> rules, boolean routed, Set<String> further) {
        program = new Program(rules, routed, further);
        costs = new Costs(program.rules.length);
        for (int i = 0; i < program.rules.length; i++) {
            positions.put(program.rules[i].id(), i);
        }
    }

    /** A thread's own use of this set. */
    public Matching open() {
        return new Matching(program, costs);
    }

    /** Gives every rule that matches, in the order of the list. */
    public void match(Event event, Consumer<SigmaRule> matched) {
        Matching own = idle.poll();
        Matching matching = own == null ? open() : own;
        matching.match(event, matched);
        if (idle.size() < MOST_IDLE) {
            idle.add(matching);
        }
    }

    /** How many rules need nothing and are decided for every event. */
    public int alwaysCount() {
        return program.always.length;
    }

    /** Whether some rule looks at a field, or at all values. */
    public boolean looksAt(String field) {
        return program.everywhere || program.fields.contains(field);
    }

    /** Bytes of the tables that events are scanned with. */
    public long tableBytes() {
        return program.indexes.bytes();
    }

    /** What each rule has cost, in the order of the list. */
    public List<RuleCost> costs() {
        List<RuleCost> list = new ArrayList<>();
        for (int i = 0; i < program.rules.length; i++) {
            list.add(costs.of(i, program.rules[i].id(), program.textless[i]));
        }
        return list;
    }

    /** Events looked at. */
    public long events() {
        return costs.events();
    }

    /** Why a rule did or did not match, part by part; empty when there is no such rule. */
    public Optional<Explanation> explain(String ruleId, Event event) {
        Integer position = positions.get(ruleId);
        if (position == null) {
            return Optional.empty();
        }
        SigmaRule rule = program.rules[position];
        Matching matching = open();
        matching.look(event);
        Explanation scope =
                new Explanation("logsource " + rule.logsource(), matching.ruleInScope(position), "", List.of());
        Explanation condition = truth(rule.condition(), event, matching);
        return Optional.of(new Explanation(
                rule.id() + " " + rule.title(), scope.holds() && condition.holds(), "", List.of(scope, condition)));
    }

    private Explanation truth(Condition condition, Event event, Matching matching) {
        List<Explanation> parts = new ArrayList<>();
        if (condition instanceof Condition.All all) {
            all.parts().forEach(part -> parts.add(truth(part, event, matching)));
            return new Explanation(condition.label(), parts.stream().allMatch(Explanation::holds), "", parts);
        }
        if (condition instanceof Condition.Any any) {
            any.parts().forEach(part -> parts.add(truth(part, event, matching)));
            return new Explanation(condition.label(), parts.stream().anyMatch(Explanation::holds), "", parts);
        }
        if (condition instanceof Condition.Not not) {
            parts.add(truth(not.part(), event, matching));
            return new Explanation(condition.label(), !parts.get(0).holds(), "", parts);
        }
        String seen = "";
        if (condition instanceof Condition.Item item) {
            Object value = event.get(item.field());
            seen = item.field() + " = " + (value == null ? "(missing)" : value);
        }
        Integer atom = program.leaves.known(condition);
        return new Explanation(condition.label(), atom != null && matching.holds(atom), seen, parts);
    }
}
