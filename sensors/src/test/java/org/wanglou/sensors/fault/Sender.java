package org.wanglou.sensors.fault;

import java.util.NavigableSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.stream.IntStream;

/** Sends numbered lines in batches of ten until told to finish. One thread sends; the counts may be read by another. */
final class Sender {
    private static final int BATCH = 10;

    private final Way way;
    private final Way.Shipper shipper;
    private final Thread thread;
    private final NavigableSet<Integer> given = new ConcurrentSkipListSet<>();
    private volatile int sent;
    private volatile int refusals;
    private volatile boolean resting;
    private volatile boolean rests;
    private volatile boolean finishing;

    Sender(Way way, Way.Shipper shipper) {
        this.way = way;
        this.shipper = shipper;
        this.thread = new Thread(this::run, "fault-sender-" + way);
        thread.setDaemon(true);
        thread.start();
    }

    private void run() {
        try {
            boolean open = false; // a batch that has to be sent again
            while (!finishing || open) {
                if (resting && !open) {
                    rests = true;
                    Thread.sleep(5);
                    continue;
                }
                rests = false;
                int from = sent;
                if (shipper.ship(from, from + BATCH)) {
                    IntStream.range(from, from + BATCH).forEach(given::add);
                    open = false;
                } else {
                    refusals++;
                    open = way.kept == Way.Kept.ANSWERED;
                    Thread.sleep(50);
                }
                if (!open) {
                    sent = from + BATCH;
                }
                Thread.sleep(20);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    Way way() {
        return way;
    }

    /** Lines offered so far; their numbers are 0 to this, exclusive, and those of a batch that is tried again. */
    int sent() {
        return sent;
    }

    /** Numbers that were taken: by the kernel, or, where there are answers, for good. */
    NavigableSet<Integer> given() {
        return given;
    }

    /** How often a batch was not taken. */
    int refusals() {
        return refusals;
    }

    void rest(boolean now) {
        rests = false;
        resting = now;
    }

    /** Whether nothing is under way from here. */
    boolean rests() {
        return rests;
    }

    /** Ends once all that has to be sent again is taken. */
    void finish() {
        finishing = true;
    }

    boolean finished() {
        return !thread.isAlive();
    }
}
