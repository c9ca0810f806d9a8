package org.wanglou.sensors.fault;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.function.IntFunction;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/** One connection, opened anew when it is broken. */
final class Stream implements Way.Shipper {
    /** Opens it. */
    interface Connector {
        Socket to(int port) throws IOException;
    }

    /** In the clear. */
    static final class Plain extends Socket {
        Plain(int port) throws IOException {
            super(InetAddress.getLoopbackAddress(), port);
        }
    }

    private final IntSupplier port;
    private final Connector connector;
    private final IntFunction<byte[]> frame;
    private @Nullable Socket socket;
    private int connected;

    Stream(IntSupplier port, Connector connector, IntFunction<byte[]> frame) {
        this.port = port;
        this.connector = connector;
        this.frame = frame;
    }

    @Override
    public boolean ship(int from, int to) {
        try {
            if (socket == null || connected != port.getAsInt()) {
                close(socket);
                connected = port.getAsInt();
                socket = connector.to(connected);
            }
            for (int i = from; i < to; i++) {
                socket.getOutputStream().write(frame.apply(i));
            }
            socket.getOutputStream().flush();
            return true;
        } catch (IOException e) {
            close(socket);
            socket = null;
            return false;
        }
    }

    /** Closes what is broken or no longer needed. */
    static void close(@Nullable Socket socket) {
        try {
            if (socket != null) {
                socket.close();
            }
        } catch (IOException e) {
            // it is broken
        }
    }
}
