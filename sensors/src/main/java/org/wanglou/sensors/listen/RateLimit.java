package org.wanglou.sensors.listen;

import java.time.Clock;

/**
 * How many frames a second one source may bring: a bucket of that many, filled evenly. Who asks before taking
 * ({@link #open}) may overdraw it by one batch and then waits until it is paid back. Thread-safe.
 */
public final class RateLimit {
    private final double perSecond;
    private final Clock clock;
    private double room;
    private long at;

    /** @param perSecond frames a second; 0: no limit */
    public RateLimit(double perSecond, Clock clock) {
        this.perSecond = perSecond;
        this.clock = clock;
        this.room = perSecond;
        this.at = clock.millis();
    }

    public static RateLimit none() {
        return new RateLimit(0, Clock.systemUTC());
    }

    /** True when a frame may be taken now. */
    public boolean open() {
        return perSecond <= 0 || within();
    }

    private synchronized boolean within() {
        long now = clock.millis();
        room = Math.min(perSecond, room + Math.max(0, now - at) * perSecond / 1_000);
        at = now;
        return room >= 1;
    }

    /** A frame was taken. */
    public void took() {
        if (perSecond > 0) {
            take();
        }
    }

    private synchronized void take() {
        room--;
    }

    /** Takes a frame if one may be taken. */
    public synchronized boolean tryTake() {
        boolean may = open();
        if (may) {
            took();
        }
        return may;
    }
}
