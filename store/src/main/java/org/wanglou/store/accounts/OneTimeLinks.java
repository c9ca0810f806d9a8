package org.wanglou.store.accounts;

import java.time.Clock;
import java.util.Optional;
import javax.sql.DataSource;
import org.jdbi.v3.core.Jdbi;

/**
 * One-time links: who holds the token may enter an account once, within 30 minutes. For the first run and for forgotten
 * passwords. Thread-safe.
 */
public final class OneTimeLinks {
    /** How long a link can be used. */
    public static final long VALID_MILLIS = 30 * 60_000L;

    private final Jdbi jdbi;
    private final Clock clock;

    public OneTimeLinks(DataSource database, Clock clock) {
        this.jdbi = Jdbi.create(database);
        this.clock = clock;
    }

    /** A fresh token for that account, and the only place where it is seen. Earlier ones of the account end. */
    public String issue(String account) {
        String token = Tokens.fresh();
        long now = clock.millis();
        jdbi.useTransaction(handle -> {
            handle.createUpdate("delete from one_time_link where account = :account or expires_at < :now")
                    .bind("account", account)
                    .bind("now", now)
                    .execute();
            handle.createUpdate("insert into one_time_link (token_hash, account, created_at, expires_at, used_at)"
                            + " values (:hash, :account, :now, :expires, 0)")
                    .bind("hash", Tokens.digest(token))
                    .bind("account", account)
                    .bind("now", now)
                    .bind("expires", now + VALID_MILLIS)
                    .execute();
        });
        return token;
    }

    /** The account's name while the link can be used; using is {@link #use}. */
    public Optional<String> peek(String token) {
        return jdbi.withHandle(handle -> handle.createQuery("select account from one_time_link"
                        + " where token_hash = :hash and used_at = 0 and expires_at > :now")
                .bind("hash", Tokens.digest(token))
                .bind("now", clock.millis())
                .mapTo(String.class)
                .findOne());
    }

    /** Uses the link up: of any number of callers at once, one gets the account's name. */
    public Optional<String> use(String token) {
        return jdbi.inTransaction(handle -> {
            String hash = Tokens.digest(token);
            int won = handle.createUpdate("update one_time_link set used_at = :now"
                            + " where token_hash = :hash and used_at = 0 and expires_at > :now")
                    .bind("hash", hash)
                    .bind("now", clock.millis())
                    .execute();
            return won == 0
                    ? Optional.empty()
                    : handle.createQuery("select account from one_time_link where token_hash = :hash")
                            .bind("hash", hash)
                            .mapTo(String.class)
                            .findOne();
        });
    }
}
