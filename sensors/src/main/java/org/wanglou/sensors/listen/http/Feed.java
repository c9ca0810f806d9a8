package org.wanglou.sensors.listen.http;

import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Function;
import org.wanglou.sensors.frame.Frame;
import org.wanglou.sensors.frame.Outer;
import org.wanglou.sensors.listen.Joining;
import org.wanglou.sensors.listen.LineJoin;

/**
 * Hands the frames of one request on and keeps their fate. At most 8,192 are under way, so a body of tiny lines costs no
 * more than one of long ones; after the first that is not stored no further one is taken, since each would wait in vain.
 * Confined to the connection's thread.
 */
public final class Feed {
    /** Longest payload; what is longer is cut. */
    public static final int LIMIT = 512 << 10;

    private static final int UNDER_WAY = 8_192;
    private static final long STORE_SECONDS = 35;

    private final Function<Frame, CompletableFuture<Void>> frames;
    private final Runnable took;
    private final Clock clock;
    private final String peer;
    private final String unit;
    private final ArrayDeque<CompletableFuture<Void>> waiting = new ArrayDeque<>();
    private final Optional<LineJoin> join;
    private final BitSet stored = new BitSet();
    private int taken;
    private int handed;
    private int settled;
    private int rejected;
    private boolean failed;

    /**
     * @param took told of each frame
     * @param joining how lines are put together
     */
    public Feed(
            Function<Frame, CompletableFuture<Void>> frames,
            Runnable took,
            Clock clock,
            String peer,
            String unit,
            Joining joining) {
        this.frames = frames;
        this.took = took;
        this.clock = clock;
        this.peer = peer;
        this.unit = unit;
        this.join =
                joining.joins() ? Optional.of(new LineJoin(joining.assembler().get(), this::hand)) : Optional.empty();
    }

    /**
     * Hands on one payload; false when Kafka is away: this one and what follows must be sent again.
     *
     * @param origin unique in the source
     */
    public boolean take(byte[] from, int start, int end, String origin, Outer outer) throws InterruptedException {
        return take(from, start, end, origin, outer, this::hand);
    }

    /** As above, of a line that may be one of several of an event. */
    public boolean line(byte[] from, int start, int end, String origin, Outer outer) throws InterruptedException {
        return take(from, start, end, origin, outer, join.isPresent() ? join.get()::add : this::hand);
    }

    private boolean take(byte[] from, int start, int end, String origin, Outer outer, Consumer<Frame> frames)
            throws InterruptedException {
        if (waiting.size() >= UNDER_WAY) {
            settle();
        }
        if (failed) {
            return false;
        }
        took.run();
        boolean cut = end - start > LIMIT;
        byte[] bytes = Arrays.copyOfRange(from, start, cut ? start + LIMIT : end);
        taken++;
        frames.accept(new Frame(bytes, peer, clock.millis(), origin, cut, unit, 1, outer));
        return !failed;
    }

    private void hand(Frame frame) {
        CompletableFuture<Void> one = frames.apply(frame);
        waiting.add(one);
        handed++;
        failed |= one.isCompletedExceptionally();
    }

    /** As above, of a whole array. */
    public boolean take(byte[] bytes, String origin, Outer outer) throws InterruptedException {
        return take(bytes, 0, bytes.length, origin, outer);
    }

    /** How many were taken; the next one's number. */
    public int taken() {
        return taken;
    }

    /** How many were handed on, lines that belong together as one; all of them after {@link #stored()}. */
    public int handed() {
        return handed;
    }

    /** One that the protocol's answer says will never be taken; it is counted, and no event. */
    public void rejected() {
        rejected++;
    }

    /** How many will never be taken. */
    public int rejects() {
        return rejected;
    }

    /** The sender's address, part of origins. */
    public String peer() {
        return peer;
    }

    /** Waits for all; true when each of them is stored. */
    public boolean stored() throws InterruptedException {
        join.ifPresent(LineJoin::end);
        while (!waiting.isEmpty()) {
            settle();
        }
        return !failed;
    }

    /** Whether this one, when none was a line, is stored, after {@link #stored()}. */
    public boolean stored(int number) {
        return stored.get(number);
    }

    private void settle() throws InterruptedException {
        CompletableFuture<?>[] all = waiting.toArray(new CompletableFuture<?>[0]);
        try {
            CompletableFuture.allOf(all).get(STORE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            failed = true;
        }
        for (CompletableFuture<Void> one : waiting) {
            stored.set(settled++, one.isDone() && !one.isCompletedExceptionally());
        }
        waiting.clear();
    }
}
