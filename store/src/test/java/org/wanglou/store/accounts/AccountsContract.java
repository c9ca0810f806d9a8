package org.wanglou.store.accounts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.wanglou.store.cases.JdbcCaseDatabase;

/** What accounts, links and sessions do, on every database. */
abstract class AccountsContract {
    private static final String PASSWORD = "桥边的两只石狮子-7x";
    private static final long MINUTE = 60_000;

    private final HandClock clock = new HandClock();
    private JdbcCaseDatabase database;
    private Accounts accounts;
    private OneTimeLinks links;
    private Sessions sessions;

    abstract JdbcCaseDatabase open() throws Exception;

    @BeforeEach
    void begin() throws Exception {
        database = open();
        accounts = new Accounts(database.dataSource(), new PasswordHash(256, 1), clock);
        links = new OneTimeLinks(database.dataSource(), clock);
        sessions = new Sessions(database.dataSource(), accounts, clock);
        accounts.create("ying", "值班员 应", Role.OPERATOR, "990100", "zh-CN");
    }

    @AfterEach
    void end() {
        database.close();
    }

    /** A clock moved by hand. */
    private static final class HandClock extends Clock {
        private long now = Instant.parse("2026-11-24T04:00:00Z").toEpochMilli();

        void advance(long millis) {
            now += millis;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return Instant.ofEpochMilli(now);
        }
    }

    @Test
    void an_account_is_as_it_was_created_and_its_name_is_taken() {
        assertThat(accounts.account("ying"))
                .contains(new Account("ying", "值班员 应", Role.OPERATOR, "990100", "zh-CN", false, false, false, 0));
        assertThat(accounts.create("ying", "other", Role.AUDIT, "", "en")).isFalse();
        assertThat(accounts.create("audit", "审计", Role.AUDIT, "", "zh-CN")).isTrue();
        assertThat(accounts.all()).extracting(Account::name).containsExactly("audit", "ying");
        assertThatThrownBy(() -> accounts.create("Ying Li", "x", Role.AUDIT, "", "en"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void the_database_itself_refuses_a_second_or_unknown_role() throws SQLException {
        try (Connection connection = database.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            assertThatThrownBy(() -> statement.execute("update account set role = 'system,audit'"))
                    .isInstanceOf(SQLException.class);
        }
    }

    @Test
    void without_a_password_nobody_signs_in() {
        assertThat(accounts.signIn("ying", "", "")).isEmpty();
        assertThat(accounts.signIn("nobody", "", "")).isEmpty();
    }

    @Test
    void the_right_password_signs_in_and_no_other() {
        accounts.setPassword("ying", PASSWORD);
        assertThat(accounts.signIn("ying", PASSWORD, "")).map(Account::name).contains("ying");
        assertThat(accounts.signIn("ying", PASSWORD + " ", "")).isEmpty();
        assertThat(accounts.signIn("nobody", PASSWORD, "")).isEmpty();
        assertThat(accounts.signIn("' or 1=1 --", PASSWORD, "")).isEmpty();
    }

    @Test
    void weak_passwords_are_refused_with_the_reason() {
        assertThatThrownBy(() -> accounts.setPassword("ying", "short")).hasMessageContaining("10 characters");
        assertThatThrownBy(() -> accounts.setPassword("ying", "ying-2026-xyz")).hasMessageContaining("name");
        assertThatThrownBy(() -> accounts.setPassword("ying", "ababababababab")).hasMessageContaining("different");
        assertThatThrownBy(() -> accounts.setPassword("nobody", PASSWORD)).hasMessageContaining("nobody");
    }

    @Test
    void five_failures_lock_for_fifteen_minutes_and_not_for_ever() {
        accounts.setPassword("ying", PASSWORD);
        for (int i = 0; i < Accounts.FAILURES; i++) {
            assertThat(accounts.signIn("ying", "wrong", "")).isEmpty();
        }
        assertThat(accounts.signIn("ying", PASSWORD, "")).isEmpty();
        clock.advance(15 * MINUTE - 1);
        assertThat(accounts.signIn("ying", PASSWORD, "")).isEmpty();
        clock.advance(1);
        assertThat(accounts.signIn("ying", PASSWORD, "")).isPresent();
    }

    @Test
    void a_success_ends_the_count_of_failures() {
        accounts.setPassword("ying", PASSWORD);
        for (int round = 0; round < 3; round++) {
            for (int i = 0; i < Accounts.FAILURES - 1; i++) {
                accounts.signIn("ying", "wrong", "");
            }
            assertThat(accounts.signIn("ying", PASSWORD, "")).isPresent();
        }
    }

    @Test
    void many_guesses_at_once_cannot_outrun_the_lock() throws Exception {
        accounts.setPassword("ying", PASSWORD);
        together(20, number -> accounts.signIn("ying", "wrong " + number, ""));
        assertThat(accounts.account("ying").orElseThrow().lockedUntil()).isGreaterThan(clock.millis());
        assertThat(accounts.signIn("ying", PASSWORD, "")).isEmpty();
    }

    @Test
    void a_disabled_account_is_out_at_once() {
        accounts.setPassword("ying", PASSWORD);
        String session = sessions.open("ying");
        accounts.setDisabled("ying", true);
        assertThat(accounts.signIn("ying", PASSWORD, "")).isEmpty();
        assertThat(sessions.find(session)).isEmpty();
        accounts.setDisabled("ying", false);
        assertThat(accounts.signIn("ying", PASSWORD, "")).isPresent();
    }

    @Test
    void a_second_factor_is_asked_for_and_its_code_works_once() {
        String secret = Totp.secret();
        accounts.setPassword("ying", PASSWORD);
        accounts.setTotp("ying", secret);
        String code = Totp.code(secret, clock.millis());
        assertThat(accounts.signIn("ying", PASSWORD, "")).isEmpty();
        assertThat(accounts.signIn("ying", "wrong", code)).isEmpty();
        assertThat(accounts.signIn("ying", PASSWORD, code)).isPresent();
        assertThat(accounts.signIn("ying", PASSWORD, code)).isEmpty();
        clock.advance(30_000);
        assertThat(accounts.signIn("ying", PASSWORD, Totp.code(secret, clock.millis() - 30_000)))
                .isEmpty();
        assertThat(accounts.signIn("ying", PASSWORD, Totp.code(secret, clock.millis())))
                .isPresent();
        assertThat(accounts.account("ying").orElseThrow().hasTotp()).isTrue();
    }

    @Test
    void a_link_works_once_within_thirty_minutes() {
        String token = links.issue("ying");
        assertThat(token).hasSize(43);
        assertThat(links.peek(token)).contains("ying");
        assertThat(links.use(token)).contains("ying");
        assertThat(links.peek(token)).isEmpty();
        assertThat(links.use(token)).isEmpty();
        String late = links.issue("ying");
        clock.advance(OneTimeLinks.VALID_MILLIS);
        assertThat(links.use(late)).isEmpty();
        assertThat(links.use("")).isEmpty();
        assertThat(links.use("x".repeat(100_000))).isEmpty();
    }

    @Test
    void a_new_link_ends_the_one_before() {
        String first = links.issue("ying");
        String second = links.issue("ying");
        assertThat(links.use(first)).isEmpty();
        assertThat(links.use(second)).contains("ying");
    }

    @Test
    void of_a_hundred_who_use_a_link_at_once_one_gets_in() throws Exception {
        String token = links.issue("ying");
        List<Optional<String>> answers = together(100, number -> links.use(token));
        assertThat(answers.stream().filter(Optional::isPresent)).hasSize(1);
    }

    @Test
    void a_session_ends_when_idle_after_eight_hours_when_closed_or_revoked() {
        String idle = sessions.open("ying");
        clock.advance(15 * MINUTE - 1);
        assertThat(sessions.find(idle)).isPresent();
        clock.advance(15 * MINUTE);
        assertThat(sessions.find(idle)).isEmpty();

        String busy = sessions.open("ying");
        for (int i = 0; i < 47; i++) {
            clock.advance(10 * MINUTE);
            assertThat(sessions.find(busy)).isPresent();
        }
        clock.advance(10 * MINUTE);
        assertThat(sessions.find(busy)).isEmpty();

        String closed = sessions.open("ying");
        String revoked = sessions.open("ying");
        sessions.close(closed);
        assertThat(sessions.find(closed)).isEmpty();
        assertThat(sessions.find(revoked)).isPresent();
        sessions.revoke("ying");
        assertThat(sessions.find(revoked)).isEmpty();
        assertThat(sessions.find("forged")).isEmpty();
    }

    @Test
    void looking_without_prolonging_lets_a_session_grow_idle() {
        String session = sessions.open("ying");
        clock.advance(10 * MINUTE);
        assertThat(sessions.find(session, false)).isPresent();
        clock.advance(5 * MINUTE);
        assertThat(sessions.find(session, false)).isEmpty();
    }

    @Test
    void each_session_has_tokens_of_its_own_and_the_database_holds_none_in_clear() throws SQLException {
        accounts.setPassword("ying", PASSWORD);
        String session = sessions.open("ying");
        String other = sessions.open("ying");
        String link = links.issue("ying");
        assertThat(sessions.find(session).orElseThrow().csrf())
                .isNotEqualTo(sessions.find(other).orElseThrow().csrf())
                .hasSize(43);
        StringBuilder everything = new StringBuilder();
        try (Connection connection = database.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            for (String table : List.of("account", "session", "one_time_link")) {
                try (ResultSet rows = statement.executeQuery("select * from " + table)) {
                    while (rows.next()) {
                        for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
                            everything.append(rows.getString(i)).append('\n');
                        }
                    }
                }
            }
        }
        assertThat(everything.toString()).contains("ying").doesNotContain(session, other, link, PASSWORD);
    }

    /** Work that answers. */
    private interface Work<T> {
        T run(int number);
    }

    private static <T> List<T> together(int threads, Work<T> work) throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        CountDownLatch start = new CountDownLatch(1);
        List<Future<T>> futures = new ArrayList<>();
        for (int number = 0; number < threads; number++) {
            int own = number;
            futures.add(pool.submit(() -> {
                start.await();
                return work.run(own);
            }));
        }
        start.countDown();
        List<T> answers = new ArrayList<>();
        try {
            for (Future<T> future : futures) {
                answers.add(future.get());
            }
        } finally {
            pool.shutdown();
        }
        return answers;
    }

    @Test
    void tokens_do_not_repeat() {
        HashSet<String> tokens = new HashSet<>();
        for (int i = 0; i < 1_000; i++) {
            tokens.add(Tokens.fresh());
        }
        assertThat(tokens).hasSize(1_000);
    }

    @Test
    void other_sessions_end_and_this_one_stays() {
        String here = sessions.open("ying");
        String there = sessions.open("ying");
        sessions.revokeOthers("ying", here);
        assertThat(sessions.find(here)).isPresent();
        assertThat(sessions.find(there)).isEmpty();
    }

    @Test
    void a_locale_is_one_of_two() {
        accounts.setLocale("ying", "en");
        assertThat(accounts.account("ying")).map(Account::locale).contains("en");
        assertThatThrownBy(() -> accounts.setLocale("ying", "xx")).isInstanceOf(IllegalArgumentException.class);
    }
}
