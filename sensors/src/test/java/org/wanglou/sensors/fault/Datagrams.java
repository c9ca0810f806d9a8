package org.wanglou.sensors.fault;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.function.IntSupplier;

/** Datagrams of so many numbers each, from one socket that hears when nobody is there. */
final class Datagrams implements Way.Shipper {
    /** The payload of some numbers. */
    interface Payload {
        byte[] of(int from, int to);
    }

    private final IntSupplier port;
    private final int each;
    private final Payload payload;

    Datagrams(IntSupplier port, int each, Payload payload) {
        this.port = port;
        this.each = each;
        this.payload = payload;
    }

    @Override
    public boolean ship(int from, int to) {
        try (DatagramSocket socket = new DatagramSocket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port.getAsInt()));
            for (int i = from; i < to; i += each) {
                byte[] bytes = payload.of(i, Math.min(to, i + each));
                socket.send(new DatagramPacket(bytes, bytes.length));
            }
            return true;
        } catch (IOException e) {
            return false; // nobody listens there
        }
    }
}
