package org.wanglou.sensors.listen;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.wanglou.sensors.frame.Frame;

/**
 * RELP 1 (librelp's {@code relp.html}), in the clear or over TLS: a message is answered {@code 200 OK} only after Kafka
 * has it. When Kafka has not taken one, it is not answered and the connection is closed: librelp sends everything
 * unanswered again on the next connection, while on a {@code 500} it would forget the message, and on the hint
 * {@code serverclose} all that is unanswered: it is given only to a sender that has taken its leave. Answers go out in the
 * order of the frames. A message is cut at 128 KiB.
 *
 * <p>Ids: epoch, connection and transaction; what is sent again after a broken connection keeps them ({@link Resent}). At
 * most 256 messages and 8 MiB of one connection are unanswered, then nothing is read. A frame must be whole within
 * 60 s; a quiet connection is kept for two hours. Threads: as {@link Connections}, and one more for the answers of each.
 */
public final class RelpListener implements Listener {
    private static final Logger LOG = LoggerFactory.getLogger(RelpListener.class);
    static final int FRAME_LIMIT = 128 << 10;
    private static final long QUIET_MILLIS = 2 * 3_600_000L;
    private static final long FRAME_MILLIS = 60_000;
    private static final long SETTLE_MILLIS = 2_000;
    private static final CompletableFuture<Void> NOTHING = CompletableFuture.completedFuture(null);
    private static final Answers.Habits HABITS = new Answers.Habits(Resent.FRAMES, 8 << 20, new byte[0], 1_000);

    private final String name;
    private final Function<Frame, CompletableFuture<Void>> frames;
    private final Valve valve;
    private final LongAdder malformed;
    private final Clock clock;
    private final String epoch;
    private final Connections connections;
    private final Resent resent = new Resent();

    /**
     * @param refused counts connections that were refused or had to make place
     * @param malformed counts connections that were closed because of bytes that are no RELP
     * @param epoch unique for each start of the process
     */
    public RelpListener(
            String name,
            InetSocketAddress bind,
            Optional<TlsServer> tls,
            Function<Frame, CompletableFuture<Void>> frames,
            RateLimit rate,
            LongAdder refused,
            LongAdder malformed,
            Clock clock,
            String epoch) {
        this(name, bind, tls, frames, rate, refused, malformed, clock, epoch, PeerTable.open());
    }

    /** @param peers who may connect, and how much each may bring */
    public RelpListener(
            String name,
            InetSocketAddress bind,
            Optional<TlsServer> tls,
            Function<Frame, CompletableFuture<Void>> frames,
            RateLimit rate,
            LongAdder refused,
            LongAdder malformed,
            Clock clock,
            String epoch,
            PeerTable peers) {
        this.name = name;
        this.frames = frames;
        this.valve = new Valve(rate, peers);
        this.malformed = malformed;
        this.clock = clock;
        this.epoch = epoch;
        this.connections =
                new Connections(name, bind, tls, Connections.Bounds.DEFAULT, refused, peers::allowed, this::converse);
    }

    @Override
    public void start() throws IOException {
        connections.start();
        LOG.info("relp listener started name={} port={}", name, boundAddress().getPort());
    }

    private void converse(Connection connection) throws IOException, InterruptedException {
        Resent.Trail trail = resent.open(connection.peer());
        Answers answers = new Answers(name, connection, HABITS, new byte[0]);
        answers.start();
        boolean orderly = false;
        try {
            orderly = talk(connection, answers, trail);
        } catch (RelpFrame.Malformed e) {
            malformed.increment();
            LOG.debug("no relp name={} peer={} why={}", name, connection.peer(), e.getMessage());
        } finally {
            answers.settle(SETTLE_MILLIS);
            trail.close(orderly);
            if (orderly) {
                hint(connection);
            }
        }
    }

    private static void hint(Connection connection) {
        try {
            connection.write(RelpFrame.serverClose());
        } catch (IOException e) {
            // a hint only
        }
    }

    /** True when the sender took its leave. */
    private boolean talk(Connection connection, Answers answers, Resent.Trail trail)
            throws IOException, InterruptedException {
        Octets in = new Octets(connection::read);
        boolean open = false;
        long last = 0;
        long lap = 0;
        for (RelpFrame frame = next(connection, in); frame != null; frame = next(connection, in)) {
            if (frame.number() == 0) {
                continue; // a hint
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
                    String answer = offers.isEmpty() ? "500 no common version or command" : "200 OK\n" + offers;
                    answers.owe(NOTHING, RelpFrame.answer(last, answer), 0, () -> {});
                    if (offers.isEmpty()) {
                        return false;
                    }
                    open = true;
                    connection.useful(QUIET_MILLIS);
                }
                case "syslog" -> {
                    if (!open) {
                        throw new RelpFrame.Malformed("a message before open");
                    }
                    take(connection, answers, trail, frame, epoch + "/" + connection.number() + "/" + lap + "." + last);
                }
                case "close" -> {
                    answers.owe(NOTHING, RelpFrame.answer(last, "200 OK"), 0, () -> {});
                    return true;
                }
                default -> answers.owe(NOTHING, RelpFrame.answer(last, "500 unknown command"), 0, () -> {});
            }
        }
        return false;
    }

    /** The next frame, once there is room for it; null at the end. */
    private @Nullable RelpFrame next(Connection connection, Octets in) throws IOException, InterruptedException {
        valve.await(connection.peer());
        int first = valve.open() ? in.next() : -1;
        if (first < 0) {
            return null;
        }
        connection.within(FRAME_MILLIS);
        RelpFrame frame = RelpFrame.read(first, in, FRAME_LIMIT);
        connection.within(QUIET_MILLIS);
        return frame;
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

    private void take(Connection connection, Answers answers, Resent.Trail trail, RelpFrame frame, String own)
            throws IOException, InterruptedException {
        byte[] message = frame.message();
        Resent.Mark mark = trail.next(message, own);
        valve.took(connection.peer());
        CompletableFuture<Void> stored = frames.apply(
                new Frame(message, connection.peer(), clock.millis(), mark.origin(), frame.cut(), connection.unit()));
        answers.owe(stored, RelpFrame.answer(frame.number(), "200 OK"), message.length, mark.answered());
    }

    @Override
    public InetSocketAddress boundAddress() {
        return connections.boundAddress();
    }

    /** Connections open now. */
    int connections() {
        return connections.count();
    }

    @Override
    public void pause(boolean pause) {
        valve.pause(pause);
    }

    @Override
    public void close() {
        valve.close();
        connections.drain(SETTLE_MILLIS);
    }
}
