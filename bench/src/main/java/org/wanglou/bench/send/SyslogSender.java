package org.wanglou.bench.send;

import java.io.IOException;
import java.io.OutputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.wanglou.bench.process.Instance;

/** Syslog over UDP (RFC 5426) and, with octet counting, over one TCP connection (RFC 6587 3.4.1). Used by one thread. */
public final class SyslogSender implements AutoCloseable {
    private final DatagramSocket datagrams;
    private final InetSocketAddress udp;
    private final Socket connection;
    private final OutputStream tcp;

    public SyslogSender(Instance instance) throws IOException {
        InetAddress loopback = InetAddress.getByName("127.0.0.1");
        datagrams = new DatagramSocket();
        udp = new InetSocketAddress(loopback, instance.port(Instance.UDP_SYSLOG));
        connection = new Socket(loopback, instance.port(Instance.TCP_SYSLOG));
        tcp = new java.io.BufferedOutputStream(connection.getOutputStream(), 1 << 16);
    }

    public void datagram(String line) throws IOException {
        datagram(line.getBytes(StandardCharsets.UTF_8));
    }

    public void datagram(byte[] bytes) throws IOException {
        datagrams.send(new DatagramPacket(bytes, bytes.length, udp));
    }

    /** Writes a frame into the buffer; {@link #flush} sends. */
    public void frame(String line) throws IOException {
        frame(line.getBytes(StandardCharsets.UTF_8));
    }

    public void frame(byte[] bytes) throws IOException {
        tcp.write((bytes.length + " ").getBytes(StandardCharsets.US_ASCII));
        tcp.write(bytes);
    }

    public void flush() throws IOException {
        tcp.flush();
    }

    @Override
    public void close() throws IOException {
        datagrams.close();
        connection.close();
    }
}
