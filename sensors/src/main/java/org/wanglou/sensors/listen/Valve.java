package org.wanglou.sensors.listen;

/** Holds those who read back while the listener is paused, or it or they are above the rate. Thread-safe. */
final class Valve {
    private final RateLimit rate;
    private final Object gate = new Object();
    private volatile boolean open = true;
    private volatile boolean paused;

    private final PeerTable peers;

    Valve(RateLimit rate, PeerTable peers) {
        this.rate = rate;
        this.peers = peers;
    }

    /** Waits until more may be read from a sender, or until the listener has been closed. */
    void await(String peer) throws InterruptedException {
        synchronized (gate) {
            while (paused && open) {
                gate.wait(1_000);
            }
            while (open && !(peers.open(peer) && rate.open())) {
                gate.wait(20);
            }
        }
    }

    /** Whether nothing holds a sender back just now. */
    boolean free(String peer) {
        return !paused && peers.open(peer) && rate.open();
    }

    /** Waits that long, or until something changes. */
    void rest(long millis) throws InterruptedException {
        synchronized (gate) {
            gate.wait(millis);
        }
    }

    void took(String peer) {
        rate.took();
        peers.took(peer);
    }

    boolean open() {
        return open;
    }

    boolean paused() {
        return paused;
    }

    void pause(boolean pause) {
        synchronized (gate) {
            paused = pause;
            gate.notifyAll();
        }
    }

    void close() {
        open = false;
        pause(false);
    }
}
