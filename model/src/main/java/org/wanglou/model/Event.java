package org.wanglou.model;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One thing that happened (日志), as one ECS 8 record.
 *
 * <p>Known fields sit in an array by slot ({@link Ecs}); unknown ones are kept by dotted name, flattened: a nested object
 * {@code a:{b:1}} is {@code "a.b" -> 1L}. Values are {@code String}, {@code Long}, {@code Double}, {@code Boolean} or
 * {@code List} of these; TIME slots hold milliseconds as {@code Long}. An explicit JSON null is kept as {@link #NULL},
 * because Sigma tells null from missing. Immutable.
 */
public final class Event {
    /** Stands for an explicit JSON null in {@link #extra()} and in slots. */
    public static final Object NULL = new Object() {
        @Override
        public String toString() {
            return "null";
        }
    };

    private final @Nullable Object[] slots;
    private final Extras extra;

    private Event(@Nullable Object[] slots, Extras extra) {
        this.slots = slots;
        this.extra = extra;
    }

    public static Builder builder() {
        return new Builder(new Object[Ecs.slots()], new Extras());
    }

    /** A builder that starts from this event's values. */
    public Builder toBuilder() {
        return new Builder(slots.clone(), extra.copy());
    }

    /** The value in a slot, or null if absent. The one place where null is a value: this is the hot path. */
    public @Nullable Object get(Field field) {
        return slots[field.slot()];
    }

    /** The value in the slot of that number, or null if absent. */
    public @Nullable Object at(int slot) {
        return slots[slot];
    }

    /** The value by dotted name, whether it has a slot or not; null if absent. */
    public @Nullable Object get(String name) {
        Optional<Field> field = Ecs.named(name);
        return field.isPresent() ? slots[field.get().slot()] : extra.value(name);
    }

    public Optional<String> text(Field field) {
        Object value = slots[field.slot()];
        return value == null || value == NULL ? Optional.empty() : Optional.of(String.valueOf(value));
    }

    /** The number in a slot, or {@code absent}. */
    public long number(Field field, long absent) {
        return slots[field.slot()] instanceof Long number ? number : absent;
    }

    @SuppressWarnings("unchecked")
    public List<String> texts(Field field) {
        Object value = slots[field.slot()];
        if (value instanceof List<?> list) {
            return (List<String>) list;
        }
        return value instanceof String one ? List.of(one) : List.of();
    }

    /** {@code event.id}: 32 lower-case hex digits; empty string before a sensor has stamped it. */
    public String id() {
        return text(Ecs.EVENT_ID).orElse("");
    }

    /** Event time in milliseconds UTC ({@code @timestamp}); receipt time if absent, 0 if neither. */
    public long timeMillis() {
        return number(Ecs.TIMESTAMP, ingestedMillis());
    }

    public Instant time() {
        return Instant.ofEpochMilli(timeMillis());
    }

    /** Receipt time in milliseconds UTC ({@code event.ingested}), 0 if absent. */
    public long ingestedMillis() {
        return number(Ecs.EVENT_INGESTED, 0);
    }

    /** {@code organization.id}, {@code unassigned} (未归属) when absent. */
    public String organization() {
        return text(Ecs.ORGANIZATION_ID).orElse("unassigned");
    }

    /** Fields without a slot by dotted name, sorted, unmodifiable. */
    public Map<String, Object> extra() {
        return extra;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Event event && java.util.Arrays.equals(slots, event.slots) && extra.equals(event.extra);
    }

    @Override
    public int hashCode() {
        return java.util.Arrays.hashCode(slots) * 31 + extra.hashCode();
    }

    @Override
    public String toString() {
        return "Event[" + id() + "]";
    }

    /** Collects fields for one event. Confined to its thread. What was built does not change when it goes on. */
    public static final class Builder {
        private @Nullable Object[] slots;
        private Extras extra;
        // The event built last looks at the same fields until the next change.
        private boolean shared;

        private Builder(@Nullable Object[] slots, Extras extra) {
            this.slots = slots;
            this.extra = extra;
        }

        private void own() {
            if (shared) {
                slots = slots.clone();
                extra = extra.copy();
                shared = false;
            }
        }

        /** Sets a slot; null clears it. TEXTS slots take a {@code List<String>} or one {@code String}. */
        public Builder set(Field field, @Nullable Object value) {
            own();
            if (value instanceof String one) {
                slots[field.slot()] = field.type() == Field.Type.TEXTS ? List.of(one) : one;
            } else if (value instanceof Long) {
                slots[field.slot()] = value;
            } else if (value instanceof Integer number) {
                slots[field.slot()] = (long) number;
            } else {
                slots[field.slot()] = value instanceof List<?> list ? List.copyOf(list) : value;
            }
            return this;
        }

        /** Sets by dotted name, into the slot if there is one. */
        public Builder set(String name, @Nullable Object value) {
            Optional<Field> field = Ecs.named(name);
            if (field.isPresent()) {
                return set(field.get(), value);
            }
            return keep(name, value);
        }

        /** As {@link #set(String, Object)}, by a name that is known to have no slot, which is not looked up again. */
        public Builder keep(String name, @Nullable Object value) {
            own();
            if (value == null) {
                extra.drop(name);
            } else {
                extra.set(name, value instanceof Integer number ? (Object) (long) number : value);
            }
            return this;
        }

        public @Nullable Object get(Field field) {
            return slots[field.slot()];
        }

        public @Nullable Object get(String name) {
            Optional<Field> field = Ecs.named(name);
            return field.isPresent() ? slots[field.get().slot()] : extra.value(name);
        }

        /** The event as it is so far: a look, which costs nothing and changes with every change. Not to be kept. */
        public Event sofar() {
            return new Event(slots, extra);
        }

        public Event build() {
            shared = true;
            return new Event(slots, extra);
        }
    }
}
