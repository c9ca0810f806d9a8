package org.wanglou.app.intel;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.wanglou.model.Meters;
import org.wanglou.rules.indicators.Tally;

/**
 * Pulls feeds when their time has come and looks for changed files; says when there is something to load. A feed that
 * fails is tried again after a minute, then after twice as long each time, up to six hours. Thread {@code intel-0}.
 */
public final class IntelWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(IntelWatch.class);
    private static final Duration LOOK = Duration.ofSeconds(15);
    private static final long RETRY_SECONDS = 60;
    private static final long RETRY_MAX_SECONDS = 21_600;

    private final IntelStore store;
    private final Clock clock;
    private final Runnable changed;
    private final Meters meters;
    private final Map<String, Instant> due = new TreeMap<>();
    private final Map<String, Integer> failures = new TreeMap<>();
    private final Map<String, String> troubles = new ConcurrentHashMap<>();
    private @Nullable Tally told;
    private Map<String, Long> hits = Map.of();
    private Map<String, Long> silenced = Map.of();
    private volatile IntelSettings settings;
    private volatile boolean closed;
    private @Nullable Thread thread;

    /** @param changed called on this object's thread when files differ from those seen last */
    public IntelWatch(IntelStore store, IntelSettings settings, Clock clock, Meters meters, Runnable changed) {
        this.store = store;
        this.settings = settings;
        this.clock = clock;
        this.changed = changed;
        this.meters = meters;
    }

    public void start() {
        Thread made = new Thread(this::run, "intel-0");
        made.setDaemon(true);
        thread = made;
        made.start();
    }

    /** Goes on with other settings. */
    public void settings(IntelSettings next) {
        settings = next;
    }

    /** What is wrong with feeds, by name; empty when all is well. */
    public Map<String, String> troubles() {
        return Map.copyOf(troubles);
    }

    private void run() {
        String seen = store.fingerprint(settings);
        while (!closed) {
            try {
                IntelSettings now = settings;
                for (Feed feed : now.feeds()) {
                    if (!closed && !clock.instant().isBefore(due.getOrDefault(feed.name(), Instant.MIN))) {
                        pull(feed);
                    }
                }
                String fingerprint = store.fingerprint(now);
                if (!fingerprint.equals(seen)) {
                    seen = fingerprint;
                    changed.run();
                }
                count();
                Thread.sleep(LOOK.toMillis());
            } catch (InterruptedException e) {
                return;
            } catch (RuntimeException e) {
                LOG.error("lists could not be looked after", e);
                due.clear();
                sleep();
            }
        }
    }

    /** Tells the meters what the lists in force have met since they were told last. */
    private void count() {
        store.tally().ifPresent(tally -> {
            boolean same = tally == told;
            Map<String, Long> hitsNow = tally.hits();
            Map<String, Long> silencedNow = tally.silenced();
            tell("wanglou_correlator_indicator_hits_total", "source", hitsNow, same ? hits : Map.of());
            tell("wanglou_correlator_indicator_silenced_total", "list", silencedNow, same ? silenced : Map.of());
            told = tally;
            hits = hitsNow;
            silenced = silencedNow;
        });
    }

    private void tell(String counter, String label, Map<String, Long> now, Map<String, Long> before) {
        now.forEach((name, count) ->
                meters.counter(counter, label, name).add(Math.max(0, count - before.getOrDefault(name, 0L))));
    }

    private void sleep() {
        try {
            Thread.sleep(LOOK.toMillis());
        } catch (InterruptedException e) {
            closed = true;
        }
    }

    private void pull(Feed feed) throws InterruptedException {
        try {
            int came = pull(feed, store.feed(feed.name()));
            failures.remove(feed.name());
            troubles.remove(feed.name());
            due.put(feed.name(), clock.instant().plus(feed.every()));
            LOG.info("feed pulled feed={} changed={}", feed.name(), came);
        } catch (IOException e) {
            int times = failures.merge(feed.name(), 1, Integer::sum);
            long asked = e instanceof FeedClient.LaterException later ? later.seconds() : 0;
            long wait = Math.max(asked, Math.min(RETRY_MAX_SECONDS, RETRY_SECONDS << Math.min(20, times - 1)));
            due.put(feed.name(), clock.instant().plusSeconds(wait));
            troubles.put(feed.name(), String.valueOf(e.getMessage()));
            LOG.warn("feed not pulled feed={} reason={} againSeconds={}", feed.name(), e.getMessage(), wait);
        }
    }

    /**
     * Pulls a feed once.
     *
     * @return objects or events that came
     * @throws IOException when it failed, or is being pulled by another process
     */
    public static int pull(Feed feed, Path folder) throws IOException, InterruptedException {
        Files.createDirectories(folder);
        try (FileChannel channel =
                        FileChannel.open(folder.resolve(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = channel.tryLock()) {
            if (lock == null) {
                throw new IOException("feed " + feed.name() + " is being pulled by another process");
            }
            return feed.kind() == Feed.Kind.TAXII
                    ? new TaxiiPull(feed, folder).pull()
                    : new MispPull(feed, folder).pull();
        }
    }

    @Override
    public void close() {
        closed = true;
        if (thread != null) {
            thread.interrupt();
        }
    }
}
