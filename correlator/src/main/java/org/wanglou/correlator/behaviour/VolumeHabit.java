package org.wanglou.correlator.behaviour;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.TextStyle;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.wanglou.rules.behaviour.BehaviourRule;

/**
 * How much an entity does in each hour of the week (168 slots) or on each day of the week (7): running mean and mean
 * deviation of what the same slot brought before. Intervals without a sample count as nothing. What was alarming teaches no
 * more than the threshold it passed, so that an attack does not become the norm at once.
 */
final class VolumeHabit implements Habit {
    /** What a slot must have been met before it is a baseline. */
    static final int WEEKS = 2;

    private static final double DEVIATIONS = 4;
    private static final double SLOWEST = 0.1;
    private static final int IDS = 64;
    private static final int GAP_MAX = 24 * 7 * 8;
    private static final long NONE = Long.MIN_VALUE;

    private double[] mean = new double[0];
    private double[] deviation = new double[0];
    private int[] weeks = new int[0];
    private long start = NONE;
    private double amount;
    private long count;
    private boolean said;
    private final List<String> ids = new ArrayList<>();

    @Override
    public void take(Sample sample, Turn turn) {
        BehaviourRule rule = turn.rule();
        prepare(rule);
        long interval = start(rule, sample.time());
        if (start == NONE) {
            start = interval;
        }
        close(rule, interval);
        double weight = rule.fields().isEmpty() ? 1 : number(sample.value());
        amount += weight;
        count++;
        if (ids.size() < IDS) {
            ids.add(sample.eventId());
        }
        int slot = slot(rule, start);
        double threshold = threshold(rule, slot);
        if (!said && weeks[slot] >= WEEKS && turn.learnt(sample.time()) && amount > threshold) {
            said = true;
            turn.say(sample, Long.toString(start), words(rule, slot, threshold, turn, sample), List.copyOf(ids), count);
        }
    }

    private String words(BehaviourRule rule, int slot, double threshold, Turn turn, Sample sample) {
        ZonedDateTime at = Instant.ofEpochMilli(start).atZone(rule.bounds().zone());
        String day = at.getDayOfWeek().getDisplayName(TextStyle.FULL, Locale.SIMPLIFIED_CHINESE);
        return String.format(
                Locale.ROOT,
                "%s %s%s已有 %.0f%s；同一时段以往平均 %.1f、平均偏差 %.1f（%d 周），界限 %.0f；%s",
                at.toLocalDate(),
                day,
                hourly(rule) ? " " + at.getHour() + " 时" : "",
                amount,
                rule.fields().isEmpty() ? " 次" : "（" + rule.fields().get(0) + " 之和）",
                mean[slot],
                deviation[slot],
                weeks[slot],
                threshold,
                turn.watched(sample.time()));
    }

    private double threshold(BehaviourRule rule, int slot) {
        double over = Math.max(mean[slot] * rule.bounds().factor(), mean[slot] + DEVIATIONS * deviation[slot]);
        return Math.max(rule.bounds().least(), over);
    }

    /** Learns from every interval that ended before {@code next} begins. */
    private void close(BehaviourRule rule, long next) {
        for (int gap = 0; start < next; gap++) {
            if (gap > GAP_MAX) {
                start = next;
                break;
            }
            int slot = slot(rule, start);
            learn(slot, said ? Math.min(amount, threshold(rule, slot)) : amount);
            amount = 0;
            count = 0;
            said = false;
            ids.clear();
            start = after(rule, start);
        }
    }

    private void learn(int slot, double value) {
        weeks[slot]++;
        double speed = Math.max(1.0 / weeks[slot], SLOWEST);
        double off = Math.abs(value - mean[slot]);
        deviation[slot] += speed * ((weeks[slot] == 1 ? 0 : off) - deviation[slot]);
        mean[slot] += speed * (value - mean[slot]);
    }

    private static boolean hourly(BehaviourRule rule) {
        return rule.bounds().interval().toHours() == 1;
    }

    private void prepare(BehaviourRule rule) {
        int slots = hourly(rule) ? 168 : 7;
        if (mean.length != slots) {
            mean = new double[slots];
            deviation = new double[slots];
            weeks = new int[slots];
        }
    }

    private static long start(BehaviourRule rule, long time) {
        ZonedDateTime at = Instant.ofEpochMilli(time).atZone(rule.bounds().zone());
        return at.truncatedTo(hourly(rule) ? ChronoUnit.HOURS : ChronoUnit.DAYS)
                .toInstant()
                .toEpochMilli();
    }

    // A day is not always 24 hours where clocks are changed.
    private static long after(BehaviourRule rule, long start) {
        ZonedDateTime at = Instant.ofEpochMilli(start).atZone(rule.bounds().zone());
        return (hourly(rule) ? at.plusHours(1) : at.plusDays(1)).toInstant().toEpochMilli();
    }

    private static int slot(BehaviourRule rule, long start) {
        ZonedDateTime at = Instant.ofEpochMilli(start).atZone(rule.bounds().zone());
        int day = at.getDayOfWeek().getValue() - 1;
        return hourly(rule) ? day * 24 + at.getHour() : day;
    }

    private static double number(String text) {
        try {
            double number = Double.parseDouble(text);
            return number >= 0 && number < 1e15 ? number : 0;
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    @Override
    public void write(DataOutput out) throws IOException {
        out.writeShort(mean.length);
        for (int i = 0; i < mean.length; i++) {
            out.writeDouble(mean[i]);
            out.writeDouble(deviation[i]);
            out.writeInt(weeks[i]);
        }
        out.writeLong(start);
        out.writeDouble(amount);
        out.writeLong(count);
        out.writeBoolean(said);
        out.writeByte(ids.size());
        for (String id : ids) {
            out.writeUTF(id);
        }
    }

    @Override
    public void read(DataInput in) throws IOException {
        int slots = in.readShort();
        mean = new double[slots];
        deviation = new double[slots];
        weeks = new int[slots];
        for (int i = 0; i < slots; i++) {
            mean[i] = in.readDouble();
            deviation[i] = in.readDouble();
            weeks[i] = in.readInt();
        }
        start = in.readLong();
        amount = in.readDouble();
        count = in.readLong();
        said = in.readBoolean();
        ids.clear();
        for (int i = in.readByte(); i > 0; i--) {
            ids.add(in.readUTF());
        }
    }
}
