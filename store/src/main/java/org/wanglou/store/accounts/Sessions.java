package org.wanglou.store.accounts;

import java.time.Clock;
import java.util.Optional;
import javax.sql.DataSource;
import org.jdbi.v3.core.Jdbi;

/**
 * Sessions behind opaque tokens: 15 minutes idle, 8 hours in all, gone at once when revoked or when the account is
 * disabled. Thread-safe.
 */
public final class Sessions {
    /** Unused for so long, a session ends. */
    public static final long IDLE_MILLIS = 15 * 60_000L;

    /** However much used, it ends. */
    public static final long WHOLE_MILLIS = 8 * 3_600_000L;

    /** Use is written down at most so often: each request would otherwise be a commit. */
    private static final long TOUCH_MILLIS = 30_000;

    private final Jdbi jdbi;
    private final Accounts accounts;
    private final Clock clock;

    public Sessions(DataSource database, Accounts accounts, Clock clock) {
        this.jdbi = Jdbi.create(database);
        this.accounts = accounts;
        this.clock = clock;
    }

    /** A fresh session's token, for the cookie; the database holds its digest only. */
    public String open(String account) {
        String token = Tokens.fresh();
        long now = clock.millis();
        jdbi.useTransaction(handle -> {
            handle.createUpdate("delete from session where created_at <= :oldest or last_seen <= :idle")
                    .bind("oldest", now - WHOLE_MILLIS)
                    .bind("idle", now - IDLE_MILLIS)
                    .execute();
            handle.createUpdate("insert into session (token_hash, account, csrf, created_at, last_seen)"
                            + " values (:hash, :account, :csrf, :now, :now)")
                    .bind("hash", Tokens.digest(token))
                    .bind("account", account)
                    .bind("csrf", Tokens.fresh())
                    .bind("now", now)
                    .execute();
        });
        return token;
    }

    /** The session of a token while it is in force, which this use prolongs. */
    public Optional<Session> find(String token) {
        return find(token, true);
    }

    /** As {@link #find(String)}; without {@code prolong} for what the browser does by itself, such as live updates. */
    public Optional<Session> find(String token, boolean prolong) {
        long now = clock.millis();
        String hash = Tokens.digest(token);
        Optional<Row> row = jdbi.withHandle(handle -> handle.createQuery("select * from session"
                        + " where token_hash = :hash and created_at > :oldest and last_seen > :idle")
                .bind("hash", hash)
                .bind("oldest", now - WHOLE_MILLIS)
                .bind("idle", now - IDLE_MILLIS)
                .map((rows, context) -> new Row(
                        rows.getString("account"),
                        rows.getString("csrf"),
                        rows.getLong("created_at"),
                        rows.getLong("last_seen")))
                .findOne());
        if (row.isEmpty()) {
            return Optional.empty();
        }
        Optional<Account> account = accounts.account(row.get().account()).filter(found -> !found.disabled());
        if (prolong && account.isPresent() && now - row.get().lastSeen() >= TOUCH_MILLIS) {
            jdbi.useHandle(handle -> handle.createUpdate(
                            "update session set last_seen = :now where token_hash = :hash and last_seen < :now")
                    .bind("now", now)
                    .bind("hash", hash)
                    .execute());
        }
        return account.map(
                found -> new Session(found, row.get().csrf(), row.get().createdAt()));
    }

    /** Ends one session. */
    public void close(String token) {
        end("token_hash = :what", Tokens.digest(token));
    }

    /** Ends all of an account's sessions: after a new password, a new role, or when it is disabled. */
    public void revoke(String account) {
        end("account = :what", account);
    }

    /** Ends all of an account's sessions but the one with that token: after a new password. */
    public void revokeOthers(String account, String token) {
        jdbi.useHandle(
                handle -> handle.createUpdate("delete from session where account = :account and token_hash <> :hash")
                        .bind("account", account)
                        .bind("hash", Tokens.digest(token))
                        .execute());
    }

    private void end(String which, String what) {
        jdbi.useHandle(handle -> handle.createUpdate("delete from session where " + which)
                .bind("what", what)
                .execute());
    }

    private record Row(String account, String csrf, long createdAt, long lastSeen) {}
}
