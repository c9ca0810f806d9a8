package org.wanglou.sensors.listen;

import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import org.wanglou.sensors.format.Assembler;

/**
 * How the lines of a source are put together. Immutable.
 *
 * @param assembler a new one for each file, connection, body or peer
 * @param quietMillis how long nothing may follow before what is pending is handed on, by the source's clock
 * @param early counts groups that were closed because too many were open
 */
public record Joining(Supplier<Assembler> assembler, long quietMillis, LongAdder early) {
    /** Quiet time of files: a program writes a trace at once, but it may be looked at in the middle. */
    public static final long FILE_MILLIS = 1_000;
    /** Quiet time of connections: the last line before a lull is that much later. */
    public static final long STREAM_MILLIS = 200;

    /** Every line is a frame. */
    public static Joining none() {
        return new Joining(() -> Assembler.NONE, STREAM_MILLIS, new LongAdder());
    }

    /** Whether lines are held back at all. */
    public boolean joins() {
        return assembler.get() != Assembler.NONE;
    }
}
