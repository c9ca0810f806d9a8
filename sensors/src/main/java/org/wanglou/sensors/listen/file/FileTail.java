package org.wanglou.sensors.listen.file;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.wanglou.sensors.frame.Frame;
import org.wanglou.sensors.listen.Joining;
import org.wanglou.sensors.listen.Listener;
import org.wanglou.sensors.listen.RateLimit;

/**
 * Follows the log files of a path, by looking, not by notification: it works alike on every file system. Offsets are
 * committed only over lines that Kafka has; a line is handed on again after a crash under the same id.
 *
 * <p>At most 4,096 lines or 16 MiB are under way (and the lines of one 64 KiB read); then nothing is read until some have
 * arrived. Files take turns of 256 KiB. A last line without line feed waits for its end while its file is written, and is
 * handed on when a rotated or deleted file has been still for 30 s. Lines that belong together are joined, at most 64 groups
 * being open; a group is closed when its file's end has been quiet. Thread {@code sensors-file-<name>}.
 */
public final class FileTail implements Listener {
    private static final Logger LOG = LoggerFactory.getLogger(FileTail.class);
    private static final int LINE_LIMIT = 64 << 10;
    private static final int MOST_LINES = 4_096;
    private static final long MOST_BYTES = 16L << 20;
    private static final int CHUNK = 64 << 10;
    private static final int CHUNKS_A_TURN = 4;
    private static final long QUIET_MILLIS = 30_000;
    private static final long POLL_MILLIS = 250;

    private final String name;
    private final Path folder;
    private final Function<Frame, CompletableFuture<Void>> frames;
    private final RateLimit rate;
    private final LongAdder failures;
    private final Clock clock;
    private final Joining joining;
    private final OffsetSaving saving;
    private final FileLedger files;
    private final byte[] chunk = new byte[CHUNK];
    private final Object gate = new Object();
    private volatile boolean running = true;
    private volatile boolean paused;
    private volatile List<FileState> states = List.of();
    private Thread thread = new Thread(this::run);
    private boolean loaded;
    private long underWay;
    private int first;

    /** How far one file is: what the console shows. */
    public record FileState(String path, long size, long read, long committed) {}

    /**
     * @param path file, directory or pattern
     * @param state folder of the offsets
     * @param frames hands a line on; its future completes when Kafka has it, and never fails while running
     * @param failures counts files that could not be read
     */
    public FileTail(
            String name,
            String path,
            Path state,
            Function<Frame, CompletableFuture<Void>> frames,
            RateLimit rate,
            LongAdder failures,
            Clock clock) {
        this(name, path, state, frames, rate, failures, clock, Joining.none());
    }

    /** @param joining how lines are put together, for each file */
    public FileTail(
            String name,
            String path,
            Path state,
            Function<Frame, CompletableFuture<Void>> frames,
            RateLimit rate,
            LongAdder failures,
            Clock clock,
            Joining joining) {
        this.name = name;
        this.joining = joining;
        this.folder = state;
        this.frames = frames;
        this.rate = rate;
        this.failures = failures;
        this.clock = clock;
        this.saving = new OffsetSaving(new Offsets(state, name), clock);
        this.files = new FileLedger(FileSet.of(path), LINE_LIMIT, clock);
    }

    /** @throws IllegalArgumentException saying why a path cannot be followed */
    public static void check(String path) {
        FileSet.of(path);
    }

    @Override
    public void start() throws IOException {
        load();
        thread = new Thread(this::run, "sensors-file-" + name);
        thread.start();
        LOG.info("file tail started name={} state={}", name, folder.getFileName());
    }

    private void load() throws IOException {
        files.load(saving.load(), saving.fresh());
        loaded = true;
    }

    private void run() {
        while (running) {
            boolean busy = false;
            try {
                busy = poll();
            } catch (IOException | RuntimeException e) {
                failures.increment();
                LOG.warn("file tail failed, goes on name={} error={}", name, e.toString());
            }
            if (!busy) {
                await(full() ? 5 : POLL_MILLIS);
            }
        }
    }

    private void await(long millis) {
        synchronized (gate) {
            try {
                if (running) {
                    gate.wait(millis);
                }
            } catch (InterruptedException e) {
                running = false;
                Thread.currentThread().interrupt();
            }
        }
    }

    /** One look: commits what has arrived, finds files, reads each for its turn. True when there may be more to read. */
    boolean poll() throws IOException {
        if (!loaded) {
            load();
        }
        settle();
        boolean more = false;
        if (!paused) {
            OpenGroups.close(files.all(), joining);
        }
        if (!paused && !full()) {
            boolean news = files.scan();
            if (news) {
                saving.save(files.saved()); // a generation must be durable before the first id is made with it
            }
            List<TrackedFile> readable = files.readable();
            for (int i = 0; i < readable.size(); i++) {
                more |= turn(readable.get((first + i) % readable.size()));
            }
            first = readable.isEmpty() ? 0 : (first + 1) % readable.size();
            settle();
        }
        if (underWay == 0 && files.inFlight() == 0 || saving.due()) {
            saving.save(files.saved());
        }
        states = files.states();
        return more && !full();
    }

    private boolean full() {
        long lines = files.inFlight();
        long bytes = underWay;
        for (TrackedFile file : files.all()) {
            lines -= file.pending();
            bytes -= file.pendingBytes();
        }
        return bytes >= MOST_BYTES || lines >= MOST_LINES;
    }

    private void settle() {
        for (TrackedFile file : files.all()) {
            underWay -= file.settle();
        }
    }

    /** True when the file has more than its turn took. */
    private boolean turn(TrackedFile file) {
        try {
            for (int i = 0; i < CHUNKS_A_TURN; i++) {
                if (full()) {
                    return true;
                }
                if (paused || !running || !rate.open()) {
                    return false;
                }
                int got = file.content().read(chunk, CHUNK, file.position());
                if (got == 0) {
                    ended(file);
                    return false;
                }
                file.took(chunk, got);
                file.active = clock.millis();
                FileJoin join = join(file);
                file.lines.feed(chunk, got, (at, end, next, bytes, cut) -> hand(file, join, at, end, next, bytes, cut));
            }
            return true;
        } catch (IOException e) {
            failures.increment();
            LOG.warn("file cannot be read name={} file={} error={}", name, file.path.getFileName(), e.toString());
            files.failed(file);
            return false;
        }
    }

    /**
     * At the end of a file that has been quiet, a group is whole. At the end of one that nobody writes any more, what is held
     * back is a line, and the file is let go.
     */
    private void ended(TrackedFile file) throws IOException {
        if (file.pending() > 0 && clock.millis() - file.active >= joining.quietMillis()) {
            file.endGroup(false);
        }
        if (!file.primary && clock.millis() - file.active >= QUIET_MILLIS) {
            FileJoin join = join(file);
            file.lines.flush((at, end, next, bytes, cut) -> hand(file, join, at, end, next, bytes, cut));
            file.endGroup(false);
            file.close();
        }
    }

    private FileJoin join(TrackedFile file) throws IOException {
        return file.join(() -> new FileJoin(joining.assembler().get(), frames));
    }

    private void hand(TrackedFile file, FileJoin join, long at, long end, long next, byte[] bytes, boolean cut) {
        rate.took();
        if (join.header(bytes)) {
            file.header(at, next);
        }
        Frame line = new Frame(bytes, "", clock.millis(), file.origin(at, end), cut);
        file.handed(at, next, bytes.length, join.add(line));
        underWay += bytes.length;
    }

    /** The files it follows, as of the last look. */
    public List<FileState> states() {
        return new ArrayList<>(states);
    }

    @Override
    public InetSocketAddress boundAddress() {
        return InetSocketAddress.createUnresolved("file", 0);
    }

    @Override
    public void pause(boolean pause) {
        paused = pause;
        synchronized (gate) {
            gate.notifyAll();
        }
    }

    /** Stops reading, commits what Kafka has by now and saves. */
    @Override
    public void close() {
        running = false;
        pause(paused);
        try {
            thread.join(5_000);
            if (loaded && !thread.isAlive()) {
                settle();
                saving.save(files.saved());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            LOG.warn("file offsets not saved name={} error={}", name, e.toString());
        } finally {
            files.close();
        }
    }
}
