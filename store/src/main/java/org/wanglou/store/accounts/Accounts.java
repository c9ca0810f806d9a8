package org.wanglou.store.accounts;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Semaphore;
import javax.sql.DataSource;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/**
 * The accounts and how one signs in. Thread-safe.
 *
 * <p>Five failures in a row lock an account for 15 minutes; no lock is for ever, or a stranger could shut out the last
 * administrator. Every refusal has the same answer and costs one password hash and one commit, whether the account exists
 * or not.
 */
public final class Accounts {
    /** Failures in a row after which an account is locked. */
    public static final int FAILURES = 5;

    /** How long it stays locked. */
    public static final long LOCK_MILLIS = 15 * 60_000L;

    /** Fewer characters are refused. */
    public static final int LEAST_PASSWORD = 10;

    private static final int MOST_PASSWORD = 256;

    /** Hashes at a time: each takes 64 MiB. Others wait. */
    private static final int HASHES = 2;

    private final Jdbi jdbi;
    private final PasswordHash passwords;
    private final Clock clock;
    private final Semaphore hashing = new Semaphore(HASHES, true);

    public Accounts(DataSource database, PasswordHash passwords, Clock clock) {
        this.jdbi = Jdbi.create(database);
        this.passwords = passwords;
        this.clock = clock;
    }

    /** Adds an account without a password; false when the name is taken. */
    public boolean create(String name, String displayName, Role role, String organization, String locale) {
        if (!name.matches("[a-z][a-z0-9._-]{1,62}")) {
            throw new IllegalArgumentException(
                    "an account's name has 2 to 63 lower-case letters, digits, . _ or - and begins with a letter, is "
                            + name);
        }
        if (account(name).isPresent()) {
            return false;
        }
        return jdbi.withHandle(handle -> handle.createUpdate("insert into account (name, display_name, role,"
                                + " organization, locale, password_hash, totp_secret, totp_last_step, failures,"
                                + " locked_until, disabled, created_at) values (:name, :display, :role, :organization,"
                                + " :locale, '', '', 0, 0, 0, false, :now)")
                        .bind("name", name)
                        .bind("display", displayName)
                        .bind("role", role.word())
                        .bind("organization", organization)
                        .bind("locale", locale)
                        .bind("now", clock.millis())
                        .execute())
                == 1;
    }

    public Optional<Account> account(String name) {
        return jdbi.withHandle(handle -> row(handle, name)).map(Row::account);
    }

    /** By name. */
    public List<Account> all() {
        return jdbi.withHandle(handle -> handle.createQuery("select * from account order by name")
                .map((rows, context) -> read(rows).account())
                .list());
    }

    /** Why a password is not good enough; empty when it is. */
    public static Optional<String> weakness(String name, String password) {
        if (password.codePointCount(0, password.length()) < LEAST_PASSWORD) {
            return Optional.of("at least " + LEAST_PASSWORD + " characters");
        }
        if (password.length() > MOST_PASSWORD) {
            return Optional.of("at most " + MOST_PASSWORD + " characters");
        }
        if (password.toLowerCase(Locale.ROOT).contains(name.toLowerCase(Locale.ROOT))) {
            return Optional.of("not the account's name inside");
        }
        if (password.chars().distinct().count() < 5) {
            return Optional.of("at least five different characters");
        }
        return Optional.empty();
    }

    /**
     * Sets a password and clears failures and lock. Sessions are the caller's to revoke.
     *
     * @throws IllegalArgumentException when it is too weak or there is no such account
     */
    public void setPassword(String name, String password) {
        weakness(name, password).ifPresent(reason -> {
            throw new IllegalArgumentException("the password needs " + reason);
        });
        String hash = hashing(() -> passwords.hash(password));
        change(name, "password_hash = :value, failures = 0, locked_until = 0", hash);
    }

    /** Requires six digits of an authenticator from now on; an empty secret ends that. */
    public void setTotp(String name, String secret) {
        change(name, "totp_secret = :value, totp_last_step = 0", secret);
    }

    public void setDisabled(String name, boolean disabled) {
        change(name, "disabled = :value", disabled);
    }

    /** {@code zh-CN} or {@code en}. */
    public void setLocale(String name, String locale) {
        if (!locale.equals("zh-CN") && !locale.equals("en")) {
            throw new IllegalArgumentException("a locale is zh-CN or en, not " + locale);
        }
        change(name, "locale = :value", locale);
    }

    private void change(String name, String what, Object value) {
        int rows = jdbi.withHandle(handle -> handle.createUpdate("update account set " + what + " where name = :name")
                .bind("name", name)
                .bind("value", value)
                .execute());
        if (rows == 0) {
            throw new IllegalArgumentException("there is no account " + name);
        }
    }

    /**
     * The account when name, password and, if it has one, the second factor are right and it is neither locked nor
     * disabled. Everything else is the same empty answer.
     *
     * @param totp six digits, empty when the account has no second factor
     */
    public Optional<Account> signIn(String name, String password, String totp) {
        Optional<Row> row = jdbi.withHandle(handle -> row(handle, name));
        String hash = row.map(Row::passwordHash).orElse("");
        boolean right = hashing(() -> passwords.matches(password, hash));
        if (row.isEmpty()) {
            countUnknown();
            return Optional.empty();
        }
        return jdbi.inTransaction(handle -> decide(handle, name, hash, right, totp));
    }

    /** A write and its commit, because a wrong password for an account that exists costs one too. */
    private void countUnknown() {
        jdbi.useTransaction(handle -> handle.createUpdate(
                        "update counter set last_value = last_value + 1 where name = 'sign-in-unknown'")
                .execute());
    }

    /** Decides with the row locked by its own update, so that many at once cannot outrun the count of failures. */
    private Optional<Account> decide(Handle handle, String name, String hash, boolean right, String totp) {
        handle.createUpdate("update account set failures = failures where name = :name")
                .bind("name", name)
                .execute();
        Row row = row(handle, name).orElseThrow();
        long now = clock.millis();
        if (row.account().disabled() || row.account().lockedUntil() > now) {
            return Optional.empty();
        }
        OptionalLong step = row.totpSecret().isEmpty()
                ? OptionalLong.of(row.totpLastStep())
                : Totp.step(row.totpSecret(), totp, now, row.totpLastStep());
        boolean good = right && row.passwordHash().equals(hash) && step.isPresent();
        int failures = good ? 0 : row.failures() + 1;
        boolean lock = failures >= FAILURES;
        handle.createUpdate("update account set failures = :failures, locked_until = :locked, totp_last_step = :step"
                        + " where name = :name")
                .bind("failures", lock ? 0 : failures)
                .bind("locked", lock ? now + LOCK_MILLIS : 0)
                .bind("step", good ? step.getAsLong() : row.totpLastStep())
                .bind("name", name)
                .execute();
        return good ? Optional.of(row.account()) : Optional.empty();
    }

    private <T> T hashing(java.util.function.Supplier<T> work) {
        hashing.acquireUninterruptibly();
        try {
            return work.get();
        } finally {
            hashing.release();
        }
    }

    /** An account with its secrets. */
    private record Row(Account account, String passwordHash, String totpSecret, long totpLastStep, int failures) {}

    private static Optional<Row> row(Handle handle, String name) {
        return handle.createQuery("select * from account where name = :name")
                .bind("name", name)
                .map((rows, context) -> read(rows))
                .findOne();
    }

    private static Row read(ResultSet rows) throws SQLException {
        String hash = text(rows.getString("password_hash"));
        String secret = text(rows.getString("totp_secret"));
        Account account = new Account(
                rows.getString("name"),
                rows.getString("display_name"),
                Role.of(rows.getString("role")).orElseThrow(),
                text(rows.getString("organization")),
                rows.getString("locale"),
                !hash.isEmpty(),
                !secret.isEmpty(),
                rows.getBoolean("disabled"),
                rows.getLong("locked_until"));
        return new Row(account, hash, secret, rows.getLong("totp_last_step"), rows.getInt("failures"));
    }

    private static String text(@Nullable String value) {
        return value == null ? "" : value;
    }
}
