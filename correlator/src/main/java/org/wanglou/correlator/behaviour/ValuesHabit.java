package org.wanglou.correlator.behaviour;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.wanglou.crypto.sm.Sm3;
import org.wanglou.rules.behaviour.BehaviourRule;

/**
 * The values an entity has shown: new ones, and ones that are rare. Each is a row: first met, last met, how often, whether
 * it was spoken of. Beyond the rule's bound the value unmet longest is forgotten; from then on the words say so.
 */
final class ValuesHabit implements Habit {
    private static final int ROW = 25;

    private static final class Known {
        private long first;
        private long last;
        private long count;
        private boolean said;
    }

    private final Map<Long, Known> values = new HashMap<>();
    private boolean forgetful;

    @Override
    public void take(Sample sample, Turn turn) {
        BehaviourRule rule = turn.rule();
        long hash = ByteBuffer.wrap(Sm3.digest(sample.value().getBytes(StandardCharsets.UTF_8)))
                .getLong();
        Known known = values.get(hash);
        if (known != null && sample.time() - known.last > rule.bounds().memory().toMillis()) {
            values.remove(hash);
            turn.delete(hash);
            known = null;
        }
        if (known == null) {
            if (!turn.room()) {
                turn.count("value_budget");
                return;
            }
            known = new Known();
            known.first = sample.time();
            values.put(hash, known);
        }
        if (turn.learnt(sample.time()) && !known.said) {
            known.said = speak(sample, known, turn);
        }
        known.last = sample.time();
        known.count++;
        turn.put(hash, row(known));
        if (values.size() > rule.bounds().values()) {
            forgetOldest(turn);
        }
    }

    private boolean speak(Sample sample, Known known, Turn turn) {
        BehaviourRule rule = turn.rule();
        String field = String.join("、", rule.fields());
        String bounded = forgetful ? "；值太多，最久未见的已忘记" : "";
        if (rule.type() == BehaviourRule.Type.FIRST_SEEN) {
            if (known.count > 0) {
                return false;
            }
            turn.say(
                    sample,
                    sample.value(),
                    "第一次出现 " + field + " = " + sample.value() + "；" + turn.watched(sample.time()) + "，见过 "
                            + (values.size() - 1) + " 个不同的值" + bounded,
                    List.of(sample.eventId()),
                    1);
            return true;
        }
        double share = (known.count + 1.0) / (turn.total() + 1.0);
        if (share > rule.bounds().share()) {
            return false;
        }
        turn.say(
                sample,
                sample.value(),
                String.format(
                        java.util.Locale.ROOT,
                        "少见的 %s = %s：%d 次里第 %d 次，占 %.2f %%（界限 %.2f %%）；%s%s",
                        field,
                        sample.value(),
                        turn.total() + 1,
                        known.count + 1,
                        100 * share,
                        100 * rule.bounds().share(),
                        turn.watched(sample.time()),
                        bounded),
                List.of(sample.eventId()),
                1);
        return true;
    }

    private void forgetOldest(Turn turn) {
        long oldest = 0;
        Known least = null;
        for (Map.Entry<Long, Known> entry : values.entrySet()) {
            Known known = entry.getValue();
            if (least == null
                    || known.last < least.last
                    || known.last == least.last && Long.compareUnsigned(entry.getKey(), oldest) < 0) {
                least = known;
                oldest = entry.getKey();
            }
        }
        values.remove(oldest);
        turn.delete(oldest);
        turn.count("value_forgotten");
        forgetful = true;
    }

    private static byte[] row(Known known) {
        return ByteBuffer.allocate(ROW)
                .putLong(known.first)
                .putLong(known.last)
                .putLong(known.count)
                .put((byte) (known.said ? 1 : 0))
                .array();
    }

    @Override
    public void restore(long value, ByteBuffer row) {
        Known known = new Known();
        known.first = row.getLong();
        known.last = row.getLong();
        known.count = row.getLong();
        known.said = row.get() != 0;
        values.put(value, known);
    }

    @Override
    public int rows() {
        return values.size();
    }

    @Override
    public void end(Turn turn) {
        values.keySet().forEach(turn::delete);
        values.clear();
    }

    @Override
    public void write(DataOutput out) throws IOException {
        out.writeBoolean(forgetful);
    }

    @Override
    public void read(DataInput in) throws IOException {
        forgetful = in.readBoolean();
    }
}
