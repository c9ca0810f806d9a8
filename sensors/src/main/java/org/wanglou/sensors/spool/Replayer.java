package org.wanglou.sensors.spool;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.wanglou.bus.Publisher;

/**
 * Brings spooled parcels to Kafka in order when it is back: one as a probe, then up to 2,048 under way. Thread
 * {@code sensors-spool-0}.
 */
public final class Replayer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Replayer.class);
    private static final int WINDOW = 2_048;
    private static final long WAIT_SECONDS = 40;

    /** Told of every parcel that left the spool. */
    public interface Outcome {
        void published(Parcel parcel);

        /** Its record on disk did not open. */
        void lost(String source);
    }

    private final Spool spool;
    private final Publisher publisher;
    private final Outcome outcome;
    private final Object gate = new Object();
    private final Thread thread = new Thread(this::run, "sensors-spool-0");
    private volatile boolean running = true;

    public Replayer(Spool spool, Publisher publisher, Outcome outcome) {
        this.spool = spool;
        this.publisher = publisher;
        this.outcome = outcome;
    }

    public void start() {
        if (spool.count() > 0) {
            LOG.info("spool holds parcels of an earlier run parcels={} bytes={}", spool.count(), spool.bytes());
        }
        thread.start();
    }

    private void run() {
        while (running) {
            try {
                spool.sync();
                int window = 1;
                while (running && round(window)) {
                    window = WINDOW;
                }
            } catch (IOException | RuntimeException e) {
                LOG.warn("spool cannot be replayed, tried again error={}", e.toString());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
            synchronized (gate) {
                try {
                    if (running) {
                        gate.wait(500);
                    }
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    return;
                }
            }
        }
    }

    /** True when all that was looked at has arrived and there may be more. */
    private boolean round(int window) throws IOException, InterruptedException {
        List<Spool.Taken> next = spool.peek(window);
        if (next.isEmpty()) {
            return false;
        }
        List<CompletableFuture<Void>> sent = new ArrayList<>(next.size());
        for (Spool.Taken one : next) {
            Parcel parcel = one.parcel();
            sent.add(parcel == null ? CompletableFuture.completedFuture(null) : parcel.publish(publisher));
        }
        int arrived = 0;
        while (arrived < sent.size() && arrives(sent.get(arrived))) {
            arrived++;
        }
        try {
            spool.take(arrived);
        } finally {
            tell(next.subList(0, arrived)); // also when a full disk does not keep how far it went
        }
        return arrived == next.size();
    }

    private void tell(List<Spool.Taken> gone) {
        for (Spool.Taken one : gone) {
            Parcel parcel = one.parcel();
            if (parcel == null) {
                outcome.lost(one.source());
            } else {
                outcome.published(parcel);
            }
        }
    }

    private static boolean arrives(CompletableFuture<Void> sent) throws InterruptedException {
        try {
            sent.get(WAIT_SECONDS, TimeUnit.SECONDS);
            return true;
        } catch (ExecutionException | TimeoutException e) {
            return false;
        }
    }

    @Override
    public void close() {
        running = false;
        synchronized (gate) {
            gate.notifyAll();
        }
        thread.interrupt();
        try {
            thread.join(5_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
