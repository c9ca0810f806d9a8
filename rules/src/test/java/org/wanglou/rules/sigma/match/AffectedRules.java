package org.wanglou.rules.sigma.match;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.wanglou.model.Ecs;
import org.wanglou.model.Event;
import org.wanglou.rules.sigma.Condition;
import org.wanglou.rules.sigma.Interpreter;
import org.wanglou.rules.sigma.SigmaRule;
import org.wanglou.rules.sigma.ValueTest;
import org.wanglou.rules.sigma.derive.Derived;

/**
 * The rules whose condition an event may decide: those that look at one of its fields, those that look at all values, and those
 * that hold for an event with nothing in it. For any other rule the event is as good as empty. Immutable.
 */
final class AffectedRules {
    private final List<SigmaRule> rules;
    private final Map<String, Set<Integer>> byField = new HashMap<>();
    private final Set<Integer> always = new HashSet<>();

    AffectedRules(List<SigmaRule> rules) {
        this.rules = rules;
        Event nothing = Event.builder().build();
        for (int i = 0; i < rules.size(); i++) {
            if (Interpreter.holds(rules.get(i).condition(), nothing)) {
                always.add(i);
            }
            look(rules.get(i).condition(), i);
        }
    }

    private void look(Condition condition, int rule) {
        if (condition instanceof Condition.All all) {
            all.parts().forEach(part -> look(part, rule));
        } else if (condition instanceof Condition.Any any) {
            any.parts().forEach(part -> look(part, rule));
        } else if (condition instanceof Condition.Not not) {
            look(not.part(), rule);
        } else if (condition instanceof Condition.Item item) {
            at(item.field()).add(rule);
            if (item.test() instanceof ValueTest.FieldRef ref) {
                at(ref.field()).add(rule);
            }
        } else {
            always.add(rule);
        }
    }

    private Set<Integer> at(String field) {
        String source = Derived.named(field).map(Derived::source).orElse(field);
        return byField.computeIfAbsent(source, name -> new HashSet<>());
    }

    List<SigmaRule> by(Event event) {
        Set<Integer> numbers = new TreeSet<>(always);
        for (int slot = 0; slot < Ecs.slots(); slot++) {
            if (event.get(Ecs.at(slot)) != null) {
                numbers.addAll(byField.getOrDefault(Ecs.at(slot).name(), Set.of()));
            }
        }
        event.extra().keySet().forEach(name -> numbers.addAll(byField.getOrDefault(name, Set.of())));
        List<SigmaRule> list = new ArrayList<>(numbers.size());
        numbers.forEach(number -> list.add(rules.get(number)));
        return list;
    }
}
