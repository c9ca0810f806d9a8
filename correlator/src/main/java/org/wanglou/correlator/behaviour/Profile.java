package org.wanglou.correlator.behaviour;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import org.wanglou.bus.codec.Jsons;
import org.wanglou.correlator.windows.Limits;
import org.wanglou.correlator.windows.Outcome;
import org.wanglou.crypto.sm.Sm3;
import org.wanglou.model.Meters;
import org.wanglou.model.Signal;
import org.wanglou.rules.behaviour.BehaviourRule;

/**
 * One entity: what waits until the clock has passed it by the grace, so that it is taken in order of event time, and the
 * habit it is taken into. Confined to its task's thread.
 */
final class Profile {
    /** Where a behaviour's signal says why, in words. */
    static final String WORDS = "wanglou.explanation";

    static final String VALUE = "wanglou.value";
    private static final long NONE = Long.MIN_VALUE;

    private final byte[] key;
    private final String keyText;
    private final Habit habit;
    private final Limits limits;
    private final Meters meters;
    private final BooleanSupplier room;
    private final TreeSet<Sample> waiting = new TreeSet<>(Sample.ORDER);
    private BehaviourRule rule;
    private long first = NONE;
    private long last = NONE;
    private long total;

    Profile(byte[] key, String keyText, BehaviourRule rule, Limits limits, Meters meters, BooleanSupplier room) {
        this.key = key;
        this.keyText = keyText;
        this.rule = rule;
        this.habit = Habit.of(rule);
        this.limits = limits;
        this.meters = meters;
        this.room = room;
    }

    /** False when it waits already. */
    boolean insert(Sample sample, Outcome outcome) {
        if (!waiting.add(sample)) {
            return false;
        }
        if (waiting.size() > limits.entriesMax()) {
            // The bound wins over the order: the earliest is taken before its grace is over.
            take(waiting.first(), outcome);
            waiting.pollFirst();
            meters.counter("wanglou_correlator_behaviour_total", "what", "early")
                    .increment();
            outcome.put(ProfileRows.waitingKey(key, sample), ProfileRows.waiting(sample));
            outcome.put(key, ProfileRows.header(this));
        } else {
            outcome.put(ProfileRows.waitingKey(key, sample), ProfileRows.waiting(sample));
            if (first == NONE && waiting.size() == 1) {
                outcome.put(key, ProfileRows.header(this));
            }
        }
        return true;
    }

    /** Takes everything up to {@code settled}, an event time that the clock has passed by the grace. */
    void advance(long settled, Outcome outcome) {
        boolean taken = false;
        while (!waiting.isEmpty() && waiting.first().time() <= settled) {
            take(waiting.first(), outcome);
            waiting.pollFirst();
            taken = true;
        }
        if (taken) {
            outcome.put(key, ProfileRows.header(this));
        }
    }

    private void take(Sample sample, Outcome outcome) {
        if (first == NONE) {
            first = sample.time();
        }
        habit.take(sample, new Taking(outcome));
        total++;
        last = Math.max(last, sample.time());
        outcome.delete(ProfileRows.waitingKey(key, sample));
    }

    /** True when the entity has not been met for the rule's memory. */
    boolean expired(long settled) {
        return waiting.isEmpty()
                && last != NONE
                && last + rule.bounds().memory().toMillis() <= settled;
    }

    /** The settled event time at which there is something to do. */
    long due() {
        if (!waiting.isEmpty()) {
            return waiting.first().time();
        }
        return last == NONE ? Long.MAX_VALUE : last + rule.bounds().memory().toMillis();
    }

    /** Deletes all rows. */
    void end(Outcome outcome) {
        waiting.forEach(sample -> outcome.delete(ProfileRows.waitingKey(key, sample)));
        habit.end(new Taking(outcome));
        outcome.delete(key);
    }

    void goOnWith(BehaviourRule newRule) {
        rule = newRule;
    }

    void restore(Sample sample) {
        waiting.add(sample);
    }

    void restore(long value, byte[] row) {
        habit.restore(value, ByteBuffer.wrap(row));
    }

    String keyText() {
        return keyText;
    }

    byte[] key() {
        return key;
    }

    int rows() {
        return habit.rows();
    }

    void write(DataOutput out) throws IOException {
        out.writeLong(first);
        out.writeLong(last);
        out.writeLong(total);
        habit.write(out);
    }

    void read(DataInput in) throws IOException {
        first = in.readLong();
        last = in.readLong();
        total = in.readLong();
        habit.read(in);
    }

    private Signal signal(Sample sample, String about, String words, List<String> eventIds, long count) {
        Map<String, String> fields = new TreeMap<>();
        List<?> values = values();
        for (int i = 0; i < rule.groupBy().size() && i < values.size(); i++) {
            fields.put(rule.groupBy().get(i), String.valueOf(values.get(i)));
        }
        fields.put(WORDS, words);
        if (!sample.value().isEmpty()) {
            fields.put(VALUE, sample.value());
        }
        return new Signal(
                Sm3.id(rule.id(), keyText, about, sample.eventId()),
                rule.id(),
                rule.version(),
                rule.title(),
                Signal.Kind.BEHAVIOUR,
                sample.time(),
                rule.level(),
                rule.tags(),
                sample.entities(),
                fields,
                new Signal.Evidence(eventIds, sample.time(), sample.time(), count, false),
                1,
                Signal.Status.SETTLED,
                new Signal.Episode(sample.time(), sample.time()),
                1,
                keyText);
    }

    private List<?> values() {
        try {
            return Jsons.read(keyText, List.class);
        } catch (IOException e) {
            throw new UncheckedIOException("key text is no JSON array", e);
        }
    }

    /** One sample being taken. */
    private final class Taking implements Turn {
        private final Outcome outcome;

        Taking(Outcome outcome) {
            this.outcome = outcome;
        }

        @Override
        public BehaviourRule rule() {
            return rule;
        }

        @Override
        public long first() {
            return first;
        }

        @Override
        public long total() {
            return total;
        }

        @Override
        public String watched(long now) {
            long days = Duration.ofMillis(now - first).toDays();
            return "已观察 " + days + " 天、" + total + " 次";
        }

        @Override
        public boolean learnt(long now) {
            boolean counted = rule.type() == BehaviourRule.Type.FIRST_SEEN || rule.type() == BehaviourRule.Type.RARE;
            return now - first >= rule.bounds().learning().toMillis()
                    && (!counted || total >= rule.bounds().least());
        }

        @Override
        public boolean room() {
            return room.getAsBoolean();
        }

        @Override
        public void put(long value, byte[] row) {
            outcome.put(ProfileRows.valueKey(key, value), row);
        }

        @Override
        public void delete(long value) {
            outcome.delete(ProfileRows.valueKey(key, value));
        }

        @Override
        public void count(String what) {
            meters.counter("wanglou_correlator_behaviour_total", "what", what).increment();
        }

        @Override
        public void say(Sample sample, String about, String words, List<String> eventIds, long count) {
            meters.counter("wanglou_correlator_behaviour_total", "what", "said").increment();
            outcome.publish(signal(sample, about, words, eventIds, count));
        }
    }
}
