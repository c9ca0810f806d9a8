package org.wanglou.rules.sigma.match;

import org.jspecify.annotations.Nullable;
import org.wanglou.model.Ecs;
import org.wanglou.model.Event;
import org.wanglou.model.Field;
import org.wanglou.rules.sigma.Fold;
import org.wanglou.rules.sigma.derive.Derived;

/** One event as the matcher sees it: each field's texts made and folded once. Confined to its thread. */
final class EventView {
    /** The fields that a rule set looks at, by index. Immutable. */
    static final class Plan {
        final String[] names;
        final @Nullable Field[] slots;
        final @Nullable Derived[] derived;

        Plan(String[] names) {
            this.names = names;
            this.slots = new Field[names.length];
            this.derived = new Derived[names.length];
            for (int i = 0; i < names.length; i++) {
                slots[i] = Ecs.named(names[i]).orElse(null);
                derived[i] = Derived.named(names[i]).orElse(null);
            }
        }
    }

    final Event event;
    private final Plan plan;
    private final String[] @Nullable [] texts;
    private final String[] @Nullable [] folded;

    EventView(Event event, Plan plan) {
        this.event = event;
        this.plan = plan;
        this.texts = new String[plan.names.length][];
        this.folded = new String[plan.names.length][];
    }

    @Nullable
    Object value(int field) {
        Derived derived = plan.derived[field];
        if (derived != null) {
            return event.get(derived.source()) instanceof String source ? derived.of(source) : null;
        }
        Field slot = plan.slots[field];
        return slot == null ? event.extra().get(plan.names[field]) : event.get(slot);
    }

    String[] texts(int field) {
        String[] known = texts[field];
        if (known == null) {
            known = Values.texts(value(field));
            texts[field] = known;
        }
        return known;
    }

    String[] folded(int field) {
        String[] known = folded[field];
        if (known == null) {
            String[] plain = texts(field);
            known = plain.length == 0 ? plain : new String[plain.length];
            for (int i = 0; i < plain.length; i++) {
                known[i] = Fold.fold(plain[i]);
            }
            folded[field] = known;
        }
        return known;
    }

    /** Visits every text of the event, until one is accepted. */
    boolean anyText(java.util.function.Predicate<String> test) {
        for (int slot = 0; slot < Ecs.slots(); slot++) {
            if (any(event.get(Ecs.at(slot)), test)) {
                return true;
            }
        }
        for (Object value : event.extra().values()) {
            if (any(value, test)) {
                return true;
            }
        }
        return false;
    }

    private static boolean any(@Nullable Object value, java.util.function.Predicate<String> test) {
        for (String text : Values.texts(value)) {
            if (test.test(text)) {
                return true;
            }
        }
        return false;
    }
}
