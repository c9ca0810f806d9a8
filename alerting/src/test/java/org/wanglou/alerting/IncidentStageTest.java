package org.wanglou.alerting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wanglou.bus.Received;
import org.wanglou.bus.Topic;
import org.wanglou.bus.Wire;
import org.wanglou.bus.codec.Jsons;
import org.wanglou.crypto.envelope.Jcs;
import org.wanglou.crypto.sm.Sm3;
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
import org.wanglou.store.cases.CaseDatabase.Transaction;

class IncidentStageTest {
    @TempDir
    Path folder;

    private Given given;

    @BeforeEach
    void open() {
        given = new Given(
                folder, Given.route("r1", "https://one.example/hook"), Given.route("r2", "https://two.example/hook"));
    }

    @AfterEach
    void close() {
        given.close();
    }

    @Test
    void an_incident_opens_one_case_and_owes_one_message_for_each_route() throws Exception {
        given.arrive(Given.incident("a1"));

        Case opened = caseOf("a1");
        assertThat(opened.state()).isEqualTo(CaseState.NEW);
        assertThat(opened.revision()).isEqualTo(1);
        assertThat(opened.organization()).isEqualTo(Given.SCHOOL);
        assertThat(opened.id()).startsWith("WL-20261124-");
        List<Message> messages = messages(opened);
        assertThat(messages).extracting(Message::route).containsExactlyInAnyOrder("r1", "r2");
        Message message = messages.get(0);
        assertThat(message.id()).isEqualTo("msg_" + Sm3.id("a1", "opened", message.route()));
        assertThat(message.bodySm3()).isEqualTo(Sm3.hex(message.body().getBytes(StandardCharsets.UTF_8)));
        var event = Jsons.mapper().readTree(message.body());
        assertThat(event.at("/specversion").asText()).isEqualTo("1.0");
        assertThat(event.at("/id").asText()).isEqualTo(message.id());
        assertThat(event.at("/type").asText()).isEqualTo("org.wanglou.incident.opened");
        assertThat(event.at("/subject").asText()).isEqualTo("a1");
        assertThat(event.at("/data/actors/0").asText()).isEqualTo("203.0.113.7");
        assertThat(event.at("/data/grades/1/state").asText()).isEqualTo("PROPOSED");
        assertThat(event.at("/data/counts/events").asLong()).isEqualTo(20);
        assertThat(event.at("/data/links/console").asText())
                .isEqualTo("https://tower.example/incidents/" + opened.id());
        assertThat(types()).containsExactly("incident.open", "case.open");
        assertThat(given.database.<List<OwedEntry>>transaction(tx -> tx.owedEntries(10)))
                .allSatisfy(
                        entry -> assertThat(Jcs.isCanonical(entry.objectJson())).isTrue());
        assertThat(given.stage.position(Topic.INCIDENTS, 0)).isEqualTo(OptionalLong.of(1));
    }

    @Test
    void the_same_records_again_change_nothing() {
        List<Received> batch = List.of(given.record(Given.incident("a1")), given.record(Given.incident("a2")));
        given.stage.handle(batch);
        String before = everything();

        given.stage.handle(batch);
        given.stage(given.database).handle(batch);

        assertThat(everything()).isEqualTo(before);
    }

    @Test
    void the_same_revision_under_a_new_offset_changes_nothing_but_the_offset() {
        given.arrive(Given.incident("a1"));
        Case before = caseOf("a1");

        given.arrive(Given.incident("a1"));

        assertThat(caseOf("a1")).isEqualTo(before);
        assertThat(messages(before)).hasSize(2);
        assertThat(types()).containsExactly("incident.open", "case.open");
        assertThat(given.meters.counts()).containsEntry("wanglou_alerting_incidents_total{result=\"replayed\"}", 1L);
        assertThat(given.stage.position(Topic.INCIDENTS, 0)).isEqualTo(OptionalLong.of(2));
    }

    @Test
    void a_crash_before_the_commit_leaves_nothing_and_the_batch_comes_whole_again() {
        List<Received> batch = List.of(given.record(Given.incident("a1")));
        IncidentStage crashing = given.stage(new CrashBeforeCommit(given.database));

        assertThatThrownBy(() -> crashing.handle(batch)).isInstanceOf(CrashBeforeCommit.Crash.class);
        assertThat(given.stage.position(Topic.INCIDENTS, 0)).isEmpty();
        assertThat(types()).isEmpty();

        given.stage.handle(batch);
        assertThat(messages(caseOf("a1"))).hasSize(2);
    }

    @Test
    void a_higher_grade_is_told_once_and_a_lower_or_repeated_one_is_not() {
        given.arrive(Given.incident("a1"));
        given.arrive(revision(2, Level.MEDIUM, Value.LARGER));
        given.arrive(revision(3, Level.MEDIUM, Value.GENERAL));
        given.arrive(revision(4, Level.MEDIUM, Value.LARGER));
        assertThat(reasons("a1")).containsExactlyInAnyOrder("opened", "raised");

        given.arrive(revision(5, Level.CRITICAL, Value.LARGER));
        assertThat(reasons("a1")).containsExactlyInAnyOrder("opened", "raised", "raised.2");
        assertThat(caseOf("a1").incident().revision()).isEqualTo(5);
        assertThat(caseOf("a1").state()).isEqualTo(CaseState.NEW);
        assertThat(types()).contains("incident.update");
    }

    @Test
    void a_burst_of_revisions_in_one_batch_gives_one_message_with_the_latest_word() {
        given.arrive(
                Given.incident("a1"),
                revision(2, Level.HIGH, Value.GENERAL),
                revision(3, Level.CRITICAL, Value.LARGER));

        assertThat(reasons("a1")).containsExactly("opened");
        assertThat(messages(caseOf("a1")).get(0).body()).contains("\"severity\":\"critical\"");
        assertThat(given.database.<List<Incident>>transaction(tx -> tx.incidentRevisions("a1")))
                .hasSize(3);
    }

    @Test
    void a_retraction_is_a_note_and_a_message_to_those_who_were_told_never_a_deletion() {
        given.arrive(revision(1, Level.HIGH, Value.LARGER));
        given.arrive(Given.incident("a1", 2, Status.RETRACTED, Level.HIGH, Value.LARGER, Value.LARGER));

        Case after = caseOf("a1");
        assertThat(after.state()).isEqualTo(CaseState.NEW);
        assertThat(after.notes()).extracting(Case.Note::action).contains("retracted");
        assertThat(reasons("a1")).containsExactlyInAnyOrder("opened", "retracted");
        assertThat(deadlines(after)).extracting(Deadline::state).containsExactly(Deadline.State.CANCELLED);
        assertThat(types()).contains("incident.retract", "case.retract");
    }

    @Test
    void an_expected_limit_stands_from_detection_when_the_cac_grade_is_larger() {
        given.arrive(revision(1, Level.HIGH, Value.LARGER));

        Deadline limit = deadlines(caseOf("a1")).get(0);
        assertThat(limit.state()).isEqualTo(Deadline.State.EXPECTED);
        assertThat(limit.ruleId()).isEqualTo("deadline#other-first");
        assertThat(limit.startedAt()).isEqualTo(Given.NOW);
        assertThat(limit.dueAt()).isEqualTo(Given.NOW + 4 * 3_600_000);
        assertThat(limit.dutyHolder()).isEqualTo(Given.SCHOOL);
        assertThat(types()).noneMatch(type -> type.startsWith("deadline"));
    }

    @Test
    void critical_infrastructure_has_one_hour_and_a_gbt_grade_alone_starts_no_clock() {
        given.arrive(
                Given.incident("a1", 1, Status.OPEN, Level.HIGH, Value.GENERAL, Value.MAJOR, "203.0.113.7", "cii", ""));
        given.arrive(Given.incident("a2", 1, Status.OPEN, Level.HIGH, Value.MAJOR, Value.GENERAL));

        assertThat(deadlines(caseOf("a1"))).extracting(Deadline::ruleId).containsExactly("deadline#cii-first");
        assertThat(deadlines(caseOf("a2"))).isEmpty();
    }

    @Test
    void policy_may_open_no_case_until_a_later_revision_is_graver() {
        given.arrive(Given.incident("a1", 1, Status.OPEN, Level.INFORMATIONAL, Value.GENERAL, Value.GENERAL));
        assertThat(given.database.<java.util.Optional<Case>>transaction(tx -> tx.caseOfIncident("a1")))
                .isEmpty();
        assertThat(types()).containsExactly("incident.open");

        given.arrive(revision(2, Level.HIGH, Value.GENERAL));
        assertThat(reasons("a1")).containsExactly("opened");
    }

    @Test
    void hostile_text_is_kept_without_what_no_store_can_keep() {
        String hostile = "\uD800\u0000<script>\u202E\\u0000\uD83D\uDE00";
        given.arrive(Given.incident("a1", 1, Status.OPEN, Level.HIGH, Value.GENERAL, Value.GENERAL, hostile, "jw", ""));

        assertThat(caseOf("a1").incident().actors()).containsExactly("\uFFFD\uFFFD<script>\u202E\\u0000\uD83D\uDE00");
        assertThat(types()).containsExactly("incident.open", "case.open");
    }

    @Test
    void what_cannot_be_read_is_sealed_by_digest_and_does_not_stand_in_the_way() {
        Received garbage = given.record("{\"id\":".getBytes(StandardCharsets.UTF_8), Wire.INCIDENT_1);
        Received empty = given.record("{}".getBytes(StandardCharsets.UTF_8), Wire.INCIDENT_1);
        Received tick = given.record("{}".getBytes(StandardCharsets.UTF_8), Wire.TICK_1);
        given.stage.handle(List.of(garbage, empty, tick, given.record(Given.incident("a1"))));

        assertThat(types()).containsExactly("dead-letter", "dead-letter", "incident.open", "case.open");
        assertThat(caseOf("a1").revision()).isEqualTo(1);
        assertThat(given.meters.counts()).containsEntry("wanglou_alerting_incidents_total{result=\"unreadable\"}", 2L);
    }

    @Test
    void an_unknown_major_stops_before_the_record_and_keeps_what_came_before_it() {
        List<Received> batch = List.of(
                given.record(Given.incident("a1")), given.record("{}".getBytes(StandardCharsets.UTF_8), "incident/2"));

        assertThatThrownBy(() -> given.stage.handle(batch)).hasMessageContaining("incident/2");

        assertThat(caseOf("a1").revision()).isEqualTo(1);
        assertThat(given.stage.position(Topic.INCIDENTS, 0)).isEqualTo(OptionalLong.of(1));
    }

    private static Incident revision(int revision, Level severity, Value cac) {
        return Given.incident("a1", revision, Status.OPEN, severity, Value.GENERAL, cac);
    }

    private Case caseOf(String incidentId) {
        return given.database.transaction(tx -> tx.caseOfIncident(incidentId)).orElseThrow();
    }

    private List<Message> messages(Case about) {
        return given.database.transaction(tx -> tx.messagesOf(about.id()));
    }

    private List<Deadline> deadlines(Case about) {
        return given.database.transaction(tx -> tx.deadlinesOf(about.id()));
    }

    private List<String> reasons(String incidentId) {
        return messages(caseOf(incidentId)).stream()
                .filter(message -> message.route().equals("r1"))
                .map(Message::reason)
                .toList();
    }

    private List<String> types() {
        return given.database.transaction(
                tx -> tx.owedEntries(100).stream().map(OwedEntry::type).toList());
    }

    private String everything() {
        return given.database.transaction(tx -> tx.cases(CaseDatabase.CaseQuery.ALL) + "\n" + tx.owedEntries(100) + "\n"
                + tx.feedAfter(0, 1000) + "\n" + tx.countMessages());
    }

    /** Does all the work of a transaction and then fails it, as a crash just before the commit would. */
    private record CrashBeforeCommit(CaseDatabase behind) implements CaseDatabase {
        static final class Crash extends RuntimeException {
            private static final long serialVersionUID = 1L;
        }

        @Override
        public <T> T transaction(Function<Transaction, T> work) {
            return behind.transaction(tx -> {
                Object unused = work.apply(tx);
                throw new Crash();
            });
        }

        @Override
        public void onFeed(Runnable poke) {
            behind.onFeed(poke);
        }

        @Override
        public void close() {}
    }
}
