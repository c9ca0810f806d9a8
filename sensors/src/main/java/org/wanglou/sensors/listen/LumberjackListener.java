package org.wanglou.sensors.listen;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import java.util.zip.ZipException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.wanglou.crypto.sm.Sm3;
import org.wanglou.sensors.frame.Frame;
import org.wanglou.sensors.frame.Outer;

/**
 * Lumberjack 2 (and 1), as Beats and Logstash ship, in the clear or over TLS. A window is acknowledged as a whole, only
 * after Kafka has every event of it; until then {@code A 0} every three seconds tells the sender to wait. When Kafka has
 * not taken one, nothing is acknowledged and the connection is closed: the sender sends the window again, whole, so that
 * ids that rest on it stay what they were.
 *
 * <p>Ids: {@code @metadata._id}, else agent + file + offset ({@link Outer.Naming#AGENT}), else the window's digest, the
 * event's number in it, the peer. At most 16,384 events and 16 MiB of one window, unpacked at most 200 to 1; 8 windows
 * and 16 MiB of one connection under way, 128 MiB of all. A window must be whole within 120 s; a quiet connection is kept
 * for two hours. Threads: as {@link Connections}, and one more for the answers of each.
 */
public final class LumberjackListener implements Listener {
    private static final Logger LOG = LoggerFactory.getLogger(LumberjackListener.class);
    private static final long QUIET_MILLIS = 2 * 3_600_000L;
    private static final long WINDOW_MILLIS = 120_000;
    private static final long SETTLE_MILLIS = 2_000;
    private static final long ALIVE_MILLIS = 3_000;
    private static final long MOST_UNDER_WAY = 128L << 20;

    private final String name;
    private final Function<Frame, CompletableFuture<Void>> frames;
    private final Valve valve;
    private final LongAdder refused;
    private final LongAdder malformed;
    private final Clock clock;
    private final Connections connections;
    private final LongAdder underWay = new LongAdder();

    /**
     * @param refused counts connections that were refused or had to make place
     * @param malformed counts connections that were closed because of bytes that are no Lumberjack
     */
    public LumberjackListener(
            String name,
            InetSocketAddress bind,
            Optional<TlsServer> tls,
            Function<Frame, CompletableFuture<Void>> frames,
            RateLimit rate,
            LongAdder refused,
            LongAdder malformed,
            Clock clock) {
        this(name, bind, tls, frames, rate, refused, malformed, clock, PeerTable.open());
    }

    /** @param peers who may connect, and how much each may bring */
    public LumberjackListener(
            String name,
            InetSocketAddress bind,
            Optional<TlsServer> tls,
            Function<Frame, CompletableFuture<Void>> frames,
            RateLimit rate,
            LongAdder refused,
            LongAdder malformed,
            Clock clock,
            PeerTable peers) {
        this.name = name;
        this.frames = frames;
        this.valve = new Valve(rate, peers);
        this.refused = refused;
        this.malformed = malformed;
        this.clock = clock;
        this.connections =
                new Connections(name, bind, tls, Connections.Bounds.DEFAULT, refused, peers::allowed, this::converse);
    }

    @Override
    public void start() throws IOException {
        connections.start();
        LOG.info(
                "lumberjack listener started name={} port={}",
                name,
                boundAddress().getPort());
    }

    private void converse(Connection connection) throws IOException, InterruptedException {
        Octets in = new Octets(connection::read);
        valve.await(connection.peer());
        int version = in.next();
        Answers.Habits habits = new Answers.Habits(
                8, LumberjackBatch.BATCH_BYTES, LumberjackBatch.ack(version == '1' ? '1' : '2', 0), ALIVE_MILLIS);
        Answers answers = new Answers(name, connection, habits, new byte[0]);
        answers.start();
        try {
            for (int first = version; first >= 0 && valve.open(); first = in.next()) {
                connection.within(WINDOW_MILLIS);
                take(connection, answers, LumberjackBatch.read(first, in));
                connection.useful(QUIET_MILLIS);
                valve.await(connection.peer());
            }
        } catch (LumberjackBatch.Malformed | ZipException e) {
            malformed.increment();
            LOG.debug("no lumberjack name={} peer={} why={}", name, connection.peer(), e.getMessage());
        } finally {
            answers.settle(SETTLE_MILLIS);
        }
    }

    private void take(Connection connection, Answers answers, LumberjackBatch.Window window)
            throws IOException, InterruptedException {
        int size =
                window.items().stream().mapToInt(item -> item.document().length).sum();
        if (underWay.sum() + size > MOST_UNDER_WAY) {
            refused.increment();
            throw new IOException("too much under way");
        }
        underWay.add(size);
        List<CompletableFuture<Void>> sent = new ArrayList<>(window.items().size());
        String batch = digest(window);
        for (LumberjackBatch.Item item : window.items()) {
            valve.took(connection.peer());
            CompletableFuture<Void> one = frames.apply(frame(connection, batch, sent.size(), item));
            sent.add(one);
            if (one.isCompletedExceptionally()) {
                break; // Kafka is away: the rest would wait in vain, each for its own time
            }
        }
        CompletableFuture<Void> stored = CompletableFuture.allOf(sent.toArray(new CompletableFuture<?>[0]))
                .whenComplete((done, failure) -> underWay.add(-size));
        answers.owe(stored, window.answer(), size, () -> {});
    }

    private Frame frame(Connection connection, String batch, int number, LumberjackBatch.Item item) {
        LumberjackDocument document = LumberjackDocument.read(item.document());
        boolean named = !document.id().isEmpty();
        String origin = named ? "id " + document.id() : batch + "/" + number + "/" + connection.peer();
        Outer outer = new Outer(Map.of(), true, named ? Outer.Naming.SENDER : Outer.Naming.AGENT);
        return new Frame(
                document.document(),
                connection.peer(),
                clock.millis(),
                origin,
                item.cut(),
                connection.unit(),
                1,
                outer);
    }

    private static String digest(LumberjackBatch.Window window) {
        List<String> digests = new ArrayList<>(window.items().size());
        window.items().forEach(item -> digests.add(Sm3.hex(item.document())));
        return Sm3.hex(String.join("\n", digests).getBytes(java.nio.charset.StandardCharsets.US_ASCII));
    }

    @Override
    public InetSocketAddress boundAddress() {
        return connections.boundAddress();
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
