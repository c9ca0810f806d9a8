package org.wanglou.sensors.listen;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
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
 * the sender's window fills: back-pressure without loss.
 */
public final class TcpListener implements Listener {
    private static final Logger LOG = LoggerFactory.getLogger(TcpListener.class);
    private static final int FRAME_LIMIT = 64 << 10;
    private static final long QUIET_MILLIS = 2 * 3_600_000L;

    private final String name;
    private final Consumer<Frame> frames;
    private final RateLimit rate;
    private final Clock clock;
    private final String epoch;
    private final Connections connections;
    private final Object gate = new Object();
    private volatile boolean running = true;
    private volatile boolean paused;

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
        this(name, bind, tls, frames, rate, refused, clock, epoch, Connections.Bounds.DEFAULT);
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
        this.name = name;
        this.frames = frames;
        this.rate = rate;
        this.clock = clock;
        this.epoch = epoch;
        this.connections = new Connections(name, bind, tls, bounds, refused, this::converse);
    }

    @Override
    public void start() throws IOException {
        connections.start();
        LOG.info("tcp listener started name={} port={}", name, boundAddress().getPort());
    }

    private void converse(Connection connection) throws IOException, InterruptedException {
        AtomicLong frameNumber = new AtomicLong();
        StreamFraming framing = new StreamFraming(FRAME_LIMIT, (bytes, cut) -> {
            long number = frameNumber.getAndIncrement();
            rate.took();
            String origin = epoch + "/" + connection.number() + "/" + number;
            frames.accept(new Frame(bytes, connection.peer(), clock.millis(), origin, cut, connection.unit()));
        });
        byte[] buffer = new byte[16 << 10];
        try {
            long before = 0;
            int length = connection.read(buffer, 0, buffer.length);
            while (length >= 0 && running) {
                framing.feed(buffer, length);
                if (frameNumber.get() > before) {
                    before = frameNumber.get();
                    connection.useful(QUIET_MILLIS);
                }
                awaitRoom();
                length = connection.read(buffer, 0, buffer.length);
            }
        } finally {
            framing.end();
        }
    }

    private void awaitRoom() throws InterruptedException {
        synchronized (gate) {
            while (paused && running) {
                gate.wait(1_000);
            }
            while (running && !rate.open()) {
                gate.wait(20);
            }
        }
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
        synchronized (gate) {
            paused = pause;
            gate.notifyAll();
        }
    }

    @Override
    public void close() {
        running = false;
        pause(false);
        connections.close();
    }
}
