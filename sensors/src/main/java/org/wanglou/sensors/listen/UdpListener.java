package org.wanglou.sensors.listen;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.file.Path;
import java.time.Clock;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.wanglou.model.Addresses;
import org.wanglou.sensors.frame.Frame;

/**
 * One UDP socket. A receiver thread does nothing but take datagrams off the kernel into a ring of 65,536 datagrams and 64
 * MiB; a second one hands them on. When the ring is full, or its sender's share of it, the datagram is dropped and counted:
 * UDP has no way to ask for patience. What the kernel drops before, for whichever sender, is asked of the kernel
 * ({@link #kernelDrops}).
 *
 * <p>Threads {@code sensors-<name>-receive} and {@code sensors-<name>-hand}.
 */
public final class UdpListener implements Listener {
    private static final Logger LOG = LoggerFactory.getLogger(UdpListener.class);
    private static final int KERNEL_BUFFER = 8 << 20;
    private static final long STOP_MILLIS = 5_000;
    private static final long LAST_NANOS = 1_000_000_000;

    private final String name;
    private final InetSocketAddress bind;
    private final Consumer<String> dropped;
    private final RateLimit rate;
    private final Clock clock;
    private final String epoch;
    private final KernelDrops kernel = new KernelDrops(Path.of("/proc/net"));
    private final DatagramRing ring = new DatagramRing();
    private final PeerTable peers;
    private final PeerJoins joins;
    private final Thread receiver;
    private final Thread hander;
    private volatile boolean running = true;
    private volatile int granted;
    private volatile InetSocketAddress bound;
    private volatile DatagramChannel socket;
    private volatile Selector selector;
    private volatile long lastDrops = -1;
    private long counter;

    /**
     * @param dropped told the reason for each datagram that is not handed on
     * @param epoch unique for each start of the process: with the counter it makes the event id
     */
    @SuppressWarnings("NullAway") // the socket is bound by start(): a constructor does no I/O
    public UdpListener(
            String name,
            InetSocketAddress bind,
            Consumer<Frame> frames,
            Consumer<String> dropped,
            RateLimit rate,
            Clock clock,
            String epoch) {
        this(name, bind, frames, dropped, rate, clock, epoch, PeerTable.open(), Joining.none());
    }

    /**
     * @param peers who may send, and how much
     * @param joining how the datagrams of one sender are put together
     */
    @SuppressWarnings("NullAway") // the socket is bound by start(): a constructor does no I/O
    public UdpListener(
            String name,
            InetSocketAddress bind,
            Consumer<Frame> frames,
            Consumer<String> dropped,
            RateLimit rate,
            Clock clock,
            String epoch,
            PeerTable peers,
            Joining joining) {
        this.peers = peers;
        this.joins = new PeerJoins(joining, frames);
        this.name = name;
        this.bind = bind;
        this.bound = bind;
        this.dropped = dropped;
        this.rate = rate;
        this.clock = clock;
        this.epoch = epoch;
        this.receiver = new Thread(this::receive, "sensors-" + name + "-receive");
        this.hander = new Thread(this::hand, "sensors-" + name + "-hand");
    }

    @Override
    public void start() throws IOException {
        DatagramChannel opened = DatagramChannel.open();
        opened.setOption(StandardSocketOptions.SO_RCVBUF, KERNEL_BUFFER);
        opened.bind(bind);
        opened.configureBlocking(false);
        granted = opened.getOption(StandardSocketOptions.SO_RCVBUF);
        bound = (InetSocketAddress) opened.getLocalAddress();
        selector = opened.provider().openSelector();
        opened.register(selector, SelectionKey.OP_READ);
        socket = opened;
        receiver.start();
        hander.start();
        LOG.info(
                "udp listener started name={} port={} buffer={} asked={}",
                name,
                bound.getPort(),
                granted,
                KERNEL_BUFFER);
    }

    private void receive() {
        ByteBuffer packet = ByteBuffer.allocateDirect(65_535);
        while (running) {
            try {
                if (!received(packet)) {
                    selector.select();
                    selector.selectedKeys().clear();
                }
            } catch (ClosedChannelException e) {
                return; // by whoever interrupted this thread
            } catch (IOException e) {
                LOG.warn("udp receive failed name={} error={}", name, e.toString());
            }
        }
        try {
            long until = System.nanoTime() + LAST_NANOS;
            while (received(packet) && System.nanoTime() - until < 0) {
                // what the kernel still had
            }
        } catch (IOException e) {
            LOG.warn("udp receive failed name={} error={}", name, e.toString());
        }
    }

    /** Takes one datagram off the kernel; false when it has none. */
    private boolean received(ByteBuffer packet) throws IOException {
        packet.clear();
        if (!(socket.receive(packet) instanceof InetSocketAddress from)) {
            return false;
        }
        byte[] bytes = new byte[packet.flip().remaining()];
        packet.get(bytes);
        offer(bytes, Addresses.format(from.getAddress().getAddress()));
        return true;
    }

    private void offer(byte[] bytes, String peer) {
        if (!peers.allowed(peer)) {
            dropped.accept("not_allowed");
        } else if (!peers.tryTake(peer)) {
            dropped.accept("peer_rate_limited");
        } else if (!ring.offer(new Frame(bytes, peer, clock.millis(), epoch + "/" + counter++, false))) {
            dropped.accept("ring_full");
        }
    }

    private void hand() {
        long looked = 0;
        while (running || receiver.isAlive() || !ring.isEmpty()) {
            try {
                Frame frame = ring.poll(100);
                if (frame != null && rate.tryTake()) {
                    joins.add(frame);
                } else if (frame != null) {
                    dropped.accept("rate_limited");
                }
                long now = clock.millis();
                if (now - looked >= 50) {
                    looked = now;
                    joins.quiet(now);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            } catch (RuntimeException e) {
                LOG.error("udp frame failed name={} error={}", name, e.toString());
            }
        }
        joins.end();
    }

    @Override
    public InetSocketAddress boundAddress() {
        return bound;
    }

    /**
     * Datagrams the kernel threw away at this socket before anybody here saw them, once it is closed those it had thrown
     * away by then; -1 when it does not tell.
     */
    public long kernelDrops() {
        return socket != null && socket.isOpen() ? kernel.of(boundAddress()) : lastDrops;
    }

    /** Bytes of kernel buffer that were granted, of 8 MiB asked; the kernel caps it (net.core.rmem_max). */
    public int kernelBuffer() {
        return granted;
    }

    @Override
    public void pause(boolean paused) {
        // a datagram that is not taken is lost anyway: the kernel's count would only hide it
    }

    /** Takes what the kernel has by now, for a second at most, hands on what the ring holds, and takes no more. */
    @Override
    public void close() {
        running = false;
        if (socket == null || !socket.isOpen()) {
            return;
        }
        selector.wakeup();
        try {
            receiver.join(STOP_MILLIS);
            lastDrops = kernelDrops();
            socket.close();
            selector.close();
            hander.join(STOP_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            LOG.debug("close failed name={} error={}", name, e.toString());
        }
    }
}
