package org.wanglou.sensors.listen;

/** Holds those who read back while the listener is paused or above its rate. Thread-safe. */
final class Valve {
    private final RateLimit rate;
    private final Object gate = new Object();
    private volatile boolean open = true;
    private volatile boolean paused;

    Valve(RateLimit rate) {
        this.rate = rate;
    }

    /** Waits until more may be read, or until the listener has been closed. */
    void await() throws InterruptedException {
        synchronized (gate) {
            while (paused && open) {
                gate.wait(1_000);
            }
            while (open && !rate.open()) {
                gate.wait(20);
            }
        }
    }

    void took() {
        rate.took();
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
