package org.wanglou.sensors.listen;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Comparator;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A TCP port: accepts connections, at most so many and at most so many of one address, each on its own thread. When there
 * is no room, the oldest connection that has brought nothing yet makes place; when there is none, the new one is refused.
 * So a crowd of half-open or dripping connections pushes out itself, never a sender that has sent. Both are counted.
 *
 * <p>Threads {@code sensors-<name>-accept} and {@code sensors-<name>-<number>}; thread-safe.
 */
final class Connections implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Connections.class);

    /**
     * Bounds.
     *
     * @param most connections in all
     * @param mostOfOne connections of one address
     * @param firstMillis how long a new one may take to bring something whole
     */
    record Bounds(int most, int mostOfOne, long firstMillis) {
        static final Bounds DEFAULT = new Bounds(512, 128, 30_000);
    }

    /** What is done with a connection, on its own thread; it is closed afterwards. */
    interface Conversation {
        void hold(Connection connection) throws IOException, InterruptedException;
    }

    private static final long CLOSE_MILLIS = 2_000;

    private final String name;
    private final InetSocketAddress bind;
    private final Optional<TlsServer> tls;
    private final Bounds bounds;
    private final LongAdder refused;
    private final Predicate<String> allowed;
    private final Conversation conversation;
    private final Set<Connection> open = ConcurrentHashMap.newKeySet();
    private final AtomicLong numbers = new AtomicLong();
    private volatile boolean running = true;
    private volatile InetSocketAddress bound;
    private volatile @Nullable ServerSocket server;
    private volatile @Nullable Thread acceptor;

    Connections(
            String name,
            InetSocketAddress bind,
            Optional<TlsServer> tls,
            Bounds bounds,
            LongAdder refused,
            Conversation conversation) {
        this(name, bind, tls, bounds, refused, peer -> true, conversation);
    }

    /** @param allowed which addresses may connect; others are closed at once and counted */
    Connections(
            String name,
            InetSocketAddress bind,
            Optional<TlsServer> tls,
            Bounds bounds,
            LongAdder refused,
            Predicate<String> allowed,
            Conversation conversation) {
        this.allowed = allowed;
        this.name = name;
        this.bind = bind;
        this.bound = bind;
        this.tls = tls;
        this.bounds = bounds;
        this.refused = refused;
        this.conversation = conversation;
    }

    void start() throws IOException {
        ServerSocket opened = new ServerSocket();
        opened.setReuseAddress(true);
        opened.bind(bind, 512);
        bound = (InetSocketAddress) opened.getLocalSocketAddress();
        server = opened;
        Thread accepting = new Thread(() -> accept(opened), "sensors-" + name + "-accept");
        acceptor = accepting;
        accepting.start();
    }

    private void accept(ServerSocket from) {
        while (running) {
            try {
                Socket socket = from.accept();
                Connection connection = new Connection(socket, numbers.incrementAndGet(), bounds.firstMillis());
                if (!running) {
                    connection.close();
                } else if (!allowed.test(connection.peer())) {
                    refused.increment();
                    connection.close();
                } else if (room(connection.peer())) {
                    socket.setKeepAlive(true);
                    socket.setTcpNoDelay(true);
                    open.add(connection);
                    new Thread(() -> serve(connection), "sensors-" + name + "-" + connection.number()).start();
                } else {
                    connection.close();
                }
            } catch (IOException e) {
                if (running) {
                    LOG.warn("accept failed name={} error={}", name, e.toString());
                    rest();
                }
            }
        }
    }

    /** Out of descriptors, accept fails at once and again: without a rest it would do nothing else. */
    private void rest() {
        try {
            Thread.sleep(50);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            running = false;
        }
    }

    private boolean room(String peer) {
        boolean crowd = open.stream().filter(one -> one.peer().equals(peer)).count() >= bounds.mostOfOne();
        if (!crowd && open.size() < bounds.most()) {
            return true;
        }
        refused.increment();
        Optional<Connection> idle = open.stream()
                .filter(one -> !one.useful() && (!crowd || one.peer().equals(peer)))
                .min(Comparator.comparingLong(Connection::openedNanos));
        idle.ifPresent(one -> {
            open.remove(one);
            one.close();
        });
        return idle.isPresent();
    }

    private void serve(Connection connection) {
        try {
            if (tls.isPresent()) {
                connection.secure(tls.get());
            }
            conversation.hold(connection);
        } catch (IOException e) {
            LOG.debug("connection ended name={} error={}", name, e.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            LOG.error("connection failed name={}", name, e);
        } finally {
            open.remove(connection);
            connection.close();
        }
    }

    /** Connections open now. */
    int count() {
        return open.size();
    }

    InetSocketAddress boundAddress() {
        return bound;
    }

    /** Closes, but gives every conversation so long to say what it owes; they read nothing more. */
    void drain(long millis) {
        stopAccepting();
        open.forEach(Connection::endInput);
        finish(millis);
    }

    /** Closes, but gives every conversation so long to come to its end, which it has to find by itself. */
    void finish(long millis) {
        stopAccepting();
        long until = System.nanoTime() + millis * 1_000_000;
        while (!open.isEmpty()
                && System.nanoTime() < until
                && !Thread.currentThread().isInterrupted()) {
            rest();
        }
        open.forEach(Connection::close);
    }

    @Override
    public void close() {
        stopAccepting();
        open.forEach(Connection::close);
    }

    private void stopAccepting() {
        running = false;
        ServerSocket listening = server;
        if (listening != null) {
            try {
                listening.close();
            } catch (IOException e) {
                LOG.debug("close failed name={} error={}", name, e.toString());
            }
        }
        // The system call that waits for a connection keeps the socket listening until it has returned.
        Thread accepting = acceptor;
        if (accepting != null && accepting != Thread.currentThread()) {
            try {
                accepting.join(CLOSE_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
