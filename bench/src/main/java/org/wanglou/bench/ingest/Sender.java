package org.wanglou.bench.ingest;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.Socket;
import java.util.concurrent.CompletableFuture;

/** One TCP connection over which lines go. It stays open until {@link #close}. Used by one thread. */
public final class Sender implements AutoCloseable {
    private final Socket socket;

    public Sender(int port) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
    }

    /** Sends all from a thread of its own; gives that thread's CPU seconds. */
    public CompletableFuture<Double> send(byte[] bytes) {
        CompletableFuture<Double> done = new CompletableFuture<>();
        Thread thread = new Thread(
                () -> {
                    try {
                        OutputStream out = socket.getOutputStream();
                        for (int at = 0; at < bytes.length; at += 65_536) {
                            out.write(bytes, at, Math.min(65_536, bytes.length - at));
                        }
                        long nanos = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
                        done.complete(nanos / 1e9);
                    } catch (IOException e) {
                        done.completeExceptionally(e);
                    }
                },
                "bench-ingest-sender");
        thread.start();
        return done;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
