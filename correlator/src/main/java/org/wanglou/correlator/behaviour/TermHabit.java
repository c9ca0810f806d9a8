package org.wanglou.correlator.behaviour;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;

/** What an entity does between two terms: spoken of once a day. */
final class TermHabit implements Habit {
    private long day = Long.MIN_VALUE;

    @Override
    public void take(Sample sample, Turn turn) {
        LocalDate date = Instant.ofEpochMilli(sample.time())
                .atZone(turn.rule().bounds().zone())
                .toLocalDate();
        if (date.toEpochDay() <= day) {
            return;
        }
        turn.rule().terms().holiday(date).ifPresent(holiday -> {
            day = date.toEpochDay();
            turn.say(
                    sample,
                    date.toString(),
                    date + " 不在学期内：" + holiday + "；" + turn.watched(sample.time()),
                    List.of(sample.eventId()),
                    1);
        });
    }

    @Override
    public void write(DataOutput out) throws IOException {
        out.writeLong(day);
    }

    @Override
    public void read(DataInput in) throws IOException {
        day = in.readLong();
    }
}
