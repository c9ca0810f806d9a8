package org.wanglou.sensors.format.part;

import java.time.ZoneId;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import org.wanglou.model.Event;
import org.wanglou.sensors.format.Message;

/**
 * A device that writes pairs: where they begin, how they are written, where each goes, and what follows. Immutable.
 *
 * @param begins the index at which the pairs begin, negative when the text is not this device's
 * @param pairs how they are written, from an index of the text on
 * @param table where they go
 * @param finish completes the event once all are set
 */
public record Device(ToIntFunction<String> begins, Function<Slice, Pairs> pairs, Table table, Finish finish)
        implements Message {
    /** A text from an index on. */
    public record Slice(String text, int from) {}

    /** What follows from the fields; time zones apply to times that name none. */
    @FunctionalInterface
    public interface Finish {
        void finish(String text, Event.Builder event, ZoneId zone);
    }

    /** {@code key=value} parted by blanks or commas, values quoted or bare. */
    public static Device keyValue(ToIntFunction<String> begins, Table table, Finish finish) {
        return new Device(begins, slice -> Pairs.of(slice.text, slice.from), table, finish);
    }

    @Override
    public boolean read(String text, Event.Builder event, ZoneId zone) {
        int from = begins.applyAsInt(text);
        if (from < 0) {
            return false;
        }
        Pairs all = pairs.apply(new Slice(text, from));
        while (all.next()) {
            table.set(event, all.key(), all.value(), zone);
        }
        finish.finish(text, event, zone);
        return true;
    }
}
