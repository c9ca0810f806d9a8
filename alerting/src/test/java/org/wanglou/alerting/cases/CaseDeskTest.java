package org.wanglou.alerting.cases;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wanglou.alerting.Given;
import org.wanglou.model.Grade;
import org.wanglou.model.Grade.Value;
import org.wanglou.model.Incident;
import org.wanglou.model.Incident.Status;
import org.wanglou.model.Level;
import org.wanglou.model.cases.Case;
import org.wanglou.model.cases.CaseState;
import org.wanglou.model.cases.Deadline;
import org.wanglou.model.cases.Message;
import org.wanglou.store.cases.CaseDatabase;
import org.wanglou.store.cases.CaseDatabase.OwedEntry;
import org.wanglou.store.cases.CaseDatabase.Suppression;

class CaseDeskTest {
    private static final Actor ZHANG = new Actor("zhang", "operator", "37");
    private static final Incident.Impact MILLION = new Incident.Impact(1, 1_200_000, "personal", 0, "success");
    private static final Incident.Impact FEW = new Incident.Impact(1, 20_000, "personal", 0, "success");

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
    void confirming_starts_the_statutory_clock_at_the_time_of_learning() {
        Case found = arrived(Value.LARGER);
        assertThat(limit(found).state()).isEqualTo(Deadline.State.EXPECTED);
        given.clock.forward(Duration.ofMinutes(30));

        Case after = given.desk.confirm(ZHANG, found.id(), 1, confirmation(MILLION, Given.NOW + 600_000));

        assertThat(after.state()).isEqualTo(CaseState.CONFIRMED);
        assertThat(after.revision()).isEqualTo(2);
        assertThat(after.learnedAt()).isEqualTo(Given.NOW + 600_000);
        assertThat(after.impact()).isEqualTo(MILLION);
        assertThat(after.confirmed()).allSatisfy(grade -> {
            assertThat(grade.state()).isEqualTo(Grade.State.CONFIRMED);
            assertThat(grade.by()).isEqualTo("zhang");
        });
        assertThat(Overlay.grade(after, Given.CAC).orElseThrow().value()).isEqualTo(Value.LARGER);
        Deadline running = limit(after);
        assertThat(running.state()).isEqualTo(Deadline.State.RUNNING);
        assertThat(running.startedAt()).isEqualTo(Given.NOW + 600_000);
        assertThat(running.dueAt()).isEqualTo(Given.NOW + 600_000 + 4 * 3_600_000);
        assertThat(types()).contains("case.confirm", "deadline.start");
        assertThat(reasons(after)).containsExactlyInAnyOrder("opened", "confirmed");
    }

    @Test
    void confirming_a_smaller_impact_regrades_by_the_tables_and_cancels_the_expected_limit() {
        Case found = arrived(Value.LARGER);

        Case after = given.desk.confirm(ZHANG, found.id(), 1, confirmation(FEW, Given.NOW));

        assertThat(Overlay.grade(after, Given.CAC).orElseThrow().value()).isEqualTo(Value.GENERAL);
        assertThat(limit(after).state()).isEqualTo(Deadline.State.CANCELLED);
        assertThat(limit(after).metHow()).isNotBlank();
    }

    @Test
    void a_preview_asks_the_tables_and_changes_nothing() {
        Case found = arrived(Value.GENERAL);

        List<Grade> grades = given.desk.preview(ZHANG, found.id(), MILLION);

        assertThat(Overlay.of(grades, Given.CAC).orElseThrow().value()).isEqualTo(Value.LARGER);
        assertThat(present(found)).isEqualTo(found);
    }

    @Test
    void a_machine_revision_above_the_confirmed_grade_reopens_the_question_and_changes_no_grade() {
        Case found = arrived(Value.GENERAL);
        given.desk.confirm(ZHANG, found.id(), 1, confirmation(FEW, Given.NOW));

        given.arrive(revision(2, Value.GENERAL));
        assertThat(present(found).reopened()).isFalse();
        given.arrive(revision(3, Value.MAJOR));

        Case after = present(found);
        assertThat(after.reopened()).isTrue();
        assertThat(after.state()).isEqualTo(CaseState.CONFIRMED);
        assertThat(Overlay.grade(after, Given.CAC).orElseThrow().value()).isEqualTo(Value.GENERAL);
        assertThat(after.notes()).extracting(Case.Note::action).contains("reopened");
        assertThat(types()).contains("case.reopen");
        assertThat(reasons(after)).contains("raised");
        Case handled = given.desk.state(ZHANG, found.id(), after.revision(), CaseState.HANDLING, "处置");
        assertThat(handled.reopened()).isTrue();
        refused(() -> given.desk.close(ZHANG, found.id(), handled.revision(), "完"));

        Case again = given.desk.confirm(ZHANG, found.id(), handled.revision(), confirmation(MILLION, Given.NOW));
        assertThat(again.reopened()).isFalse();
        assertThat(reasons(again)).contains("confirmed", "confirmed.2");
    }

    @Test
    void an_override_below_the_proposal_stands_until_the_machine_rises_above_what_was_seen() {
        Case found = arrived(Value.LARGER);
        Case confirmed = given.desk.confirm(ZHANG, found.id(), 1, confirmation(MILLION, Given.NOW));

        Case lowered =
                given.desk.override(ZHANG, found.id(), confirmed.revision(), Given.CAC, Value.GENERAL, "数据为测试数据");
        assertThat(Overlay.grade(lowered, Given.CAC).orElseThrow().value()).isEqualTo(Value.GENERAL);
        assertThat(limit(lowered).state()).isEqualTo(Deadline.State.CANCELLED);
        assertThat(types()).contains("case.override", "deadline.cancel");

        given.arrive(revision(2, Value.LARGER));
        assertThat(present(found).reopened()).isFalse();
        assertThat(limit(lowered).state()).isEqualTo(Deadline.State.CANCELLED);
        given.arrive(revision(3, Value.MAJOR));
        assertThat(present(found).reopened()).isTrue();
    }

    @Test
    void a_false_positive_silences_the_same_signals_until_it_expires() {
        Case found = arrived(Value.LARGER);

        Case after = given.desk.falsePositive(ZHANG, found.id(), 1, "授权扫描", 7);

        assertThat(after.state()).isEqualTo(CaseState.FALSE_POSITIVE);
        assertThat(limit(after).state()).isEqualTo(Deadline.State.CANCELLED);
        assertThat(given.database.<List<Suppression>>transaction(tx -> tx.suppressions(given.clock.millis())))
                .hasSize(1);

        given.arrive(Given.incident("b1"));
        given.arrive(Given.incident(
                "b2", 1, Status.OPEN, Level.HIGH, Value.GENERAL, Value.GENERAL, "203.0.113.8", "jw", ""));
        assertThat(caseIdOf("b1")).isEmpty();
        assertThat(caseIdOf("b2")).isNotEmpty();

        given.clock.forward(Duration.ofDays(8));
        given.arrive(Given.incident("b3"));
        assertThat(caseIdOf("b3")).isNotEmpty();
    }

    @Test
    void a_rejected_case_comes_back_only_when_the_machine_rises_above_what_was_rejected() {
        Case found = arrived(Value.GENERAL);
        given.desk.falsePositive(ZHANG, found.id(), 1, "误报", 0);

        given.arrive(revision(2, Value.GENERAL));
        assertThat(present(found).state()).isEqualTo(CaseState.FALSE_POSITIVE);
        given.arrive(revision(3, Value.LARGER));

        assertThat(present(found).state()).isEqualTo(CaseState.NEW);
        assertThat(present(found).reopened()).isTrue();
        assertThat(limit(found).state()).isEqualTo(Deadline.State.EXPECTED);
    }

    @Test
    void a_command_on_an_old_revision_is_a_conflict_and_changes_nothing() {
        Case found = arrived(Value.GENERAL);
        Case noted = given.desk.note(ZHANG, found.id(), 1, "电话已打");
        List<String> before = types();

        assertThatThrownBy(() -> given.desk.acknowledge(ZHANG, found.id(), 1))
                .isInstanceOf(CaseDatabase.Conflict.class);

        assertThat(present(found)).isEqualTo(noted);
        assertThat(types()).isEqualTo(before);
    }

    @Test
    void the_whole_life_from_notice_to_archive_is_noted_and_sealed() {
        Case c = arrived(Value.GENERAL);
        c = given.desk.acknowledge(ZHANG, c.id(), c.revision());
        c = given.desk.assign(ZHANG, c.id(), c.revision(), "li");
        c = given.desk.confirm(ZHANG, c.id(), c.revision(), confirmation(FEW, Given.NOW));
        c = given.desk.state(ZHANG, c.id(), c.revision(), CaseState.HANDLING, "开始处置");
        c = given.desk.state(ZHANG, c.id(), c.revision(), CaseState.RECTIFYING, "待整改");
        c = given.desk.state(ZHANG, c.id(), c.revision(), CaseState.REVIEWING, "已整改");
        c = given.desk.close(ZHANG, c.id(), c.revision(), "复核通过");
        c = given.desk.state(ZHANG, c.id(), c.revision(), CaseState.ARCHIVED, "归档");

        assertThat(c.state()).isEqualTo(CaseState.ARCHIVED);
        assertThat(c.revision()).isEqualTo(9);
        assertThat(c.acknowledgedBy()).isEqualTo("zhang");
        assertThat(c.assignee()).isEqualTo("li");
        assertThat(c.notes()).hasSize(9);
        assertThat(types())
                .containsSubsequence(
                        "case.open", "case.acknowledge", "case.assign", "case.confirm", "case.state", "case.close");
    }

    @Test
    void a_case_with_a_running_clock_is_not_closed_before_the_report_is_recorded() {
        Case found = arrived(Value.LARGER);
        Case confirmed = given.desk.confirm(ZHANG, found.id(), 1, confirmation(MILLION, Given.NOW));
        assertThatThrownBy(() -> given.desk.close(ZHANG, found.id(), confirmed.revision(), "完"))
                .isInstanceOf(Refused.class)
                .hasMessageContaining("时限");
        assertThat(present(found)).isEqualTo(confirmed);

        Case met = given.desk.meetDeadline(
                ZHANG,
                found.id(),
                confirmed.revision(),
                limit(found).id(),
                new Met("12387 热线", "HZ-1", "张三", Given.NOW));

        assertThat(limit(met).state()).isEqualTo(Deadline.State.MET);
        assertThat(limit(met).metHow()).contains("12387", "HZ-1", "张三");
        assertThat(types()).contains("deadline.met");
        Case closed = given.desk.close(ZHANG, found.id(), met.revision(), "完");
        assertThat(closed.state()).isEqualTo(CaseState.CLOSED);
        Deadline report = given.database.<List<Deadline>>transaction(tx -> tx.deadlinesOf(found.id())).stream()
                .filter(deadline -> deadline.name().equals("总结报告"))
                .findFirst()
                .orElseThrow();
        assertThat(report.state()).isEqualTo(Deadline.State.RUNNING);
        assertThat(report.dueAt()).isEqualTo(Given.NOW + Duration.ofDays(30).toMillis());
        refused(() -> given.desk.state(ZHANG, found.id(), closed.revision(), CaseState.ARCHIVED, "归档"));
    }

    @Test
    void what_makes_no_sense_is_refused_with_a_reason_and_changes_nothing() {
        Case found = arrived(Value.GENERAL);
        String id = found.id();
        refused(() -> given.desk.confirm(ZHANG, id, 1, confirmation(FEW, Given.NOW + 3_600_000)));
        refused(() -> given.desk.confirm(ZHANG, id, 1, confirmation(FEW, 0)));
        refused(() -> given.desk.confirm(
                ZHANG, id, 1, new Confirmation("", Map.of("no-such", Value.MAJOR), FEW, Given.NOW, "平台告警", "")));
        refused(() -> given.desk.override(ZHANG, id, 1, Given.CAC, Value.MAJOR, "x"));
        refused(() -> given.desk.falsePositive(ZHANG, id, 1, "x", 91));
        refused(() -> given.desk.falsePositive(ZHANG, id, 1, " ", 1));
        refused(() -> given.desk.close(ZHANG, id, 1, "x"));
        refused(() -> given.desk.state(ZHANG, id, 1, CaseState.CONFIRMED, "x"));
        refused(() -> given.desk.state(ZHANG, id, 1, CaseState.ARCHIVED, "x"));
        refused(() -> given.desk.note(ZHANG, id, 1, ""));
        refused(() -> given.desk.note(ZHANG, id, 1, "x".repeat(4_001)));
        refused(() -> given.desk.note(ZHANG, id, 1, "a\0b"));
        refused(() -> given.desk.note(ZHANG, id, 1, "a\uD800b"));
        refused(() -> given.desk.note(ZHANG, "WL-none", 1, "x"));
        refused(() -> given.desk.preview(ZHANG, id, new Incident.Impact(1, -2, "", 0, "success")));
        refused(() -> given.desk.preview(ZHANG, id, new Incident.Impact(1, 1, "", Double.NaN, "success")));
        refused(() -> given.desk.preview(ZHANG, id, new Incident.Impact(1, 1, "", 0, "disaster")));
        assertThat(present(found)).isEqualTo(found);
    }

    @Test
    void another_citys_people_neither_see_nor_touch_the_case() {
        Case found = arrived(Value.GENERAL);
        Actor stranger = new Actor("wang", "operator", "3702");
        assertThatThrownBy(() -> given.desk.note(stranger, found.id(), 1, "x"))
                .isInstanceOf(Refused.class)
                .satisfies(e -> assertThat(((Refused) e).kind()).isEqualTo(Refused.Kind.NOT_ALLOWED));
        assertThatThrownBy(() -> given.desk.preview(stranger, found.id(), FEW)).isInstanceOf(Refused.class);
        Actor own = new Actor("zhao", "operator", "3701");
        assertThat(given.desk.note(own, found.id(), 1, "看到").revision()).isEqualTo(2);
        assertThat(Scope.of(Given.PROVINCE).sees(ZHANG, "unassigned")).isTrue();
        assertThat(Scope.of(Given.PROVINCE).sees(own, "unassigned")).isFalse();
    }

    private void refused(org.assertj.core.api.ThrowableAssert.ThrowingCallable command) {
        List<String> before = types();
        assertThatThrownBy(command).isInstanceOf(Refused.class).hasMessageMatching(".*[\\u4e00-\\u9fff].*");
        assertThat(types()).isEqualTo(before);
    }

    private static Confirmation confirmation(Incident.Impact impact, long learnedAt) {
        return new Confirmation("", Map.of(), impact, learnedAt, "平台告警", "核实");
    }

    private Case arrived(Value cac) {
        given.arrive(revision(1, cac));
        return given.database.transaction(tx -> tx.caseOfIncident("a1")).orElseThrow();
    }

    private static Incident revision(int revision, Value cac) {
        return Given.incident("a1", revision, Status.OPEN, Level.MEDIUM, Value.GENERAL, cac);
    }

    private Case present(Case about) {
        return given.database.transaction(tx -> tx.caseById(about.id())).orElseThrow();
    }

    private String caseIdOf(String incidentId) {
        return given.database.transaction(
                tx -> tx.caseOfIncident(incidentId).map(Case::id).orElse(""));
    }

    private Deadline limit(Case about) {
        return given.database.transaction(tx -> tx.deadlinesOf(about.id())).get(0);
    }

    private List<String> types() {
        return given.database.transaction(
                tx -> tx.owedEntries(200).stream().map(OwedEntry::type).toList());
    }

    private List<String> reasons(Case about) {
        return given.database.transaction(
                tx -> tx.messagesOf(about.id()).stream().map(Message::reason).toList());
    }
}
