package org.wanglou.alerting.playbook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wanglou.alerting.Given;
import org.wanglou.model.Grade.Value;
import org.wanglou.model.Incident;
import org.wanglou.model.Level;
import org.wanglou.model.cases.Case;
import org.wanglou.store.cases.CaseDatabase.OwedEntry;

class PlaybookRunnerTest {
    @TempDir
    Path folder;

    private Given given;

    @BeforeEach
    void open() {
        given = new Given(folder, Given.route("r1", "https://one.example/hook"));
    }

    @AfterEach
    void close() {
        given.close();
    }

    @Test
    void each_step_is_journalled_and_sealed_and_nobody_is_told_twice() {
        Case opened = arrived();
        assertThat(given.playbooks.journal(opened.id()).orElseThrow().steps())
                .allSatisfy(line -> assertThat(line.state()).isEqualTo("waiting"));

        assertThat(given.playbooks.runPending()).isEqualTo(5);

        Journal journal = given.playbooks.journal(opened.id()).orElseThrow();
        assertThat(journal.ended()).isTrue();
        assertThat(journal.lines())
                .extracting(Journal.Line::step)
                .containsExactly("start", "tell", "ask", "block", "end");
        assertThat(journal.lines())
                .extracting(Journal.Line::state)
                .containsExactly("done", "done", "manual", "skipped", "done");
        assertThat(given.database.<Integer>transaction(
                        tx -> tx.messagesOf(opened.id()).size()))
                .isEqualTo(1);
        assertThat(steps()).isEqualTo(5);
        assertThat(given.playbooks.runPending()).isZero();
        assertThat(steps()).isEqualTo(5);
    }

    @Test
    void after_a_restart_a_plan_goes_on_where_it_stopped() {
        Case opened = arrived();
        try (PlaybookRunner restarted = fresh()) {
            assertThat(restarted.runPending()).isEqualTo(5);
            assertThat(fresh().runPending()).isZero();
        }
        assertThat(given.playbooks.journal(opened.id()).orElseThrow().ended()).isTrue();
    }

    @Test
    void a_started_runner_hears_of_new_plans_by_the_feed() {
        given.playbooks.start();
        Case opened = arrived();
        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> assertThat(
                        given.playbooks.journal(opened.id()).orElseThrow().ended())
                .isTrue());
    }

    @Test
    void a_rehearsal_says_what_would_be_done_and_does_nothing() {
        Case opened = arrived();
        int before = given.database
                .<List<OwedEntry>>transaction(tx -> tx.owedEntries(100))
                .size();

        List<Journal.Line> lines = given.playbooks.rehearse(Given.plan("pb-1").orElseThrow(), opened);

        assertThat(lines).hasSize(5);
        assertThat(lines.get(1).result()).contains("r1");
        assertThat(given.database.<List<OwedEntry>>transaction(tx -> tx.owedEntries(100)))
                .hasSize(before);
        assertThat(given.playbooks.journal(opened.id()).orElseThrow().lines()).isEmpty();
    }

    private PlaybookRunner fresh() {
        return new PlaybookRunner(given.database, Given::plan, new Actions(given.outbox), given.clock);
    }

    private Case arrived() {
        given.arrive(Given.incident(
                "a1", 1, Incident.Status.OPEN, Level.HIGH, Value.GENERAL, Value.GENERAL, "203.0.113.7", "jw", "pb-1"));
        return given.database.transaction(tx -> tx.caseOfIncident("a1")).orElseThrow();
    }

    private long steps() {
        return given.database.transaction(tx -> tx.owedEntries(100).stream()
                .filter(entry -> entry.type().equals("playbook.step"))
                .count());
    }
}
