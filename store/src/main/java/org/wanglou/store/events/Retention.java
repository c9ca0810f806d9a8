package org.wanglou.store.events;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.wanglou.model.Meters;

/**
 * Deletes what is older than the kept days, once an hour, on its thread {@code store-retention-0}. Thread-safe.
 *
 * <p>Network logs are kept for at least six months (网络安全法 第二十三条, before 2026 第二十一条第三项; the article's new
 * number is 待核). Six calendar months are up to 184 days, so fewer days are refused; and what is deleted lies before
 * both bounds, the days and six months by the calendar.
 */
public final class Retention implements AutoCloseable {
    /** What is kept when nothing else is configured. */
    public static final int DEFAULT_DAYS = 190;

    /** The longest six calendar months can be. */
    public static final int LEAST_DAYS = 184;

    private static final int LEAST_MONTHS = 6;
    private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
    private static final Logger LOG = LoggerFactory.getLogger(Retention.class);

    private final EventIndex index;
    private final int days;
    private final Clock clock;
    private final Meters meters;
    private final ScheduledThreadPoolExecutor thread;

    /**
     * @throws IllegalArgumentException naming the clause when the days are fewer than the law allows
     */
    public Retention(EventIndex index, int days, Clock clock, Meters meters) {
        if (days < LEAST_DAYS) {
            throw new IllegalArgumentException("retention of " + days + " days is refused: network logs are kept for at"
                    + " least six months (网络安全法 第二十三条, 2025 年修正前第二十一条第三项，条号待核), and six calendar"
                    + " months are up to " + LEAST_DAYS + " days: configure " + LEAST_DAYS + " or more, default "
                    + DEFAULT_DAYS);
        }
        this.index = index;
        this.days = days;
        this.clock = clock;
        this.meters = meters;
        this.thread = new ScheduledThreadPoolExecutor(1, work -> {
            Thread worker = new Thread(work, "store-retention-0");
            worker.setDaemon(true);
            return worker;
        });
    }

    public void start() {
        thread.scheduleWithFixedDelay(this::runSafely, 5, 60, TimeUnit.MINUTES);
    }

    private void runSafely() {
        try {
            run();
        } catch (RuntimeException e) {
            meters.counter("wanglou_store_retention_failed_total").increment();
            LOG.warn("retention failed, trying again in an hour", e);
        }
    }

    /** Events before this instant may go. */
    public Instant cutoff() {
        Instant byDays = clock.instant().minusSeconds(days * 86_400L);
        Instant byMonths =
                clock.instant().atZone(ZONE).minusMonths(LEAST_MONTHS).toInstant();
        return byDays.isBefore(byMonths) ? byDays : byMonths;
    }

    /** Deletes now; returns how many events went. */
    public long run() {
        long gone = index.deleteBefore(cutoff().toEpochMilli());
        if (gone > 0) {
            meters.counter("wanglou_store_expired_total").add(gone);
            LOG.info("events expired count={} before={}", gone, cutoff());
        }
        return gone;
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
