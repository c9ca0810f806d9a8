package org.wanglou.app.demo;

import java.io.IOException;
import java.io.OutputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Sends the scenario to the listeners over loopback, each step stamped with the time at which it is sent. Remembers when
 * an actor's deed was complete, so that latency can be counted from the packet. Confined to its caller's thread but for
 * {@link #completedAt}.
 */
public final class Player {
    private final Scenario scenario;
    private final InetSocketAddress syslogUdp;
    private final InetSocketAddress syslogTcp;
    private final InetSocketAddress netflow;
    private final Clock clock;
    private final Map<String, Long> completed = new ConcurrentHashMap<>();

    public Player(
            Scenario scenario,
            InetSocketAddress syslogUdp,
            InetSocketAddress syslogTcp,
            InetSocketAddress netflow,
            Clock clock) {
        this.scenario = scenario;
        this.syslogUdp = loopback(syslogUdp);
        this.syslogTcp = loopback(syslogTcp);
        this.netflow = loopback(netflow);
        this.clock = clock;
    }

    private static InetSocketAddress loopback(InetSocketAddress bound) {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), bound.getPort());
    }

    /** Nanosecond time ({@link System#nanoTime()}) at which each actor's deed was complete. */
    public Map<String, Long> completedAt() {
        return completed;
    }

    /** Plays all steps, {@code pause} apart; returns how many were sent. */
    public int play(Duration pause) throws IOException, InterruptedException {
        int sent = 0;
        try (DatagramSocket udp = new DatagramSocket();
                Socket tcp = new Socket(syslogTcp.getAddress(), syslogTcp.getPort())) {
            OutputStream stream = tcp.getOutputStream();
            for (Scenario.Step step : scenario.steps()) {
                byte[] bytes = scenario.render(step, clock.instant());
                switch (step.way()) {
                    case SYSLOG_UDP -> udp.send(new DatagramPacket(bytes, bytes.length, syslogUdp));
                    case NETFLOW_UDP -> udp.send(new DatagramPacket(bytes, bytes.length, netflow));
                    case SYSLOG_TCP -> {
                        // RFC 6587 3.4.1: octet counting
                        stream.write((bytes.length + " ").getBytes(StandardCharsets.US_ASCII));
                        stream.write(bytes);
                        stream.flush();
                    }
                }
                if (step.completes()) {
                    completed.put(step.actor(), System.nanoTime());
                }
                sent++;
                Thread.sleep(pause.toMillis());
            }
        }
        return sent;
    }
}
