package org.wanglou.sensors.listen;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.wanglou.sensors.frame.Frame;

/**
 * Datagrams between the thread that receives and the one that hands on: 65,536 and 64 MiB, shared fairly. A sender may hold
 * as much of it as there is for each sender in it and one more, so that a flood, however fast, leaves room for whoever else
 * comes. Thread-safe.
 */
final class DatagramRing {
    private static final int MOST = 65_536;
    private static final long MOST_BYTES = 64L << 20;

    private static final class Held {
        private int frames;
        private long bytes;
    }

    private final ArrayDeque<Frame> frames = new ArrayDeque<>();
    private final Map<String, Held> peers = new HashMap<>();
    private long bytes;

    /** False when there is no room, for anybody or for its sender. */
    synchronized boolean offer(Frame frame) {
        Held held = peers.get(frame.peer());
        int senders = peers.size() + (held == null ? 1 : 0);
        long length = frame.bytes().length;
        if (frames.size() >= MOST
                || bytes + length > MOST_BYTES
                || held != null && held.frames >= MOST / (senders + 1)
                || held != null && held.bytes + length > MOST_BYTES / (senders + 1)) {
            return false;
        }
        if (held == null) {
            held = new Held();
            peers.put(frame.peer(), held);
        }
        held.frames++;
        held.bytes += length;
        bytes += length;
        frames.add(frame);
        notifyAll();
        return true;
    }

    /** The next one; null when none comes within that time. */
    synchronized @Nullable Frame poll(long millis) throws InterruptedException {
        if (frames.isEmpty()) {
            wait(Math.max(1, millis)); // zero would wait for ever
        }
        Frame frame = frames.poll();
        if (frame != null) {
            bytes -= frame.bytes().length;
            Held held = peers.get(frame.peer());
            if (held != null) {
                held.frames--;
                held.bytes -= frame.bytes().length;
                if (held.frames == 0) {
                    peers.remove(frame.peer());
                }
            }
        }
        return frame;
    }

    synchronized boolean isEmpty() {
        return frames.isEmpty();
    }
}
