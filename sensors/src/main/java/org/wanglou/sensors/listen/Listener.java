package org.wanglou.sensors.listen;

import java.io.IOException;
import java.net.InetSocketAddress;

/** A bound socket that makes frames. Thread-safe. */
public interface Listener extends AutoCloseable {
    /** Binds and starts its threads. */
    void start() throws IOException;

    /** Where it listens, with the real port once it has been started. */
    InetSocketAddress boundAddress();

    /** While paused it takes nothing more: senders that wait for an answer wait or are told to come again. */
    void pause(boolean paused);

    @Override
    void close();
}
