package org.wanglou.sensors.listen;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.wanglou.sensors.frame.Frame;

/**
 * RELP 1 (librelp's {@code relp.html}), in the clear or over TLS: a message is answered {@code 200 OK} only after Kafka
 * has it. When Kafka has not taken one, it is not answered and the connection is closed: librelp sends everything
 * unanswered again on the next connection, while on a {@code 500} it would forget the message, and on the hint
 * {@code serverclose} all that is unanswered: it is given only to a sender that has taken its leave. Answers go out in the
 * order of the frames. A message is cut at 128 KiB. When the listener is closed, what senders have under way is still
 * read, stored and answered, for a second at most: rsyslog forgets what is unanswered when a worker of its own has just
 * ended.
 *
 * <p>Ids: epoch, connection and transaction; what is sent again after a broken connection keeps them ({@link Resent}). At
 * most 256 messages and 8 MiB of one connection are unanswered, then nothing is read. A frame must be whole within
 * 60 s; a quiet connection is kept for two hours. Threads: as {@link Connections}, and one more for the answers of each.
 */
public final class RelpListener implements Listener {
    private static final Logger LOG = LoggerFactory.getLogger(RelpListener.class);
    static final int FRAME_LIMIT = 128 << 10;

    /** More than a conversation takes for its last frames, its last answers and its end. */
    private static final long CLOSE_MILLIS = 6_000;

    private final String name;
    private final Valve valve;
    private final Connections connections;

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
        this.valve = new Valve(rate, peers);
        RelpConversation.Room room =
                new RelpConversation.Room(name, epoch, frames, valve, new Resent(), malformed, clock);
        this.connections = new Connections(
                name,
                bind,
                tls,
                Connections.Bounds.DEFAULT,
                refused,
                peers::allowed,
                connection -> new RelpConversation(room, connection).hold());
    }

    @Override
    public void start() throws IOException {
        connections.start();
        LOG.info("relp listener started name={} port={}", name, boundAddress().getPort());
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
        connections.finish(CLOSE_MILLIS);
    }
}
