package org.wanglou.rules.sigma.match.view;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.wanglou.model.Ecs;
import org.wanglou.model.Field;
import org.wanglou.rules.sigma.derive.Derived;

/**
 * The fields that a rule set can look at, by number: first those with slots, under the numbers of their slots, then the others.
 * Immutable.
 */
public final class Names {
    private final List<String> names = new ArrayList<>();
    private final Map<String, Integer> numbers = new HashMap<>();
    private final List<Made> made = new ArrayList<>();

    /** A field that is made from another one of the event. */
    record Made(int number, int source, Derived by) {}

    /** @param further names that rules look at; those with slots are known anyway */
    public Names(Set<String> further) {
        for (int slot = 0; slot < Ecs.slots(); slot++) {
            add(Ecs.at(slot).name());
        }
        further.forEach(this::add);
        for (String name : further) {
            Derived.named(name).ifPresent(by -> {
                add(by.source());
                made.add(new Made(number(name), number(by.source()), by));
            });
        }
    }

    /** The fields that are made from others. */
    List<Made> made() {
        return made;
    }

    /** Whether nothing that an event says goes under this number. */
    boolean isMade(int number) {
        for (Made one : made) {
            if (one.number == number) {
                return true;
            }
        }
        return false;
    }

    private void add(String name) {
        if (numbers.putIfAbsent(name, names.size()) == null) {
            names.add(name);
        }
    }

    public int size() {
        return names.size();
    }

    /** The number of a name, −1 when there is none. */
    public int number(String name) {
        Integer number = numbers.get(name);
        return number == null ? -1 : number;
    }

    public String name(int number) {
        return names.get(number);
    }

    /** The field with a slot, or null. */
    @Nullable
    Field field(int number) {
        return number < Ecs.slots() ? Ecs.at(number) : null;
    }

    List<String> all() {
        return names;
    }
}
