package org.wanglou.store.cases;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import javax.sql.DataSource;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The case database over JDBC, for H2 and PostgreSQL alike. Thread-safe.
 *
 * <p>After a commit that wrote a feed row the thread {@code store-poke-0} calls the listeners. Its queue holds one poke
 * and drops more: a poke that has not begun yet will see this commit too.
 */
public final class JdbcCaseDatabase implements CaseDatabase {
    private static final Logger LOG = LoggerFactory.getLogger(JdbcCaseDatabase.class);
    private static final int ATTEMPTS = 6;

    /**
     * What a second try can cure: serialisation failure, deadlock, H2's concurrent update and lock timeout, and a
     * unique key that a concurrent transaction inserted first (on the second try it is seen and handled).
     */
    private static final Set<String> PASSING = Set.of("40001", "40P01", "55P03", "90131", "HYT00", "23505");

    private final HikariDataSource pool;
    private final Jdbi jdbi;
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private final ThreadPoolExecutor pokes;
    private final ScheduledThreadPoolExecutor syncs;
    private volatile boolean syncFailing;
    private final ThreadLocal<Boolean> inside = ThreadLocal.withInitial(() -> false);

    /**
     * @param syncStatement run each second on the thread {@code store-sync-0}, so that a power loss takes back a second at
     *     most; empty where the database does so by itself
     */
    JdbcCaseDatabase(HikariDataSource pool, String syncStatement) {
        this.pool = pool;
        this.jdbi = Jdbi.create(pool);
        this.pokes = new ThreadPoolExecutor(
                1,
                1,
                10,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(1),
                work -> {
                    Thread thread = new Thread(work, "store-poke-0");
                    thread.setDaemon(true);
                    return thread;
                },
                new ThreadPoolExecutor.DiscardPolicy());
        this.pokes.allowCoreThreadTimeOut(true);
        this.syncs = new ScheduledThreadPoolExecutor(1, work -> {
            Thread thread = new Thread(work, "store-sync-0");
            thread.setDaemon(true);
            return thread;
        });
        if (!syncStatement.isEmpty()) {
            syncs.scheduleWithFixedDelay(() -> sync(syncStatement), 1, 1, TimeUnit.SECONDS);
        }
    }

    private void sync(String statement) {
        try {
            jdbi.useHandle(handle -> handle.execute(statement));
            syncFailing = false;
        } catch (RuntimeException e) {
            if (!syncFailing && !pool.isClosed()) {
                LOG.warn("database file not synchronised with the disk, trying again each second", e);
            }
            syncFailing = true;
        }
    }

    /** The pool behind it, for accounts and sessions, which live in the same database. */
    public DataSource dataSource() {
        return pool;
    }

    @Override
    public <T> T transaction(Function<Transaction, T> work) {
        if (inside.get()) {
            throw new IllegalStateException("a transaction was begun inside a transaction of the same thread");
        }
        inside.set(true);
        try {
            for (int attempt = 1; ; attempt++) {
                try {
                    return once(work);
                } catch (RuntimeException e) {
                    if (attempt == ATTEMPTS || !passing(e)) {
                        throw e;
                    }
                    LOG.debug("transaction tried again attempt={} cause={}", attempt, e.toString());
                    pause(attempt);
                }
            }
        } finally {
            inside.set(false);
        }
    }

    private <T> T once(Function<Transaction, T> work) {
        boolean[] fed = new boolean[1];
        T result = jdbi.inTransaction(handle -> {
            JdbcTransaction transaction = new JdbcTransaction(handle);
            T value = work.apply(transaction);
            fed[0] = transaction.finish();
            return value;
        });
        if (fed[0] && !listeners.isEmpty()) {
            pokes.execute(this::poke);
        }
        return result;
    }

    private void poke() {
        for (Runnable listener : listeners) {
            try {
                listener.run();
            } catch (RuntimeException e) {
                LOG.warn("feed listener failed", e);
            }
        }
    }

    private static boolean passing(Throwable thrown) {
        for (@Nullable Throwable at = thrown; at != null; at = at.getCause()) {
            if (at instanceof SQLException sql && sql.getSQLState() != null && PASSING.contains(sql.getSQLState())) {
                return true;
            }
        }
        return false;
    }

    private static void pause(int attempt) {
        try {
            Thread.sleep(ThreadLocalRandom.current().nextLong(5L << attempt) + 1);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void onFeed(Runnable poke) {
        listeners.add(poke);
    }

    @Override
    public void close() {
        syncs.shutdown();
        pokes.shutdown();
        try {
            syncs.awaitTermination(5, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        pool.close();
    }
}
