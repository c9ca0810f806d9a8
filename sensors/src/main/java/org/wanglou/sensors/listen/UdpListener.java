package org.wanglou.sensors.listen;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.time.Clock;
import java.util.Arrays;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.wanglou.model.Addresses;
import org.wanglou.sensors.frame.Frame;

/**
 * One UDP socket. A receiver thread does nothing but take datagrams off the kernel into a queue of 65,536; a second one
 * hands them on. When the queue is full the datagram is dropped and counted: UDP has no way to ask for patience.
 */
public final class UdpListener implements Listener {
    private static final Logger LOG = LoggerFactory.getLogger(UdpListener.class);
    private static final int QUEUE = 65_536;
    private static final int KERNEL_BUFFER = 16 << 20;

    private final String name;
    private final InetSocketAddress bind;
    private final Consumer<Frame> frames;
    private final Runnable dropped;
    private final Clock clock;
    private final String epoch;
    private final ArrayBlockingQueue<Frame> queue = new ArrayBlockingQueue<>(QUEUE);
    private volatile boolean running = true;
    private volatile DatagramSocket socket;
    private long counter;

    /**
     * @param dropped told of each datagram that found the queue full
     * @param epoch unique for each start of the process: with the counter it makes the event id
     */
    @SuppressWarnings("NullAway") // the socket is bound by start(): a constructor does no I/O
    public UdpListener(
            String name, InetSocketAddress bind, Consumer<Frame> frames, Runnable dropped, Clock clock, String epoch) {
        this.name = name;
        this.bind = bind;
        this.frames = frames;
        this.dropped = dropped;
        this.clock = clock;
        this.epoch = epoch;
    }

    @Override
    public void start() throws IOException {
        DatagramSocket opened = new DatagramSocket(null);
        opened.setReceiveBufferSize(KERNEL_BUFFER);
        opened.bind(bind);
        socket = opened;
        new Thread(this::receive, "sensors-" + name + "-receive").start();
        new Thread(this::hand, "sensors-" + name + "-hand").start();
        LOG.info("udp listener started name={} port={}", name, opened.getLocalPort());
    }

    private void receive() {
        DatagramPacket packet = new DatagramPacket(new byte[65_535], 65_535);
        while (running) {
            try {
                packet.setLength(65_535);
                socket.receive(packet);
                Frame frame = new Frame(
                        Arrays.copyOf(packet.getData(), packet.getLength()),
                        Addresses.format(packet.getAddress().getAddress()),
                        clock.millis(),
                        epoch + "/" + counter++,
                        false);
                if (!queue.offer(frame)) {
                    dropped.run();
                }
            } catch (SocketException e) {
                if (running) {
                    LOG.warn("udp socket failed name={} error={}", name, e.toString());
                }
            } catch (IOException e) {
                LOG.warn("udp receive failed name={} error={}", name, e.toString());
            }
        }
    }

    private void hand() {
        while (running || !queue.isEmpty()) {
            try {
                Frame frame = queue.poll(100, TimeUnit.MILLISECONDS);
                if (frame != null) {
                    frames.accept(frame);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    @Override
    public InetSocketAddress boundAddress() {
        return (InetSocketAddress) socket.getLocalSocketAddress();
    }

    @Override
    public void pause(boolean paused) {
        // a datagram that is not taken is lost anyway: the kernel's count would only hide it
    }

    @Override
    public void close() {
        running = false;
        if (socket != null) {
            socket.close();
        }
    }
}
