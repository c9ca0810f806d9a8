package org.wanglou.sensors.listen;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What one connection still owes its sender: answers in the order of what came, each written once Kafka has what it is
 * for. When Kafka has not taken one, nothing after it is answered and the connection is closed, so that the sender sends
 * all of it again. Thread {@code sensors-<name>-<number>-answers}; {@link #owe} and {@link #settle} belong to the thread
 * that reads.
 */
final class Answers {
    /**
     * Bounds and habits.
     *
     * @param most answers owed at once; who reads waits above it
     * @param bytes of what they are for, in all
     * @param alive written while the oldest answer waits, so that the sender does not give up; empty: nothing
     * @param aliveMillis how often
     */
    record Habits(int most, long bytes, byte[] alive, long aliveMillis) {}

    /** What is owed. {@code said} is run before the answer is written. */
    private record Owed(CompletableFuture<?> stored, byte[] answer, int bytes, Runnable said) {}

    /** After Kafka's refusal: a sender that comes again at once would do nothing else. */
    private static final long REST_MILLIS = 1_000;

    private static final int WRITE_AT_ONCE = 32 << 10;

    private final Connection connection;
    private final Habits habits;
    private final byte[] farewell;
    private final Thread writer;
    private final Object gate = new Object();
    private final ArrayDeque<Owed> owed = new ArrayDeque<>();
    private long bytes;
    private boolean ended;

    /** @param farewell written before the connection is closed because of Kafka; empty: nothing */
    Answers(String name, Connection connection, Habits habits, byte[] farewell) {
        this.connection = connection;
        this.habits = habits;
        this.farewell = farewell.clone();
        this.writer = new Thread(this::run, "sensors-" + name + "-" + connection.number() + "-answers");
        writer.setDaemon(true);
    }

    void start() {
        writer.start();
    }

    /**
     * Owes an answer; waits while too much is owed.
     *
     * @param size bytes of what it is for
     * @throws IOException when nothing is answered any more
     */
    void owe(CompletableFuture<?> stored, byte[] answer, int size, Runnable said)
            throws IOException, InterruptedException {
        synchronized (gate) {
            while (!ended && !owed.isEmpty() && (owed.size() >= habits.most() || bytes + size > habits.bytes())) {
                gate.wait(1_000);
            }
            if (ended) {
                throw new IOException("not stored, or no longer listening");
            }
            owed.add(new Owed(stored, answer, size, said));
            bytes += size;
            gate.notifyAll();
        }
        stored.whenComplete((done, failure) -> wake());
    }

    private void wake() {
        synchronized (gate) {
            gate.notifyAll();
        }
    }

    /** True when nothing is owed. */
    boolean none() {
        synchronized (gate) {
            return owed.isEmpty();
        }
    }

    /** True while answers are written. */
    boolean open() {
        synchronized (gate) {
            return !ended;
        }
    }

    /** Waits until nothing is owed, so long at most, and ends. */
    void settle(long millis) throws InterruptedException {
        long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        synchronized (gate) {
            for (long left = millis; left > 0 && !ended && !owed.isEmpty(); ) {
                gate.wait(left);
                left = TimeUnit.NANOSECONDS.toMillis(until - System.nanoTime());
            }
            ended = true;
            gate.notifyAll();
        }
        writer.join(millis + 1);
    }

    private void run() {
        try {
            for (byte[] due = due(); due != null; due = due()) {
                if (due.length > 0) {
                    connection.write(due);
                }
                written();
            }
        } catch (IOException e) {
            // the reader sees the same
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            end();
        }
    }

    private int inHand;

    /** The answers that are due now, in one piece; what keeps the sender waiting when none is; null at the end. */
    private byte @Nullable [] due() throws IOException, InterruptedException {
        long tell = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(habits.aliveMillis());
        synchronized (gate) {
            while (!ended) {
                ByteArrayOutputStream text = new ByteArrayOutputStream();
                inHand = 0;
                for (Owed one : owed) {
                    if (!one.stored().isDone() || text.size() > WRITE_AT_ONCE) {
                        break;
                    }
                    if (one.stored().isCompletedExceptionally()) {
                        if (text.size() > 0) {
                            break;
                        }
                        rest();
                        connection.write(farewell);
                        throw new IOException("not stored");
                    }
                    one.said().run();
                    text.writeBytes(one.answer());
                    inHand++;
                }
                if (inHand > 0) {
                    return text.toByteArray();
                }
                long left = TimeUnit.NANOSECONDS.toMillis(tell - System.nanoTime());
                if (owed.isEmpty() || habits.alive().length == 0) {
                    gate.wait(1_000);
                    if (owed.isEmpty()) {
                        tell = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(habits.aliveMillis());
                    }
                } else if (left <= 0) {
                    return habits.alive();
                } else {
                    gate.wait(left);
                }
            }
            return null;
        }
    }

    /** Releases the gate meanwhile, so that others may see the end. */
    private void rest() throws InterruptedException {
        long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(REST_MILLIS);
        for (long left = REST_MILLIS; left > 0 && !ended; ) {
            gate.wait(left);
            left = TimeUnit.NANOSECONDS.toMillis(until - System.nanoTime());
        }
    }

    private void written() {
        synchronized (gate) {
            for (; inHand > 0; inHand--) {
                bytes -= owed.remove().bytes();
            }
            gate.notifyAll();
        }
    }

    private void end() {
        boolean early;
        synchronized (gate) {
            early = !ended;
            ended = true;
            gate.notifyAll();
        }
        if (early) {
            connection.close();
        }
    }
}
