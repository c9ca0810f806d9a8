package org.wanglou.store.cases;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.wanglou.store.cases.CaseSamples.NOW;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.wanglou.model.Grade;
import org.wanglou.model.Incident;
import org.wanglou.model.cases.Case;
import org.wanglou.model.cases.CaseState;
import org.wanglou.model.cases.Deadline;
import org.wanglou.model.cases.Message;
import org.wanglou.store.cases.CaseDatabase.CaseQuery;
import org.wanglou.store.cases.CaseDatabase.FeedRow;
import org.wanglou.store.cases.CaseDatabase.OwedEntry;
import org.wanglou.store.cases.CaseDatabase.Suppression;
import org.wanglou.store.cases.CaseDatabase.Transaction;
import org.wanglou.store.reports.Seal;
import org.wanglou.store.reports.StoredReport;

/** What every case database must do. Each test begins with an empty database. */
abstract class CaseDatabaseContract {
    protected CaseDatabase database;

    /** Opens an empty database. */
    abstract CaseDatabase open() throws Exception;

    /** Opens the one that was just closed. */
    abstract CaseDatabase reopen() throws Exception;

    @BeforeEach
    void begin() throws Exception {
        database = open();
    }

    @AfterEach
    void end() {
        database.close();
    }

    private void run(Consumer<Transaction> work) {
        database.transaction(transaction -> {
            work.accept(transaction);
            return true;
        });
    }

    @Test
    void offsets_and_all_else_survive_closing() throws Exception {
        Incident incident = CaseSamples.incident("i1", 1, Grade.Value.GENERAL);
        run(t -> {
            t.setOffset("wanglou.incidents", 3, 41);
            t.setOffset("wanglou.incidents", 3, 42);
            t.putIncident(incident);
            t.insertCase(CaseSamples.opened("WL-1", incident, NOW));
            t.feed("case", "WL-1", 1, NOW);
        });
        database.close();
        database = reopen();
        run(t -> {
            assertThat(t.offset("wanglou.incidents", 3)).hasValue(42);
            assertThat(t.offset("wanglou.incidents", 2)).isEmpty();
            assertThat(t.incident("i1")).contains(incident);
            assertThat(t.caseById("WL-1")).contains(CaseSamples.opened("WL-1", incident, NOW));
            assertThat(t.lastFeedSeq()).isEqualTo(1);
        });
    }

    @Test
    void a_throw_rolls_everything_back() {
        assertThatThrownBy(() -> run(t -> {
                    t.setOffset("x", 0, 9);
                    t.putSetting("a", "b");
                    t.feed("case", "1", 1, NOW);
                    t.oweEntry("a", "b", "c", 1, "o", "machine", NOW, "{}", "");
                    throw new IllegalStateException("no");
                }))
                .hasMessage("no");
        run(t -> {
            assertThat(t.offset("x", 0)).isEmpty();
            assertThat(t.setting("a")).isEmpty();
            assertThat(t.lastFeedSeq()).isZero();
            assertThat(t.countOwed()).isZero();
        });
    }

    @Test
    void every_incident_revision_is_kept_and_none_is_changed() {
        Incident first = CaseSamples.incident("i1", 1, Grade.Value.GENERAL);
        Incident second = CaseSamples.incident("i1", 2, Grade.Value.MAJOR);
        run(t -> {
            t.putIncident(first);
            t.putIncident(second);
            t.putIncident(CaseSamples.incident("i1", 1, Grade.Value.MAJOR));
            assertThat(t.incident("i1")).contains(second);
            assertThat(t.incidentRevisions("i1")).containsExactly(first, second);
            assertThat(t.incident("other")).isEmpty();
        });
    }

    @Test
    void an_incident_larger_than_a_page_comes_back_whole() {
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 40_000; i++) {
            ids.add("%032x".formatted(i));
        }
        Incident plain = CaseSamples.incident("i1", 1, Grade.Value.GENERAL);
        Incident large = new Incident(
                plain.id(),
                plain.storyKey(),
                1,
                plain.status(),
                plain.opened(),
                plain.updated(),
                plain.title(),
                plain.severity(),
                plain.category(),
                plain.grades(),
                plain.confidence(),
                plain.organization(),
                plain.organizationName(),
                plain.assets(),
                ids,
                plain.stages(),
                plain.signals(),
                plain.impact(),
                plain.explanation(),
                plain.references(),
                plain.playbook(),
                plain.fingerprint());
        run(t -> {
            t.putIncident(large);
            t.insertCase(CaseSamples.opened("WL-1", large, NOW));
        });
        run(t -> {
            assertThat(t.incident("i1")).contains(large);
            assertThat(t.caseOfIncident("i1").orElseThrow().incident()).isEqualTo(large);
        });
    }

    @Test
    void case_ids_count_up_within_a_day_without_gaps() {
        run(t -> assertThat(t.newCaseId("20261124")).isEqualTo("WL-20261124-0001"));
        assertThatThrownBy(() -> run(t -> {
                    t.newCaseId("20261124");
                    throw new IllegalStateException("rolled back");
                }))
                .isInstanceOf(IllegalStateException.class);
        run(t -> {
            assertThat(t.newCaseId("20261124")).isEqualTo("WL-20261124-0002");
            assertThat(t.newCaseId("20261125")).isEqualTo("WL-20261125-0001");
        });
    }

    @Test
    void a_case_is_changed_only_from_the_revision_that_was_read() {
        Case opened = CaseSamples.opened("WL-1", CaseSamples.incident("i1", 1, Grade.Value.GENERAL), NOW);
        Case confirmed = CaseSamples.changed(opened, CaseState.CONFIRMED, "ying", "990000", List.of());
        run(t -> t.insertCase(opened));
        run(t -> t.updateCase(confirmed, 1));
        assertThatThrownBy(() -> run(t -> t.updateCase(confirmed, 1)))
                .isInstanceOf(CaseDatabase.Conflict.class)
                .hasMessageContaining("WL-1");
        run(t -> {
            assertThat(t.caseById("WL-1")).contains(confirmed);
            assertThat(t.caseOfIncident("i1")).contains(confirmed);
        });
        assertThatThrownBy(() -> run(t -> t.updateCase(confirmed, 2))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void of_many_who_change_the_same_revision_one_wins() throws Exception {
        Case opened = CaseSamples.opened("WL-1", CaseSamples.incident("i1", 1, Grade.Value.GENERAL), NOW);
        run(t -> t.insertCase(opened));
        AtomicInteger won = new AtomicInteger();
        AtomicInteger conflicts = new AtomicInteger();
        together(8, number -> {
            try {
                run(t -> t.updateCase(
                        CaseSamples.changed(opened, CaseState.CONFIRMED, "a" + number, "990000", List.of()), 1));
                won.incrementAndGet();
            } catch (CaseDatabase.Conflict e) {
                conflicts.incrementAndGet();
            }
        });
        assertThat(won).hasValue(1);
        assertThat(conflicts).hasValue(7);
    }

    @Test
    void cases_are_found_by_each_criterion_and_counted_alike() {
        Incident general = CaseSamples.incident("i1", 1, Grade.Value.GENERAL);
        Incident larger = CaseSamples.incident("i2", 1, Grade.Value.LARGER);
        Incident third = CaseSamples.incident("i3", 1, Grade.Value.GENERAL);
        Case one = CaseSamples.opened("WL-1", general, NOW);
        Case two = CaseSamples.opened("WL-2", larger, NOW + 1);
        Case three = CaseSamples.opened("WL-3", third, NOW + 2);
        Case raised = CaseSamples.changed(
                three,
                CaseState.CONFIRMED,
                "ying",
                "990100",
                List.of(CaseSamples.grade("gbt20986-2023", Grade.Value.MAJOR, Grade.State.CONFIRMED)));
        run(t -> {
            t.insertCase(one);
            t.insertCase(two);
            t.insertCase(three);
            t.updateCase(raised, 1);
        });
        finds(CaseQuery.ALL, raised, two, one);
        finds(query(List.of("990100"), List.of(), "", "", "", "newest"), raised);
        finds(query(List.of(), List.of("NEW"), "", "", "", "newest"), two, one);
        finds(query(List.of(), List.of("NEW", "CONFIRMED"), "ying", "", "", "newest"), raised);
        finds(query(List.of(), List.of(), "", "LARGER", "", "newest"), raised, two);
        finds(query(List.of(), List.of(), "", "重大", "", "newest"), raised);
        finds(query(List.of(), List.of(), "", "", "", "grade"), raised, two, one);
        finds(query(List.of(), List.of(), "", "", "暴力 203.0.113", "newest"), raised, two, one);
        finds(query(List.of(), List.of(), "", "", "wl-2", "newest"), two);
        finds(query(List.of(), List.of(), "", "", "100%", "newest"), raised, two, one);
        finds(query(List.of(), List.of(), "", "", "1%0", "newest"));
        finds(query(List.of(), List.of(), "", "", "203_0", "newest"));
        finds(query(List.of(), List.of(), "'; drop table case_file; --", "", "", "newest"));
        finds(new CaseQuery(List.of(), List.of(), "", "", "", NOW + 1, NOW + 2, "newest", 0, 10), two);
        run(t -> assertThat(t.cases(new CaseQuery(List.of(), List.of(), "", "", "", 0, Long.MAX_VALUE, "newest", 1, 1)))
                .containsExactly(two));
        assertThatThrownBy(() -> run(t -> t.cases(query(List.of(), List.of(), "", "严重", "", "newest"))))
                .hasMessageContaining("严重");
    }

    private void finds(CaseQuery query, Case... expected) {
        run(t -> {
            assertThat(t.cases(query)).containsExactly(expected);
            assertThat(t.countCases(query)).isEqualTo(expected.length);
        });
    }

    private static CaseQuery query(
            List<String> organizations, List<String> states, String assignee, String grade, String text, String sort) {
        return new CaseQuery(organizations, states, assignee, grade, text, 0, Long.MAX_VALUE, sort, 0, 100);
    }

    @Test
    void a_message_is_owed_once_and_never_rewritten() {
        Message first = CaseSamples.message("m1", NOW, NOW);
        Message later = CaseSamples.message("m2", NOW + 10, NOW - 1);
        run(t -> {
            assertThat(t.oweMessage(first)).isTrue();
            assertThat(t.oweMessage(later)).isTrue();
        });
        run(t -> {
            assertThat(t.oweMessage(CaseSamples.message("m1", NOW + 99, NOW))).isFalse();
            assertThat(t.message("m1")).contains(first);
            assertThat(t.dueMessages(NOW, 10)).containsExactly(first);
            assertThat(t.dueMessages(NOW + 10, 10)).containsExactly(later, first);
            assertThat(t.dueMessages(NOW + 10, 1)).containsExactly(later);
        });
        Message delivered = CaseSamples.faring(first, Message.State.DELIVERED, 1, NOW + 5, "200 OK");
        Message retried = CaseSamples.faring(later, Message.State.OWED, 1, NOW + 60, "x".repeat(900));
        run(t -> {
            t.updateMessage(delivered);
            t.updateMessage(retried);
        });
        run(t -> {
            assertThat(t.messagesOf("WL-1")).hasSize(2).contains(delivered);
            assertThat(t.message("m2").orElseThrow().answer()).hasSize(500);
            assertThat(t.dueMessages(NOW + 10, 10)).isEmpty();
            assertThat(t.countMessages())
                    .isEqualTo(Map.of(Message.State.OWED, 1L, Message.State.DELIVERED, 1L, Message.State.DEAD, 0L));
        });
        assertThatThrownBy(() -> run(t -> t.updateMessage(CaseSamples.message("none", NOW, NOW))))
                .hasMessageContaining("none");
    }

    @Test
    void the_same_message_owed_by_many_at_once_is_there_once() throws Exception {
        AtomicInteger owed = new AtomicInteger();
        together(8, number -> {
            if (database.transaction(t -> t.oweMessage(CaseSamples.message("m1", NOW, NOW)))) {
                owed.incrementAndGet();
            }
        });
        assertThat(owed).hasValue(1);
        run(t -> assertThat(t.countMessages()).containsEntry(Message.State.OWED, 1L));
    }

    @Test
    void deadlines_are_due_while_expected_or_running() {
        run(t -> {
            assertThat(t.nextDeadline()).isEmpty();
            t.putDeadline(CaseSamples.deadline("d1", "WL-1", NOW + 10, Deadline.State.EXPECTED));
            t.putDeadline(CaseSamples.deadline("d2", "WL-1", NOW + 5, Deadline.State.RUNNING));
            t.putDeadline(CaseSamples.deadline("d3", "WL-1", NOW + 1, Deadline.State.MET));
        });
        Deadline second = CaseSamples.deadline("d2", "WL-1", NOW + 5, Deadline.State.RUNNING);
        run(t -> {
            assertThat(t.nextDeadline()).isEqualTo(OptionalLong.of(NOW + 5));
            assertThat(t.dueDeadlines(NOW + 4, 10)).isEmpty();
            assertThat(t.dueDeadlines(NOW + 5, 10)).containsExactly(second);
            assertThat(t.dueDeadlines(NOW + 20, 10)).hasSize(2);
            t.putDeadline(CaseSamples.deadline("d2", "WL-1", NOW + 5, Deadline.State.MISSED));
            assertThat(t.nextDeadline()).isEqualTo(OptionalLong.of(NOW + 10));
            assertThat(t.deadlinesOf("WL-1")).hasSize(3);
            assertThat(t.deadlinesOf("WL-2")).isEmpty();
        });
    }

    @Test
    void owed_entries_wait_in_order_until_they_are_sealed() {
        run(t -> {
            t.oweEntry("incident.open", "incident", "i1", 1, "990000", "machine", NOW, "{\"a\":1}", "");
            t.oweEntry("message.sent", "message", "m1", 1, "990000", "machine", NOW + 5, "{\"b\":2}", "ab");
            assertThat(t.countOwed()).isEqualTo(2);
        });
        run(t -> {
            List<OwedEntry> owed = t.owedEntries(10);
            assertThat(owed).extracting(OwedEntry::seq).containsExactly(1L, 2L);
            assertThat(owed.get(0).salt())
                    .matches("[0-9a-f]{64}")
                    .isNotEqualTo(owed.get(1).salt());
            assertThat(owed.get(0).index()).isEqualTo(-1);
            assertThat(owed.get(1).bodySm3()).isEqualTo("ab");
            t.markSealed(1, 0, "cafe");
            t.markSealed(1, 0, "cafe");
        });
        run(t -> {
            assertThat(t.owedEntries(10)).extracting(OwedEntry::objectId).containsExactly("m1");
            OwedEntry sealed = t.entriesOf("incident", "i1").get(0);
            assertThat(sealed.index()).isZero();
            assertThat(sealed.leafHash()).isEqualTo("cafe");
            assertThat(t.entriesBetween(NOW, NOW + 5, 10))
                    .extracting(OwedEntry::seq)
                    .containsExactly(1L);
            assertThat(t.entriesBetween(NOW, NOW + 6, 1)).hasSize(1);
            assertThat(t.countOwed()).isEqualTo(1);
        });
        assertThatThrownBy(() -> run(t -> t.markSealed(1, 7, "dead"))).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void the_ledger_head_never_goes_back() {
        run(t -> {
            assertThat(t.ledgerHead()).isEmpty();
            t.setLedgerHead("first", 3);
            t.setLedgerHead("second", 3);
            assertThat(t.ledgerHead()).isEqualTo("second");
        });
        assertThatThrownBy(() -> run(t -> t.setLedgerHead("old", 2))).isInstanceOf(IllegalStateException.class);
    }

    /** A reader that goes on from the last number it saw must never find a smaller one later. */
    @Test
    void feed_and_ledger_numbers_are_committed_in_order_under_concurrent_writers() throws Exception {
        int writers = 6;
        int each = 25;
        Set<Long> seen = ConcurrentHashMap.newKeySet();
        CountDownLatch done = new CountDownLatch(1);
        ExecutorService reader = Executors.newSingleThreadExecutor();
        Future<Long> last = reader.submit(() -> {
            long at = 0;
            boolean finished = false;
            while (true) {
                long from = at;
                List<FeedRow> rows = database.transaction(t -> t.feedAfter(from, 1_000));
                for (FeedRow row : rows) {
                    assertThat(row.seq()).isEqualTo(at + 1);
                    at = row.seq();
                    seen.add(at);
                }
                if (finished && rows.isEmpty()) {
                    return at;
                }
                finished = done.getCount() == 0;
            }
        });
        together(writers, number -> {
            Random random = new Random(number);
            for (int i = 0; i < each; i++) {
                String object = number + "/" + i;
                boolean feedFirst = random.nextBoolean();
                run(t -> {
                    if (feedFirst) {
                        t.feed("case", object, 1, NOW);
                    }
                    t.oweEntry("x", "case", object, 1, "o", "machine", NOW, "{}", "");
                    t.putSetting("shared", object);
                    if (!feedFirst) {
                        t.feed("case", object, 1, NOW);
                    }
                });
            }
        });
        done.countDown();
        assertThat(last.get()).isEqualTo((long) writers * each);
        assertThat(seen).hasSize(writers * each);
        run(t -> assertThat(t.owedEntries(1_000))
                .hasSize(writers * each)
                .isSortedAccordingTo((a, b) -> Long.compare(a.seq(), b.seq())));
        reader.shutdown();
    }

    @Test
    void the_feed_is_trimmed_by_age_and_goes_on_counting() {
        run(t -> {
            t.feed("case", "a", 1, NOW);
            t.feed("case", "b", 2, NOW + 10);
        });
        run(t -> {
            assertThat(t.trimFeed(NOW + 10)).isEqualTo(1);
            assertThat(t.feedAfter(0, 10)).containsExactly(new FeedRow(2, "case", "b", 2, NOW + 10));
            t.trimFeed(Long.MAX_VALUE);
            t.feed("case", "c", 1, NOW);
            assertThat(t.lastFeedSeq()).isEqualTo(3);
        });
    }

    @Test
    void listeners_are_poked_after_a_commit_with_a_feed_row_and_see_it() {
        List<Long> seen = java.util.Collections.synchronizedList(new ArrayList<>());
        database.onFeed(() -> seen.add(database.transaction(Transaction::lastFeedSeq)));
        database.onFeed(() -> {
            throw new IllegalStateException("a listener that fails stops nobody");
        });
        run(t -> t.putSetting("no", "feed"));
        run(t -> t.feed("case", "a", 1, NOW));
        await().until(() -> seen.contains(1L));
        run(t -> t.feed("case", "a", 2, NOW));
        await().until(() -> seen.contains(2L));
        assertThat(seen).doesNotContain(0L);
    }

    @Test
    void suppressions_expire() {
        Suppression suppression =
                new Suppression("s1", "990000", "ssh", "[\"203.0.113.7\"]", NOW + 10, "误报：扫描器", "ying", NOW);
        run(t -> {
            t.putSuppression(suppression);
            t.putSuppression(suppression);
        });
        run(t -> {
            assertThat(t.suppressions(NOW)).containsExactly(suppression);
            assertThat(t.suppressions(NOW + 10)).isEmpty();
        });
    }

    @Test
    void snapshots_are_kept_by_digest_whatever_their_size() {
        byte[] bytes = new byte[3 << 20];
        new Random(1).nextBytes(bytes);
        run(t -> {
            t.putSnapshot("registry", "d1", bytes, NOW);
            t.putSnapshot("registry", "d1", new byte[] {1}, NOW);
        });
        run(t -> {
            assertThat(t.snapshot("d1"))
                    .hasValueSatisfying(found -> assertThat(found).isEqualTo(bytes));
            assertThat(t.snapshot("d2")).isEmpty();
        });
    }

    @Test
    void settings_are_replaced() {
        run(t -> {
            assertThat(t.setting("profile")).isEmpty();
            t.putSetting("profile", "三级");
            t.putSetting("profile", "");
            assertThat(t.setting("profile")).isEqualTo(Optional.of(""));
        });
    }

    @Test
    void transactions_that_wait_for_each_other_crosswise_are_tried_again() throws Exception {
        run(t -> {
            t.putSetting("left", "0");
            t.putSetting("right", "0");
        });
        CountDownLatch bothHoldOne = new CountDownLatch(2);
        together(
                2,
                number -> run(t -> {
                    t.putSetting(number == 0 ? "left" : "right", "mine");
                    bothHoldOne.countDown();
                    awaitQuietly(bothHoldOne);
                    t.putSetting(number == 0 ? "right" : "left", "mine");
                    t.feed("done", "n" + number, 1, NOW);
                }));
        run(t -> assertThat(t.lastFeedSeq()).isEqualTo(2));
    }

    @Test
    void a_transaction_inside_a_transaction_is_refused() {
        assertThatThrownBy(() -> run(t -> run(inner -> inner.putSetting("a", "b"))))
                .hasMessageContaining("inside a transaction");
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await(5, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Work that may throw. */
    private interface Work {
        void run(int number) throws Exception;
    }

    private static void together(int threads, Work work) throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        CountDownLatch start = new CountDownLatch(1);
        List<Future<?>> futures = new ArrayList<>();
        for (int number = 0; number < threads; number++) {
            int own = number;
            futures.add(pool.submit(() -> {
                start.await();
                work.run(own);
                return true;
            }));
        }
        start.countDown();
        try {
            for (Future<?> future : futures) {
                future.get();
            }
        } finally {
            pool.shutdown();
        }
    }

    private static StoredReport report(String id, String organization, long madeAt) {
        return new StoredReport(
                new StoredReport.Entry(
                        id, "period", organization, NOW, NOW + 10, madeAt, "zhao", "a".repeat(64), "0123456789abcdef"),
                "{\"正文\":\"" + "望".repeat(200_000) + "\"}",
                "signature\n",
                new byte[] {0, -1, 37});
    }

    @Test
    void a_report_is_kept_as_it_was_signed_and_never_replaced() throws Exception {
        StoredReport first = report("RPT-1", "990000", NOW);
        run(t -> {
            assertThat(t.reports().put(first)).isTrue();
            assertThat(t.reports().put(report("RPT-1", "990100", NOW + 1))).isFalse();
            t.reports().put(report("RPT-2", "990100", NOW + 2));
        });
        database.close();
        database = reopen();
        run(t -> {
            StoredReport kept = t.reports().whole("RPT-1").orElseThrow();
            assertThat(kept.entry()).isEqualTo(first.entry());
            assertThat(kept.document()).isEqualTo(first.document());
            assertThat(kept.signature()).isEqualTo(first.signature());
            assertThat(kept.pdf()).isEqualTo(first.pdf());
            assertThat(t.reports().entry("RPT-2")).isPresent();
            assertThat(t.reports().whole("RPT-3")).isEmpty();
            assertThat(t.reports().list(List.of(), 10))
                    .extracting(StoredReport.Entry::id)
                    .containsExactly("RPT-2", "RPT-1");
            assertThat(t.reports().list(List.of("990000", "none"), 10)).containsExactly(first.entry());
            assertThat(t.reports().list(List.of(), 1)).hasSize(1);
            t.oweEntry("report", "report", "RPT-1", 1, "990000", "zhao", NOW, "{}", "");
            assertThat(t.countOwed()).isEqualTo(1);
            assertThat(t.reports().sealed(List.of("RPT-1", "RPT-2"))).isEmpty();
            t.markSealed(1, 0, "ab");
            assertThat(t.reports().sealed(List.of("RPT-1", "RPT-2"))).containsExactly("RPT-1");
            assertThat(t.reports().sealed(List.of())).isEmpty();
        });
    }

    @Test
    void a_period_begins_with_its_first_millisecond_and_ends_before_its_last() {
        run(t -> {
            for (int i = 0; i < 4; i++) {
                long at = NOW - 1 + i;
                t.insertCase(CaseSamples.opened("WL-" + i, CaseSamples.incident("i" + i, 1, Grade.Value.GENERAL), at));
                t.putDeadline(CaseSamples.deadline("d" + i, "WL-" + i, at, Deadline.State.RUNNING));
                t.oweMessage(CaseSamples.message("msg_" + i, NOW, at));
                t.oweEntry("incident.open", "incident", "i" + i, 1, "990000", "machine", at, "{}", "");
            }
        });
        run(t -> {
            List<String> seen = new ArrayList<>();
            t.period().cases(List.of(), NOW, NOW + 2, found -> seen.add(found.id()));
            t.period().deadlines(List.of(), NOW, NOW + 2, found -> seen.add(found.id()));
            t.period().messages(List.of(), NOW, NOW + 2, found -> seen.add(found.id()));
            t.period().seals(List.of(), NOW, NOW + 2, found -> seen.add(found.objectId()));
            assertThat(seen).containsExactly("WL-1", "WL-2", "d1", "d2", "msg_1", "msg_2", "i1", "i2");
        });
    }

    @Test
    void a_period_is_read_for_the_units_asked_for_only() {
        run(t -> {
            Case ours = CaseSamples.opened("WL-1", CaseSamples.incident("i1", 1, Grade.Value.GENERAL), NOW);
            Case theirs = CaseSamples.opened("WL-2", CaseSamples.incident("i2", 1, Grade.Value.GENERAL), NOW);
            t.insertCase(ours);
            t.insertCase(theirs);
            t.updateCase(CaseSamples.changed(theirs, CaseState.HANDLING, "", "990100", List.of()), 1);
            t.oweMessage(CaseSamples.message("msg_1", NOW, NOW));
            t.oweEntry("incident.open", "incident", "i1", 1, "990000", "machine", NOW, "{}", "");
            t.oweEntry("incident.open", "incident", "i2", 1, "990100", "machine", NOW, "{}", "");
        });
        run(t -> t.markSealed(2, 0, "ab"));
        run(t -> {
            List<String> seen = new ArrayList<>();
            List<String> units = List.of("990100");
            t.period().cases(units, 0, Long.MAX_VALUE, found -> seen.add(found.id()));
            t.period().messages(units, 0, Long.MAX_VALUE, found -> seen.add(found.id()));
            t.period().deadlines(units, 0, Long.MAX_VALUE, found -> seen.add(found.id()));
            t.period().seals(units, 0, Long.MAX_VALUE, found -> seen.add(found.objectId()));
            assertThat(seen).containsExactly("WL-2", "i2");
            seen.clear();
            t.period().messages(List.of("990000"), 0, Long.MAX_VALUE, found -> seen.add(found.notifier()));
            assertThat(seen).containsExactly("webhook");
            assertThat(t.period().sealsOf("incident", "i2"))
                    .containsExactly(new Seal(2, "incident.open", "incident", "i2", 1, "990100", NOW, 0, "ab"));
            assertThat(t.period().sealsOf("incident", "i1").get(0).sealed()).isFalse();
        });
    }

    @Test
    void open_cases_are_counted_and_what_stands_beside_them_is_read_for_all_at_once() {
        run(t -> {
            for (int i = 1; i <= 3; i++) {
                Incident incident = CaseSamples.incident("i" + i, 1, Grade.Value.GENERAL);
                t.putIncident(incident);
                t.insertCase(CaseSamples.opened("WL-" + i, incident, NOW + i));
            }
            t.putIncident(CaseSamples.incident("i1", 2, Grade.Value.GENERAL));
            Case mine = t.caseById("WL-2").orElseThrow();
            t.updateCase(CaseSamples.changed(mine, CaseState.CONFIRMED, "ying", mine.organization(), List.of()), 1);
            Case gone = t.caseById("WL-3").orElseThrow();
            t.updateCase(
                    CaseSamples.changed(gone, CaseState.FALSE_POSITIVE, "ying", gone.organization(), List.of()), 1);
            t.putDeadline(CaseSamples.deadline("d1", "WL-1", NOW + 500, Deadline.State.RUNNING));
            t.putDeadline(CaseSamples.deadline("d2", "WL-2", NOW + 100, Deadline.State.EXPECTED));
            t.putDeadline(CaseSamples.deadline("d3", "WL-3", NOW + 1, Deadline.State.MET));
            t.oweMessage(CaseSamples.message("m1", NOW, NOW));
            t.oweEntry("case.open", "case", "WL-1", 1, "990100", "machine", NOW, "{}", "");
            t.oweEntry("login", "account", "ying", 0, "", "ying", NOW + 1, "{}", "");
        });
        run(t -> {
            String unit = t.caseById("WL-1").orElseThrow().organization();
            assertThat(t.countOpen(List.of(), "ying", NOW + 200)).isEqualTo(new CaseDatabase.CaseCounts(2, 1, 1, 1, 0));
            assertThat(t.countOpen(List.of(unit), "nobody", NOW).open()).isEqualTo(2);
            assertThat(t.countOpen(List.of("elsewhere"), "ying", NOW + 200))
                    .isEqualTo(new CaseDatabase.CaseCounts(0, 0, 0, 0, 0));
            assertThat(t.countIncidents()).isEqualTo(3);
            assertThat(t.deadlinesOfAll(List.of("WL-1", "WL-2")))
                    .extracting(Deadline::id)
                    .containsExactly("d2", "d1");
            assertThat(t.deadlinesOfAll(List.of())).isEmpty();
            assertThat(t.countMessagesOf(List.of("WL-1", "WL-2")))
                    .isEqualTo(Map.of("WL-1", Map.of(Message.State.OWED, 1L)));
            assertThat(t.unsealed(List.of("WL-1", "WL-2"))).containsExactly("WL-1");
            assertThat(t.oldestOwed()).hasValue(NOW);
            CaseDatabase.CaseQuery due =
                    new CaseDatabase.CaseQuery(List.of(), List.of(), "", "", "", 0, Long.MAX_VALUE, "due", 0, 10);
            assertThat(t.cases(due)).extracting(Case::id).containsExactly("WL-2", "WL-1", "WL-3");
            CaseDatabase.CaseQuery nobody = new CaseDatabase.CaseQuery(
                    List.of(), List.of(), CaseDatabase.CaseQuery.NOBODY, "", "", 0, Long.MAX_VALUE, "newest", 0, 10);
            assertThat(t.cases(nobody)).extracting(Case::id).containsExactly("WL-1");
        });
    }

    @Test
    void entries_are_listed_newest_first_by_type_object_and_unit() {
        run(t -> {
            t.oweEntry("case.open", "case", "WL-1", 1, "a", "machine", NOW, "{}", "");
            t.oweEntry("case.confirm", "case", "WL-1", 2, "a", "ying", NOW, "{}", "");
            t.oweEntry("casexopen", "case", "WL-2", 1, "b", "machine", NOW, "{}", "");
        });
        run(t -> {
            assertThat(listed(t, "", "", List.of(), Long.MAX_VALUE)).containsExactly(3L, 2L, 1L);
            assertThat(listed(t, "case.", "", List.of(), Long.MAX_VALUE)).containsExactly(2L, 1L);
            assertThat(listed(t, "case.open", "", List.of(), Long.MAX_VALUE)).containsExactly(1L);
            assertThat(listed(t, "", "WL-2", List.of(), Long.MAX_VALUE)).containsExactly(3L);
            assertThat(listed(t, "", "", List.of("b"), Long.MAX_VALUE)).containsExactly(3L);
            assertThat(listed(t, "", "", List.of(), 3)).containsExactly(2L, 1L);
        });
    }

    private static List<Long> listed(Transaction t, String type, String object, List<String> units, long before) {
        return t.entries(new CaseDatabase.EntryQuery(type, object, units, before, 10)).stream()
                .map(CaseDatabase.OwedEntry::seq)
                .toList();
    }
}
