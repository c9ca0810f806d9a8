package org.wanglou.bus.embedded;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.wanglou.model.Meters;

/**
 * Watches the usable bytes of every file system that holds our data, once a second, and acts before the broker fails.
 *
 * <p>Below {@code stopInput} sensors push back; below {@code stopAll} the process stops in order; input resumes at
 * twice the first mark. Bytes, not per cent: a small disk went from 79 % to full in two seconds. One daemon thread
 * {@code bus-disk-0}; the callbacks run on it.
 */
public final class DiskGuard implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DiskGuard.class);

    /** What the guard does to its house. */
    public interface Actions {
        void pauseInput(String reason);

        void resumeInput();

        /** Orderly stop; called once. */
        void stopAll(String reason);
    }

    private final Map<FileStore, Path> stores = new LinkedHashMap<>();
    private final long stopInput;
    private final long stopAll;
    private final Actions actions;
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "bus-disk-0");
        thread.setDaemon(true);
        return thread;
    });
    private boolean paused;
    private boolean stopped;
    private volatile long usable = Long.MAX_VALUE;

    public DiskGuard(List<Path> directories, long stopInputBytes, long stopAllBytes, Actions actions, Meters meters)
            throws IOException {
        for (Path directory : directories) {
            stores.putIfAbsent(Files.getFileStore(directory), directory);
        }
        this.stopInput = stopInputBytes;
        this.stopAll = stopAllBytes;
        this.actions = actions;
        meters.gauge("wanglou_bus_disk_usable_bytes", () -> usable);
    }

    public void start() {
        clock.scheduleWithFixedDelay(this::look, 0, 1, TimeUnit.SECONDS);
    }

    /** Usable bytes of the tightest file system at the last look. */
    public long usableBytes() {
        return usable;
    }

    void look() {
        long least = Long.MAX_VALUE;
        Path tightest = Path.of("/");
        for (Map.Entry<FileStore, Path> entry : stores.entrySet()) {
            try {
                long free = entry.getKey().getUsableSpace();
                if (free < least) {
                    least = free;
                    tightest = entry.getValue();
                }
            } catch (IOException e) {
                LOG.warn("cannot read free space directory={} error={}", entry.getValue(), e.toString());
            }
        }
        usable = least;
        act(least, tightest);
    }

    private void act(long least, Path tightest) {
        if (least < stopAll && !stopped) {
            stopped = true;
            LOG.error("disk nearly full, stopping directory={} usable={}", tightest, least);
            actions.stopAll("disk nearly full: " + least + " bytes usable at " + tightest);
        } else if (least < stopInput && !paused) {
            paused = true;
            LOG.warn("disk low, input paused directory={} usable={}", tightest, least);
            actions.pauseInput("disk low: " + least + " bytes usable at " + tightest);
        } else if (paused && least > stopInput * 2) {
            paused = false;
            LOG.info("disk space back, input resumed usable={}", least);
            actions.resumeInput();
        }
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }
}
