package org.wanglou.sensors.listen;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.wanglou.sensors.frame.Frame;
import org.wanglou.sensors.frame.StreamFraming;

/**
 * Syslog over TCP (RFC 6587) or TLS (RFC 5425), one thread for each connection, at most 512 and 128 of one address. A
 * connection must bring its first message within 30 s and one every two hours after that: a sender that writes into a
 * closed connection loses what it wrote, so quiet ones are kept. While paused or above the rate limit nothing is read and
 * the sender's window fills: back-pressure without loss; above its own limit it is that sender alone who waits.
 *
 * <p>Thread {@code sensors-<name>-quiet}, where lines are joined, hands on what a connection that is quiet has pending.
 */
public final class TcpListener implements Listener {
    private static final Logger LOG = LoggerFactory.getLogger(TcpListener.class);
    private static final int FRAME_LIMIT = 64 << 10;
    private static final long QUIET_MILLIS = 2 * 3_600_000L;

    private final String name;
    private final Consumer<Frame> frames;
    private final Clock clock;
    private final String epoch;
    private final Connections connections;
    private final Valve valve;
    private final Joining joining;
    private final boolean joins;
    private final Set<LineJoin> open = ConcurrentHashMap.newKeySet();

    /**
     * @param refused counts connections that were refused or had to make place
     * @param epoch unique for each start of the process: with the connection's and the frame's number it makes the id
     */
    public TcpListener(
            String name,
            InetSocketAddress bind,
            Optional<TlsServer> tls,
            Consumer<Frame> frames,
            RateLimit rate,
            LongAdder refused,
            Clock clock,
            String epoch) {
        this(
                name,
                bind,
                tls,
                frames,
                rate,
                refused,
                clock,
                epoch,
                Connections.Bounds.DEFAULT,
                PeerTable.open(),
                Joining.none());
    }

    /**
     * @param peers who may connect, and how much each may bring
     * @param joining how lines of a connection are put together; frames whose length was counted are whole
     */
    public TcpListener(
            String name,
            InetSocketAddress bind,
            Optional<TlsServer> tls,
            Consumer<Frame> frames,
            RateLimit rate,
            LongAdder refused,
            Clock clock,
            String epoch,
            PeerTable peers,
            Joining joining) {
        this(name, bind, tls, frames, rate, refused, clock, epoch, Connections.Bounds.DEFAULT, peers, joining);
    }

    TcpListener(
            String name,
            InetSocketAddress bind,
            Optional<TlsServer> tls,
            Consumer<Frame> frames,
            RateLimit rate,
            LongAdder refused,
            Clock clock,
            String epoch,
            Connections.Bounds bounds) {
        this(name, bind, tls, frames, rate, refused, clock, epoch, bounds, PeerTable.open(), Joining.none());
    }

    TcpListener(
            String name,
            InetSocketAddress bind,
            Optional<TlsServer> tls,
            Consumer<Frame> frames,
            RateLimit rate,
            LongAdder refused,
            Clock clock,
            String epoch,
            Connections.Bounds bounds,
            PeerTable peers,
            Joining joining) {
        this.valve = new Valve(rate, peers);
        this.joining = joining;
        this.joins = joining.joins();
        this.name = name;
        this.frames = frames;
        this.clock = clock;
        this.epoch = epoch;
        this.connections = new Connections(name, bind, tls, bounds, refused, peers::allowed, this::converse);
    }

    @Override
    public void start() throws IOException {
        connections.start();
        if (joins) {
            new Thread(this::endQuiet, "sensors-" + name + "-quiet").start();
        }
        LOG.info("tcp listener started name={} port={}", name, boundAddress().getPort());
    }

    private void converse(Connection connection) throws IOException, InterruptedException {
        LineJoin join = new LineJoin(joining.assembler().get(), frames);
        Counted counted = new Counted(connection, join);
        byte[] buffer = new byte[16 << 10];
        open.add(join);
        try {
            long before = 0;
            int length = connection.read(buffer, 0, buffer.length);
            while (length >= 0 && valve.open()) {
                counted.framing.feed(buffer, length);
                if (counted.frames > before) {
                    before = counted.frames;
                    connection.useful(QUIET_MILLIS);
                }
                awaitRoom(connection.peer(), join);
                length = connection.read(buffer, 0, buffer.length);
            }
        } finally {
            counted.framing.end();
            join.end();
            open.remove(join);
        }
    }

    /** The frames of one connection. Confined to its thread. */
    private final class Counted {
        private final Connection connection;
        private final LineJoin join;
        private final StreamFraming framing = new StreamFraming(FRAME_LIMIT, this::frame);
        private final String origin;
        private long frames;

        private Counted(Connection connection, LineJoin join) {
            this.connection = connection;
            this.join = join;
            this.origin = epoch + "/" + connection.number() + "/";
        }

        private void frame(byte[] bytes, boolean cut) {
            valve.took(connection.peer());
            String name = origin + frames++;
            Frame frame = new Frame(bytes, connection.peer(), clock.millis(), name, cut, connection.unit());
            if (!joins) {
                TcpListener.this.frames.accept(frame);
            } else if (framing.counted()) {
                join.end();
                TcpListener.this.frames.accept(frame);
            } else {
                join.add(frame);
            }
        }
    }

    private void endQuiet() {
        long look = Math.max(20, Math.min(100, joining.quietMillis() / 4));
        while (valve.open()) {
            try {
                valve.rest(look);
                long since = clock.millis() - joining.quietMillis();
                open.forEach(join -> join.quiet(since));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            } catch (RuntimeException e) {
                LOG.error("joined lines failed name={} error={}", name, e.toString());
            }
        }
    }

    private void awaitRoom(String peer, LineJoin join) throws InterruptedException {
        if (valve.free(peer)) {
            return;
        }
        join.reading(false, clock.millis());
        valve.await(peer);
        join.reading(true, clock.millis());
    }

    @Override
    public InetSocketAddress boundAddress() {
        return connections.boundAddress();
    }

    /** Connections open now. */
    public int connections() {
        return connections.count();
    }

    @Override
    public void pause(boolean pause) {
        valve.pause(pause);
    }

    @Override
    public void close() {
        valve.close();
        connections.close();
    }
}
