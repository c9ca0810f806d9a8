package org.wanglou.sensors.listen;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.wanglou.sensors.frame.Frame;

/** One RELP connection from its open to its end; see {@link RelpListener}. Confined to the thread of its connection. */
final class RelpConversation {
    private static final Logger LOG = LoggerFactory.getLogger(RelpConversation.class);
    private static final long QUIET_MILLIS = 2 * 3_600_000L;
    private static final long FRAME_MILLIS = 60_000;
    private static final long SETTLE_MILLIS = 2_000;
    private static final long ELDERS_MILLIS = 5_000;
    /** Once the listener has been closed: so long what comes is still taken. */
    private static final long LAST_MILLIS = 1_000;
    /** A connection that is quiet looks up so often, and more often once somebody waits for it. */
    private static final int TURN_MILLIS = 500;

    private static final int SHORT_TURN_MILLIS = 50;
    private static final int SHORTEST_TURN_MILLIS = 1;
    private static final CompletableFuture<Void> NOTHING = CompletableFuture.completedFuture(null);
    private static final Answers.Habits HABITS = new Answers.Habits(Resent.FRAMES, 8 << 20, new byte[0], 1_000);

    /** What the conversations of a listener share. */
    record Room(
            String name,
            String epoch,
            Function<Frame, CompletableFuture<Void>> frames,
            Valve valve,
            Resent resent,
            LongAdder malformed,
            Clock clock) {}

    private final Room room;
    private final Connection connection;
    private final Answers answers;
    private final Resent.Trail trail;
    private final Octets in = new Octets(this::read);
    private boolean open;
    private boolean begun;
    private boolean orderly;
    private boolean cutShort;
    private long last;
    private long lap;
    private long lastCall;

    RelpConversation(Room room, Connection connection) {
        this.room = room;
        this.connection = connection;
        this.answers = new Answers(room.name(), connection, HABITS, new byte[0]);
        this.trail = room.resent().open(connection.peer(), connection::close);
    }

    void hold() throws IOException, InterruptedException {
        answers.start();
        try {
            for (RelpFrame frame = next(); frame != null && heard(frame); ) {
                frame = next();
            }
        } catch (RelpFrame.Malformed e) {
            room.malformed().increment();
            LOG.debug("no relp name={} peer={} why={}", room.name(), connection.peer(), e.getMessage());
        } finally {
            trail.over();
            answers.settle(SETTLE_MILLIS);
            trail.close(orderly);
            end();
        }
    }

    /** To close over bytes that nobody has read could take the last answers back. */
    private void end() {
        try {
            if (orderly) {
                connection.write(RelpFrame.serverClose());
            } else if (cutShort) {
                connection.linger();
            }
        } catch (IOException e) {
            // it is gone
        }
    }

    /** False when nothing is to follow. */
    private boolean heard(RelpFrame frame) throws IOException, InterruptedException {
        if (frame.number() == 0) {
            return true; // a hint
        }
        if (frame.number() <= last) {
            if (last < RelpFrame.LAST || frame.number() != 1) {
                throw new RelpFrame.Malformed("transaction numbers do not rise");
            }
            lap++;
        }
        last = frame.number();
        switch (frame.command()) {
            case "open" -> {
                String offers = open ? "" : offers(frame);
                say(offers.isEmpty() ? "500 no common version or command" : "200 OK\n" + offers);
                open = !offers.isEmpty();
                if (open) {
                    connection.useful(QUIET_MILLIS);
                }
                return open;
            }
            case "syslog" -> {
                if (!open) {
                    throw new RelpFrame.Malformed("a message before open");
                }
                take(frame);
            }
            case "close" -> {
                say("200 OK");
                orderly = true;
            }
            default -> say("500 unknown command");
        }
        return !orderly;
    }

    private void say(String text) throws IOException, InterruptedException {
        answers.owe(NOTHING, RelpFrame.answer(last, text), 0, () -> {});
    }

    /** The next frame, once there is room for it; null at the end. */
    private @Nullable RelpFrame next() throws IOException, InterruptedException {
        room.valve().await(connection.peer());
        if (closing() && System.nanoTime() > lastCall) {
            cutShort = true;
            return null;
        }
        int first = in.next();
        if (first < 0) {
            return null;
        }
        connection.within(FRAME_MILLIS);
        RelpFrame frame = RelpFrame.read(first, in, RelpListener.FRAME_LIMIT);
        connection.within(QUIET_MILLIS);
        return frame;
    }

    private boolean closing() {
        if (room.valve().open()) {
            return false;
        }
        if (lastCall == 0) {
            lastCall = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(LAST_MILLIS);
        }
        return true;
    }

    /** Bytes, -1 at the end: also when the listener has been closed and nothing comes or is owed any more. */
    private int read(byte[] into, int from, int length) throws IOException {
        while (true) {
            int turn = closing() ? SHORT_TURN_MILLIS : TURN_MILLIS;
            int got = connection.read(into, from, length, trail.asked() ? SHORTEST_TURN_MILLIS : turn);
            if (got != 0) {
                return got;
            }
            trail.idle();
            if (closing() && (answers.none() || System.nanoTime() > lastCall)) {
                return -1;
            }
        }
    }

    /** What is offered back: the version and the one command; empty when the sender asks for something else. */
    private static String offers(RelpFrame frame) {
        String version = "";
        boolean syslog = true;
        for (String line : new String(frame.data(), StandardCharsets.ISO_8859_1).split("\n", 64)) {
            if (line.startsWith("relp_version=")) {
                version = line.substring("relp_version=".length()).strip();
            } else if (line.startsWith("commands=")) {
                syslog = ("," + line.substring("commands=".length()).strip() + ",").contains(",syslog,");
            }
        }
        if (!version.matches("[0-9]{1,9}") || !syslog) {
            return "";
        }
        return "relp_version=" + Math.min(1, Integer.parseInt(version)) + "\nrelp_software=wanglou\ncommands=syslog";
    }

    private void take(RelpFrame frame) throws IOException, InterruptedException {
        if (!begun) {
            begun = true;
            room.resent().await(trail, ELDERS_MILLIS);
        }
        byte[] message = frame.message();
        Resent.Mark mark =
                trail.next(message, room.epoch() + "/" + connection.number() + "/" + lap + "." + frame.number());
        room.valve().took(connection.peer());
        CompletableFuture<Void> stored = room.frames()
                .apply(new Frame(
                        message,
                        connection.peer(),
                        room.clock().millis(),
                        mark.origin(),
                        frame.cut(),
                        connection.unit()));
        answers.owe(stored, RelpFrame.answer(frame.number(), "200 OK"), message.length, mark.answered());
    }
}
