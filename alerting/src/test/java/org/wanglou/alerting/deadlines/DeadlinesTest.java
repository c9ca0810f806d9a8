package org.wanglou.alerting.deadlines;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wanglou.alerting.Given;
import org.wanglou.alerting.cases.Actor;
import org.wanglou.alerting.cases.Confirmation;
import org.wanglou.alerting.cases.Met;
import org.wanglou.model.Grade.Value;
import org.wanglou.model.Incident;
import org.wanglou.model.Level;
import org.wanglou.model.cases.Case;
import org.wanglou.model.cases.Deadline;
import org.wanglou.model.cases.Deadline.State;
import org.wanglou.store.cases.CaseDatabase.FeedRow;
import org.wanglou.store.cases.CaseDatabase.OwedEntry;

class DeadlinesTest {
    private static final Actor ZHANG = new Actor("zhang", "operator", "");

    @TempDir
    Path folder;

    private Given given;
    private Deadlines deadlines;

    @BeforeEach
    void open() {
        given = new Given(folder);
        deadlines = new Deadlines(given.database, given.clock, given.meters);
    }

    @AfterEach
    void close() {
        deadlines.close();
        given.close();
    }

    @Test
    void an_expected_limit_that_passes_is_shown_and_nothing_of_it_is_sealed() {
        Case found = arrived();
        given.clock.forward(Duration.ofHours(4).minusMillis(1));
        deadlines.check();
        assertThat(limit(found).state()).isEqualTo(State.EXPECTED);

        given.clock.forward(Duration.ofMillis(1));
        assertThat(deadlines.check()).isEqualTo(1);

        assertThat(limit(found).state()).isEqualTo(State.EXPECTED_PASSED);
        assertThat(types()).noneMatch(type -> type.startsWith("deadline"));
        assertThat(present(found).notes()).extracting(Case.Note::action).containsExactly("open", "deadline");
        assertThat(deadlines.check()).isZero();
    }

    @Test
    void a_running_clock_that_passes_is_missed_sealed_once_and_can_be_met_late() {
        Case found = arrived();
        Case confirmed = confirm(found, Given.NOW);
        given.clock.forward(Duration.ofHours(4));

        assertThat(deadlines.check()).isEqualTo(1);
        assertThat(deadlines.check()).isZero();

        assertThat(limit(found).state()).isEqualTo(State.MISSED);
        assertThat(types()).filteredOn("deadline.missed"::equals).hasSize(1);
        Case after = given.desk.meetDeadline(
                ZHANG,
                found.id(),
                confirmed.revision() + 1,
                limit(found).id(),
                new Met("12387", "", "张三", given.clock.millis()));
        assertThat(limit(after).state()).isEqualTo(State.MET);
        assertThat(limit(after).metAt()).isGreaterThanOrEqualTo(limit(after).dueAt());
    }

    @Test
    void learning_long_before_confirming_means_the_clock_is_over_at_once() {
        Case found = arrived();
        given.clock.forward(Duration.ofHours(6));
        deadlines.check();
        confirm(found, Given.NOW);

        assertThat(limit(found).state()).isEqualTo(State.RUNNING);
        assertThat(deadlines.check()).isEqualTo(1);
        assertThat(limit(found).state()).isEqualTo(State.MISSED);
    }

    @Test
    void a_quarter_and_a_tenth_of_the_time_left_are_announced_once_each() {
        arrived();
        long seq = given.database.transaction(tx -> tx.lastFeedSeq());
        for (int minute = 0; minute < 240; minute++) {
            deadlines.check();
            given.clock.forward(Duration.ofMinutes(1));
        }
        List<FeedRow> rows = given.database.transaction(tx -> tx.feedAfter(seq, 100));
        assertThat(rows.stream().filter(row -> row.topic().equals("deadline")).map(FeedRow::revision))
                .containsExactly(25, 10);
    }

    @Test
    void the_next_wake_is_the_next_notice_or_limit() {
        arrived();
        assertThat(deadlines.nextWake())
                .hasValue(Given.NOW + Duration.ofHours(3).toMillis());
        given.clock.forward(Duration.ofHours(3));
        assertThat(deadlines.nextWake())
                .hasValue(Given.NOW + Duration.ofMinutes(216).toMillis());
        given.clock.forward(Duration.ofMinutes(50));
        assertThat(deadlines.nextWake())
                .hasValue(Given.NOW + Duration.ofHours(4).toMillis());
    }

    @Test
    void quartz_wakes_the_job_and_the_row_changes_without_anybody_asking() {
        Case found = arrived();
        given.clock.forward(Duration.ofHours(4));
        try (Deadlines waking = new Deadlines(given.database, given.clock, given.meters)) {
            waking.start();
            await().atMost(Duration.ofSeconds(20)).until(() -> limit(found).state() == State.EXPECTED_PASSED);
        }
    }

    private Case arrived() {
        given.arrive(Given.incident("a1", 1, Incident.Status.OPEN, Level.HIGH, Value.GENERAL, Value.LARGER));
        return given.database.transaction(tx -> tx.caseOfIncident("a1")).orElseThrow();
    }

    private Case confirm(Case found, long learnedAt) {
        return given.desk.confirm(
                ZHANG,
                found.id(),
                present(found).revision(),
                new Confirmation(
                        "",
                        Map.of(),
                        new Incident.Impact(1, 1_200_000, "personal", 0, "success"),
                        learnedAt,
                        "平台告警",
                        "核实"));
    }

    private Case present(Case about) {
        return given.database.transaction(tx -> tx.caseById(about.id())).orElseThrow();
    }

    private Deadline limit(Case about) {
        return given.database.transaction(tx -> tx.deadlinesOf(about.id())).get(0);
    }

    private List<String> types() {
        return given.database.transaction(
                tx -> tx.owedEntries(200).stream().map(OwedEntry::type).toList());
    }
}
