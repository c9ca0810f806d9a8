package org.wanglou.sensors.listen;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Clock;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.wanglou.model.Addresses;
import org.wanglou.sensors.frame.Frame;
import org.wanglou.sensors.frame.StreamFraming;

/**
 * Syslog over TCP, one thread for each connection, at most 512 of them; a connection more is refused and counted. While
 * paused nothing is read, so the sender's window fills: back-pressure without loss.
 */
public final class TcpListener implements Listener {
    private static final Logger LOG = LoggerFactory.getLogger(TcpListener.class);
    private static final int MOST_CONNECTIONS = 512;
    private static final int FRAME_LIMIT = 64 << 10;
    private static final int IDLE_MILLIS = 600_000;

    private final String name;
    private final InetSocketAddress bind;
    private final Consumer<Frame> frames;
    private final LongAdder refused;
    private final Clock clock;
    private final String epoch;
    private final Semaphore room = new Semaphore(MOST_CONNECTIONS);
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final AtomicLong connections = new AtomicLong();
    private final Object gate = new Object();
    private volatile boolean running = true;
    private volatile boolean paused;
    private volatile ServerSocket server;

    @SuppressWarnings("NullAway") // the socket is bound by start(): a constructor does no I/O
    public TcpListener(
            String name, InetSocketAddress bind, Consumer<Frame> frames, LongAdder refused, Clock clock, String epoch) {
        this.name = name;
        this.bind = bind;
        this.frames = frames;
        this.refused = refused;
        this.clock = clock;
        this.epoch = epoch;
    }

    @Override
    public void start() throws IOException {
        ServerSocket opened = new ServerSocket();
        opened.setReuseAddress(true);
        opened.bind(bind, 256);
        server = opened;
        new Thread(this::accept, "sensors-" + name + "-accept").start();
        LOG.info("tcp listener started name={} port={}", name, opened.getLocalPort());
    }

    private void accept() {
        while (running) {
            try {
                Socket socket = server.accept();
                if (!room.tryAcquire()) {
                    refused.increment();
                    socket.close();
                    continue;
                }
                open.add(socket);
                long number = connections.incrementAndGet();
                new Thread(() -> serve(socket, number), "sensors-" + name + "-" + number).start();
            } catch (IOException e) {
                if (running) {
                    LOG.warn("accept failed name={} error={}", name, e.toString());
                }
            }
        }
    }

    private void serve(Socket socket, long number) {
        String peer = Addresses.format(socket.getInetAddress().getAddress());
        AtomicLong frameNumber = new AtomicLong();
        StreamFraming framing = new StreamFraming(
                FRAME_LIMIT,
                (bytes, cut) -> frames.accept(new Frame(
                        bytes, peer, clock.millis(), epoch + "/" + number + "/" + frameNumber.getAndIncrement(), cut)));
        try (socket;
                InputStream in = socket.getInputStream()) {
            socket.setSoTimeout(IDLE_MILLIS);
            byte[] buffer = new byte[16 << 10];
            int length = in.read(buffer);
            while (length >= 0 && running) {
                framing.feed(buffer, length);
                awaitUnpaused();
                length = in.read(buffer);
            }
        } catch (IOException e) {
            LOG.debug("connection ended name={} error={}", name, e.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            framing.end();
            open.remove(socket);
            room.release();
        }
    }

    private void awaitUnpaused() throws InterruptedException {
        synchronized (gate) {
            while (paused && running) {
                gate.wait(1_000);
            }
        }
    }

    @Override
    public InetSocketAddress boundAddress() {
        return (InetSocketAddress) server.getLocalSocketAddress();
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
        try {
            if (server != null) {
                server.close();
            }
            for (Socket socket : open) {
                socket.close();
            }
        } catch (IOException e) {
            LOG.debug("close failed name={} error={}", name, e.toString());
        }
    }
}
